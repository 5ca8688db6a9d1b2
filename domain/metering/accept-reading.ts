// Decides what becomes of one reading: accepted as measured, accepted as suspect, or refused with a reason.
import type { Value } from '#domain/ports/telemetry.ts'
import type { PointKind } from '#domain/registry/bundle.ts'

/** Why a reading is not taken: docs/PROTOCOL.md lists each; the sentence is for the person who reads the quarantine. */
export const READING_REFUSALS = {
  'not-finite': 'the number is not finite, or too large for any number format',
  'number-too-large': 'the number is larger than 2^53, so its last digits are not certain',
  'number-as-text': 'a number was sent as text; send it without quotes',
  'wrong-type': 'the point takes numbers, and this is none',
  'text-too-long': 'a text value may have at most 256 characters',
  'clock-ahead': 'the instant lies more than 24 hours ahead: the clock of the device is wrong',
  'instant-out-of-range': 'the instant lies before 1970',
} as const
export type ReadingRefusal = keyof typeof READING_REFUSALS
export type Acceptance = 'measured' | 'suspect' | ReadingRefusal

/** Texts are states and short notes; what is longer does not belong into a series. */
export const TEXT_CHARACTERS = 256
/** A device clock this far ahead is plainly wrong. */
export const CLOCK_AHEAD_MS = 24 * 3_600_000
/** Ahead by more than this is accepted, but suspect. */
export const CLOCK_SUSPECT_MS = 5 * 60_000
/** Nothing metered here is older: earlier instants come from clocks that were never set. */
export const CLOCK_NEVER_SET_MS = Date.UTC(2000, 0, 1)

const LARGEST_CERTAIN = Number.MAX_SAFE_INTEGER
const NUMBER_TEXT = /^\s*[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?\s*$/
const DECIMAL_TEXT = /^-?\d{1,15}(?:\.\d{1,18})?$/

/** What the rule needs of a point: `state` takes anything; undeclared points (null) take numbers, booleans and texts that are no numbers. */
export type AcceptingKind = PointKind | null

/**
 * Pure rule, without allocation: it sits in the path of every reading. `at` and `receivedAt` are milliseconds since 1970.
 * Accepted: 'measured', or 'suspect' when the device clock is off; everything else is the reason for the quarantine.
 */
export function acceptReading(kind: AcceptingKind, value: Value, at: number, receivedAt: number): Acceptance {
  if (typeof value === 'number') {
    if (value - value !== 0) return 'not-finite'
    if (value > LARGEST_CERTAIN || value < -LARGEST_CERTAIN) return 'number-too-large'
  } else if (typeof value === 'object') {
    if (!DECIMAL_TEXT.test(value.decimal)) return 'number-too-large'
  } else if (kind !== 'state') {
    if (typeof value === 'string' && NUMBER_TEXT.test(value)) return 'number-as-text'
    if (kind !== null) return 'wrong-type'
  }
  if (typeof value === 'string' && value.length > TEXT_CHARACTERS) return 'text-too-long'
  if (!(at >= 0)) return 'instant-out-of-range'
  if (at > receivedAt + CLOCK_SUSPECT_MS) return at > receivedAt + CLOCK_AHEAD_MS ? 'clock-ahead' : 'suspect'
  return at < CLOCK_NEVER_SET_MS ? 'suspect' : 'measured'
}

/** Whether the verdict lets the reading into the store. */
export function isAccepted(acceptance: Acceptance): acceptance is 'measured' | 'suspect' {
  return acceptance === 'measured' || acceptance === 'suspect'
}

/** The kinds that the rule tells apart; a point without kind, or with one of someone's own, takes what an undeclared one takes. */
export function acceptingKind(kind: string | undefined): AcceptingKind {
  return kind === 'counter' || kind === 'interval' || kind === 'gauge' || kind === 'state' ? kind : null
}
