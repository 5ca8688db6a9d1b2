// Claims as the API makes and finds them: codes are random, kept as a hash, and wrong ones are counted by address.
import { createHash, randomInt } from 'node:crypto'
import { CLAIM, isOpen, type ClaimPaper } from '#domain/claims/claim.ts'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { CLAIM_ALPHABET, CLAIM_RANDOM_CHARACTERS, claimCodeOf, readClaimCode } from '#domain/writing/claim-code.ts'
import { createGuessThrottle } from '#api/access/guess-throttle.ts'
import type { Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'

/** A new code, without hyphens. */
export const createClaimCode = (): string =>
  claimCodeOf(Array.from({ length: CLAIM_RANDOM_CHARACTERS }, () => randomInt(CLAIM_ALPHABET.length)))

/** The id under which a code's claim is kept: 236 bits of its SHA-256. A code has 69 random bits, so no slow hash is needed. */
export const claimIdOf = (code: string): Id =>
  `c${createHash('sha256').update(`samtila-claim ${code}`).digest('hex').slice(0, 59)}`

export type Claims = {
  /**
   * The claim of a code that somebody typed or scanned, if they may see it.
   * @throws Failure 'bad-request' for what is no code, 'not-found', 'too-many-requests' after too many wrong ones from the address.
   */
  find(identity: Identity, text: string, address: string): Promise<{ code: string; claim: ClaimPaper }>
}

const WHY = {
  'wrong-length': 'A code has 15 characters.',
  'wrong-character': 'A code has no 0, O, 1, I or L, only other letters and digits.',
  'wrong-check': 'A character of the code is wrong: compare it with the label.',
}

export function createClaims({ records, limits, now }: RouteParts): Claims {
  const throttle = createGuessThrottle(limits.claimFailures)
  return {
    async find(identity, text, address) {
      throttle.check(address, now())
      const read = readClaimCode(text)
      // A slip of the finger is told by the check character and costs nothing: it tells nobody whether there is such a claim.
      if (!read.ok) throw new Failure('bad-request', WHY[read.reason])
      const claim = await records.getPaper({ organisation: identity.organisation }, CLAIM, claimIdOf(read.code))
      if (claim !== null && claim.state !== 'withdrawn') return { code: read.code, claim }
      throttle.failed(address, now())
      throw new Failure('not-found', NOTHING_HERE)
    },
  }
}

/** @throws Failure 'conflict' for a claim that is used or past its date. */
export function mustBeOpen(claim: ClaimPaper, now: number): void {
  if (isOpen(claim, now)) return
  throw new Failure(
    'conflict',
    claim.state === 'used'
      ? `This label is used already, for the device ${claim.body.usedFor ?? ''}.`
      : 'The date until which this label could be used is over. Print a new one.',
  )
}
