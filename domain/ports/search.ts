// What a search of the records is asked, and what it gives: references, best first, which the asker then reads by the kind's own way.
import type { Id, ObjectKind } from '#domain/registry/bundle.ts'

/** Objects, spaces (`<premises>/<space>`) and kinds of papers that have words in the index. */
export type FoundKind = ObjectKind | 'spaces' | (string & {})
export type SearchQuery = {
  /** All words must be found: whole, at the beginning of words, within them, or in another form. */
  text: string
  kinds: readonly FoundKind[]
  premises?: Id
  /** Of each kind. */
  limit: number
}
export type Found = { kind: FoundKind; id: string; premises: Id | null }
