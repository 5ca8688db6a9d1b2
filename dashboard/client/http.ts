// The one place that calls fetch, and sends large files: paths of the API, the session's CSRF token, JSON in and out, refusals as RequestError.
import { parseProblem, RequestError } from './problem.ts'

const BASE = '/api/v1'
const TIMEOUT_MS = 30_000
let csrfToken = ''

/** The token of the session; sent with every method that changes something. */
export const setCsrfToken = (token: string) => {
  csrfToken = token
}

type Query = Record<string, string | number | undefined>
/** A path below the API with its query; parameters without a value are left out. */
export const apiPath = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return text === '' ? BASE + path : `${BASE}${path}?${text}`
}

/** Ids stand in paths; an item id may hold colons and at signs. */
export const segment = (id: string): string => encodeURIComponent(id)

const call = async (
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
  version?: number,
  once: string = crypto.randomUUID(),
): Promise<Response> => {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined)
    headers['content-type'] = body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json'
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken
  if (version !== undefined) headers['if-match'] = `"v${version}"`
  if (method === 'POST') headers['idempotency-key'] = once
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error
    throw new RequestError(0, 'no-connection', '', path)
  })
  if (response.ok) return response
  throw parseProblem(response.status, await response.json().catch(() => null), path, method !== 'GET')
}

/** What answers instead of the network, or gives undefined. */
let answerAtHand: (path: string) => unknown = () => undefined
/** A page that is drawn on the server has the answers at hand alone. */
export const answerFrom = (answer: (path: string) => unknown) => {
  answerAtHand = answer
}

/** GET; the answer has the form that the contract gives this path. */
export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T> => {
  const atHand = answerAtHand(path)
  return atHand === undefined ? (await call('GET', path, undefined, signal)).json() : (atHand as T)
}

/** POST, PATCH, PUT or DELETE with a JSON answer, or null where the API answers 204; `version` is the one that was seen. */
export const sendJson = async <T>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  version?: number,
): Promise<T | null> => {
  const response = await call(method, path, body, undefined, version)
  return response.status === 204 ? null : response.json()
}

/** POST under a key of its own: sent again with the same key it is done once. */
export const sendOnce = async (path: string, body: unknown, key: string): Promise<unknown> =>
  (await call('POST', path, body, undefined, undefined, key)).json()

/** A change whose answer is a text, such as a table to keep. */
export const sendText = async (method: 'POST', path: string): Promise<string> =>
  (await call(method, path, undefined)).text()

/** POST whose answer is a file, such as a PDF. */
export const sendForFile = async (path: string, body: unknown): Promise<Blob> => (await call('POST', path, body)).blob()

/** Keeps a file until a paper carries it; gives its digest. */
export const sendFile = async (file: File): Promise<string> => {
  const response = await call('POST', apiPath('/files', { name: file.name }), file)
  const { digest } = (await response.json()) as { digest: string }
  return digest
}

/**
 * POST of a large file as it is, for as long as the line needs; `onSent` hears which part of it (0 to 1) has gone. What the file is shows
 * in its bytes, whatever type the browser makes of its name. (fetch does not tell what has gone.)
 */
export const sendLarge = <T>(path: string, file: File, onSent: (part: number) => void): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const request = new XMLHttpRequest()
  request.open('POST', path)
  request.responseType = 'json'
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.setRequestHeader('x-csrf-token', csrfToken)
  request.setRequestHeader('idempotency-key', crypto.randomUUID())
  request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
    if (lengthComputable && total > 0) onSent(loaded / total)
  })
  request.addEventListener('error', () => reject(new RequestError(0, 'no-connection', '', path)))
  request.addEventListener('abort', () => reject(new RequestError(0, 'no-connection', '', path)))
  request.addEventListener('load', () => {
    if (request.status >= 200 && request.status < 300) resolve(request.response as T)
    else reject(parseProblem(request.status, request.response, path, true))
  })
  request.send(file)
  return promise
}

/** Whether the server answers at all. */
export const isAnswering = async (): Promise<boolean> => {
  const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) }).catch(() => null)
  return answer?.ok === true
}

/** GET of a text, such as readings as CSV. */
export const getText = async (path: string, signal?: AbortSignal): Promise<string> =>
  (await call('GET', path, undefined, signal)).text()
