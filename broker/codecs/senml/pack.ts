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
/** Why a record, or the whole pack, must not be used. */
export type PackProblem = { problem: string }

/** Times below are relative to now (RFC 8428, 4.5.3). */
const FIRST_ABSOLUTE_TIME = 2 ** 28
const VERSION = 10
const KNOWN = new Set(['bn', 'bt', 'bu', 'bv', 'bs', 'bver', 'n', 'u', 'v', 'vs', 'vb', 'vd', 's', 't', 'ut'])
/** Fields that hold for the records that follow. */
const BASE = new Set(['bn', 'bt', 'bu', 'bv', 'bs', 'bver'])
const VALUE_FIELDS = ['v', 'vs', 'vb', 'vd'] as const
const NAME = /^[A-Za-z0-9][-A-Za-z0-9:./_]*$/

/**
 * All records in order, each resolved or with the reason why it is none, or why the whole pack must not be used. A record of
 * nothing but base fields is no measurement and gives nothing. `receivedAt` is what relative times count from.
 */
export function resolvePack(
  records: readonly SenmlRecord[],
  receivedAt: number,
): (ResolvedRecord | PackProblem)[] | PackProblem {
  const base = {
    name: '',
    time: 0,
    unit: null as string | null,
    value: null as number | null,
    sum: null as number | null,
  }
  const resolved: (ResolvedRecord | PackProblem)[] = []
  for (const [index, record] of records.entries()) {
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
    if (hasOnlyBase(record)) continue
    const values = valuesOf(record, base)
    const wrongRecord = checkRecord(record, base.name + name, values)
    if (wrongRecord !== null) {
      resolved.push({ problem: `record ${index + 1} ${wrongRecord}` })
      continue
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

function hasOnlyBase(record: SenmlRecord): boolean {
  const known = [...record.keys()].filter((field) => KNOWN.has(field))
  return known.length > 0 && known.every((field) => BASE.has(field))
}

/** The record's values with the base ones added; of the two that may be missing the missing one counts as zero (4.5.4). */
function valuesOf(record: SenmlRecord, base: { value: number | null; sum: number | null }): ResolvedRecord['values'] {
  const values: ResolvedRecord['values'] = []
  for (const field of ['v', 'vs', 'vb', 's'] as const) {
    if (!record.has(field)) continue
    const offset = field === 'v' ? base.value : field === 's' ? base.sum : null
    values.push({ field, value: plus(record.get(field), offset ?? 0) })
  }
  if (values.length > 0 || record.has('vd')) return values
  if (base.value !== null) return [{ field: 'v', value: base.value }]
  return base.sum === null ? [] : [{ field: 's', value: base.sum }]
}

/** Whether a record says of one thing one value, or a sum, or both (4.2). */
function checkRecord(record: SenmlRecord, name: string, values: ResolvedRecord['values']): string | null {
  if (name === '') return 'has no name, and no base name stands before it'
  const own = VALUE_FIELDS.filter((field) => record.has(field))
  if (own.length > 1) return `has more than one value: "${own.join('", "')}"`
  return values.length === 0 && own.length === 0 ? 'has neither a value nor a sum' : null
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
    if (!isAbsentOr(record, field, 'number') || !Number.isFinite(record.get(field) ?? 0)) {
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
