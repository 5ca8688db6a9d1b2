// Identity providers and the sign-in by them. The operator sets them up; an organisation's administrator maps groups to roles.
import { IdParams, Nothing, Streamed } from '#contract/common.ts'
import {
  IdentityProviderList,
  IdentityProviderShown,
  IdentityProviderWanted,
  OfferedProviders,
  OidcStartQuery,
} from '#contract/identity-providers.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { parseLanguage, type Language } from '#domain/writing/language.ts'
import { actorOf, findIdentity, identityOf, isOperator, scopeOf } from '#api/access/identity.ts'
import { isSecure, openSession } from '#api/access/open-session.ts'
import { admit } from '#api/identity-providers/admit.ts'
import { createOidc, isUsableIssuer, type OidcTrip } from '#api/identity-providers/oidc.ts'
import { IDENTITY_PROVIDER, secretPurpose, type IdentityProvider } from '#api/identity-providers/provider.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, iso, notFound, problems, setEtag } from './answers.ts'

const TRIP_COOKIE = 'samtila_oidc'
const TRIP_PURPOSE = 'sign-in by an identity provider'
const TRIP_MS = 10 * 60_000
const PATH = '/api/v1/oidc'
const EVERYONE = { organisation: null }
const MAX_PROVIDERS = 500

