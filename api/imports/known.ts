// The facts that a file is read against, as far as the importer sees them.
import type { Records, Scope } from '#domain/ports/records.ts'
import type { ImportKind, ImportKnown, ImportTable, ImportWork } from '#domain/imports/import.ts'
import { idOfText } from '#domain/imports/cells.ts'
import type { Device, Id, Invoice, Organisation, Premises, PriceSeries } from '#domain/registry/bundle.ts'
import { listAll, listChunked } from '#domain/registry/list-all.ts'
import { localDate } from '#api/views/premises-summary.ts'

const WITH_DEVICES: ReadonlySet<ImportKind> = new Set(['devices', 'model', 'readings', 'datahub', 'usage', 'invoices'])
/** Devices that are looked through for a name or serial number; beyond, rows name ids. */
const MAX_DEVICES = 50_000

export async function loadImportKnown(
  kind: ImportKind,
  table: ImportTable,
  work: ImportWork,
  { records, scope, now }: { records: Records; scope: Scope; now: number },
): Promise<ImportKnown> {
  const only = onePremises(work)
  const premises = new Map<Id, Premises>()
  if (only === null) for await (const one of listAll(records, 'premises', {}, scope)) premises.set(one.id, one)
  else {
    const stored = await records.getObject(scope, 'premises', only)
    if (stored !== null) premises.set(only, stored.value)
  }
  const query = only === null ? {} : { premises: only }
  const devices = new Map<Id, Device>()
  if (WITH_DEVICES.has(kind)) {
    for await (const device of listAll(records, 'devices', query, scope)) {
      devices.set(device.id, device)
      if (devices.size >= MAX_DEVICES) break
    }
    const named =
      kind === 'devices' || kind === 'model' ? idsOf(table, work.columns['id']).filter((id) => !devices.has(id)) : []
    for await (const device of listChunked(records, 'devices', named, (ids) => ({ ids }), scope))
      devices.set(device.id, device)
    // The zones of devices elsewhere decide their clock times.
    for (const { premises: id } of devices.values()) {
      if (premises.has(id) || kind === 'devices') continue
      const stored = await records.getObject(scope, 'premises', id)
      if (stored !== null) premises.set(id, stored.value)
    }
  }
  const organisations = new Map<Id, Organisation>()
  for await (const one of listAll(records, 'organisations', {}, scope)) organisations.set(one.id, one)
  const priceSeries = new Map<Id, PriceSeries>()
  if (kind === 'prices')
    for await (const one of listAll(records, 'priceSeries', {}, scope)) priceSeries.set(one.id, one)
  const invoices: Invoice[] = []
  if (kind === 'invoices') for await (const one of listAll(records, 'invoices', query, scope)) invoices.push(one)
  const costTypes = new Map<Id, Set<string>>()
  if (kind === 'invoices')
    for await (const { premises: of, versions } of listAll(records, 'agreements', query, scope))
      for (const { category } of versions.flatMap(({ rules }) => rules))
        costTypes.getOrInsertComputed(of, () => new Set()).add(category)
  const connectors = kind === 'devices' ? await records.listConnectors(scope) : []
  const [first] = premises.values()
  return {
    premises,
    organisations,
    devices,
    priceSeries,
    invoices,
    costTypes,
    connectors,
    today: localDate(now, first?.timeZone ?? 'Europe/Helsinki'),
  }
}

/** The premises given for the whole file, when no column and no mend names another. */
function onePremises(work: ImportWork): Id | null {
  const given = work.defaults['premises']
  if (given === undefined || given === '' || work.columns['premises'] !== undefined) return null
  return Object.values(work.mends).some((row) => row['premises'] !== undefined) ? null : given
}
const idsOf = (table: ImportTable, column: number | undefined): Id[] =>
  column === undefined
    ? []
    : [...new Set(table.rows.map((row) => idOfText(row[column] ?? '')).filter((id) => id !== ''))]
