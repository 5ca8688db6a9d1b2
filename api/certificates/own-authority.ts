// The platform's own authority: made at its first use, its key sealed; issues, lists and revokes certificates of devices.
import {
  AUTHORITY,
  AUTHORITY_SECRET,
  CERTIFICATE,
  certificateHash,
  OWN_AUTHORITY,
  type AuthorityPaper,
  type CertificatePaper,
  type OwnAuthority,
} from '#domain/certificates/certificate.ts'
import { Failure } from '#domain/failure.ts'
import type { Credential } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { checkMayCredential, checkRoom } from '#api/access/may-credential.ts'
import { createId } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import type { SignedCertificate } from './sign.ts'

type Parts = Pick<RouteParts, 'records' | 'sealer' | 'now' | 'limits'>
const ALL = { organisation: null }

/** The own authority; made when there is none. Two at once make one. */
async function ownAuthority({ records, sealer, now }: Parts, identity: Identity): Promise<OwnAuthority> {
  const ownOf = (paper: AuthorityPaper | null): OwnAuthority | null => (paper?.body.own === true ? paper.body : null)
  const known = ownOf(await records.getPaper(ALL, AUTHORITY, OWN_AUTHORITY))
  if (known !== null) return known
  const { createAuthority } = await import('./sign.ts')
  const { certificate, key } = await createAuthority(createId('Samtila'), now())
  const body: OwnAuthority = { own: true, certificate, key: sealer.seal(key, AUTHORITY_SECRET) }
  const paper = { id: OWN_AUTHORITY, premises: null, audience: 'operator' as const, state: 'on', dueAt: null, body }
  try {
    const change = { papers: [{ kind: AUTHORITY, paper, expectedVersion: 0 }] }
    await records.changePapers(change, actorOf(identity), 'certificate-authority.create')
    return body
  } catch (error) {
    const made = ownOf(await records.getPaper(ALL, AUTHORITY, OWN_AUTHORITY))
    if (made === null) throw error
    return made
  }
}

/**
 * Issues a certificate, valid beside those that the device has. @throws Failure 'not-found', 'not-allowed', 'conflict', or 'invalid-body'
 * where the request cannot be signed.
 */
export async function issueCertificate(
  parts: Parts,
  identity: Identity,
  wanted: { device: Id; gateway: boolean; request: string | null; days: number },
): Promise<SignedCertificate & { authority: string }> {
  const { records, sealer, now, limits } = parts
  const { device, gateway, request } = wanted
  const known = await checkMayCredential(identity, device, gateway, records)
  const valid = await records.credentialsOf(device)
  const expired = await expiredOf(parts, device, valid)
  checkRoom(
    device,
    valid.filter((one) => !expired.includes(one)),
  )
  const authority = await ownAuthority(parts, identity)
  const days = Math.min(wanted.days, limits.certificateDays)
  const { signDevice } = await import('./sign.ts')
  const open = { certificate: authority.certificate, key: sealer.open(authority.key, AUTHORITY_SECRET) }
  const signed = await signDevice(open, { device, request, days, now: now() })
  const { serial, fingerprint, validFrom, validTo } = signed
  const credential: Credential = {
    id: createId('certificate'),
    device,
    hash: certificateHash(fingerprint),
    gateway,
    createdAt: now(),
    revokedAt: null,
  }
  const paper = {
    id: serial,
    premises: known?.premises ?? null,
    audience: known === null ? ('operator' as const) : ('premises' as const),
    state: 'issued',
    dueAt: null,
    body: { device, gateway, credential: credential.id, fingerprint, validFrom, validTo },
  }
  const actor = actorOf(identity)
  // Without its credential it counts for nothing, so the record comes first: none is valid that is not listed.
  await records.changePapers({ papers: [{ kind: CERTIFICATE, paper, expectedVersion: 0 }] }, actor, 'certificate.issue')
  const ended = expired.map((one) => ({ ...one, revokedAt: now() }))
  await records.putCredentials([...ended, credential], actor)
  return { ...signed, authority: authority.certificate }
}

/** Credentials whose certificates are over: they make room. */
async function expiredOf({ records, now }: Parts, device: Id, valid: readonly Credential[]): Promise<Credential[]> {
  const papers = await Promise.all(valid.map(({ id }) => certificateOf({ records }, device, id)))
  return valid.filter((_, index) => (papers[index]?.body.validTo ?? Number.POSITIVE_INFINITY) <= now())
}

async function certificateOf(
  { records }: Pick<Parts, 'records'>,
  device: Id,
  credential: Id,
): Promise<CertificatePaper | null> {
  const query = { text: `"${credential}"`, limit: 1 }
  const [paper] = (await records.listPapers(ALL, CERTIFICATE, query)).items
  return paper?.body.device === device && paper.body.credential === credential ? paper : null
}

/** Revokes one certificate; its live connection is cut. @throws Failure 'not-found', 'not-allowed'. Gives false when it was revoked before. */
export async function revokeCertificate(parts: Parts, identity: Identity, serial: Id): Promise<boolean> {
  const { records, now } = parts
  const paper = await records.getPaper({ organisation: identity.organisation }, CERTIFICATE, serial)
  if (paper === null) throw new Failure('not-found', NOTHING_HERE)
  const { device, gateway, credential } = paper.body
  await checkMayCredential(identity, device, gateway, records)
  const found = (await records.credentialsOf(device)).find(({ id }) => id === credential)
  const actor = actorOf(identity)
  if (found !== undefined) await records.putCredentials([{ ...found, revokedAt: now() }], actor)
  if (paper.state !== 'revoked') {
    const { id, premises, audience, dueAt, body, version } = paper
    const changed = { id, premises, audience, dueAt, body, state: 'revoked' }
    const change = { papers: [{ kind: CERTIFICATE, paper: changed, expectedVersion: version }] }
    await records.changePapers(change, actor, 'certificate.revoke')
  }
  return found !== undefined
}
