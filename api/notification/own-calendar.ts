// What a calendar program reads by a person's secret address: own on-call shifts and service tasks, and nobody else's name.
import { generateIcsCalendar, type IcsEvent } from 'ts-ics'
import { NOTIFICATION_WORDS } from '#domain/notification/sentence.ts'
import { ON_CALL, shiftsBetween } from '#domain/notification/on-call.ts'
import type { Membership, User } from '#domain/ports/records.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { pickName } from '#domain/writing/names.ts'
import type { TaskShown } from '#contract/service.ts'
import type { RouteParts } from '#api/parts.ts'
import { listTasks } from '#api/service/task-list.ts'

const DAY_MS = 86_400_000
/** Shifts are told from so many days back to so many ahead. */
const DAYS_BACK = 31
const DAYS_AHEAD = 183
const MOST_TASKS = 500

type Parts = Pick<RouteParts, 'records' | 'settings' | 'now'>

/** RFC 5545. Seen as a member of each of the person's organisations, in the person's language; tasks of nobody else, so no names of people. */
export async function writeOwnCalendar(parts: Parts, user: User): Promise<string> {
  const events: IcsEvent[] = []
  for (const membership of user.memberships)
    events.push(...(await shiftsOf(parts, user, membership)), ...(await tasksOf(parts, user, membership)))
  return generateIcsCalendar({
    version: '2.0',
    prodId: '-//Samtila//own calendar//EN',
    method: 'PUBLISH',
    name: NOTIFICATION_WORDS[user.language].calendar.name,
    events,
  })
}

async function shiftsOf(
  { records, settings, now }: Parts,
  { id: user, language }: User,
  { organisation }: Membership,
): Promise<IcsEvent[]> {
  const words = NOTIFICATION_WORDS[language].calendar
  const events: IcsEvent[] = []
  const [from, to] = [now() - DAYS_BACK * DAY_MS, now() + DAYS_AHEAD * DAY_MS]
  for await (const { id, body } of allPapers(records, { organisation }, ON_CALL, { states: ['on'] })) {
    // The operator sees every paper, and is on call in its own calendars alone.
    if (body.organisation !== organisation) continue
    const name = pickName(body.name, language, id).text
    for (const shift of shiftsBetween(body, from, to)) {
      if (shift.person !== user && shift.substitute !== user) continue
      events.push({
        uid: `${id}-${shift.from}-${user}@samtila`,
        stamp: { date: new Date(now()) },
        start: { date: new Date(shift.from) },
        end: { date: new Date(shift.to) },
        summary: shift.person === user ? words.onCall(name) : words.substitute(name),
        // A substitute is not busy all the time.
        timeTransparent: shift.person === user ? 'OPAQUE' : 'TRANSPARENT',
        url: `${settings.publicUrl}/notifications/on-call/${id}`,
      })
    }
  }
  return events
}

async function tasksOf(
  { records, settings, now }: Parts,
  user: User,
  { organisation, roles }: Membership,
): Promise<IcsEvent[]> {
  const identity = {
    kind: 'user' as const,
    id: user.id,
    name: user.name,
    organisation,
    roles,
    readOnly: true,
    user,
    session: null,
  }
  const { items } = await listTasks(records, identity, { whose: 'mine', state: 'open', limit: MOST_TASKS }, now)
  const text = (names: TaskShown['title'] | null, id: string): string =>
    names === null ? id : pickName(names, user.language, id).text
  return items
    .filter(({ assignee }) => assignee?.id === user.id || roles.includes('technician'))
    .map(({ id, title, dueOn, place }): IcsEvent => {
      const day = new Date(dayNumber(dueOn) * DAY_MS)
      const device = place.device === null ? [] : [text(place.device.name, place.device.id)]
      return {
        uid: `${id}@samtila`,
        stamp: { date: new Date(now()) },
        start: { type: 'DATE', date: day },
        end: { type: 'DATE', date: new Date(day.getTime() + DAY_MS) },
        summary: [text(title, id), ...device].join(', '),
        timeTransparent: 'TRANSPARENT',
        location: [text(place.premisesName, place.premises), ...(place.address === null ? [] : [place.address])].join(
          ', ',
        ),
        url: `${settings.publicUrl}/service/tasks/${id}`,
      }
    })
}
