// One POST to an endpoint of somebody else: no redirects, a time limit for all of it, and no more of the answer than its status.
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { hostOf, lookupPublic, wrongUrl } from '#api/notification/webhook-address.ts'

export type Posted =
  | { status: number; retryAfterMs: number | null; error: null }
  | { status: number | null; retryAfterMs: null; error: string }
export type PostLimits = { timeoutMs: number; answerBytes: number }

/** Never rejects: what goes wrong is told in words. */
export function post(
  address: string,
  headers: Record<string, string>,
  body: string,
  named: ReadonlySet<string>,
  { timeoutMs, answerBytes }: PostLimits,
): Promise<Posted> {
  const wrong = wrongUrl(address, named)
  if (wrong !== null) return Promise.resolve({ status: null, retryAfterMs: null, error: `The address ${wrong}.` })
  const url = new URL(address)
  const bytes = Buffer.from(body)
  return new Promise((resolve) => {
    const fail = (error: string, status: number | null = null): void => resolve({ status, retryAfterMs: null, error })
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': 'Samtila',
          ...headers,
        },
        lookup: lookupPublic(named.has(hostOf(url))),
        // Each message has a connection of its own: it is rare, and its address is checked anew.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const status = response.statusCode ?? 0
        let received = 0
        response.on('data', (chunk: Buffer) => {
          received += chunk.length
          if (received > answerBytes) {
            request.destroy()
            fail(`The answer is longer than ${answerBytes} bytes.`, status)
          }
        })
        response.on('end', () => {
          if (status >= 200 && status < 300) return resolve({ status, retryAfterMs: null, error: null })
          if (status >= 300 && status < 400) return fail(`Redirects are not followed (${status}).`, status)
          if (status === 429 || status === 503)
            return resolve({ status, retryAfterMs: retryAfter(response.headers['retry-after']), error: null })
          return fail(`It answered ${status}.`, status)
        })
        response.on('error', (error) => fail(wordsOf(error, timeoutMs), status))
      },
    )
    request.on('error', (error) => fail(wordsOf(error, timeoutMs)))
    request.end(bytes)
  })
}

const wordsOf = (error: Error, timeoutMs: number): string =>
  error.name === 'TimeoutError' || error.name === 'AbortError'
    ? `No answer within ${timeoutMs / 1000} s.`
    : error.message

/** Seconds only: a date in the header is not worth an hour of doubt about clocks. */
const retryAfter = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null
