// The explanation of an item: its trace in writing, as language-neutral data; exact numbers become text.
import { formatExact, formatFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { AdjustmentTrace, ItemTrace, Lazy, Sha256 } from './trace.ts'

/** A trace in writing: exact numbers as decimals (`0.0745`) or, where these have no end, as `7/3`; what is lazy is made. */
export type Written<T> =
  T extends Lazy<infer L>
    ? Written<L>
    : T extends Fraction | bigint
      ? string
      : T extends readonly (infer E)[]
        ? Written<E>[]
        : T extends object
          ? { [K in keyof T]: Written<T[K]> }
          : T

/** How an item of a settlement came about. */
export type ItemExplanation = Written<ItemTrace>
/** How an adjustment came about. */
export type AdjustmentExplanation = Written<AdjustmentTrace>
export type Explanation = ItemExplanation | AdjustmentExplanation

export function explanationOf(trace: ItemTrace | AdjustmentTrace, sha256: Sha256): Explanation {
  return written(trace, sha256) as Explanation
}

function written(value: unknown, sha256: Sha256): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function') return written((value as Lazy<unknown>)(sha256), sha256)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => written(element, sha256))
  if (isFraction(value)) return formatExact(value) ?? formatFraction(value)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, written(member, sha256)]))
}

function isFraction(value: object): value is Fraction {
  return 'n' in value && 'd' in value && typeof value.n === 'bigint' && typeof value.d === 'bigint'
}
