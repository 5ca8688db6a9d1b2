// Images of firmware: their digest and signature are checked before they are kept, and again before they are brought out.
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import { FIRMWARE_IMAGE, FIRMWARE_KEY, signedText, type FirmwareImage } from '#domain/firmware/firmware.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'

export type ImagePaper = StoredPaper<FirmwareImage>
export type Images = {
  /** The bytes of an image, from memory where they are kept. @throws Failure 'not-found' */
  bytesOf(image: FirmwareImage): Promise<Uint8Array>
  /** Why an image may not be brought out now; null when it may. */
  fault(image: ImagePaper): Promise<string | null>
}

/** The 32 bytes of an Ed25519 key in base64, of PEM or of base64 itself; null when it is none (RFC 8032, RFC 8410). */
export function readPublicKey(text: string): string | null {
  try {
    if (text.includes('-----BEGIN')) {
      const key = createPublicKey(text)
      if (key.asymmetricKeyType !== 'ed25519') return null
      return Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url').toString('base64')
    }
    const bytes = Buffer.from(text.trim(), 'base64')
    return bytes.length === 32 && bytes.toString('base64') === text.trim() ? bytes.toString('base64') : null
  } catch {
    return null
  }
}

const keyObjectOf = (publicKey: string): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') },
    format: 'jwk',
  })

/** Whether the signature (base64) is this key's over the digest and the version. */
export function isSigned(file: string, version: string, signature: string, publicKey: string): boolean {
  const bytes = Buffer.from(signature, 'base64')
  return bytes.length === 64 && verify(null, Buffer.from(signedText(file, version)), keyObjectOf(publicKey), bytes)
}

export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** Checks an image that somebody wants to add, whose file a paper of theirs carries. @throws Failure 'invalid-body' with the place, 'not-found' */
export async function checkImage(
  { records }: Pick<RouteParts, 'records'>,
  scope: Scope,
  image: Pick<FirmwareImage, 'file' | 'version' | 'signature' | 'key'>,
  said: string | null,
): Promise<{ bytes: number; manufacturer: string | null }> {
  const refuse = (pointer: string, code: string, message: string): never => {
    throw new Failure('invalid-body', 'The image is not taken.', { problems: [{ pointer, code, message }] })
  }
  const file = await records.getFile(scope, image.file)
  if (file === null) return refuse('/file', 'unknown-id', 'is no file that you sent: send it to /files first')
  const digest = digestOf(file.bytes)
  if (digest !== image.file || (said !== null && said !== digest))
    return refuse('/digest', 'wrong-digest', `The file that arrived has another digest: ${digest}`)
  const key = await records.getPaper(scope, FIRMWARE_KEY, image.key)
  if (key?.state !== 'valid') return refuse('/key', 'unknown-id', 'is no valid key')
  if (!isSigned(image.file, image.version, image.signature, key.body.publicKey))
    return refuse('/signature', 'wrong-signature', 'is not the signature of this key over the digest and the version')
  return { bytes: file.bytes.length, manufacturer: key.body.manufacturer }
}

export function createImages({ records, limits }: Pick<RouteParts, 'records' | 'limits'>): Images {
  const kept = new Map<string, Uint8Array>()
  let keptBytes = 0
  async function bytesOf({ file }: FirmwareImage): Promise<Uint8Array> {
    const known = kept.get(file)
    if (known !== undefined) {
      kept.delete(file)
      kept.set(file, known)
      return known
    }
    const stored = await records.getFile(ALL, file)
    if (stored === null) throw new Failure('not-found', 'The file of the image is not kept any more.')
    kept.set(file, stored.bytes)
    keptBytes += stored.bytes.length
    for (const [digest, bytes] of kept) {
      if (keptBytes <= limits.firmwareCacheBytes || kept.size === 1) break
      kept.delete(digest)
      keptBytes -= bytes.length
    }
    return stored.bytes
  }
  return {
    bytesOf,
    async fault({ state, body }) {
      if (state !== 'ready') return 'The image is withdrawn.'
      const key = await records.getPaper(ALL, FIRMWARE_KEY, body.key)
      if (key?.state !== 'valid') return 'The key that signed the image is withdrawn.'
      if (digestOf(await bytesOf(body)) !== body.file) return 'The image is not what its digest says.'
      return isSigned(body.file, body.version, body.signature, key.body.publicKey)
        ? null
        : 'The signature of the image does not fit.'
    },
  }
}

export const findImage = async (records: RouteParts['records'], scope: Scope, id: Id): Promise<ImagePaper | null> =>
  records.getPaper(scope, FIRMWARE_IMAGE, id)
