// API tokens: made, listed, revoked. The token itself is shown once and kept as a hash.
import { IdParams, Nothing } from '#contract/common.ts'
import { TokenList, TokenMade, TokenWanted } from '#contract/tokens.ts'
import { Failure } from '#domain/failure.ts'
import type { Token } from '#domain/ports/records.ts'
import { actorOf, identityOf, isOperator, scopeOf } from '#api/access/identity.ts'
import { createId, createSecret, hashSecret } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf, iso, isoOrNull, notFound, problems } from './answers.ts'

const MAX_TOKENS = 1000

export function addTokenRoutes(app: ApiApp, { records, now }: RouteParts): void {
  app.get(
    '/tokens',
    {
      config: { who: ['admin'] },
      schema: { tags: ['tokens'], summary: 'Tokens of the organisation', response: { 200: TokenList, ...problems } },
    },
    async (request) => ({
      items: (await records.listTokens(scopeOf(request))).map((token) => ({
        id: token.id,
        name: token.name,
        organisation: token.organisation,
        roles: token.roles,
        scopes: token.scopes,
        createdAt: iso(token.createdAt),
        expiresAt: isoOrNull(token.expiresAt),
        revokedAt: isoOrNull(token.revokedAt),
      })),
    }),
  )
  app.post(
    '/tokens',
    {
      config: { who: ['admin'], showsSecret: true },
      schema: {
        tags: ['tokens'],
        summary: 'Make a token; it is shown once',
        body: TokenWanted,
        response: { 201: TokenMade, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const wanted = request.body
      const organisation = wanted.organisation === undefined ? identity.organisation : wanted.organisation
      if (!isOperator(identity) && organisation !== identity.organisation)
        throw new Failure('not-allowed', 'Tokens are made for your own organisation only.')
      if (organisation !== null && (await records.getObject(scopeOf(request), 'organisations', organisation)) === null)
        throw notFound()
      const expiresAt = wanted.expiresAt == null ? null : instantOf(wanted.expiresAt, 'expiresAt')
      if (expiresAt !== null && expiresAt <= now()) throw new Failure('invalid-body', 'expiresAt has passed already.')
      const listed = await records.listTokens(scopeOf(request))
      if (listed.filter((one) => one.revokedAt === null).length >= MAX_TOKENS)
        throw new Failure('conflict', `There are ${MAX_TOKENS} tokens already; revoke some first.`)
      const text = `samtila_${createSecret()}`
      const token: Token = {
        id: createId('token'),
        name: wanted.name,
        hash: hashSecret(text),
        organisation,
        roles: wanted.roles,
        scopes: wanted.scopes ?? [],
        createdAt: now(),
        expiresAt,
        revokedAt: null,
      }
      await records.putToken(token, actorOf(identity))
      return reply.code(201).send({ id: token.id, token: text })
    },
  )
  app.delete(
    '/tokens/:id',
    {
      config: { who: ['admin'] },
      schema: {
        tags: ['tokens'],
        summary: 'Revoke a token',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const token = (await records.listTokens(scopeOf(request))).find((one) => one.id === request.params.id)
      if (token === undefined) throw notFound()
      if (token.revokedAt === null) await records.putToken({ ...token, revokedAt: now() }, actorOf(identityOf(request)))
      return reply.code(204).send(null)
    },
  )
}
