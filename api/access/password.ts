// Passwords: argon2id hashes in PHC strings, and which passwords are taken.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Failure } from '#domain/failure.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32
const SALT_BYTES = 16
/** Without a second factor; shorter ones are refused (NIST SP 800-63B-4 asks 15 without, 8 with a second factor; guessing is throttled here). */
export const PASSWORD_CHARACTERS = 12
export const PASSWORD_BYTES_LIMIT = 256

const derive = promisify(argon2)
const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES)
  const tag = await tagOf(password, nonce, {
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: LANES,
    tagLength: TAG_BYTES,
  })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${encode(nonce)}$${encode(tag)}`
}

type Cost = { memory: number; passes: number; parallelism: number; tagLength: number }
const tagOf = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  derive('argon2id', { message: Buffer.from(password.normalize('NFKC'), 'utf8'), nonce, ...cost })

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,128})$/

/** Whether a password fits a PHC string; with null (no such user, no password set) the same work is done and the answer is false. */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const match = PHC.exec(phc ?? NOBODYS)
  if (match === null) throw new Error('A stored password hash is not in the form that this version writes')
  const expected = Buffer.from(match[5] ?? '', 'base64')
  const cost = {
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    tagLength: expected.length,
  }
  const tag = await tagOf(password, Buffer.from(match[4] ?? '', 'base64'), cost)
  return timingSafeEqual(tag, expected) && phc !== null
}
/** A hash of the same cost that no password is meant to fit. */
const NOBODYS = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${encode(randomBytes(SALT_BYTES))}$${encode(randomBytes(TAG_BYTES))}`

/** Refuses a password that is too short, too long, common, or made of the login. @throws Failure 'invalid-body' with a sentence. */
export function checkPassword(password: string, login: string): void {
  const refuse = (message: string): never => {
    throw new Failure('invalid-body', message, { problems: [{ pointer: '/password', code: 'weak-password', message }] })
  }
  const characters = Array.from(password.normalize('NFKC')).length
  if (characters < PASSWORD_CHARACTERS) refuse(`A password has at least ${PASSWORD_CHARACTERS} characters.`)
  if (Buffer.byteLength(password) > PASSWORD_BYTES_LIMIT)
    refuse(`A password has at most ${PASSWORD_BYTES_LIMIT} bytes.`)
  const plain = password.toLowerCase()
  const core = plain.replaceAll(/[^a-zåäö]/g, '')
  if (
    COMMON_PASSWORDS.has(plain) ||
    COMMON_PASSWORDS.has(core) ||
    COMMON_PASSWORDS.has(plain.replace(/[\d!.?@#$%&*_-]+$/, ''))
  )
    refuse('This password is among the most common ones; choose another.')
  if (new Set(plain).size < 5) refuse('A password has at least five different characters.')
  const name = login.toLowerCase().split('@')[0] ?? ''
  if (name.length >= 4 && plain.replaceAll(name, '').length < 8) refuse('A password is not made of the login name.')
}
