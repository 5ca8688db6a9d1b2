// The chain of closed settlements: what is hashed for a digest, and whether a chain holds.
import { canonicalJson } from './canonical-json.ts'
import type { Settlement } from './settlement.ts'
import type { Sha256 } from './trace.ts'

/**
 * The text whose SHA-256 is a closed settlement's digest: the digest of the premises' settlement closed before it (nothing
 * for the first), a line feed, and its canonical JSON without `digest`. To be hashed as UTF-8.
 */
export function digestText(previousDigest: string | null, settlement: Settlement): string {
  const { digest: _, ...rest } = settlement
  return `${previousDigest ?? ''}\n${canonicalJson(rest)}`
}

/** `sha256:` and the hash in hexadecimal. */
export function digestOf(previousDigest: string | null, settlement: Settlement, sha256: Sha256): string {
  return `sha256:${sha256(digestText(previousDigest, settlement))}`
}

/** The first settlement, by place in the order of closing, whose digest does not follow from the one before; null when all do. */
export function firstBrokenLink(closed: readonly Settlement[], sha256: Sha256): number | null {
  let previous: string | null = null
  for (const [index, settlement] of closed.entries()) {
    if (settlement.digest !== digestOf(previous, settlement, sha256)) return index
    previous = settlement.digest
  }
  return null
}
