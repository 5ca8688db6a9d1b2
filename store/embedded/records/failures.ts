// What SQLite's errors mean to the callers of the port.
import { Failure } from '#domain/failure.ts'
import type { FailureCode } from '#domain/failure.ts'
import { errorCodeOf } from './context.ts'

/** By primary result code: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const MEANING: Readonly<Record<number, { code: FailureCode; message: string }>> = {
  5: { code: 'store-unavailable', message: 'The records are busy. Try again.' },
  6: { code: 'store-unavailable', message: 'The records are busy. Try again.' },
  8: { code: 'store-unavailable', message: 'The records cannot be written. Mend the rights of the data folder.' },
  10: {
    code: 'store-unavailable',
    message: 'The disk failed while the records were written or read. Check it and start anew.',
  },
  11: { code: 'store-damaged', message: 'The records are damaged. Restore a backup.' },
  13: { code: 'store-full', message: 'No space is left for the records. Make room on the disk of the data folder.' },
  14: { code: 'store-unavailable', message: 'The records cannot be opened. Mend the rights of the data folder.' },
  26: { code: 'store-damaged', message: 'The records are not a database. Restore a backup.' },
}

/** Failures pass as they are; SQLite's errors get a code of the table; anything else is a defect: 'internal'. */
export const failureOf = (cause: unknown): Failure => {
  if (cause instanceof Failure) return cause
  const meaning = MEANING[errorCodeOf(cause) & 0xff]
  const detail = cause instanceof Error ? cause.message : String(cause)
  return meaning === undefined
    ? new Failure('internal', `The records could not do this: ${detail}`, { cause })
    : new Failure(meaning.code, `${meaning.message} (${detail})`, { cause })
}
