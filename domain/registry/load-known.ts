// Loads what is stored and concerns a bundle: what it names, what names its objects, and what these need to be checked again.
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type { Bundle, Id, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { ObjectQuery, Records } from '#domain/ports/records.ts'
import type { Facts } from './facts.ts'
import { listAll, listChunked } from './list-all.ts'
import { referencesOf } from './references.ts'

type Loaded = { [K in ObjectKind]: Map<Id, ObjectOf<K>> }

/** Kinds whose stored members may be broken by a change of what they name: by what they name. */
const REFERRERS = [
  ['devices', 'devices'],
  ['devices', 'meteredCosts'],
  ['devices', 'agreements'],
  ['tariffs', 'meteredCosts'],
  ['priceSeries', 'tariffs'],
] as const satisfies [ObjectKind, ObjectKind][]

/** The stored facts that `checkBundle` needs for this bundle, and no more. */
export const loadKnown = async (records: Records, bundle: Bundle): Promise<Facts> => {
  const loaded = Object.fromEntries(OBJECT_KINDS.map((kind) => [kind, new Map()])) as unknown as Loaded
  const take = async <K extends ObjectKind>(kind: K, values: AsyncGenerator<ObjectOf<K>>): Promise<void> => {
    const into: Map<Id, ObjectOf<K>> = loaded[kind]
    for await (const value of values) into.set(value.id, value)
  }
  const idsOf = (kind: ObjectKind): Id[] => (bundle[kind] ?? []).map((value) => value.id)

  for (const kind of OBJECT_KINDS)
    await take(
      kind,
      listChunked(records, kind, idsOf(kind), (ids) => ({ ids })),
    )
  for (const [named, kind] of REFERRERS) {
    const query = (ids: readonly Id[]): Omit<ObjectQuery, 'limit'> => ({ refersTo: { kind: named, ids } })
    await take(kind, listChunked(records, kind, idsOf(named), query))
  }
  for (const premises of bundle.premises ?? []) {
    const left = new Set((premises.spaces ?? []).map((space) => space.id))
    for (const space of loaded.premises.get(premises.id)?.spaces ?? []) {
      if (!left.has(space.id))
        await take('devices', listAll(records, 'devices', { premises: premises.id, space: space.id }))
    }
  }
  const agreeing = [...(bundle.agreements ?? []), ...(bundle.meteredCosts ?? []), ...loaded.agreements.values()]
  const agreed = new Set(agreeing.map((value) => value.premises))
  for (const premises of agreed) {
    await take('agreements', listAll(records, 'agreements', { premises }))
    await take('meteredCosts', listAll(records, 'meteredCosts', { premises }))
  }
  await loadNamed(records, bundle, loaded, take)
  return loaded
}

/** Loads what is named by the bundle and by what was loaded, until nothing new is named. */
const loadNamed = async (
  records: Records,
  bundle: Bundle,
  loaded: Loaded,
  take: <K extends ObjectKind>(kind: K, values: AsyncGenerator<ObjectOf<K>>) => Promise<void>,
): Promise<void> => {
  const asked = new Set<string>()
  const wanted = new Map<ObjectKind, Id[]>()
  const want = (kind: ObjectKind, id: Id): void => {
    const key = `${kind}/${id}`
    if (asked.has(key)) return
    asked.add(key)
    if (!loaded[kind].has(id)) wanted.getOrInsert(kind, []).push(id)
  }
  const wantNamed = <K extends ObjectKind>(kind: K, value: ObjectOf<K>): void => {
    for (const to of referencesOf(kind, value)) want(to.kind, to.id)
  }
  for (const kind of OBJECT_KINDS) for (const value of bundle[kind] ?? []) wantNamed(kind, value)
  for (const { device, organisation } of bundle.usage ?? []) {
    want('devices', device)
    want('organisations', organisation)
  }
  for (const { device } of bundle.readings ?? []) want('devices', device)
  for (const kind of OBJECT_KINDS) for (const value of loaded[kind].values()) wantNamed(kind, value)
  while (wanted.size > 0) {
    const round = [...wanted]
    wanted.clear()
    for (const [kind, ids] of round)
      await take(
        kind,
        listChunked(records, kind, ids, (chunk) => ({ ids: chunk })),
      )
    for (const [kind, ids] of round) {
      for (const id of ids) {
        const value = loaded[kind].get(id)
        if (value !== undefined) wantNamed(kind, value)
      }
    }
  }
}
