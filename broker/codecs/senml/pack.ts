// Resolves the records of a SenML pack: base fields, relative time, sums (RFC 8428, section 4).
import { decimalFromNumber, formatDecimal } from '#domain/quantity/decimal.ts'

export type SenmlRecord = ReadonlyMap<string, unknown>
export type ResolvedRecord = {
  base: string
  name: string
  unit: string | null
  /** Milliseconds since 1970; null when the record says "now". */
  at: number | null
  /** The record's own fields of value (`v`, `vs`, `vb`, `s`), base values added. */
  values: { field: 'v' | 'vs' | 'vb' | 's'; value: unknown }[]
  hasData: boolean
}
export type PackProblem = { problem: string }

/** Times below are relative to now (RFC 8428, 4.5.3). */
const FIRST_ABSOLUTE_TIME = 2 ** 28
const VERSION = 10
const KNOWN = new Set(['bn', 'bt', 'bu', 'bv', 'bs', 'bver', 'n', 'u', 'v', 'vs', 'vb', 'vd', 's', 't', 'ut'])
const NAME = /^[A-Za-z0-9][-A-Za-z0-9:./_]*$/

/** All records in order, or why the pack must not be used. `receivedAt` is what relative times count from. */
export function resolvePack(records: readonly SenmlRecord[], receivedAt: number): ResolvedRecord[] | PackProblem {
  const base = { name: '', time: 0, unit: null as string | null, value: 0, sum: 0 }
  const resolved: ResolvedRecord[] = []
  for (const record of records) {
    const wrong = checkFields(record)
    if (wrong !== null) return { problem: wrong }
    base.name = (record.get('bn') as string | undefined) ?? base.name
    base.time = (record.get('bt') as number | undefined) ?? base.time
    base.unit = (record.get('bu') as string | undefined) ?? base.unit
    base.value = (record.get('bv') as number | undefined) ?? base.value
    base.sum = (record.get('bs') as number | undefined) ?? base.sum
    const name = (record.get('n') as string | undefined) ?? ''
    if (base.name + name !== '' && !NAME.test(base.name + name)) {
      return {
        problem: `the name ${JSON.stringify((base.name + name).slice(0, 64))} has characters that names cannot have`,
      }
    }
    const values: ResolvedRecord['values'] = []
    for (const field of ['v', 'vs', 'vb', 's'] as const) {
      if (!record.has(field)) continue
      const offset = field === 'v' ? base.value : field === 's' ? base.sum : 0
      values.push({ field, value: plus(record.get(field), offset) })
    }
    resolved.push({
      base: base.name,
      name,
      unit: (record.get('u') as string | undefined) ?? base.unit,
      at: instantOf(base.time + ((record.get('t') as number | undefined) ?? 0), receivedAt),
      values,
      hasData: record.has('vd'),
    })
  }
  return resolved
}

function instantOf(seconds: number, receivedAt: number): number | null {
  if (seconds === 0) return null
  const ms = Math.round(seconds * 1_000)
  return seconds < FIRST_ABSOLUTE_TIME ? receivedAt + ms : ms
}

/** Adds without the noise of binary floats: 20.1 + 0.2 is 20.3. What is no number stays as it is, for the decoder to refuse. */
function plus(value: unknown, offset: number): unknown {
  if (offset === 0 || typeof value !== 'number') return value
  const a = decimalFromNumber(value)
  const b = decimalFromNumber(offset)
  if (a === null || b === null || Math.abs(a.scale - b.scale) > 40) return value + offset
  const scale = Math.max(a.scale, b.scale)
  const digits = a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale)
  return Number(formatDecimal({ digits, scale }))
}

function checkFields(record: SenmlRecord): string | null {
  for (const field of ['bn', 'bu', 'n', 'u']) if (!isAbsentOr(record, field, 'string')) return `"${field}" is no text`
  for (const field of ['bt', 'bv', 'bs', 't', 'ut', 'bver']) {
    if (!isAbsentOr(record, field, 'number') || !Number.isFinite((record.get(field) as number | undefined) ?? 0)) {
      return `"${field}" is no number`
    }
  }
  const version = record.get('bver') as number | undefined
  if (version !== undefined && version > VERSION) return `version ${version} of SenML is not known`
  for (const field of record.keys()) {
    if (field.endsWith('_') && !KNOWN.has(field))
      return `the field "${field.slice(0, 32)}" must be understood and is not`
  }
  return null
}

function isAbsentOr(record: SenmlRecord, field: string, type: 'string' | 'number'): boolean {
  return !record.has(field) || typeof record.get(field) === type
}
