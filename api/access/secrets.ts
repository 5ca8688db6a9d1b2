// Random secrets and their hashes: sessions, tokens and credentials are 256 random bits, kept as SHA-256 only.
import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 256 random bits in base64url. */
export const createSecret = (): string => randomBytes(32).toString('base64url')
export const hashSecret = (secret: string): string => hash('sha256', secret, 'hex')
/** `prefix` with 80 random bits, in the form of an id. */
export const createId = (prefix: string): string => `${prefix}-${randomBytes(10).toString('hex')}`

/** Compares without telling by its time where two texts differ. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

// No letters or digits that are taken for each other when read aloud or from paper.
const PASSWORD_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
/** A random password that a person can type: 4 groups of 5, 99 bits. */
export function createPassword(): string {
  const group = (): string =>
    Array.from({ length: 5 }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
