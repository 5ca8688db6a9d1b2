// What of a thing can be found, and by whom: the words of its title, its other words, and facets that lists filter by.
import type { Id } from '#domain/registry/bundle.ts'

/** Words that a search goes by; `facets` are found only whole, such as `tag:hissi`. */
export type Words = { title: readonly string[]; words: readonly string[]; facets: readonly string[] }
/** Who keeps a thing, each on the days of its row. */
export type Keepers = readonly { organisation: Id; from: string; to: string | null }[]
/** What only these bodies find. */
export type Secret = Words & { keepers: Keepers }
/** A device or space that a classified document is about, and the object that says who keeps it. */
export type KeptThing = { thing: string; kind: 'devices' | 'premises'; id: Id }
export const deviceThing = (device: Id): string => `devices/${device}`
export const spaceThing = (premises: Id, space: Id): string => `spaces/${premises}/${space}`
/**
 * `kind` and `id` tell what is found; a space has the id `<premises>/<space>`. `secret`: everything of it, where the open words lack
 * some. Null premises: everybody may find it, unless `paper` says that its audience decides.
 */
export type Findable = { kind: string; id: string; premises: Id | null; open: Words; secret: Secret | null }

/** A tag as it is compared: signs and case do not count. */
export const tagFacet = (tag: string): string =>
  `tag:${tag
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')}`
export const lifecycleFacet = (state: string): string => `life:${state}`
/** It counts something: its points may stand in the tree of meters. */
export const COUNTS_FACET = 'counts'
/** Who stands in a role towards a device, on any day: the list looks at the day. */
export const roleFacet = (role: string, organisation: Id): string => `${role}:${organisation}`
