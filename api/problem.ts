// The only place that knows how a failure looks outside: problem+json by RFC 9457.
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure, FAILURE_CODES, type FailureCode } from '#domain/failure.ts'
import type { ProblemDocument } from '#contract/problem.ts'
import type { Log } from './parts.ts'
import { NOTHING_HERE } from './schema-compilers.ts'

const TITLES: Partial<Record<FailureCode, string>> = {
  'bad-request': 'The request is not understood',
  'invalid-body': 'The body is not as it should be',
  'invalid-bundle': 'The bundle has problems; nothing was imported',
  'not-signed-in': 'Sign in first',
  'wrong-password': 'Login or password is wrong',
  'code-needed': 'A second factor is needed',
  'wrong-code': 'The code is wrong',
  'provider-refused': 'The identity provider did not confirm the sign-in',
  'not-allowed': 'Not allowed',
  'bad-csrf-token': 'The request did not come from the signed-in page',
  'not-found': 'Nothing here',
  conflict: 'In conflict with what is there',
  'settlement-blocked': 'The settlement has blocked items',
  'settlement-state': 'The settlement is not in that state',
  'settlement-simulated': 'The settlement rests on simulated readings',
  'changed-meanwhile': 'Changed meanwhile',
  'too-large': 'Too large',
  'unsupported-type': 'Not in a form that is taken here',
  'range-not-satisfiable': 'There are no such bytes',
  'precondition-required': 'Say which version you change',
  'too-many-requests': 'Too many requests',
  internal: 'Something went wrong here',
  'store-unavailable': 'Not available just now',
  'outcome-unknown': 'It is not known whether the change was made',
  'store-full': 'The store is full',
}

/** Codes whose own words may tell of the inside (paths, settings): outside they are an incident. */
const INSIDE: ReadonlySet<FailureCode> = new Set(['internal', 'store-newer', 'store-damaged', 'wrong-setting'])

/** What Fastify and its plugins throw, as our codes. */
const FASTIFY_CODES: Record<string, [FailureCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is larger than is taken here.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-body', 'The body is not JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-body', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad-request', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['bad-request', 'The address is not a valid URL.'],
  FST_ERR_HANDLER_TIMEOUT: ['store-unavailable', 'The answer took too long; try again later.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', NOTHING_HERE],
}

/** Turns whatever was thrown into a Failure that may be shown; an unexpected one gets an incident id and goes to the log. */
export function failureOf(
  error: unknown,
  log: Log,
  at: { method: string; url: string },
): { failure: Failure; incident: string | null } {
  if (error instanceof Failure && !INSIDE.has(error.code)) return { failure: error, incident: null }
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown }
  const known = typeof code === 'string' ? FASTIFY_CODES[code] : undefined
  if (known) return { failure: new Failure(known[0], known[1]), incident: null }
  if (error instanceof SyntaxError && statusCode === 400)
    return { failure: new Failure('invalid-body', 'The body is not JSON.'), incident: null }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return {
      failure: new Failure(
        statusCode === 404 ? 'not-found' : 'bad-request',
        statusCode === 404 ? NOTHING_HERE : 'The request is not understood.',
      ),
      incident: null,
    }
  const incident = randomUUID()
  log.error('unexpected failure', {
    incident,
    method: at.method,
    path: at.url.split('?', 1)[0] ?? '',
    error: error instanceof Error ? (error.stack ?? error.message) : 'a value that is no error was thrown',
  })
  return {
    failure: new Failure('internal', `Something went wrong here. The log has it as incident ${incident}.`),
    incident,
  }
}

/** The document of a failure. */
export function problemDocument(failure: Failure, instance: string): ProblemDocument {
  return {
    type: `urn:samtila:problem:${failure.code}`,
    title: TITLES[failure.code] ?? failure.code,
    status: FAILURE_CODES[failure.code].status,
    detail: failure.message,
    instance,
    code: failure.code,
    ...(failure.problems.length > 0 ? { problems: [...failure.problems] } : {}),
  }
}

/** Answers with a failure. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown, log: Log): FastifyReply {
  const { failure, incident } = failureOf(error, log, request)
  const path = request.url.split('?', 1)[0] ?? '/'
  const document = problemDocument(failure, incident === null ? path : `urn:uuid:${incident}`)
  if (failure.retryAfterMs !== null)
    reply.header('retry-after', String(Math.max(1, Math.ceil(failure.retryAfterMs / 1000))))
  if (failure.code === 'not-signed-in') reply.header('www-authenticate', 'Bearer realm="samtila"')
  return reply
    .code(document.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((document: unknown) => JSON.stringify(document))
    .send(document)
}
