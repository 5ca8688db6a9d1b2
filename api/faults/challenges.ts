// Spam-proof without anybody else: a sealed puzzle for each opened form, bound to its code, solved by the browser, good for one report.
import { createHash, randomBytes } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import type { RouteParts } from '#api/parts.ts'
import { createWindowCount } from './window-count.ts'

const PURPOSE = 'report-challenge'
/** People need so long at least to read and fill in the form; programs don't wait. */
const LEAST_MS = 1_500
/** A form that was opened longer ago asks for a new puzzle. */
export const CHALLENGE_MS = 2 * 3_600_000
/** Bits that are added while many reports come: each doubles the work. */
const MOST_EXTRA_BITS = 6
const MAX_TOKEN = 1_000
const MINUTE_MS = 60_000

/** What the puzzle holds, sealed: only this installation reads it. `secret` becomes that of the follow link: the same puzzle is good for one report only. */
type Challenge = { code: string; secret: string; bits: number; at: number }
export type Challenges = {
  make(code: string): { token: string; bits: number; expiresAt: number }
  /** The secret of a solved puzzle. @throws Failure 'not-allowed' when it is not solved, not of this code, or over; 'too-many-requests' when it came too quickly. */
  check(code: string, proof: unknown): string
}

export function createChallenges({ sealer, limits, now }: RouteParts): Challenges {
  const solved = createWindowCount(MINUTE_MS, 1)
  const bitsNow = (): number => {
    const load = solved.count('', now()) / Math.max(1, limits.reportsPerMinute)
    const extra = load < 0.25 ? 0 : Math.ceil(Math.log2(load * 8))
    return limits.reportPuzzleBits + Math.min(MOST_EXTRA_BITS, Math.max(0, extra))
  }
  return {
    make(code) {
      const bits = bitsNow()
      const challenge: Challenge = { code, secret: randomBytes(32).toString('base64url'), bits, at: now() }
      return { token: sealer.seal(JSON.stringify(challenge), PURPOSE), bits, expiresAt: now() + CHALLENGE_MS }
    },
    check(code, proof) {
      const challenge = typeof proof === 'string' ? openProof(proof) : null
      if (challenge === null || challenge.code !== code)
        throw new Failure('not-allowed', 'The report did not come from the page: open its address and send it there.')
      const age = now() - challenge.at
      if (age > CHALLENGE_MS) throw new Failure('not-allowed', 'The page was open for too long: open it again.')
      if (age < LEAST_MS)
        throw new Failure('too-many-requests', 'That was too quick; try again.', { retryAfterMs: LEAST_MS - age })
      solved.add('', now())
      return challenge.secret
    },
  }

  function openProof(proof: string): Challenge | null {
    const cut = proof.lastIndexOf('.')
    const [token, number] = [proof.slice(0, cut), proof.slice(cut + 1)]
    if (proof.length > MAX_TOKEN || !/^\d{1,15}$/.test(number)) return null
    let challenge: Challenge
    try {
      challenge = JSON.parse(sealer.open(token, PURPOSE)) as Challenge
    } catch {
      return null
    }
    return leadingZeroBits(createHash('sha256').update(proof).digest()) >= challenge.bits ? challenge : null
  }
}

/** How many bits at the begin are zero. */
export function leadingZeroBits(bytes: Uint8Array): number {
  let bits = 0
  for (const byte of bytes) {
    if (byte === 0) {
      bits += 8
      continue
    }
    return bits + Math.clz32(byte) - 24
  }
  return bits
}
