// Authorities and certificates as other bodies make them, for the tests of this folder.
import '#api/certificates/reflect-metadata.ts'
import { createPrivateKey } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { Extension, X509Certificate } from '@peculiar/x509'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
type Keys = CryptoKeyPair
export type Pem = { cert: string; key: string }
export type ForeignCa = { pem: string; certificate: X509Certificate; keys: Keys }
type Wanted = { cn?: string; uri?: string; from?: number; to?: number; server?: boolean; serial?: string }

const newKeys = (): Promise<Keys> => crypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])
async function pemOf(keys: Keys): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString()
}

/** An authority; with `by` one that another authority signed. */
export async function createCa(name: string, by?: ForeignCa): Promise<ForeignCa> {
  const keys = await newKeys()
  const dates = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 30 * DAY_MS) }
  const extensions = [new BasicConstraintsExtension(true, undefined, true)]
  const common = { ...dates, extensions, signingAlgorithm: SIGNING }
  const certificate =
    by === undefined
      ? await X509CertificateGenerator.createSelfSigned({ ...common, name: `CN=${name}`, keys })
      : await X509CertificateGenerator.create({
          ...common,
          subject: `CN=${name}`,
          issuer: by.certificate.subjectName,
          publicKey: keys.publicKey,
          signingKey: by.keys.privateKey,
        })
  return { pem: certificate.toString('pem'), certificate, keys }
}

/** A certificate of an authority, or one that signed itself, with its key. */
export async function createCertificate(ca: ForeignCa | null, wanted: Wanted): Promise<Pem> {
  const keys = await newKeys()
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false),
    new ExtendedKeyUsageExtension([wanted.server === true ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth]),
    ...(wanted.server === true ? [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])] : []),
    ...(wanted.uri === undefined ? [] : [new SubjectAlternativeNameExtension([{ type: 'url', value: wanted.uri }])]),
  ]
  const certificate = await X509CertificateGenerator.create({
    ...(wanted.serial === undefined ? {} : { serialNumber: wanted.serial }),
    subject: `CN=${wanted.cn ?? 'device'}`,
    issuer: ca?.certificate.subjectName ?? `CN=${wanted.cn ?? 'device'}`,
    notBefore: new Date(wanted.from ?? Date.now() - DAY_MS),
    notAfter: new Date(wanted.to ?? Date.now() + 10 * DAY_MS),
    signingAlgorithm: SIGNING,
    publicKey: keys.publicKey,
    signingKey: (ca?.keys ?? keys).privateKey,
    extensions,
  })
  return { cert: certificate.toString('pem'), key: await pemOf(keys) }
}

/** A certificate request and its key. */
export async function createRequest(cn: string): Promise<{ request: string; key: string }> {
  const keys = await newKeys()
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${cn}`, keys, signingAlgorithm: SIGNING })
  return { request: request.toString('pem'), key: await pemOf(keys) }
}
