// Makes certificates: the own authority's (ECDSA P-256, RFC 5280), and those that it signs for devices.
import './reflect-metadata.ts'
import { createPrivateKey, randomBytes, X509Certificate as Certificate } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'

type Keys = Awaited<ReturnType<typeof newKeys>>
type PublicKey = Keys['publicKey']
export type SignedCertificate = {
  serial: string
  fingerprint: string
  /** PEM. */
  certificate: string
  /** PEM, PKCS#8; null when the device made its key itself. */
  privateKey: string | null
  validFrom: number
  validTo: number
}
export type OpenAuthority = { certificate: string; key: string }

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
const AUTHORITY_YEARS = 25
const DAY_MS = 86_400_000
/** Clocks of devices go a little wrong. */
const EARLIER_MS = 3_600_000
const RSA_BITS = 2_048

const newKeys = () => crypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])

/** Positive and of 128 bits, so that none comes twice. */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}

const pemOfKey = async (key: Keys['privateKey']): Promise<string> =>
  createPrivateKey({ key: Buffer.from(await crypto.subtle.exportKey('pkcs8', key)), format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString()

/** A new authority; it signs devices only, no further authorities. */
export async function createAuthority(name: string, now: number): Promise<OpenAuthority> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [name] }],
    notBefore: new Date(now - EARLIER_MS),
    notAfter: new Date(now + AUTHORITY_YEARS * 365 * DAY_MS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await pemOfKey(keys.privateKey) }
}

/**
 * A certificate for a device, with the key of a certificate request (PKCS#10, PEM) or a new one. It ends with its authority at the latest.
 * @throws Failure 'invalid-body' when the request is none, is not signed with its key, names another device, or has a weak key.
 */
export async function signDevice(
  authority: OpenAuthority,
  wanted: { device: Id; request: string | null; days: number; now: number },
): Promise<SignedCertificate> {
  const { device, request, days, now } = wanted
  const issuer = new X509Certificate(authority.certificate)
  const der = createPrivateKey(authority.key).export({ format: 'der', type: 'pkcs8' })
  const signingKey = await crypto.subtle.importKey('pkcs8', new Uint8Array(der), CURVE, false, ['sign'])
  const keys = request === null ? await newKeys() : null
  const publicKey: PublicKey = keys?.publicKey ?? (await keyOfRequest(request ?? '', device))
  const serial = newSerial()
  const notBefore = new Date(Math.max(now - EARLIER_MS, issuer.notBefore.getTime()))
  const notAfter = new Date(Math.min(now + days * DAY_MS, issuer.notAfter.getTime()))
  const signed = await X509CertificateGenerator.create({
    serialNumber: serial,
    subject: [{ CN: [device] }],
    issuer: issuer.subjectName,
    notBefore,
    notAfter,
    signingAlgorithm: SIGNING,
    publicKey,
    signingKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  const certificate = signed.toString('pem')
  const { validFromDate, validToDate } = new Certificate(certificate)
  return {
    serial,
    fingerprint: fingerprintOf(certificate),
    certificate,
    privateKey: keys === null ? null : await pemOfKey(keys.privateKey),
    validFrom: validFromDate.getTime(),
    validTo: validToDate.getTime(),
  }
}

/** SHA-256 of the DER form, in lower-case hexadecimal. */
export const fingerprintOf = (pem: string): string =>
  new Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()

async function keyOfRequest(pem: string, device: Id): Promise<PublicKey> {
  const refuse = (code: string, message: string): never => {
    throw new Failure('invalid-body', 'No certificate is made for this request.', {
      problems: [{ pointer: '/request', code, message }],
    })
  }
  const request = (() => {
    try {
      return new Pkcs10CertificateRequest(pem)
    } catch {
      return refuse('wrong-pem', 'is no certificate request (PKCS#10) in PEM form')
    }
  })()
  // Proof that whoever asks has the private key.
  if (!(await request.verify().catch(() => false))) refuse('wrong-signature', 'is not signed with its own key')
  const named = request.subjectName.getField('CN')
  if (named.some((name) => name !== device))
    refuse('other-device', `names ${named.join(', ').slice(0, 100)} as its subject, not ${device}`)
  const { algorithm } = request.publicKey
  const { name, namedCurve, modulusLength } = algorithm as { name: string; namedCurve?: string; modulusLength?: number }
  const isStrong =
    name === 'Ed25519' ||
    (name === 'ECDSA' && ['P-256', 'P-384', 'P-521'].includes(namedCurve ?? '')) ||
    (name.startsWith('RSA') && (modulusLength ?? 0) >= RSA_BITS)
  if (!isStrong)
    refuse('weak-key', `has a key that is not taken: ECDSA P-256 to P-521, Ed25519, or RSA of ${RSA_BITS} bits or more`)
  return request.publicKey.export()
}
