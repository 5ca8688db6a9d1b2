// The few requests that the demonstration and the replay make: HTTP with a bearer token, answers as JSON.

/** An answer that is not a success, with what the server said (problem+json). */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type ApiClient = {
  /** Sends JSON, or a Blob as it is, below /api/v1, a change of what exists with `ifMatch` (its ETag), and gives the parsed answer; rejects with ApiError, or with one sentence when nobody answers. */
  request<T>(method: Method, path: string, body?: unknown, ifMatch?: string): Promise<T>
}

type Problem = { code?: string; title?: string; detail?: string; problems?: { pointer: string; message: string }[] }
const SHOWN_PROBLEMS = 5
const RETRIES = 5

export function createApiClient(url: string, token: string): ApiClient {
  async function once(method: Method, path: string, body: unknown, ifMatch?: string): Promise<Response> {
    try {
      return await fetch(new URL(`/api/v1${path}`, url), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        },
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      })
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      throw new Error(`${url} does not answer: ${cause}`, { cause: error })
    }
  }
  return {
    async request<T>(method: Method, path: string, body?: unknown, ifMatch?: string): Promise<T> {
      for (let attempt = 0; ; attempt++) {
        const response = await once(method, path, body, ifMatch)
        const text = await response.text()
        if (response.ok) return (text === '' ? null : JSON.parse(text)) as T
        if (response.status === 429 && attempt < RETRIES) {
          const seconds = Number(response.headers.get('retry-after') ?? '1')
          await new Promise((resolve) => setTimeout(resolve, Math.min(60, Math.max(1, seconds)) * 1000))
          continue
        }
        throw apiError(method, path, response.status, text)
      }
    },
  }
}

function apiError(method: string, path: string, status: number, text: string): ApiError {
  let problem: Problem = {}
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    problem = { detail: text.slice(0, 200) }
  }
  const places = (problem.problems ?? []).slice(0, SHOWN_PROBLEMS).map((each) => `${each.pointer}: ${each.message}`)
  const said = [problem.detail ?? problem.title ?? '', ...places].filter((each) => each !== '').join('; ')
  return new ApiError(status, problem.code ?? String(status), `${method} ${path} was answered ${status}: ${said}`)
}
