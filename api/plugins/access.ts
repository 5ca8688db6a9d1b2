// Guards every route: who asks, whether they may, and whether a change by cookie really comes from the signed-in page.
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { findIdentity, resolveIdentity, setIdentity, type Identity } from '#api/access/identity.ts'
import { sameSecret } from '#api/access/secrets.ts'
import { lookOf } from '#api/access/saw.ts'
import { describeWho, mayUse } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Adds the hooks; to be called before any route is registered. */
export function addAccess(app: FastifyInstance, parts: RouteParts): void {
  app.decorateRequest('identity', null)
  app.addHook('onRoute', declareWho)
  app.addHook('onRequest', async (request) => {
    setIdentity(request, await resolveIdentity(request, parts))
  })
  // What is delicate leaves only after the line that tells who saw it is written.
  app.addHook('onSend', async (request, reply) => {
    const { saw } = request.routeOptions.config
    if (saw === undefined || reply.statusCode !== 200) return
    const identity = findIdentity(request)
    const look = identity === null ? null : lookOf(request, identity, saw)
    if (identity !== null && look !== null) await parts.saw(identity, look)
  })
  // After every onRequest, so that refusals count for the rate limits too; before the body is read.
  app.addHook('preParsing', async (request) => {
    if (request.is404) return
    const { who = [], beforePasswordChange } = request.routeOptions.config
    const unsafe = !SAFE_METHODS.has(request.method)
    if (unsafe) refuseForeignPage(request)
    if (who === 'open') return
    const identity = findIdentity(request)
    if (identity === null) throw new Failure('not-signed-in', 'Sign in, or send a valid token.')
    if (unsafe && identity.session !== null) checkCsrfToken(request, identity)
    if (identity.user?.mustChangePassword === true && beforePasswordChange !== true)
      throw new Failure('not-allowed', 'Change your password first: POST /api/v1/session/password.')
    if (unsafe && identity.readOnly) throw new Failure('not-allowed', 'This token is for reading only.')
    if (!mayUse(identity, who)) throw new Failure('not-allowed', `This is for: ${describeWho(who)}.`)
  })
}

/** A route that does not say who may use it is a defect that no start survives. */
function declareWho(route: RouteOptions): void {
  const who = route.config?.who
  if (who === undefined) {
    // Files of the dashboard and of the reader, and the preflight and HEAD twins that plugins add, are open by nature.
    if (!route.url.startsWith('/api/v1')) {
      route.config = { ...route.config, who: 'open' }
      return
    }
    throw new Error(`${String(route.method)} ${route.url} does not say who may use it (config.who)`)
  }
}

/** Browsers say where a request starts; one that starts on another site changes nothing here. */
function refuseForeignPage(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const foreign =
    site === 'cross-site' ||
    site === 'same-site' ||
    (origin !== undefined && site === undefined && !isOwn(origin, request))
  if (foreign) throw new Failure('bad-csrf-token', 'A change cannot be asked for from another site.')
}

/** The Host header is compared with Origin only: both come from the same browser, which a foreign page cannot make lie. */
function isOwn(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function checkCsrfToken(request: FastifyRequest, identity: Identity): void {
  const given = request.headers['x-csrf-token']
  if (typeof given !== 'string' || identity.session === null || !sameSecret(given, identity.session.csrf))
    throw new Failure('bad-csrf-token', 'Send the session’s csrfToken in the header x-csrf-token.')
}
