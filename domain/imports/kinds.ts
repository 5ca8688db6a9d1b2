// The rules of each kind of import, and which kind a file is by its header.
import { DATAHUB_RULES } from './datahub.ts'
import { DEVICE_RULES } from './devices.ts'
import { matchColumns } from './fields.ts'
import { HEADCOUNT_RULES } from './headcounts.ts'
import { INVOICE_RULES } from './invoices.ts'
import { IMPORT_KINDS, type ImportKind } from './import.ts'
import { PRICE_RULES } from './prices.ts'
import { READING_RULES } from './readings.ts'
import { MODEL_RULES } from './models.ts'
import type { ImportRules } from './rules.ts'
import { SPACE_RULES } from './spaces.ts'
import { USAGE_RULES } from './usage.ts'

export const RULES: { [K in ImportKind]: ImportRules } = {
  invoices: INVOICE_RULES,
  readings: READING_RULES,
  datahub: DATAHUB_RULES,
  prices: PRICE_RULES,
  headcounts: HEADCOUNT_RULES,
  spaces: SPACE_RULES,
  usage: USAGE_RULES,
  devices: DEVICE_RULES,
  model: MODEL_RULES,
}

/** Fields that one kind has and others share only by chance: a header without any of them is not of that kind. */
const TELLING: { [K in ImportKind]: readonly string[] } = {
  invoices: ['number', 'net'],
  readings: ['value', 'at'],
  datahub: ['resolution', 'value'],
  prices: ['price', 'at'],
  headcounts: ['people'],
  spaces: ['areaM2'],
  usage: ['organisation', 'from'],
  devices: ['id'],
  // Never a table: its form tells it.
  model: ['what', 'facts', 'mainMeter'],
}

/** A cell that says what a price is per: what the others measure is then money, not energy. */
const PRICE_UNIT = /^(eur|€|c|snt)\/[km]wh$/i

/** The kind whose fields the header names most of; null when none is recognised. `first` is the first row. */
export function recogniseKind(header: readonly string[], first: readonly string[] = []): ImportKind | null {
  if (first.some((cell) => PRICE_UNIT.test(cell.trim()))) return 'prices'
  let best: { kind: ImportKind; score: number } | null = null
  for (const kind of IMPORT_KINDS) {
    const columns = matchColumns(header, RULES[kind].fields)
    if (TELLING[kind].some((key) => columns[key] === undefined)) continue
    const needed = RULES[kind].fields.filter(({ required }) => required === true).map(({ key }) => key)
    const score = Object.keys(columns).length + needed.filter((key) => columns[key] !== undefined).length * 2
    if (best === null || score > best.score) best = { kind, score }
  }
  return best?.kind ?? null
}
