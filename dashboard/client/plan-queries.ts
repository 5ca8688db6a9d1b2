// Questions about storey plans, comfort and opening hours.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Comfort, OpeningHours } from '#contract/comfort.ts'
import type { PlanOpened, PlanPlacement, PlanSent, PlanShown } from '#contract/plans.ts'
import { apiPath, getJson, segment, sendJson, sendLarge } from './http.ts'

const REFRESH_MS = 60_000

export const plansQuery = (premises: string) =>
  queryOptions({
    queryKey: ['plans', 'of', premises],
    queryFn: ({ signal }) => getJson<{ items: PlanShown[] }>(apiPath(`/premises/${segment(premises)}/plans`), signal),
  })
export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['plans', id],
    queryFn: ({ signal }) => getJson<PlanOpened>(apiPath(`/plans/${segment(id)}`), signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
/** The version is in the address, so that a new picture is asked for. */
export const planPicturePath = ({ id, version }: PlanShown): string =>
  apiPath(`/plans/${segment(id)}/picture`, { v: version })
export const placeDevices = (
  { id, version }: PlanShown,
  place: PlanPlacement[],
  remove: string[],
): Promise<PlanShown | null> => sendJson('PUT', apiPath(`/plans/${segment(id)}/placements`), { place, remove }, version)
export type PlanWanted = { storey: string; from: string; shownTo: 'premises' | 'landlord' }
export const sendPlan = (
  premises: string,
  file: File,
  wanted: PlanWanted,
  onSent: (part: number) => void,
): Promise<PlanSent> =>
  sendLarge(apiPath(`/premises/${segment(premises)}/plans`, { ...wanted, name: file.name.slice(0, 200) }), file, onSent)
export const withdrawPlan = (id: string): Promise<null> => sendJson('DELETE', apiPath(`/plans/${segment(id)}`))

export const comfortQuery = (premises: string, wanted: { from?: string; to?: string; limits?: string }) =>
  queryOptions({
    queryKey: ['comfort', premises, wanted],
    queryFn: ({ signal }) => getJson<Comfort>(apiPath(`/premises/${segment(premises)}/comfort`, wanted), signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
export const openingHoursQuery = (premises: string) =>
  queryOptions({
    queryKey: ['opening-hours', premises],
    queryFn: ({ signal }) => getJson<OpeningHours>(apiPath(`/premises/${segment(premises)}/opening-hours`), signal),
    refetchInterval: REFRESH_MS,
  })
