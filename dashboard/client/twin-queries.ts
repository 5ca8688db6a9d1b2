// Questions about steering: twins, commands, scenes and their runs, schedules, firmware. What is under way is asked again soon.
import { queryOptions } from '@tanstack/react-query'
import type { CampaignDetail, CampaignList, FirmwareImageList, FirmwareKeyList } from '#contract/firmware.ts'
import type { PlaceShown, SceneList, SceneRunPage, ScheduleDays, ScheduleList } from '#contract/scenes.ts'
import type { CommandPage, SteeringShown, TwinHistory, TwinShown } from '#contract/twins.ts'
import { apiPath, getJson, segment } from './http.ts'

const SOON_MS = 2_000
const CALM_MS = 15_000

const of = <T>(key: readonly string[], path: string, refetchInterval?: (data: T | undefined) => number) =>
  queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => getJson<T>(path, signal),
    ...(refetchInterval === undefined
      ? {}
      : { refetchInterval: (query: { state: { data: T | undefined } }) => refetchInterval(query.state.data) }),
  })

export const twinQuery = (device: string) =>
  of<TwinShown>(['twin', device], apiPath(`/devices/${segment(device)}/twin`), (twin) =>
    (twin?.drift.length ?? 0) > 0 ? SOON_MS : CALM_MS,
  )
export const twinHistoryQuery = (device: string, version: number) =>
  of<TwinHistory>(['twin', device, 'history', String(version)], apiPath(`/devices/${segment(device)}/twin/history`))
export const steeringQuery = (device: string) =>
  of<SteeringShown>(['steering', device], apiPath(`/devices/${segment(device)}/steering`))
const UNDER_WAY = new Set(['queued', 'sent', 'acknowledged'])
export const commandsQuery = (device: string) =>
  of<CommandPage>(['commands', device], apiPath(`/devices/${segment(device)}/commands`, { limit: 20 }), (page) =>
    page?.items.some(({ state }) => UNDER_WAY.has(state)) === true ? SOON_MS : CALM_MS,
  )
export const scenesQuery = (premises: string) => of<SceneList>(['scenes', premises], apiPath('/scenes', { premises }))
export const sceneRunsQuery = (premises: string) =>
  of<SceneRunPage>(['scene-runs', premises], apiPath('/scene-runs', { premises, limit: 20 }), (page) =>
    page?.items.some(({ counts }) => counts.underWay > 0) === true ? SOON_MS : CALM_MS,
  )
export const schedulesQuery = (premises: string) =>
  of<ScheduleList>(['schedules', premises], apiPath('/schedules', { premises }))
export const scheduleDaysQuery = (id: string, version: number) =>
  of<ScheduleDays>(['schedules', id, 'days', String(version)], apiPath(`/schedules/${segment(id)}/days`))
export const placeQuery = (premises: string) =>
  of<PlaceShown>(['schedules', premises, 'place'], apiPath(`/premises/${segment(premises)}/place`))
export const firmwareKeysQuery = of<FirmwareKeyList>(['firmware', 'keys'], apiPath('/firmware/keys'))
export const firmwareImagesQuery = of<FirmwareImageList>(['firmware', 'images'], apiPath('/firmware/images'))
export const campaignsQuery = (premises: string) =>
  of<CampaignList>(['firmware', 'campaigns', premises], apiPath('/firmware/campaigns', { premises }), (list) =>
    list?.items.some(({ state }) => state === 'running') === true ? SOON_MS : CALM_MS,
  )
export const campaignQuery = (id: string) =>
  of<CampaignDetail>(['firmware', 'campaign', id], apiPath(`/firmware/campaigns/${segment(id)}`), (detail) =>
    detail?.campaign.state === 'running' ? SOON_MS : CALM_MS,
  )
