// The second factor of a sign-in: time-based one-time codes (RFC 6238, SHA-1, 6 digits, 30 s, as every authenticator knows), and recovery codes.
import { Secret, TOTP } from 'otpauth'
import type { Records, SecondFactor, User } from '#domain/ports/records.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import { createPassword, hashSecret } from './secrets.ts'

const PERIOD_MS = 30_000
/** Steps before and after now that are taken too: clocks differ. */
const WINDOW = 1
const RECOVERY_CODES = 10

type Parts = { records: Records; sealer: Sealer; now: () => number }

const totpOf = (user: Pick<User, 'login'>, secret: Secret): TOTP =>
  new TOTP({ issuer: 'Samtila', label: user.login, secret, period: PERIOD_MS / 1000 })
const purposeOf = (user: Pick<User, 'id'>): string => `second factor of ${user.id}`
const lastStepKey = (user: Pick<User, 'id'>): string => `second-factor-step:${user.id}`

/** A new secret that is not in force yet; `uri` is what an authenticator scans. */
export function beginSecondFactor(user: User, sealer: Sealer): { factor: SecondFactor; secret: string; uri: string } {
  const secret = new Secret({ size: 20 })
  const factor = { sealed: sealer.seal(secret.base32, purposeOf(user)), confirmed: false, recovery: [] }
  return { factor, secret: secret.base32, uri: totpOf(user, secret).toString() }
}

/** Ten codes to be written down, each good once; only their hashes are kept. */
export function createRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, createPassword)
  return { codes, hashes: codes.map(hashSecret) }
}

/** Whether a code is right now and was not used before: each step is good once, also after a restart. */
export async function checkCode(user: User, code: string, { records, sealer, now }: Parts): Promise<boolean> {
  const factor = user.secondFactor
  if (factor == null || !/^\d{6}$/.test(code)) return false
  const totp = totpOf(user, Secret.fromBase32(sealer.open(factor.sealed, purposeOf(user))))
  const delta = totp.validate({ token: code, timestamp: now(), window: WINDOW })
  if (delta === null) return false
  const step = Math.floor(now() / PERIOD_MS) + delta
  const last = Number((await records.getMeta(lastStepKey(user))) ?? 0)
  if (step <= last) return false
  await records.putMeta(lastStepKey(user), String(step))
  return true
}

/** Takes a recovery code: gives the user without it, or null when it is none of theirs. */
export function takeRecoveryCode(user: User, code: string): User | null {
  const factor = user.secondFactor
  if (factor == null) return null
  const hash = hashSecret(code.trim().toLowerCase())
  if (!factor.recovery.includes(hash)) return null
  return { ...user, secondFactor: { ...factor, recovery: factor.recovery.filter((one) => one !== hash) } }
}
