// Authorities whose client certificates are taken: the platform's own one, and those of organisations, registered by the operator.
import { X509Certificate } from 'node:crypto'
import { AuthorityList, AuthorityRevocation, AuthorityWanted, type AuthorityShown } from '#contract/certificates.ts'
import { Changed } from '#contract/change.ts'
import { IdParams, Nothing } from '#contract/common.ts'
import {
  AUTHORITY,
  OWN_AUTHORITY,
  serialOf,
  type AuthorityPaper,
  type ForeignAuthority,
} from '#domain/certificates/certificate.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { checkAuthority } from '#api/certificates/check-authority.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, iso, notFound, problems, setEtag } from './answers.ts'

const MAX_AUTHORITIES = 100
/** Certificates that one authority may have had revoked; beyond, a new authority is due. */
const MAX_REVOKED = 10_000
const ALL = { organisation: null }

function shown({ id, state, body, version }: AuthorityPaper): AuthorityShown {
  const { fingerprint256, validToDate } = new X509Certificate(body.certificate)
  const common = {
    id,
    enabled: state === 'on',
    certificate: body.certificate,
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    validTo: iso(validToDate.getTime()),
    recordedVersion: version,
  }
  if (body.own)
    return {
      ...common,
      own: true,
      name: 'Samtila',
      organisation: null,
      premises: null,
      subject: 'cn',
      prefix: '',
      revoked: [],
    }
  const { name, organisation, premises, subject, prefix } = body
  const revoked = body.revoked.map(({ serial, at }) => ({ serial, at: iso(at) }))
  return { ...common, own: false, name, organisation, premises, subject, prefix, revoked }
}

export function addCertificateAuthorityRoutes(app: ApiApp, { records, now }: RouteParts): void {
  const who = { operator: ['admin'] as const }
  const foreignOf = async (id: string): Promise<AuthorityPaper & { body: ForeignAuthority }> => {
    const paper = await records.getPaper(ALL, AUTHORITY, id)
    if (paper === null || paper.body.own) throw notFound()
    return paper as AuthorityPaper & { body: ForeignAuthority }
  }
  app.get(
    '/certificate-authorities',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['credentials'],
        summary: 'Authorities whose client certificates are taken: the own one, and those of the organisation',
        response: { 200: AuthorityList, ...problems },
      },
    },
    async (request) => {
      const own = await records.getPaper(ALL, AUTHORITY, OWN_AUTHORITY)
      const { items } = await records.listPapers(scopeOf(request), AUTHORITY, { limit: MAX_AUTHORITIES + 1 })
      return { items: [...(own === null ? [] : [own]), ...items.filter(({ body }) => !body.own)].map(shown) }
    },
  )
  app.put(
    '/certificate-authorities/:id',
    {
      config: { who },
      schema: {
        tags: ['credentials'],
        summary: 'Register or change the authority of an organisation; what it no longer vouches for is cut',
        params: IdParams,
        body: AuthorityWanted,
        response: { 200: Changed, 201: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { enabled, ...wanted } = request.body
      const stored = await records.getPaper(ALL, AUTHORITY, id)
      if (id === OWN_AUTHORITY)
        throw new Failure('conflict', `${id} is the platform's own authority: choose another id.`)
      checkVersion(request, stored?.version ?? null)
      const others = (await records.listPapers(ALL, AUTHORITY, { limit: MAX_AUTHORITIES + 1 })).items.filter(
        (one) => one.id !== id,
      )
      if (stored === null && others.length >= MAX_AUTHORITIES)
        throw new Failure('conflict', `There are ${MAX_AUTHORITIES} authorities already.`)
      const found: Problem[] = checkAuthority(wanted.certificate, others, now())
      if ((await records.getObject(ALL, 'organisations', wanted.organisation)) === null)
        found.push({ pointer: '/organisation', code: 'unknown-id', message: 'is no organisation' })
      for (const [index, premises] of (wanted.premises ?? []).entries())
        if ((await records.getObject(ALL, 'premises', premises))?.value.landlord !== wanted.organisation)
          found.push({
            pointer: `/premises/${index}`,
            code: 'other-landlord',
            message: `is not let by ${wanted.organisation}`,
          })
      if (found.length > 0)
        throw new Failure('invalid-body', 'The authority cannot be registered; nothing was changed.', {
          problems: found,
        })
      const revoked = stored !== null && !stored.body.own ? stored.body.revoked : []
      const body: ForeignAuthority = { own: false, ...wanted, revoked }
      const paper = {
        id,
        premises: null,
        audience: [wanted.organisation],
        state: enabled ? 'on' : 'off',
        dueAt: null,
        body,
      }
      const { versions } = await records.changePapers(
        { papers: [{ kind: AUTHORITY, paper, expectedVersion: stored?.version ?? 0 }] },
        actorOf(identityOf(request)),
        'certificate-authority.put',
      )
      const version = versions[0] ?? 1
      setEtag(reply, version)
      reply.code(stored === null ? 201 : 200)
      return { created: stored === null, version }
    },
  )
  app.post(
    '/certificate-authorities/:id/revocations',
    {
      config: { who },
      schema: {
        tags: ['credentials'],
        summary: 'Refuse a certificate of a foreign authority from now on; its connection is cut',
        params: IdParams,
        body: AuthorityRevocation,
        response: { 200: Changed, ...problems },
      },
    },
    async (request) => {
      const { id, premises, audience, state, dueAt, body, version } = await foreignOf(request.params.id)
      const serial = serialOf(request.body.serial)
      if (body.revoked.some((one) => one.serial === serial)) return { created: false, version }
      if (body.revoked.length >= MAX_REVOKED)
        throw new Failure('conflict', `${MAX_REVOKED} certificates of this authority are revoked already.`)
      const changed = { ...body, revoked: [...body.revoked, { serial, at: now() }] }
      const paper = { id, premises, audience, state, dueAt, body: changed }
      const change = { papers: [{ kind: AUTHORITY, paper, expectedVersion: version }] }
      const { versions } = await records.changePapers(
        change,
        actorOf(identityOf(request)),
        'certificate-authority.revoke',
      )
      return { created: true, version: versions[0] ?? version + 1 }
    },
  )
  app.delete(
    '/certificate-authorities/:id',
    {
      config: { who },
      schema: {
        tags: ['credentials'],
        summary: 'Remove the authority of an organisation; connections by its certificates are cut',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = await foreignOf(request.params.id)
      await records.deletePapers(AUTHORITY, [id], actorOf(identityOf(request)), 'certificate-authority.delete')
      return reply.code(204).send(null)
    },
  )
}
