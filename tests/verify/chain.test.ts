// Copies of the chain kept over time against the newest one: rewriting, reordering and dropping are named.
import { describe, expect, test } from 'vitest'
import { compareChains, digestOf, type Chain } from '#verify/verify.mjs'
import { makeProof } from './make-proof.ts'

const { proof } = makeProof()
const chain = (length: number): Chain => ({
  format: 'samtila-chain',
  version: 1,
  premises: 'talo',
  settlements: structuredClone(proof.settlements.slice(0, length)),
  countersignatures: structuredClone((proof.countersignatures ?? []).slice(0, 3 * length)),
})
const compared = (...chains: unknown[]) =>
  compareChains(chains.map((content, i) => ({ name: `copy-${i + 1}.json`, content })))
const message = (...chains: unknown[]) => compared(...chains).differences[0]?.message ?? 'no difference'

/** The same months, one share moved, every digest written anew: a chain that is unbroken in itself. */
function rewritten(length: number, from: number): Chain {
  const copy = chain(length)
  copy.countersignatures = []
  copy.settlements.forEach((entry, i) => {
    if (i === from) for (const share of entry.settlement.items[0]?.shares ?? []) share.net = '0.01'
    entry.previousDigest = copy.settlements[i - 1]?.settlement.digest ?? ''
    entry.settlement.digest = digestOf(entry.settlement, entry.previousDigest)
  })
  return copy
}

describe('copies that agree', () => {
  test('each is the beginning of the newest, also when the newest is a proof file', () => {
    expect(compared(chain(1), chain(2), chain(3))).toMatchObject({ ok: true, chain: ['2026-01', '2026-02', '2026-03'] })
    expect(compared(chain(2), proof).ok).toBe(true)
    expect(compared(chain(3), chain(3)).ok).toBe(true)
    expect(compared({ ...chain(0), settlements: [] }, chain(1)).ok).toBe(true)
  })
})

describe('copies that do not', () => {
  test('a month rewritten', () => {
    expect(message(chain(2), rewritten(3, 1))).toContain('2026-02 was rewritten')
    expect(message(chain(1), chain(2), rewritten(3, 0))).toContain('2026-01 was rewritten')
  })
  test('the chain shortened', () => {
    expect(message(chain(3), chain(2))).toContain(
      'shortened: 2026-03, closed in copy-1.json, is missing in copy-2.json',
    )
  })
  test('months reordered', () => {
    const turned = chain(2)
    turned.settlements.reverse()
    turned.countersignatures = []
    turned.settlements.forEach((entry, i) => {
      entry.previousDigest = turned.settlements[i - 1]?.settlement.digest ?? ''
      entry.settlement.digest = digestOf(entry.settlement, entry.previousDigest)
    })
    expect(message(chain(2), turned)).toContain('number 1 is 2026-01 in copy-1.json and 2026-02 in copy-2.json')
  })
  test('a chain broken in itself is named with its file', () => {
    const broken = chain(3)
    broken.settlements.splice(1, 1)
    broken.countersignatures = []
    expect(message(chain(1), broken)).toBe(
      'copy-2.json: 2026-03 does not follow 2026-01: a settlement between them is missing or was rewritten',
    )
  })
  test('a countersignature over what now stands otherwise', () => {
    const newest = rewritten(3, 2)
    newest.countersignatures = chain(3).countersignatures ?? []
    expect(compared(chain(3), newest).differences.map(({ kind }) => kind)).toContain('signature')
  })
  test('chains of two premises, and files that are no chains, are refused', () => {
    const other = chain(1)
    other.premises = 'muu'
    for (const { settlement } of other.settlements) settlement.premises = 'muu'
    other.countersignatures = []
    expect(() => compared(other, chain(1))).toThrow('it is about muu, copy-2.json about talo')
    expect(() => compared({ format: 'x' }, chain(1))).toThrow('not a samtila-chain or samtila-proof file')
  })
})
