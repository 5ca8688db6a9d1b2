// The names of what explanations speak of: organisations, devices, spaces, tariffs, agreements, price series, costs.
import type { Id, Language, Names, ObjectKind, Premises } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { FAULT } from '#domain/faults/fault.ts'
import { pickName } from '#domain/writing/names.ts'
import { listAll, listChunked } from '#domain/registry/list-all.ts'
import { createWriter, type Writer } from '#domain/explain/writer.ts'
import { recurringNames } from './recurring-names.ts'

/** A writer with names as they are now: of the premises, and of every id that stands in `spoken` (explanations, causes, settlements). */
export async function writerFor(
  records: Records,
  premises: Premises,
  language: Language,
  spoken: unknown,
): Promise<Writer> {
  const names = new Map<string, Names>()
  const note = (kind: string, id: Id, name: Names | undefined): void => {
    if (name !== undefined) names.set(`${kind} ${id}`, name)
  }
  note('premises', premises.id, premises.name)
  for (const { id, name } of premises.spaces ?? []) note('spaces', id, name)
  for await (const { id, name } of listAll(records, 'agreements', { premises: premises.id }))
    note('agreements', id, name)
  const ids = [...idsIn(spoken)]
  for (const kind of ['organisations', 'devices', 'tariffs'] as const satisfies ObjectKind[])
    for await (const one of listChunked(records, kind, ids, (chunk) => ({ ids: chunk }))) {
      // Documents go to every party: what a device is called is left out where only its keepers know it.
      const isSecret = 'visibility' in one && one.visibility?.name === 'owner'
      if (!isSecret) note(kind, one.id, one.name)
    }
  return createWriter(language, premises.timeZone, (kind, id) => names.get(`${kind} ${id}`))
}

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/
/** Every text in some JSON that looks like an id, also as part of an item's id or of `device/point`. */
function idsIn(value: unknown, found = new Set<Id>()): Set<Id> {
  if (typeof value === 'string') {
    for (const part of value.split(/[:/@]/)) if (ID.test(part)) found.add(part)
  } else if (Array.isArray(value)) for (const one of value) idsIn(one, found)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) {
      if (ID.test(key)) found.add(key)
      idsIn(one, found)
    }
  return found
}

/** Names of the organisations of a settlement. */
export async function organisationNames(records: Records, settlement: Settlement): Promise<Record<Id, Names>> {
  const ids = new Set([
    ...settlement.statements.map(({ party }) => party),
    ...settlement.items.map(({ payer }) => payer),
  ])
  const names: Record<Id, Names> = {}
  for await (const { id, name } of listAll(records, 'organisations', { ids: [...ids] })) names[id] = name
  return names
}
/** Metered costs and depreciation are known by their device, recurring costs by their own name, invoices by number and supplier, that of a repair by what was repaired. */
export async function itemNames(
  records: Records,
  premises: Id,
  settlement: Settlement,
): Promise<Record<string, Names>> {
  const deviceOf = new Map<string, Id>()
  for await (const cost of listAll(records, 'meteredCosts', { premises }))
    deviceOf.set(`metered:${cost.id}`, cost.meter.device)
  const wanted = new Map<string, Id>()
  for (const { id } of settlement.items) {
    const plain = id.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')
    const device = plain.startsWith('depreciation:') ? plain.slice('depreciation:'.length) : deviceOf.get(plain)
    if (device !== undefined) wanted.set(id, device)
  }
  const names = new Map<Id, Names>()
  if (wanted.size > 0)
    for await (const { id, name, visibility } of listAll(records, 'devices', { ids: [...new Set(wanted.values())] }))
      if (name !== undefined && visibility?.name !== 'owner') names.set(id, name)
  const invoices = await invoiceNames(records, premises, settlement)
  return Object.fromEntries([
    ...invoices,
    ...(await recurringNames(records, premises, settlement)),
    ...[...wanted].flatMap(([item, device]): [string, Names][] =>
      names.has(device) ? [[item, names.get(device) ?? {}]] : [],
    ),
  ])
}

const REPAIR: Record<Language, string> = { fi: 'Korjaus', sv: 'Reparation', en: 'Repair' }
const INVOICE: Record<Language, string> = { fi: 'Lasku', sv: 'Faktura', en: 'Invoice' }
/** Invoices by number and supplier; those whose ground is a fault: the repair of its device or space. */
async function invoiceNames(records: Records, premises: Id, settlement: Settlement): Promise<[string, Names][]> {
  if (!settlement.items.some(({ source }) => source === 'invoice')) return []
  const spaces = new Map(
    ((await records.getObject({ organisation: null }, 'premises', premises))?.value.spaces ?? []).map((one) => [
      one.id,
      one.name,
    ]),
  )
  const found: [string, Names][] = []
  const note = (invoice: Id, written: readonly (readonly [string, string])[]): void => {
    for (const { id } of settlement.items) {
      const plain = id.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')
      if (plain === `invoice:${invoice}`) found.push([id, Object.fromEntries(written) as Names])
    }
  }
  for await (const { id, fault, number, supplier } of listAll(records, 'invoices', { premises })) {
    if (fault === undefined) {
      const said = [number, supplier].filter((one) => one !== undefined).join(', ')
      if (said !== '')
        note(
          id,
          Object.entries(INVOICE).map(([language, word]) => [language, `${word}: ${said}`]),
        )
      continue
    }
    const paper = await records.getPaper({ organisation: null }, FAULT, fault)
    const { device = null, space = null } = paper?.body ?? {}
    const stored =
      device === null ? undefined : (await records.getObject({ organisation: null }, 'devices', device))?.value
    const of =
      stored === undefined ? spaces.get(space ?? '') : stored.visibility?.name === 'owner' ? undefined : stored.name
    note(
      id,
      Object.entries(REPAIR).map(([language, word]) => {
        const { text } = pickName(of, language as Language, '')
        return [language, text === '' ? word : `${word}: ${text}`]
      }),
    )
  }
  return found
}
