// How many requests one user, token or address may make in a minute.
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { findIdentity } from '#api/access/identity.ts'
import { isWithin } from '#api/access/within.ts'
import type { RouteParts } from '#api/parts.ts'

const MAX_KEYS = 20_000

/** To be called after access (which knows who asks) and before any route. */
export async function addRateLimits(app: FastifyInstance, { limits }: RouteParts): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    hook: 'onRequest',
    cache: MAX_KEYS,
    timeWindow: 60_000,
    // A table asks its list page by page; it is one request of somebody.
    allowList: (request) => isWithin(request.headers),
    keyGenerator: (request) => {
      const identity = findIdentity(request)
      return identity === null ? `address ${request.ip}` : `${identity.kind} ${identity.id}`
    },
    max: (request) => (findIdentity(request) === null ? limits.anonymousRequestsPerMinute : limits.requestsPerMinute),
    errorResponseBuilder: (_request, { ttl }) =>
      new Failure('too-many-requests', 'Too many requests in a minute; try again later.', { retryAfterMs: ttl }),
  })
}
