// The one class for operating failures and refusals that leave a function as an exception, and the one table of their codes.

/** Every code: HTTP status, and whether trying the same again can help. docs/ERRORS.md explains each; a rule test keeps both in step. */
export const FAILURE_CODES = {
  'bad-request': { status: 400, transient: false },
  'invalid-body': { status: 400, transient: false },
  'invalid-bundle': { status: 422, transient: false },
  'not-signed-in': { status: 401, transient: false },
  'wrong-password': { status: 401, transient: false },
  'code-needed': { status: 401, transient: false },
  'wrong-code': { status: 401, transient: false },
  'provider-refused': { status: 401, transient: true },
  'not-allowed': { status: 403, transient: false },
  'bad-csrf-token': { status: 403, transient: false },
  'not-found': { status: 404, transient: false },
  conflict: { status: 409, transient: false },
  'settlement-blocked': { status: 409, transient: false },
  'settlement-state': { status: 409, transient: false },
  'settlement-simulated': { status: 409, transient: false },
  'changed-meanwhile': { status: 412, transient: false },
  'too-large': { status: 413, transient: false },
  'unsupported-type': { status: 415, transient: false },
  'range-not-satisfiable': { status: 416, transient: false },
  'precondition-required': { status: 428, transient: false },
  'too-many-requests': { status: 429, transient: true },
  internal: { status: 500, transient: false },
  'store-unavailable': { status: 503, transient: true },
  // Not transient: the same again could do it twice.
  'outcome-unknown': { status: 503, transient: false },
  'store-full': { status: 507, transient: true },
  'store-newer': { status: 500, transient: false },
  'store-damaged': { status: 500, transient: false },
  'wrong-setting': { status: 500, transient: false },
} as const satisfies Record<string, { status: number; transient: boolean }>

export type FailureCode = keyof typeof FAILURE_CODES

/** A problem at one place of an input: JSON Pointer, a code for programs, a sentence for people. */
export type Problem = { pointer: string; code: string; message: string }

/**
 * A failure with a code of the table, a sentence that says what, where and how to mend it,
 * and, for inputs, the problems by JSON Pointer.
 */
export class Failure extends Error {
  readonly code: FailureCode
  readonly problems: readonly Problem[]
  readonly retryAfterMs: number | null
  constructor(
    code: FailureCode,
    message: string,
    options: { problems?: readonly Problem[]; cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Failure'
    this.code = code
    this.problems = options.problems ?? []
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
