// An error as it crosses the thread border: a code of the table and a sentence.
import { Failure } from '#domain/failure.ts'
import type { FailureCode } from '#domain/failure.ts'

/** By SQLite's primary result code: CORRUPT, FULL, NOTADB mean what they say; all others that the store is not to be had. */
const MEANING: Readonly<Record<number, FailureCode>> = { 11: 'store-damaged', 13: 'store-full', 26: 'store-damaged' }

export function failureOf(cause: unknown): { code: FailureCode; message: string } {
  if (cause instanceof Failure) return { code: cause.code, message: cause.message }
  if (!(cause instanceof Error)) return { code: 'internal', message: String(cause) }
  if (!('errcode' in cause))
    return { code: 'internal', message: `The telemetry store could not do this: ${cause.message}` }
  const code = MEANING[Number(cause.errcode) & 0xff] ?? 'store-unavailable'
  return { code, message: `The telemetry store could not do this: ${cause.message}.` }
}
