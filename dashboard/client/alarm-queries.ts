// Questions about alarms and alarm rules, and what is sent when somebody acts on one.
import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import type {
  AlarmRulePage,
  AlarmRuleShown,
  AlarmRulesSuggested,
  AlarmTryAnswer,
  AlarmTryWanted,
} from '#contract/alarm-rules.ts'
import type { AlarmDetail, AlarmPage, AlarmsAcknowledged, AlarmsStanding } from '#contract/alarms.ts'
import { apiPath, getJson, segment, sendJson } from './http.ts'

const PAGE_LIMIT = 100
/** Besides the live feed, which may be broken. */
const REFRESH_MS = 30_000
const RULES_LIMIT = 200

/** The filters of the list; all of them texts of the address. */
export type AlarmFilter = {
  premises?: string
  device?: string
  rule?: string
  severity?: string
  standing?: 'true'
  mine?: 'true'
  from?: string
  to?: string
  q?: string
}
export const alarmListQuery = (filter: AlarmFilter, limit = PAGE_LIMIT) =>
  infiniteQueryOptions({
    queryKey: ['alarms', 'list', filter, limit],
    queryFn: ({ pageParam, signal }) =>
      getJson<AlarmPage>(apiPath('/alarms', { ...filter, limit, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
/** One page of it, for the parts of other pages. */
export const alarmsQuery = (filter: AlarmFilter & { state?: string }, limit: number) =>
  queryOptions({
    queryKey: ['alarms', 'part', filter, limit],
    queryFn: ({ signal }) => getJson<AlarmPage>(apiPath('/alarms', { ...filter, limit }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
export const alarmsFilePath = (filter: AlarmFilter, language: string) =>
  apiPath('/alarms/file', { ...filter, language })
export const alarmQuery = (id: string) =>
  queryOptions({
    queryKey: ['alarms', id],
    queryFn: ({ signal }) => getJson<AlarmDetail>(apiPath(`/alarms/${segment(id)}`), signal),
    refetchInterval: REFRESH_MS,
  })
export const alarmsStandingQuery = (of: { premises?: string; device?: string } = {}) =>
  queryOptions({
    queryKey: ['alarms', 'standing', of],
    queryFn: ({ signal }) => getJson<AlarmsStanding>(apiPath('/alarms/standing', of), signal),
    refetchInterval: REFRESH_MS,
  })

export type AlarmStep = 'acknowledge' | 'assign' | 'comment' | 'snooze' | 'clear'
export const sendAlarmStep = (id: string, step: AlarmStep, body: object = {}) =>
  sendJson<AlarmDetail>('POST', apiPath(`/alarms/${segment(id)}/${step}`), body)

/** As many as one request takes at a time; what is refused of some does not hold up the others. */
const ACKNOWLEDGED_AT_ONCE = 200
export async function acknowledgeAlarms(ids: readonly string[]): Promise<AlarmsAcknowledged> {
  const all: AlarmsAcknowledged = { acknowledged: 0, refused: [] }
  for (let i = 0; i < ids.length; i += ACKNOWLEDGED_AT_ONCE) {
    const body = { ids: ids.slice(i, i + ACKNOWLEDGED_AT_ONCE) }
    const answer = await sendJson<AlarmsAcknowledged>('POST', apiPath('/alarms/acknowledge'), body)
    all.acknowledged += answer?.acknowledged ?? 0
    all.refused.push(...(answer?.refused ?? []))
  }
  return all
}

/** Everything that shows alarms is asked anew. */
export const refreshAlarms = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: ['alarms'] })

export const alarmRulesQuery = (filter: { premises?: string; device?: string; on?: string; q?: string }) =>
  queryOptions({
    queryKey: ['alarm-rules', 'list', filter],
    queryFn: async ({ signal }) => {
      const items: AlarmRuleShown[] = []
      let after: string | undefined
      do {
        const page: AlarmRulePage = await getJson(
          apiPath('/alarm-rules', { ...filter, limit: RULES_LIMIT, after }),
          signal,
        )
        items.push(...page.items)
        after = page.next ?? undefined
      } while (after !== undefined && items.length < 10_000)
      return items
    },
    placeholderData: keepPreviousData,
  })
export const alarmRuleQuery = (id: string) =>
  queryOptions({
    queryKey: ['alarm-rules', id],
    queryFn: ({ signal }) => getJson<AlarmRuleShown>(apiPath(`/alarm-rules/${segment(id)}`), signal),
  })
const suggestedPath = (premises: string) => apiPath(`/premises/${segment(premises)}/alarm-rules/suggested`)
export const suggestedRulesQuery = (premises: string) =>
  queryOptions({
    queryKey: ['alarm-rules', 'suggested', premises],
    queryFn: ({ signal }) => getJson<AlarmRulesSuggested>(suggestedPath(premises), signal),
  })
export const takeSuggested = (premises: string, only: string[]) =>
  sendJson<{ created: string[] }>('POST', suggestedPath(premises), { only })
export const tryRule = (wanted: AlarmTryWanted) => sendJson<AlarmTryAnswer>('POST', apiPath('/alarm-rules/try'), wanted)

/** A fault of an alarm: it goes to whoever is responsible for the repair. */
export const makeFault = (alarm: string, language: string) =>
  sendJson<{ id: string }>('POST', apiPath('/faults'), { alarm, language })
