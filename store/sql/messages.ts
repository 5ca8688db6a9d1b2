// What the main thread and the worker of the records say to each other.
import type { FailureCode, Problem } from '#domain/failure.ts'
import type { Answer, EngineMethod } from './engine.ts'

export type Request =
  | { call: number; method: EngineMethod; values: unknown[]; now: number }
  | { call: number; method: 'close' }
export type WireFailure = {
  code: FailureCode
  message: string
  problems: readonly Problem[]
  stack: string | undefined
}
export type Reply = { call: number; answer: Answer } | { call: number; failure: WireFailure }
