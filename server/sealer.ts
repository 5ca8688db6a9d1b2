// Seals secrets with AES-256-GCM under a key of this installation, in a file that only its owner reads.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Failure } from '#domain/failure.ts'
import type { Sealer } from '#domain/ports/sealer.ts'

export const SEALING_KEY = 'sealing.key'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORM = 'v1.'

/** The sealer with the key of that file, which is made at the first start. It is not part of a backup (docs/OPERATING.md). */
export function openSealer(path: string): Sealer {
  if (!existsSync(path)) writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  const key = readFileSync(path)
  if (key.length !== KEY_BYTES)
    throw new Failure('store-damaged', `${path} is not a key of ${KEY_BYTES} bytes. Put the right file back.`)
  return createSealer(key)
}

/** A sealer under a key of 32 bytes. */
export function createSealer(key: Uint8Array): Sealer {
  return {
    seal(secret, purpose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return FORM + sealed.toString('base64url')
    },
    open(sealed, purpose) {
      try {
        if (!sealed.startsWith(FORM)) throw new Error('unknown form')
        const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(-TAG_BYTES))
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new Failure(
          'store-damaged',
          `A sealed secret (${purpose}) cannot be opened with the key of this installation. Enter the secret anew, or put back the sealing key.`,
          { cause },
        )
      }
    },
  }
}
