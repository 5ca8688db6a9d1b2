// Client certificates: what a TLS connection shows, which authority signed it, and whose it is now.
import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import {
  AUTHORITY,
  certificateHash,
  deviceOfNames,
  serialOf,
  type Authority,
  type AuthorityPaper,
  type CertificateNames,
  type ForeignAuthority,
} from '#domain/certificates/certificate.ts'
import type { Page, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { RefusalReason } from './refuse.ts'

export type ShownCertificate = {
  certificate: X509Certificate
  names: CertificateNames
  /** TLS found the signature of an authority, the dates and the purpose right. */
  isTrusted: boolean
}
/** `id` tells the certificate apart from the device's other credentials. */
export type CertificateOwner = { device: Id; id: string; gateway: boolean }
export type ClientCertificates = {
  /** Keeps what a new connection shows: asked later, a connection that has ended shows nothing. */
  note(connection: TLSSocket): void
  /** The certificate that a connection showed; null when it showed none. */
  shownBy(connection: object): ShownCertificate | null
  /** Whose it is, by what is on record now, or why it does not count. Rejects when the records are unavailable. */
  check(shown: ShownCertificate): Promise<CertificateOwner | RefusalReason>
  /** Whether the id is a device that may show a certificate of a foreign authority. */
  isForeignDevice(id: Id): Promise<boolean>
  /** Reads the authorities again; gives their certificates as PEM. */
  reload(): Promise<string[]>
}

type Known = { id: Id; authority: Authority; certificate: X509Certificate }
const PAGE = 200
const ALL = { organisation: null }

function shownNow(connection: TLSSocket): ShownCertificate | null {
  const certificate = connection.getPeerX509Certificate()
  if (certificate === undefined) return null
  const { CN } = (connection.getPeerCertificate().subject ?? {}) as { CN?: string | string[] }
  const commonNames = CN === undefined ? [] : [CN].flat()
  const names = { commonNames, alternativeNames: alternativeNamesOf(certificate) }
  return { certificate, names, isTrusted: connection.authorized }
}

/** Names with characters that would need quotes are none of ours; a text with quotes is not taken apart. */
function alternativeNamesOf({ subjectAltName }: X509Certificate): string[] {
  if (subjectAltName === undefined || subjectAltName.includes('"')) return []
  return subjectAltName.split(', ').map((name) => name.slice(name.indexOf(':') + 1))
}

export function createClientCertificates(records: Records, now: () => number): ClientCertificates {
  const shown = new WeakMap<object, ShownCertificate>()
  let known: Known[] = []
  /** Null while what is known is what the records say. */
  let unread: Promise<string[]> | null = null

  async function read(): Promise<string[]> {
    const found: Known[] = []
    let after: string | null = null
    do {
      const query = { states: ['on'], limit: PAGE, ...(after === null ? {} : { after }) }
      const page: Page<AuthorityPaper> = await records.listPapers(ALL, AUTHORITY, query)
      for (const { id, body } of page.items)
        found.push({ id, authority: body, certificate: new X509Certificate(body.certificate) })
      after = page.next
    } while (after !== null)
    known = found
    return found.map(({ authority }) => authority.certificate)
  }

  async function ownsPremises(authority: ForeignAuthority, device: Id): Promise<boolean> {
    const stored = await records.getObject(ALL, 'devices', device)
    if (stored === null) return false
    const { premises } = stored.value
    if (authority.premises !== null && !authority.premises.includes(premises)) return false
    return (await records.getObject(ALL, 'premises', premises))?.value.landlord === authority.organisation
  }

  return {
    note(connection) {
      const certificate = shownNow(connection)
      if (certificate !== null) shown.set(connection, certificate)
    },
    shownBy: (connection) => shown.get(connection) ?? null,
    async check({ certificate, names, isTrusted }) {
      await unread
      const signer = known.find(
        (one) => certificate.checkIssued(one.certificate) && certificate.verify(one.certificate.publicKey),
      )
      if (signer === undefined || !isTrusted) return 'certificate-not-trusted'
      if (now() < certificate.validFromDate.getTime() || now() >= certificate.validToDate.getTime())
        return 'certificate-expired'
      if (signer.authority.own) {
        const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
        const credential = await records.findCredential(certificateHash(fingerprint))
        return credential === null || credential.revokedAt !== null ? 'credential-revoked' : credential
      }
      const serial = serialOf(certificate.serialNumber)
      if (signer.authority.revoked.some((one) => one.serial === serial)) return 'credential-revoked'
      const device = deviceOfNames(signer.authority, names)
      if (device === null || !(await ownsPremises(signer.authority, device))) return 'certificate-of-nobody'
      // What a gateway may do besides, its connectors say.
      return { device, id: `certificate/${signer.id}/${serial}`, gateway: true }
    },
    async isForeignDevice(id) {
      await unread
      for (const { authority } of known) if (!authority.own && (await ownsPremises(authority, id))) return true
      return false
    },
    reload() {
      const reading = read()
      unread = reading
      // While it fails, nobody comes in by a certificate; the caller tries again.
      void reading.then(
        () => unread === reading && (unread = null),
        () => {},
      )
      return reading
    },
  }
}
