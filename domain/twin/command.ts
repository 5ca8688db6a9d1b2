// A command to a device: kept until it is done, failed or expired; given again only where doing it twice is the same as once.
import { paperKind, type StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Json, JsonObject } from './field.ts'
import type { SteerGround } from './may-steer.ts'

/**
 * `queued` waits for the device; `sent` was given to it or its gateway; `acknowledged`: it has it; `done` and `failed` are its answer,
 * or why it could not be sent; `expired`: its time was over before an answer.
 */
export const COMMAND_STATES = ['queued', 'sent', 'acknowledged', 'done', 'failed', 'expired'] as const
export type CommandState = (typeof COMMAND_STATES)[number]
export const OPEN_COMMAND_STATES: readonly CommandState[] = ['queued', 'sent', 'acknowledged']

/** Who wanted it: a person, or what a person has set up. */
export type CommandSource =
  | { kind: 'person' }
  | { kind: 'scene' | 'undo'; run: Id }
  | { kind: 'schedule'; schedule: Id; run: Id }
export type Command = {
  device: Id
  name: string
  params: JsonObject
  repeatable: boolean
  source: CommandSource
  /** The name of whoever gave it. */
  by: string
  /** For which organisation (null: the operator), and by what right. */
  organisation: Id | null
  ground: SteerGround
  /** Why, in words: needed for doors and booths. */
  reason: string | null
  /** How often it was given to the device, and when first and last. */
  attempts: number
  via: string | null
  sentAt: number | null
  lastSentAt: number | null
  acknowledgedAt: number | null
  finishedAt: number | null
  /** `data` of a result that is well, `error` of one that is not, or why it was not sent. */
  answer: Json
  /** The answer came after the time was over. */
  late: boolean
}
/** Due when it expires. */
export const COMMAND = paperKind<Command>('command')
export type CommandPaper = StoredPaper<Command>

export const isOpenCommand = (state: string): boolean => (OPEN_COMMAND_STATES as readonly string[]).includes(state)

/**
 * Whether a command is to be given to a device that listens now. One that must not be done twice is given once: when it is unknown
 * whether the device got it, nobody may send it again, not even after a crash.
 */
export function isToSend(
  { state, dueAt, body }: Pick<CommandPaper, 'state' | 'dueAt' | 'body'>,
  now: number,
  { again, attempts }: { again: number; attempts: number },
): boolean {
  if (dueAt !== null && dueAt <= now) return false
  if (state === 'queued') return true
  if (!body.repeatable || (state !== 'sent' && state !== 'acknowledged')) return false
  // Each pause is twice the one before.
  return body.attempts < attempts && now >= (body.lastSentAt ?? 0) + again * 2 ** (body.attempts - 1)
}
