// What the public page asks the API: without a session, without cookies, also where the browser has no secure context.
import type { FollowedShown, ReportSubject, ReportTaken, ReportWanted } from '#contract/reports.ts'
import { apiPath, segment } from './http.ts'
import { parseProblem, RequestError } from './problem.ts'

/** A photo over a slow phone network takes its time. */
const TIMEOUT_MS = 120_000
/** A wait that short is no refusal to a person. */
const SHORT_WAIT_S = 3

const call = async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> => {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    credentials: 'omit',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: 'application/json', ...headers, ...(body === undefined ? {} : JSON_BODY) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestError(0, 'no-connection', '', path)
  })
  if (response.ok) return response
  const wait = Number(response.headers.get('retry-after') ?? 'NaN')
  if (response.status === 429 && wait <= SHORT_WAIT_S && headers[AGAIN] === undefined) {
    await new Promise((resolve) => setTimeout(resolve, wait * 1000 + 200))
    return call(path, body, { ...headers, [AGAIN]: '1' })
  }
  throw parseProblem(response.status, await response.json().catch(() => null), path)
}
const JSON_BODY = { 'content-type': 'application/json' }
const AGAIN = 'x-tried'

export const getSubject = async (code: string): Promise<ReportSubject> =>
  (await call(apiPath(`/reports/${segment(code)}`))).json()
/** `proof` is the solved puzzle: token, a dot, the number. */
export const sendReport = async (code: string, wanted: ReportWanted, proof: string): Promise<ReportTaken> =>
  (await call(apiPath(`/reports/${segment(code)}`), wanted, { 'x-report-proof': proof })).json()
export const getFollowed = async (secret: string): Promise<FollowedShown> =>
  (await call(apiPath('/reports/followed'), { secret })).json()
export const sendNote = async (secret: string, text: string): Promise<void> =>
  void (await call(apiPath('/reports/notes'), { secret, text }))