export function addIdentityProviderRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, sealer, settings, now, log } = parts
  const oidc = createOidc(parts)
  const tags = ['identity-providers']
  const redirectUri = (id: Id): string => `${settings.publicUrl}${PATH}/${id}/callback`
  const all = async (scope: { organisation: Id | null }): Promise<StoredPaper<IdentityProvider>[]> =>
    (await records.listPapers(scope, IDENTITY_PROVIDER, { limit: MAX_PROVIDERS })).items
  const shown = ({ id, body, state, version, changedAt }: StoredPaper<IdentityProvider>): IdentityProviderShown => {
    const { clientSecret, ...provider } = body
    return {
      id,
      ...provider,
      enabled: state === 'enabled',
      hasSecret: clientSecret !== null,
      redirectUri: redirectUri(id),
      version,
      recordedAt: iso(changedAt),
    }
  }

  app.get(
    '/identity-providers/offered',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'What the sign-in page offers; to who is signed in, what they have not joined',
        response: { 200: OfferedProviders, ...problems },
      },
    },
    async (request) => {
      const joined = findIdentity(request)?.user?.externals ?? []
      return {
        items: (await all(EVERYONE))
          .filter(({ id, state }) => state === 'enabled' && !joined.some(({ provider }) => provider === id))
          .map(({ id, body }) => ({ id, name: body.name })),
      }
    },
  )

  app.get(
    '/identity-providers',
    {
      config: { who: ['admin'] },
      schema: { tags, summary: 'Identity providers', response: { 200: IdentityProviderList, ...problems } },
    },
    async (request) => ({ items: (await all(scopeOf(request))).map(shown), redirectUri: redirectUri('{id}') }),
  )

  app.put(
    '/identity-providers/:id',
    {
      config: { who: ['admin'], showsSecret: true },
      schema: {
        tags,
        summary: 'Set up an identity provider (operator), or map its groups to roles (its organisation)',
        params: IdParams,
        body: IdentityProviderWanted,
        response: { 200: IdentityProviderShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { id } = request.params
      const { clientSecret, enabled, ...wanted } = request.body
      const before = await records.getPaper(scopeOf(request), IDENTITY_PROVIDER, id)
      if (!isOperator(identity)) {
        if (before === null) throw notFound()
        const same =
          clientSecret === undefined &&
          (['organisation', 'issuer', 'clientId'] as const).every((key) => before.body[key] === wanted[key])
        if (!same)
          throw new Failure('not-allowed', 'Issuer, client and organisation are set by the operator; you map groups.')
      }
      if (wanted.organisation === null && !isOperator(identity)) throw notFound()
      checkVersion(request, before?.version ?? null)
      if (!isUsableIssuer(wanted.issuer))
        throw new Failure('invalid-body', 'The issuer is an https address.', {
          problems: [{ pointer: '/issuer', code: 'not-https', message: 'Give the https address of the issuer.' }],
        })
      if (
        wanted.organisation !== null &&
        (await records.getObject(EVERYONE, 'organisations', wanted.organisation)) === null
      )
        throw notFound()
      const body: IdentityProvider = {
        ...wanted,
        clientSecret:
          clientSecret === undefined
            ? (before?.body.clientSecret ?? null)
            : sealer.seal(clientSecret, secretPurpose(id)),
      }
      await records.changePapers(
        {
          papers: [
            {
              kind: IDENTITY_PROVIDER,
              expectedVersion: before?.version ?? 0,
              paper: {
                id,
                premises: null,
                audience: wanted.organisation === null ? 'operator' : [wanted.organisation],
                state: enabled ? 'enabled' : 'disabled',
                dueAt: null,
                body,
              },
            },
          ],
        },
        actorOf(identity),
        'identity-provider.put',
      )
      const stored = await records.getPaper(EVERYONE, IDENTITY_PROVIDER, id)
      if (stored === null) throw notFound()
      setEtag(reply, stored.version)
      return shown(stored)
    },
  )

  app.delete(
    '/identity-providers/:id',
    {
      config: { who: { operator: ['admin'] } },
      schema: {
        tags,
        summary: 'Remove an identity provider',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(identityOf(request))
      const gone = await records.deletePapers(IDENTITY_PROVIDER, [request.params.id], actor, 'identity-provider.delete')
      if (gone === 0) throw notFound()
      return reply.code(204).send(null)
    },
  )

  const enabledProvider = async (id: Id) => {
    const stored = await records.getPaper(EVERYONE, IDENTITY_PROVIDER, id)
    if (stored === null || stored.state !== 'enabled') throw notFound()
    return { id, version: stored.version, provider: stored.body, redirectUri: redirectUri(id) }
  }
  // Lax, because the browser comes back from another site; it holds nothing but the sealed trip, and only until then.
  const tripCookie = { path: PATH, httpOnly: true, sameSite: 'lax', secure: isSecure(settings) } as const

  app.get(
    '/oidc/:id/start',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'Sends the browser to the identity provider; who is signed in joins that person to their user',
        params: IdParams,
        querystring: OidcStartQuery,
        response: { 302: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const user = findIdentity(request)?.user?.id ?? null
      const begin = async () =>
        oidc.start(
          await enabledProvider(request.params.id),
          { next: safeNext(request.query.next), user },
          request.query.anew === true,
        )
      let begun: Awaited<ReturnType<typeof begin>>
      try {
        begun = await begin()
      } catch (error) {
        // Whoever followed a link of a page gets back to a page.
        if (error instanceof Failure && request.headers.accept?.includes('text/html') === true)
          return reply.redirect(problemPage(user, safeNext(request.query.next), error), 302)
        throw error
      }
      const { url, trip } = begun
      reply.setCookie(TRIP_COOKIE, sealer.seal(JSON.stringify(trip), TRIP_PURPOSE), {
        ...tripCookie,
        maxAge: TRIP_MS / 1000,
      })
      return reply.redirect(url, 302)
    },
  )

  app.get(
    '/oidc/:id/callback',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'Where the identity provider sends the browser back',
        params: IdParams,
        response: { 200: Streamed, 302: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      let trip: OidcTrip | null = null
      try {
        const stored = await enabledProvider(request.params.id)
        trip = openTrip(request.cookies[TRIP_COOKIE])
        if (trip === null || trip.provider !== stored.id || now() - trip.at > TRIP_MS)
          throw new Failure('provider-refused', 'The sign-in was not begun in this browser, or took too long.')
        const person = await oidc.finish(stored, new URL(request.url, settings.publicUrl), trip)
        const joinTo = trip.user === null ? null : await records.getUser(trip.user)
        const user = await admit(stored.id, stored.provider, person, languageOf(trip.next), joinTo, records)
        await openSession(user, request, reply, parts, stored.provider.organisation)
        reply.clearCookie(TRIP_COOKIE, tripCookie)
        // A page, not a redirect: the session's cookie is for this site only, and goes with a request that starts here.
        const next = trip.next.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
        reply.type('text/html; charset=utf-8')
        return await reply.send(
          `<!doctype html><html lang="fi"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${next}"><title>Samtila</title><p><a href="${next}">Samtila</a></p></html>`,
        )
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        log.warn('sign-in by an identity provider refused', {
          provider: request.params.id,
          code: error.code,
          why: error.message,
          cause: error.cause instanceof Error ? error.cause.message : null,
        })
        reply.clearCookie(TRIP_COOKIE, tripCookie)
        return reply.redirect(problemPage(trip?.user ?? null, trip?.next ?? '/', error), 302)
      }
    },
  )

  const openTrip = (sealed: string | undefined): OidcTrip | null => {
    if (sealed === undefined || sealed.length > 4_000) return null
    try {
      return JSON.parse(sealer.open(sealed, TRIP_PURPOSE)) as OidcTrip
    } catch {
      return null // not sealed here
    }
  }
}

/** Where one reads what went wrong, in the language of before, and goes on from there: whoever is signed in was joining an account. */
const problemPage = (user: Id | null, next: string, { code }: Failure): string => {
  const language = languageOf(next)
  const query = new URLSearchParams({
    problem: code,
    ...(user === null && !/^\/(?:\?|$)/.test(next) ? { next } : {}),
    ...(language === null ? {} : { lang: language }),
  })
  return `${user === null ? '/sign-in' : '/account'}?${query.toString()}`
}

/** The language of the page from which the sign-in began. */
const languageOf = (next: string): Language | null => parseLanguage(/[?&]lang=([a-z]+)(?:&|$)/.exec(next)?.[1])

/** Only addresses of the dashboard itself are gone on to. */
const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/'
