// Who may import what: the rights over the objects themselves, checked for many objects at a time.
import { setImmediate } from 'node:timers/promises'
import type { Identity } from '#api/access/identity.ts'
import { CHANGE_ROLES, checkMayChange, mayChangeKind } from '#api/access/may-change.ts'
import { hasRole } from '#api/access/who.ts'
import { Failure } from '#domain/failure.ts'
import type { ImportKind } from '#domain/imports/import.ts'
import { OBJECT_KINDS, type Bundle, type Id, type ObjectKind, type ObjectOf } from '#domain/registry/bundle.ts'
import type { Records, Role, Scope, Stored } from '#domain/ports/records.ts'
import { LIST_PAGE } from '#domain/registry/list-all.ts'

/** Questions between two pauses: some ms. */
const ASKED_PER_PAUSE = 500

export const IMPORT_ROLES: { [K in ImportKind]: readonly Role[] } = {
  invoices: CHANGE_ROLES.invoices,
  prices: CHANGE_ROLES.priceSeries,
  devices: CHANGE_ROLES.devices,
  model: CHANGE_ROLES.devices,
  headcounts: CHANGE_ROLES.premises,
  spaces: CHANGE_ROLES.premises,
  usage: ['manager', 'controller', 'admin'],
  readings: ['technician', 'manager', 'controller', 'admin'],
  datahub: ['technician', 'manager', 'controller', 'admin'],
}

/** @throws Failure 'not-allowed' for someone whose roles do not go with the kind. */
export function mustImportKind(identity: Identity, kind: ImportKind): void {
  if (!hasRole(identity, IMPORT_ROLES[kind])) throw new Failure('not-allowed', `None of your roles may import ${kind}.`)
}

/** @throws Failure 'not-allowed' or 'not-found' with the pointers of what is not theirs to change. */
export async function mustChangeAll(identity: Identity, bundle: Bundle, records: Records): Promise<void> {
  if (identity.organisation === null) return
  for (const kind of OBJECT_KINDS)
    if ((bundle[kind] ?? []).length > 0 && !mayChangeKind(identity, kind))
      throw new Failure('not-allowed', `None of your roles may change ${kind}.`)
  const quick = await prefetched(records, bundle, { organisation: identity.organisation })
  const usage = new Map((bundle.usage ?? []).map((record) => [record.device, record]))
  const readings = new Map((bundle.readings ?? []).map((rows) => [rows.device, rows]))
  await checkMayChange(identity, { ...bundle, usage: [...usage.values()], readings: [...readings.values()] }, quick)
}

/** The records with the objects of the bundle, its premises and the sight of them asked once for all. */
async function prefetched(records: Records, bundle: Bundle, scope: Scope): Promise<Records> {
  const found = new Map<string, Stored<ObjectOf<ObjectKind>> | null>()
  const keyOf = (whose: Scope, kind: ObjectKind, id: Id): string => `${whose.organisation ?? ''}/${kind}/${id}`
  for (const kind of OBJECT_KINDS) {
    const ids = (bundle[kind] ?? []).map(({ id }) => id)
    for (const whose of [scope, { organisation: null }]) {
      for (let i = 0; i < ids.length; i += LIST_PAGE) {
        const chunk = ids.slice(i, i + LIST_PAGE)
        for (const id of chunk) found.set(keyOf(whose, kind, id), null)
        const { items } = await records.listObjects(whose, kind, { ids: chunk, limit: LIST_PAGE })
        for (const item of items) found.set(keyOf(whose, kind, item.value.id), item)
      }
    }
  }
  const sees = new Map<Id, Promise<boolean>>()
  let asked = 0
  return {
    ...records,
    seesPremises: (whose, premises) => sees.getOrInsertComputed(premises, () => records.seesPremises(whose, premises)),
    async getObject<K extends ObjectKind>(whose: Scope, kind: K, id: Id, knownAt?: number) {
      const key = keyOf(whose, kind, id)
      asked += 1
      // What is known already is answered at once; without a pause nobody else would have a turn.
      if (asked % ASKED_PER_PAUSE === 0) await setImmediate()
      if (knownAt === undefined && !found.has(key)) found.set(key, await records.getObject(whose, kind, id))
      return knownAt === undefined
        ? (found.get(key) as Stored<ObjectOf<K>> | null)
        : records.getObject(whose, kind, id, knownAt)
    },
  }
}
