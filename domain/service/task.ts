// A service task: one visit to a device that a plan, an inspection or a person asks for; what was found and done there.
import { paperKind } from '#domain/ports/papers.ts'
import type { Decimal, Id, LocalDate, Names } from '#domain/registry/bundle.ts'
import type { Responsible } from '#domain/agreement/responsible.ts'
import { compareDecimals } from './amounts.ts'
import type { ChecklistItem } from './plan.ts'
import type { TaskGround } from './schedule.ts'

export const TASK_STATES = ['open', 'done', 'not-possible', 'cancelled'] as const
export type TaskState = (typeof TASK_STATES)[number]

/** What was said of one item: yes or no, a number as text, words; photos as digests. */
export type Answer = {
  item: Id
  value: boolean | string | null
  photos: readonly string[]
  /** Whether it is in order; null where that is no question. */
  ok: boolean | null
}
export type Part = { name: string; quantity: Decimal }
/** Something that needs a repair; `fault` once one was made of it. */
export type Finding = { text: string; fault: Id | null }
export type Outcome = {
  /** When it was done at the place, and when the platform learned it, in milliseconds since 1970. */
  at: number
  receivedAt: number
  by: { id: Id; name: string; organisation: Id | null }
  result: 'done' | 'not-possible' | 'cancelled'
  /** Why it was not possible or not needed. */
  reason: string | null
  answers: readonly Answer[]
  note: string
  hours: Decimal | null
  parts: readonly Part[]
  /** Photos besides those of the items. */
  photos: readonly string[]
  findings: readonly Finding[]
  /** What the phone called it, so that the same is never taken twice. */
  key: string | null
}
export type ServiceTask = {
  plan: Id | null
  sequence: number
  device: Id | null
  space: Id | null
  title: Names
  ground: TaskGround | { by: 'person'; planned: LocalDate }
  dueOn: LocalDate
  checklist: readonly ChecklistItem[]
  responsible: Responsible
  contractor: Id | null
  assignee: { id: Id; name: string } | null
  /** A word to who does it: keys, whom to ask, where to park. */
  instructions: string
  outcome: Outcome | null
}
/** Due: the end of the local day `dueOn`. Audience: see audience.ts. */
export const SERVICE_TASK = paperKind<ServiceTask>('service-task')

/** What a technician says of a task; photos are digests, and an item names its own by their place in `photos`. */
export type Finished = {
  result: 'done' | 'not-possible'
  reason: string | null
  answers: readonly { item: Id; value: boolean | string | null; photos: readonly number[] }[]
  note: string
  hours: Decimal | null
  parts: readonly Part[]
  photos: readonly string[]
  findings: readonly string[]
}
export type FinishProblem = { pointer: string; code: string; message: string }

/** What is missing or wrong in it; what was not possible needs a reason and nothing else. */
export function checkFinished({ checklist }: Pick<ServiceTask, 'checklist'>, finished: Finished): FinishProblem[] {
  const found: FinishProblem[] = []
  const add = (pointer: string, code: string, message: string): void => void found.push({ pointer, code, message })
  const items = new Map(checklist.map((item) => [item.id, item]))
  const seen = new Set<Id>()
  for (const [i, { item: id, value, photos }] of finished.answers.entries()) {
    const pointer = `/answers/${i}`
    const item = items.get(id)
    if (item === undefined) add(`${pointer}/item`, 'unknown-id', 'The task has no such item.')
    else if (value !== null && !fits(item, value)) add(`${pointer}/value`, 'wrong-type', WANTED[item.kind])
    if (seen.has(id)) add(`${pointer}/item`, 'twice', 'It is answered twice.')
    seen.add(id)
    for (const [k, photo] of photos.entries())
      if (photo >= finished.photos.length) add(`${pointer}/photos/${k}`, 'unknown-id', 'There are fewer photos.')
  }
  if (finished.result === 'not-possible') {
    if ((finished.reason ?? '').trim() === '') add('/reason', 'missing', 'Say why it was not possible.')
    return found
  }
  for (const { id, kind, required } of checklist) {
    if (!required) continue
    const answer = finished.answers.find(({ item }) => item === id)
    const isThere = kind === 'photo' ? (answer?.photos.length ?? 0) > 0 : isSaid(answer?.value)
    if (!isThere) add('/answers', 'missing', `${id} is required.`)
  }
  return found
}
const WANTED = {
  'yes-no': 'It takes true or false.',
  number: 'It takes a number as text, such as "12.5".',
  text: 'It takes text.',
  photo: 'It takes photos and no value.',
}
const isSaid = (value: boolean | string | null | undefined): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && value.trim() !== '')
const NUMBER = /^-?[0-9]{1,12}(\.[0-9]{1,6})?$/
function fits({ kind }: ChecklistItem, value: boolean | string): boolean {
  if (kind === 'yes-no') return typeof value === 'boolean'
  if (kind === 'number') return typeof value === 'string' && NUMBER.test(value)
  return kind === 'text' && typeof value === 'string'
}

/** Whether an answer is in order: yes, and a number within its range. Null where there is nothing to judge. */
export function inOrder(item: ChecklistItem, value: boolean | string | null): boolean | null {
  if (item.kind === 'yes-no') return typeof value === 'boolean' ? value : null
  if (item.kind !== 'number' || typeof value !== 'string') return null
  if (item.least === undefined && item.most === undefined) return null
  const { least, most } = item
  return (
    (least === undefined || compareDecimals(value, least) >= 0) &&
    (most === undefined || compareDecimals(value, most) <= 0)
  )
}

/** The answers as they are kept, each judged by its item. To be called when nothing is wrong with it. */
export const answersOf = ({ checklist }: Pick<ServiceTask, 'checklist'>, { answers, photos }: Finished): Answer[] =>
  answers.map(({ item: id, value, photos: places }) => {
    const item = checklist.find((one) => one.id === id)
    return {
      item: id,
      value,
      photos: places.map((place) => photos[place] ?? ''),
      ok: item === undefined ? null : inOrder(item, value),
    }
  })
