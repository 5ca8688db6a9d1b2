// Types of verify.mjs for those who import it (tests, the command line); the program itself needs none.
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

/** Something in a file that cannot be worked with, as one sentence with its place. */
export class Problem extends Error {
  constructor(where: string, sentence: string)
}
/** One settlement as it was frozen; a closed one has the digest that stood before it ('' for the first). */
export type FrozenEntry = {
  status: 'issued' | 'closed'
  settlement: Settlement
  previousDigest?: string
  issue?: number
}
export type Fraction = { n: bigint; d: bigint }
export type DifferenceKind =
  | 'reading'
  | 'price'
  | 'fact'
  | 'chain'
  | 'item'
  | 'share'
  | 'statement'
  | 'transfer'
  | 'blocked'
  | 'structure'
  | 'digest'
  | 'signature'
export type Difference = { kind: DifferenceKind; what: string; message: string }
export type Marks = { facts: Record<string, Record<string, string>>; rows: Record<string, string> }
export type Countersignature = { period: string; digest: string; party: string; publicKey: string; signature: string }
export type Keys = Record<string, string | string[]> | { organisation: string; publicKey: string }[]
/** A proof file (docs/PROOF.md). */
export type Proof = {
  format: 'samtila-proof'
  version: 1
  premises: string
  period: string
  bundle: Bundle
  marks?: Marks
  settlements: FrozenEntry[]
  countersignatures?: Countersignature[]
  organisationKeys?: Keys
  /** Of a public record: items whose readings are left out, taken as they stand. */
  redacted?: { items?: string[]; spaces?: number; devices?: number }
}
/** A chain file: what of a proof file needs no facts. */
export type Chain = Pick<Proof, 'premises' | 'settlements' | 'countersignatures' | 'organisationKeys'> & {
  format: 'samtila-chain'
  version: 1
}
export type Verdict = {
  ok: boolean
  premises: string
  period: string
  status: 'issued' | 'closed'
  digest: string | null
  chain: string[]
  items: number
  /** How many of them were taken as they stand. */
  redacted: number
  differences: Difference[]
  notes: string[]
  signedBy: string[]
  notSignedBy: string[]
  simulated: string[]
  demonstration: boolean
}
export type ChainVerdict = { ok: boolean; premises: string; chain: string[]; differences: Difference[] }

/** The first instant of a local date (a day number from 1970-01-01), in ms. */
export function startOfDay(zone: string, day: number): number
export function allot(cents: bigint, exactShares: Fraction[]): bigint[]
export function divide(cents: bigint, weights: Fraction[]): bigint[] | null
export function checkBundle(bundle: unknown, where?: string): void
export function draft(bundle: Bundle, premises: string, period: string, log?: FrozenEntry[]): Settlement
export function settle(bundle: Bundle, premises: string, period: string, log?: FrozenEntry[]): Settlement
export function canonicalJson(value: unknown): string
export function digestOf(settlement: Settlement, previousDigest: string): string
export function checkChain(entries: FrozenEntry[]): Difference[]
export function marksOf(bundle: Bundle): Marks
export function signatureHolds(digest: string, publicKey: string, signature: string): boolean
export function verifyProof(proof: unknown, options?: { period?: string; keys?: unknown }): Verdict
export function compareChains(files: { name: string; content: unknown }[]): ChainVerdict
export function readJson(file: string): unknown
export function run(args: string[]): number
