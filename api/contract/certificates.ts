// Client certificates of devices and gateways, and the authorities whose certificates are taken.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, orNull, pageOf, pageQuery, Text } from './common.ts'
import { patterned } from './patterned.ts'

const Pem = Type.String({ minLength: 1, maxLength: 16_384 })
/** Serial number in lower-case hexadecimal. */
const Serial = Type.String({ pattern: '^[0-9a-f]{1,40}$' })

export const CertificateWanted = closed({
  device: Id,
  /** Acts for devices behind it. */
  gateway: Type.Optional(Type.Boolean()),
  /** A certificate request (PKCS#10, PEM) of the device; without it a key is made here and shown once. */
  request: Type.Optional(Pem),
  /** Days for which it is valid; absent, or more than the limit: the limit. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
})
export const CertificateIssued = closed({
  serial: Serial,
  device: Id,
  /** SHA-256 of the DER form, in hexadecimal. */
  fingerprint: Type.String(),
  /** PEM. */
  certificate: Type.String(),
  /** PEM of the authority that signed it. */
  authority: Type.String(),
  /** PEM (PKCS#8); null when the request brought the key. */
  privateKey: orNull(Type.String()),
  validFrom: Instant,
  validTo: Instant,
})
export const CertificateShown = closed({
  serial: Serial,
  device: Id,
  gateway: Type.Boolean(),
  fingerprint: Type.String(),
  validFrom: Instant,
  validTo: Instant,
  state: Type.Union([Type.Literal('valid'), Type.Literal('expired'), Type.Literal('revoked')]),
  issuedAt: Instant,
  issuedBy: Type.String(),
})
export const CertificatePage = pageOf(CertificateShown)
export const CertificateQuery = pageQuery({ device: Type.Optional(Id) })
export const SerialParams = closed({ serial: Serial })

const foreign = {
  name: Text,
  /** PEM of the certificate that signs those of devices directly; below it those that signed it, up to the root. */
  certificate: Pem,
  organisation: Id,
  /** Null: all premises that the organisation lets. */
  premises: orNull(Type.Array(Id, { minItems: 1, maxItems: 200 })),
  /** Where the id of the device stands: common name of the subject, or an alternative name. */
  subject: Type.Union([Type.Literal('cn'), Type.Literal('san')]),
  /** What stands before the id there. */
  prefix: patterned('^[A-Za-z0-9:._@/-]{0,64}$', 'letters a–z, digits and : . _ @ / - only', { maxLength: 64 }),
  enabled: Type.Boolean(),
}
export const AuthorityWanted = closed(foreign)
export const AuthorityShown = closed({
  id: Id,
  /** The platform's own one. */
  own: Type.Boolean(),
  ...foreign,
  organisation: orNull(Id),
  fingerprint: Type.String(),
  validTo: Instant,
  revoked: Type.Array(closed({ serial: Serial, at: Instant })),
  recordedVersion: Type.Integer(),
})
export const AuthorityList = itemsOf(AuthorityShown)
export const AuthorityRevocation = closed({
  serial: patterned('^[0-9A-Fa-f: ]{1,80}$', 'hexadecimal digits', { maxLength: 80 }),
})

export type CertificateWanted = Static<typeof CertificateWanted>
export type CertificateIssued = Static<typeof CertificateIssued>
export type CertificateShown = Static<typeof CertificateShown>
export type CertificatePage = Static<typeof CertificatePage>
export type AuthorityWanted = Static<typeof AuthorityWanted>
export type AuthorityShown = Static<typeof AuthorityShown>
export type AuthorityList = Static<typeof AuthorityList>
