// Begins an escalation for each calendar that an alarm concerns, and tells the next people for as long as nobody acknowledges it.
import { ALARM } from '#domain/alarms/alarm.ts'
import { SEVERITIES, type Severity } from '#domain/alarms/rule.ts'
import { escalationMove, ESCALATION, type Escalation } from '#domain/notification/escalation.ts'
import type { Occurrence } from '#domain/notification/occurrence.ts'
import { ON_CALL, shiftAt, type OnCall, type Step } from '#domain/notification/on-call.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { idOf } from './outbox.ts'
import type { People, Person, Sight, Told } from './people.ts'

const ALL = { organisation: null }
const reaches = (severity: Severity, from: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(from)

export const loadCalendars = (records: Records): Promise<StoredPaper<OnCall>[]> =>
  Array.fromAsync(allPapers(records, ALL, ON_CALL, { states: ['on'] }))

/** The escalations that these occurrences begin, not yet stored: `escalate` tells their first step and gives the paper. */
export async function beginEscalations(
  records: Records,
  occurrences: readonly Occurrence[],
  calendars: readonly StoredPaper<OnCall>[],
  sight: Sight,
  now: number,
): Promise<StoredPaper<Escalation>[]> {
  const raised = occurrences.filter(({ kind }) => kind === 'alarm-raised')
  if (raised.length === 0 || calendars.length === 0) return []
  const running = new Set<string>()
  for await (const { body } of allPapers(records, ALL, ESCALATION, { states: ['running'] }))
    running.add(`${body.calendar} ${body.occurrence.paper.id}`)
  const begun: StoredPaper<Escalation>[] = []
  for (const { id, body: calendar } of calendars)
    for (const occurrence of raised) {
      const { organisation, premises, steps } = calendar
      if (!reaches(occurrence.severity, calendar.from)) continue
      if (premises !== null && premises !== occurrence.premises) continue
      if (!(await sight.sees(organisation, occurrence))) continue
      if (calendar.covers === 'responsible' && !(await sight.isOurs(organisation, occurrence))) continue
      const key = `${id} ${occurrence.paper.id}`
      if (running.has(key)) continue
      running.add(key)
      const body: Escalation = {
        calendar: id,
        organisation,
        occurrence,
        steps,
        startedAt: now,
        next: 0,
        told: [],
        endedBy: null,
      }
      begun.push({
        id: idOf('escalation', id, occurrence.id),
        premises: occurrence.premises,
        audience: organisation === null ? 'operator' : [organisation],
        state: 'running',
        dueAt: now,
        body,
        version: 0,
        createdAt: now,
        createdBy: '',
        changedAt: now,
        changedBy: '',
        files: [],
      })
    }
  return begun
}

export type Escalated = { change: PaperChange; told: Told[] }

/** The due steps of one escalation; a step that finds nobody new goes on to the next at once. */
export async function escalate(
  records: Records,
  paper: StoredPaper<Escalation>,
  calendar: OnCall | null,
  people: People,
  now: number,
): Promise<Escalated> {
  const { occurrence, organisation, steps } = paper.body
  // The alarm as the organisation sees it: what it may not see any more, its people are not told.
  const alarm = await records.getPaper({ organisation }, ALARM, occurrence.paper.id)
  let body = paper.body
  const told: Escalated['told'] = []
  for (;;) {
    const move = escalationMove(body, alarm, now)
    if (move.kind === 'tell') {
      const before = new Set(body.told.flatMap((one) => one.people))
      const found = peopleOf(move.tell, calendar, organisation, people, now).filter(({ user }) => !before.has(user.id))
      for (const person of found)
        told.push({
          person,
          thing: { ...occurrence, as: organisation, reason: 'on-call', step: move.step },
          call: calendar !== null && reaches(occurrence.severity, calendar.wakesFrom) ? 'woken' : 'called',
        })
      const next = move.step + 1
      const step = { step: move.step, at: now, people: found.map(({ user }) => user.id) }
      body = { ...body, next, told: [...body.told, step] }
      // Nobody to tell: whoever comes next must not be waited for.
      if (found.length === 0 && next < steps.length) body = { ...body, steps: hurried(steps, next, body, now) }
      continue
    }
    const isOver = move.kind === 'end'
    if (isOver) body = { ...body, endedBy: move.by }
    const { id, premises, audience, version } = paper
    const dueAt = isOver ? null : move.until
    const change = { id, premises, audience, state: isOver ? 'ended' : 'running', dueAt, body }
    return { change: { kind: ESCALATION, paper: change, expectedVersion: version }, told }
  }
}

/** The steps with the next one due now and the others as much earlier. */
function hurried(steps: readonly Step[], next: number, { startedAt }: Escalation, now: number): Step[] {
  const since = Math.floor((now - startedAt) / 60_000)
  const earlier = Math.max(0, (steps[next]?.afterMinutes ?? 0) - since)
  return steps.map((step, place) => (place < next ? step : { ...step, afterMinutes: step.afterMinutes - earlier }))
}

function peopleOf(
  tell: Step['tell'],
  calendar: OnCall | null,
  organisation: Id | null,
  people: People,
  now: number,
): Person[] {
  const members = people.members(organisation)
  if (tell === 'managers') {
    const having = (role: 'manager' | 'admin'): Person[] =>
      members.filter(({ user }) =>
        user.memberships.some((one) => one.organisation === organisation && one.roles.includes(role)),
      )
    const managers = having('manager')
    return managers.length > 0 ? managers : having('admin')
  }
  const shift = calendar === null ? null : shiftAt(calendar, now)
  const id = tell === 'on-call' ? shift?.person : shift?.substitute
  const person = members.find(({ user }) => user.id === id) ?? null
  // Whoever is away with nobody standing in cannot be reached.
  return person === null || people.standingIn(person, organisation, now) === null ? [] : [person]
}
