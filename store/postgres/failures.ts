// What PostgreSQL's errors mean to the callers of the port (SQLSTATE, appendix A of its manual).
import { Failure } from '#domain/failure.ts'
import type { FailureCode } from '#domain/failure.ts'
import { PostgresError } from './connection.ts'

/** When it is worth trying again. */
const RETRY_AFTER_MS = 5_000

/** The first that begins a code. */
const MEANINGS: readonly { begins: readonly string[]; code: FailureCode; message: string }[] = [
  { begins: ['53100', '53200', '54'], code: 'store-full', message: 'The records server has no room.' },
  {
    begins: ['28', '3D', '42501', '0LP', '0P'],
    code: 'wrong-setting',
    message: 'The records server does not let this program in.',
  },
  { begins: ['XX001', 'XX002'], code: 'store-damaged', message: 'The records are damaged. Restore a backup.' },
  { begins: ['23', 'P0001', '42', '22'], code: 'internal', message: 'The records server refused this.' },
]

/** Failures pass as they are; an error of the server gets a code of the table; whatever else went wrong with it: it is away. */
export const failureOf = (cause: unknown): Failure => {
  if (cause instanceof Failure) return cause
  if (!(cause instanceof PostgresError)) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    return new Failure('internal', `The records could not do this: ${detail}`, { cause })
  }
  const meaning = MEANINGS.find(({ begins }) => begins.some((one) => cause.code.startsWith(one)))
  return meaning === undefined
    ? new Failure('store-unavailable', `The records server does not answer. Try again soon. (${cause.message})`, {
        cause,
        retryAfterMs: RETRY_AFTER_MS,
      })
    : new Failure(meaning.code, `${meaning.message} (${cause.message})`, { cause })
}
