// What the change of a paper from one version to the next means to people: the table of papers that are told of.
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { SEVERITIES } from '#domain/alarms/rule.ts'
import { FAULT, type Fault } from '#domain/faults/fault.ts'
import { SERVICE_TASK, type ServiceTask } from '#domain/service/task.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { ENGINE_OUTAGE, type EngineOutage } from './engine-outage.ts'
import type { Occurrence, OccurrenceKind } from './occurrence.ts'
import { WEBHOOK, type Webhook } from './webhook.ts'

type Said = Pick<Occurrence, 'kind' | 'severity'> & Partial<Occurrence>
type Derive<Body> = (before: StoredPaper<Body> | null, after: StoredPaper<Body>) => Said[]

/** Raised (anew, or more severe), given to somebody, over. */
const alarm: Derive<Alarm> = (before, { state, body }) => {
  const said: Said[] = []
  const { severity, device } = body
  const worse =
    before !== null && SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(before.body.severity) && state !== 'cleared'
  const anew = before?.state === 'cleared' && state !== 'cleared'
  if ((before === null && state !== 'cleared') || anew || worse) said.push({ kind: 'alarm-raised', severity, device })
  const { assignee } = body
  const known = before?.body.assignee ?? null
  if (assignee !== null && (assignee.organisation !== known?.organisation || assignee.person?.id !== known.person?.id))
    said.push({
      kind: 'alarm-assigned',
      severity,
      device,
      responsible: assignee.organisation,
      organisations: [assignee.organisation],
      person: assignee.person?.id ?? null,
    })
  if (before !== null && before.state !== 'cleared' && state === 'cleared')
    said.push({ kind: 'alarm-cleared', severity: 'info', device })
  return said
}

/** Offered to an organisation, accepted, declined, escalated to all, done. */
const fault: Derive<Fault> = (before, { state, body }) => {
  const said: Said[] = []
  const { custody, device } = body
  const known = before?.body.custody ?? []
  const say = (kind: OccurrenceKind, severity: Said['severity'], over: Partial<Occurrence> = {}): void =>
    void said.push({ kind, severity, device, ...over })
  for (const [place, one] of custody.entries()) {
    const earlier = known[place]
    const others = [...new Set(custody.map(({ organisation }) => organisation))]
    if (one.declinedAt !== null && earlier?.declinedAt == null)
      say('fault-declined', 'warning', { responsible: one.organisation, organisations: others })
    if (one.acceptedAt !== null && earlier?.acceptedAt == null && place === custody.length - 1)
      say('fault-accepted', 'info', { responsible: one.organisation })
    if (earlier === undefined && one.acceptedAt === null && one.declinedAt === null && state === 'offered')
      say('fault-offered', 'warning', { responsible: one.organisation, organisations: [one.organisation] })
  }
  const escalated = ({ entries }: Fault): number => entries.filter(({ kind }) => kind === 'escalated').length
  const holder = custody.at(-1)?.organisation ?? null
  if (escalated(body) > (before === null ? 0 : escalated(before.body)))
    say('fault-escalated', 'major', { responsible: holder })
  if (state === 'done' && before !== null && before.state !== 'done') say('fault-done', 'info', { responsible: holder })
  return said
}

/** To be done by somebody, given to somebody else, done. That it is late, the clock says (`overdueOccurrence`). */
const service: Derive<ServiceTask> = (before, { state, body }) => {
  const { device, assignee, responsible, contractor } = body
  const organisations = [responsible.organisation, ...(contractor === null ? [] : [contractor])]
  const who = { device, responsible: responsible.organisation, organisations, person: assignee?.id ?? null }
  const isNew = before === null || before.body.assignee?.id !== assignee?.id
  if (state === 'open' && isNew) return [{ kind: 'service-due', severity: 'info', ...who }]
  if (state === 'done' && before !== null && before.state !== 'done')
    return [{ kind: 'service-done', severity: 'info', ...who, person: null }]
  return []
}

/** A service task whose day has passed. */
export const overdueOccurrence = ({ id, premises, dueAt, changedAt, body }: StoredPaper<ServiceTask>): Occurrence => ({
  id: `${SERVICE_TASK}/${id}/service-overdue`,
  kind: 'service-overdue',
  at: dueAt ?? changedAt,
  severity: 'warning',
  premises,
  device: body.device,
  paper: { kind: SERVICE_TASK, id },
  responsible: body.responsible.organisation,
  organisations: [body.responsible.organisation, ...(body.contractor === null ? [] : [body.contractor])],
  person: body.assignee?.id ?? null,
})

/** An endpoint that was given up after days of failure. */
const webhook: Derive<Webhook> = (before, { state, body }) =>
  state === 'disabled' && before !== null && before.state !== 'disabled'
    ? [
        {
          kind: 'webhook-disabled',
          severity: 'warning',
          organisations: body.organisation === null ? [] : [body.organisation],
        },
      ]
    : []

/** A server of the installation away for a while, and back; nobody but the operator's people hears of it. */
const engineOutage: Derive<EngineOutage> = (before, { state, body }) => {
  // The records tell of their own outage only when they are back: each has a paper version of its own.
  if (state === before?.state && body.since === before.body.since) return []
  if (state === 'away') return [{ kind: 'system-away', severity: 'major', organisations: [] }]
  return [{ kind: 'system-back', severity: 'major', organisations: [] }]
}

const SOURCES: Readonly<Record<string, Derive<never>>> = {
  [ALARM]: alarm,
  [FAULT]: fault,
  [SERVICE_TASK]: service,
  [WEBHOOK]: webhook,
  [ENGINE_OUTAGE]: engineOutage,
}

/** The kinds of papers whose changes are told of. */
export const EVENT_KINDS: ReadonlySet<string> = new Set(Object.keys(SOURCES))

/** What happened between two versions of a paper; `before` is null for the first. */
export function deriveOccurrences(
  kind: string,
  before: StoredPaper<unknown> | null,
  after: StoredPaper<unknown>,
): Occurrence[] {
  const derive = SOURCES[kind] as Derive<unknown> | undefined
  return (derive?.(before, after) ?? []).map((said, place) => ({
    id: `${kind}/${after.id}/${after.version}/${said.kind}${place === 0 ? '' : `-${place}`}`,
    at: after.changedAt,
    premises: after.premises,
    device: null,
    paper: { kind, id: after.id },
    responsible: null,
    organisations: null,
    person: null,
    ...said,
  }))
}
