// Alarms by what is asked for, the newest first, page by page.
import type { AlarmShown } from '#contract/alarms.ts'
import { ALARM, ALARM_STATES, type Alarm } from '#domain/alarms/alarm.ts'
import { SEVERITIES } from '#domain/alarms/rule.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Page } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { dutiesOf } from '#api/access/bodies.ts'
import type { Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf } from '#api/routes/answers.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { alarmNames, alarmShown } from './shown.ts'
import { createAlarmSight } from './sight.ts'

export type AlarmFilter = {
  premises?: string
  device?: string
  rule?: string
  state?: string
  severity?: string
  standing?: boolean
  mine?: boolean
  from?: string
  to?: string
  q?: string
}
/** Papers asked for at once, and looked at for one answer. */
const PAGE = 200
const MAX_LOOKED_AT = 5_000

/**
 * A page may hold fewer than `limit` although there are more: ask on until `next` is null.
 * @throws Failure 'bad-request' for words that are no states or severities.
 */
export async function listAlarms(
  { records, now }: Pick<RouteParts, 'records' | 'now'>,
  identity: Identity,
  filter: AlarmFilter,
  { limit, after }: { limit: number; after?: string },
): Promise<{ items: AlarmShown[]; next: string | null }> {
  const scope = { organisation: identity.organisation }
  const mayRead = createAlarmSight(records, scope)
  const own = identity.organisation
  const ours =
    filter.mine !== true ? null : own === null ? new Set<Id>() : await dutiesOf(own, records, localDate(now(), 'UTC'))
  const fits = fitting(filter, ours)
  const states = statesOf(filter)
  const found: StoredPaper<Alarm>[] = []
  // A cursor is where its page begins, and the last alarm of it that was given.
  let [start, last] = (after ?? '~').split('~') as [string, string | undefined]
  let next: string | null = null
  pages: for (let looked = 0; ; looked += PAGE) {
    const page: Page<StoredPaper<Alarm>> = await records.listPapers(scope, ALARM, {
      limit: PAGE,
      newestFirst: true,
      ...(start === '' ? {} : { after: start }),
      ...(filter.premises === undefined ? {} : { premises: filter.premises }),
      ...(states === null ? {} : { states }),
      ...(filter.device === undefined ? {} : { text: `"${filter.device}"` }),
    })
    const given = page.items.findIndex(({ id }) => id === last)
    for (const paper of page.items.slice(given + 1)) {
      if (found.length === limit) {
        next = `${start}~${found.at(-1)?.id ?? ''}`
        break pages
      }
      if (fits(paper) && (await mayRead(paper.body))) found.push(paper)
    }
    if (page.next === null) break
    start = page.next
    last = undefined
    if (looked + PAGE >= MAX_LOOKED_AT || found.length === limit) {
      next = `${start}~`
      break
    }
  }
  const names = await alarmNames(records, scope, found)
  return { items: found.map((paper) => alarmShown(paper, names)), next }
}

function statesOf({ state, standing }: AlarmFilter): string[] | null {
  const named = wordsOf(state, ALARM_STATES, 'state')
  if (standing === undefined) return named
  return (named ?? ALARM_STATES).filter((one) => (one !== 'cleared') === standing)
}

function wordsOf(text: string | undefined, known: readonly string[], name: string): string[] | null {
  if (text === undefined) return null
  const words = text.split(',')
  const unknown = words.find((word) => !known.includes(word))
  if (unknown !== undefined) throw new Failure('bad-request', `${name}: ${unknown} is none of ${known.join(', ')}.`)
  return words
}

/** `ours`: the bodies to whom it must be assigned; null: whoever it is. */
function fitting(filter: AlarmFilter, ours: ReadonlySet<Id> | null): (paper: StoredPaper<Alarm>) => boolean {
  const severities = wordsOf(filter.severity, SEVERITIES, 'severity')
  const from = filter.from === undefined ? -Infinity : startOf(filter.from, 'from')
  const to = filter.to === undefined ? Infinity : startOf(filter.to, 'to')
  const wanted = filter.q?.trim().toLowerCase() ?? ''
  return ({ id, body }) => {
    const { device, affected, rule, severity, raisedAt, assignee } = body
    if (filter.device !== undefined && device !== filter.device && !affected.includes(filter.device)) return false
    if (filter.rule !== undefined && rule !== filter.rule) return false
    if (severities !== null && !severities.includes(severity)) return false
    if (ours !== null && !ours.has(assignee?.organisation ?? '')) return false
    if (raisedAt < from || raisedAt >= to) return false
    if (wanted === '') return true
    const text = [id, device, body.gateway, ...Object.values(body.name), body.reason.point, body.reason.value]
    return text.join(' ').toLowerCase().includes(wanted)
  }
}

/** A date without a place is that of UTC: the filter goes over premises of several zones. */
const startOf = (text: string, name: string): number =>
  text.length === 10 ? instantOf(`${text}T00:00:00Z`, name) : instantOf(text, name)
