// For tests: a premises written as a model and read back against what is known, without a server.
import { matchColumns } from '#domain/imports/fields.ts'
import { evaluateTable } from '#domain/imports/evaluate.ts'
import { NO_WORK, type Evaluation, type ImportKnown, type ImportTable } from '#domain/imports/import.ts'
import { RULES } from '#domain/imports/kinds.ts'
import { graphOf } from '#domain/models/graph.ts'
import { tableOfModel } from '#domain/models/read-model.ts'
import { modelOf, type ModelFormat } from '#domain/models/write-model.ts'
import type { Device, Premises } from '#domain/registry/bundle.ts'
import { readJsonLd, readTurtle } from '#api/models/read-model.ts'
import { writeJsonLd, writeTurtle } from '#api/models/write-model.ts'

export const LIMITS = { triples: 500_000 }

export const written = (premises: Premises, devices: Device[], format: ModelFormat, full: boolean): string =>
  [...(format === 'brick' ? writeTurtle : writeJsonLd)(modelOf(premises, devices, format, full))].join('')

export async function tableOfText(text: string, format: ModelFormat = 'brick'): Promise<ImportTable> {
  const { triples, dropped } = await (format === 'brick' ? readTurtle(text, LIMITS) : readJsonLd(text, LIMITS))
  return tableOfModel(graphOf(triples), dropped)
}

/** What an import would make of the table in these premises, with these devices known. */
export function evaluated(table: ImportTable, premises: Premises, devices: Device[] = []): Evaluation {
  const known: ImportKnown = {
    premises: new Map([[premises.id, premises]]),
    organisations: new Map(),
    devices: new Map(devices.map((device) => [device.id, device])),
    priceSeries: new Map(),
    invoices: [],
    costTypes: new Map(),
    connectors: [],
    today: '2026-03-01',
  }
  const work = {
    ...NO_WORK,
    columns: matchColumns(table.header, RULES.model.fields),
    defaults: { premises: premises.id },
  }
  const reading = evaluateTable('model', table, work, known)
  for (;;) {
    const next = reading.next()
    if (next.done === true) return next.value
  }
}
