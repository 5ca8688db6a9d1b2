// Facts by kind and id: what a bundle says, over what is already known.
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type { Bundle, Id, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'

export type Facts = { readonly [K in ObjectKind]: ReadonlyMap<Id, ObjectOf<K>> }

/** Objects of a bundle by id; of two with one id the later. */
export const factsOf = (bundle: Bundle): Facts =>
  Object.fromEntries(
    OBJECT_KINDS.map((kind) => [kind, new Map((bundle[kind] ?? []).map((value) => [value.id, value]))]),
  ) as unknown as Facts

export const NO_FACTS: Facts = factsOf({})

/** Finds an object, the new one before the known one. */
export type Look = <K extends ObjectKind>(kind: K, id: Id) => ObjectOf<K> | undefined
export const lookIn =
  (news: Facts, known: Facts): Look =>
  (kind, id) =>
    news[kind].get(id) ?? known[kind].get(id)

/** All objects of a kind as they will be. */
export const allOf = <K extends ObjectKind>(kind: K, news: Facts, known: Facts): ObjectOf<K>[] => [
  ...new Map<Id, ObjectOf<K>>([...known[kind], ...news[kind]]).values(),
]
