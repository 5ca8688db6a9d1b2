// What the main thread and the worker of the records say to each other.
import type { FailureCode, Problem } from '#domain/failure.ts'
import type { Answer, EngineMethod } from './engine.ts'

/** A clock that all threads share and nobody sets. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000_000n)

/** `askedAt`: when the caller began to wait, by `monotonicMs`. */
export type Request =
  | { call: number; method: EngineMethod; values: unknown[]; now: number; askedAt: number }
  | { call: number; method: 'close'; askedAt: number }
export type WireFailure = {
  code: FailureCode
  message: string
  problems: readonly Problem[]
  stack: string | undefined
}
export type Reply = { call: number; answer: Answer } | { call: number; failure: WireFailure }
