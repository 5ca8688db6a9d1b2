// One byte of a reading: what its value is, its quality, whether it is simulated.
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { Quality, Value } from '#domain/ports/telemetry.ts'

/** Bits 0–1: what the value is; bits 2–4: quality; bit 5: simulated. */
export const NUMBER = 0
export const BOOLEAN = 1
export const TEXT = 2
export const DECIMAL = 3
const SIMULATED = 32

/** Quality by its number in a flag byte. */
const NUMBER_OF_QUALITY: Readonly<Record<Quality, number>> = {
  measured: 0,
  manual: 1,
  estimated: 2,
  substituted: 3,
  suspect: 4,
}

export const kindOf = (flags: number): number => flags & 3
export const qualityNumberOf = (flags: number): number => (flags >> 2) & 7
export const qualityOf = (flags: number): Quality => QUALITIES[qualityNumberOf(flags)] as Quality
export const isSimulated = (flags: number): boolean => (flags & SIMULATED) !== 0

/** Texts and decimals have digits or letters beside the number column. */
export const hasText = (flags: number): boolean => (flags & TEXT) !== 0

export const flagsOf = (value: Value, quality: Quality, simulated: boolean): number =>
  kindOfValue(value) | (NUMBER_OF_QUALITY[quality] << 2) | (simulated ? SIMULATED : 0)

function kindOfValue(value: Value): number {
  if (typeof value === 'number') return NUMBER
  if (typeof value === 'boolean') return BOOLEAN
  return typeof value === 'string' ? TEXT : DECIMAL
}

/** The number column of a value; 0 for a text. Minus zero is zero. */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value + 0
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? 0 : Number(value.decimal) + 0
}

/** The text beside the number column. */
export const textOf = (value: Value): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'object' ? value.decimal : undefined

/** The value back from its columns. */
export function valueOf(flags: number, number: number, text: string | undefined): Value {
  switch (kindOf(flags)) {
    case NUMBER:
      return number
    case BOOLEAN:
      return number !== 0
    case TEXT:
      return text ?? ''
    default:
      return { decimal: text ?? String(number) }
  }
}

/** Same value: same kind, same number, same text; quality and receive time do not matter. */
export const sameValue = (
  flagsA: number,
  numberA: number,
  textA: string | undefined,
  flagsB: number,
  numberB: number,
  textB: string | undefined,
): boolean => kindOf(flagsA) === kindOf(flagsB) && numberA === numberB && textA === textB
