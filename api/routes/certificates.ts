// Certificates of the own authority for devices and gateways: issued (a key that is made here is shown once), listed, revoked.
import {
  CertificateIssued,
  CertificatePage,
  CertificateQuery,
  CertificateWanted,
  SerialParams,
  type CertificateShown,
} from '#contract/certificates.ts'
import { Revoked } from '#contract/credentials.ts'
import { issueCertificate, revokeCertificate } from '#api/certificates/own-authority.ts'
import { CERTIFICATE } from '#domain/certificates/certificate.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, pageOfQuery, problems } from './answers.ts'

export function addCertificateRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, now, limits } = parts
  app.post(
    '/credentials/certificates',
    {
      config: { who: ['technician'], showsSecret: true },
      schema: {
        tags: ['credentials'],
        summary: 'Issue a client certificate; a key that is made here is shown once',
        body: CertificateWanted,
        response: { 200: CertificateIssued, ...problems },
      },
    },
    async (request) => {
      const { device, gateway = false, request: csr = null, days = limits.certificateDays } = request.body
      const wanted = { device, gateway, request: csr, days }
      const issued = await issueCertificate(parts, identityOf(request), wanted)
      return { ...issued, device, validFrom: iso(issued.validFrom), validTo: iso(issued.validTo) }
    },
  )
  app.get(
    '/credentials/certificates',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['credentials'],
        summary: 'Certificates of the own authority, the newest first',
        querystring: CertificateQuery,
        response: { 200: CertificatePage, ...problems },
      },
    },
    async (request) => {
      const { device, ...query } = request.query
      const page = await records.listPapers(scopeOf(request), CERTIFICATE, {
        ...pageOfQuery(query),
        newestFirst: true,
        ...(device === undefined ? {} : { text: `"${device}"` }),
      })
      const papers = page.items.filter(({ body }) => device === undefined || body.device === device)
      const valid = new Set<string>()
      for (const id of new Set(papers.map(({ body }) => body.device)))
        for (const credential of await records.credentialsOf(id)) valid.add(credential.id)
      const stateOf = (credential: string, validTo: number): CertificateShown['state'] =>
        validTo <= now() ? 'expired' : valid.has(credential) ? 'valid' : 'revoked'
      return {
        items: papers.map(({ id, body, createdAt, createdBy }) => ({
          serial: id,
          device: body.device,
          gateway: body.gateway,
          fingerprint: body.fingerprint,
          validFrom: iso(body.validFrom),
          validTo: iso(body.validTo),
          state: stateOf(body.credential, body.validTo),
          issuedAt: iso(createdAt),
          issuedBy: createdBy,
        })),
        next: page.next,
      }
    },
  )
  app.delete(
    '/credentials/certificates/:serial',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['credentials'],
        summary: 'Revoke a certificate; its connection is cut',
        params: SerialParams,
        response: { 200: Revoked, ...problems },
      },
    },
    async (request) => ({
      revoked: (await revokeCertificate(parts, identityOf(request), request.params.serial)) ? 1 : 0,
    }),
  )
}
