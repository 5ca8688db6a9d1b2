// Client certificates of devices and the authorities that sign them: the platform's own one, and those of organisations.
import { paperKind } from '#domain/ports/papers.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { ID_PATTERN } from '#domain/registry/bundle.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** The platform's own authority, made at its first use. */
export type OwnAuthority = {
  own: true
  /** PEM. */
  certificate: string
  /** PKCS#8 PEM, sealed (domain/ports/sealer.ts) for `AUTHORITY_SECRET`. */
  key: string
}
/** The authority of an organisation: what it signs may only be a device in premises that the organisation lets. */
export type ForeignAuthority = {
  own: false
  name: string
  /** PEM of the certificate that signs those of devices directly; below it those that signed it, up to the root. */
  certificate: string
  organisation: Id
  /** Null: all premises of the organisation. */
  premises: Id[] | null
  /** Where the id of the device stands: in the common name of the subject, or in one of the alternative names. */
  subject: 'cn' | 'san'
  /** What stands before the id there. */
  prefix: string
  /** Certificates that no longer count. */
  revoked: { serial: string; at: number }[]
}
export type Authority = OwnAuthority | ForeignAuthority

/** States: `on`; `off` lets nobody in. */
export const AUTHORITY = paperKind<Authority>('certificate-authority')
export type AuthorityPaper = StoredPaper<Authority>
export const OWN_AUTHORITY: Id = 'samtila'
export const AUTHORITY_SECRET = 'certificate-authority/key'
/** What is on record of a certificate of the own authority; its id is its serial number. Whether it counts, its credential says. */
export type DeviceCertificate = {
  device: Id
  gateway: boolean
  credential: Id
  /** SHA-256 of the DER form, in lower-case hexadecimal. */
  fingerprint: string
  /** Milliseconds since 1970. */
  validFrom: number
  validTo: number
}
/** States: `issued`, `revoked`. */
export const CERTIFICATE = paperKind<DeviceCertificate>('device-certificate')
export type CertificatePaper = StoredPaper<DeviceCertificate>

/** What a credential keeps of a certificate in place of the hash of a token: no token has such a hash. */
export const certificateHash = (fingerprint: string): string => `x509:${fingerprint}`

/** Names of a certificate, as its authority signed them. */
export type CertificateNames = { commonNames: readonly string[]; alternativeNames: readonly string[] }

/** A serial number in lower-case hexadecimal without leading zeros or separators. */
export const serialOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^0-9a-f]/g, '')
    .replace(/^0+(?=.)/, '')

/** The id of the device that a foreign certificate names; null when it names none, or several. Upper case counts as lower. */
export function deviceOfNames({ subject, prefix }: ForeignAuthority, names: CertificateNames): Id | null {
  const given = subject === 'cn' ? names.commonNames : names.alternativeNames
  const ids = new Set(
    given
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length).toLowerCase())
      .filter((id) => ID_PATTERN.test(id)),
  )
  const [only] = ids
  return ids.size === 1 && only !== undefined ? only : null
}
