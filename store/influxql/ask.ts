// InfluxQL over HTTP, as InfluxDB 1.x, 2.x (with a DBRP mapping) and 3 serve it at /query.
import { Failure } from '#domain/failure.ts'
import type { Table } from './engine.ts'
import { ANSWER_MS, LONG_ANSWER_MS, QUESTIONS_AT_ONCE, RETRY_AFTER_MS } from './limits.ts'

export type QueryAddress = {
  url: string
  database: string
  headers: Record<string, string>
  /** InfluxDB 3 takes one. */
  statementsPerRequest: number
}

type Answer = { error?: string; results?: { error?: string; series?: Partial<Table>[] }[] }

/** Asks the statements, several at once. @throws Failure 'store-unavailable' when the server is away, too slow or refuses. */
export async function ask(address: QueryAddress, statements: readonly string[]): Promise<Table[][]> {
  const requests: string[][] = []
  for (let start = 0; start < statements.length; start += address.statementsPerRequest) {
    requests.push(statements.slice(start, start + address.statementsPerRequest))
  }
  const answers = await severally(requests, QUESTIONS_AT_ONCE, (request) => send(address, request, 'GET', ANSWER_MS))
  return answers.flat()
}

/** Statements that delete, one request after the other. */
export async function change(address: QueryAddress, statements: readonly string[]): Promise<void> {
  for (let start = 0; start < statements.length; start += address.statementsPerRequest) {
    const request = statements.slice(start, start + address.statementsPerRequest)
    await send(address, request, 'POST', LONG_ANSWER_MS)
  }
}

/** Runs at most `atOnce` at a time; answers in order. */
export async function severally<In, Out>(
  inputs: readonly In[],
  atOnce: number,
  run: (input: In) => Promise<Out>,
): Promise<Out[]> {
  const outputs: Out[] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < inputs.length) {
      const index = next++
      outputs[index] = await run(inputs[index] as In)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, work))
  return outputs
}

async function send(
  address: QueryAddress,
  statements: string[],
  method: 'GET' | 'POST',
  timeoutMs: number,
): Promise<Table[][]> {
  const answer = await once(address, statements, method, timeoutMs)
    .catch(async (cause: unknown) => {
      // A connection that the server closed while it lay idle: the question can be asked again, the answer is the same.
      if (!(cause instanceof TypeError)) throw cause
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
      return once(address, statements, method, timeoutMs)
    })
    .catch((cause: unknown) => {
      throw awayFailure(cause)
    })
  const results = answer.results ?? []
  const error = answer.error ?? results.find((result) => result.error !== undefined)?.error
  if (error !== undefined) throw new Failure('store-unavailable', `The telemetry server refuses: ${error}`)
  return statements.map((_, index) =>
    (results[index]?.series ?? []).map(({ tags = {}, columns = [], values = [] }) => ({ tags, columns, values })),
  )
}

async function once(
  address: QueryAddress,
  statements: string[],
  method: 'GET' | 'POST',
  timeoutMs: number,
): Promise<Answer> {
  const url = new URL('query', address.url.endsWith('/') ? address.url : `${address.url}/`)
  url.searchParams.set('db', address.database)
  url.searchParams.set('epoch', 'ms')
  const q = statements.join(';')
  if (method === 'GET') url.searchParams.set('q', q)
  const response = await fetch(url, {
    method,
    headers: address.headers,
    signal: AbortSignal.timeout(timeoutMs),
    ...(method === 'POST' ? { body: new URLSearchParams({ q }) } : {}),
  })
  const body = await response.text()
  if (response.status === 401 || response.status === 403)
    throw new Failure('store-unavailable', `The telemetry server refuses the credentials (${response.status}).`)
  try {
    return JSON.parse(body) as Answer
  } catch {
    throw new Failure('store-unavailable', `The telemetry server answered ${response.status}, not in JSON.`)
  }
}

/** What went wrong on the way, as the port says it. */
export function awayFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const reason =
    error.cause instanceof Error ? error.cause.message || (error.cause as { code?: string }).code : error.message
  return new Failure('store-unavailable', `The telemetry server does not answer: ${reason}`, { cause })
}
