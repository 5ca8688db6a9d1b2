// The fingerprint of a public key, short enough to be compared by eye or over the telephone.
import { createHash } from 'node:crypto'

const RAW_KEY_BYTES = 32

/** SHA-256 of the 32 bytes of an Ed25519 key (in base64, as SPKI or plain), the first 16 bytes in hexadecimal, in groups of four digits. */
export function fingerprintOf(publicKey: string): string {
  const raw = Buffer.from(publicKey, 'base64').subarray(-RAW_KEY_BYTES)
  const digits = createHash('sha256').update(raw).digest('hex').slice(0, 32)
  return digits.match(/.{4}/g)?.join(' ') ?? ''
}
