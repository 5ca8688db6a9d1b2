// What the API answers when it refuses (problem+json), as one small error that pages can look at.
import type { ProblemDetail } from '#contract/problem.ts'

/** A refused or failed request: `status` 0 when no answer came at all. */
export class RequestError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** Path of the request or the id of the incident in the log. */
  readonly instance: string
  readonly problems: readonly ProblemDetail[]
  /** Whether something was to be changed: then it says that nothing was saved, else that nothing could be shown. */
  readonly isChange: boolean
  constructor(
    status: number,
    code: string,
    detail: string,
    instance: string,
    problems: readonly ProblemDetail[] = [],
    isChange = false,
  ) {
    super(`${status} ${code}: ${detail}`)
    this.name = 'RequestError'
    this.status = status
    this.code = code
    this.detail = detail
    this.instance = instance
    this.problems = problems
    this.isChange = isChange
  }
}

const textOf = (value: unknown, key: string): string | null => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof found === 'string' ? found : null
}

/** The error of an answer that is not ok. A body that is no problem document still gives its status. */
export const parseProblem = (status: number, body: unknown, path: string, isChange = false): RequestError => {
  const problems: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'problems') : undefined
  return new RequestError(
    status,
    textOf(body, 'code') ?? 'unexpected',
    textOf(body, 'detail') ?? textOf(body, 'title') ?? '',
    textOf(body, 'instance') ?? path,
    Array.isArray(problems) ? problems.filter(isDetail) : [],
    isChange,
  )
}
const isDetail = (value: unknown): value is ProblemDetail =>
  textOf(value, 'pointer') !== null && textOf(value, 'code') !== null && textOf(value, 'message') !== null

/** Whether it says of fields alone what is wrong with them: then its sentence only repeats the first ones. */
export const isOfShape = ({ detail, problems }: RequestError): boolean =>
  problems.length > 0 && /^The (body|query) is not as it should be: /.test(detail)

export type ProblemKind =
  | 'offline'
  | 'old-version'
  | 'signed-out'
  | 'not-allowed'
  | 'not-found'
  | 'changed'
  | 'busy'
  | 'outcome-unknown'
  | 'refused'
  | 'broken'
/** What a refusal means to a person: it chooses the words and what can be done. */
export const problemKind = (error: unknown): ProblemKind => {
  if (!(error instanceof RequestError)) return 'broken'
  if (error.status === 0) return error.code === 'old-version' ? 'old-version' : 'offline'
  if (error.status === 401) return 'signed-out'
  if (error.status === 403) return 'not-allowed'
  if (error.status === 404) return 'not-found'
  if (error.status === 412) return 'changed'
  if (error.code === 'outcome-unknown') return 'outcome-unknown'
  if (error.status === 429 || error.status === 503) return 'busy'
  return error.status < 500 ? 'refused' : 'broken'
}
