// Reads whole lists of the records, page by page.
import type { ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { PaperKind, PaperQuery, StoredPaper } from '#domain/ports/papers.ts'
import type { ObjectQuery, Records, Scope } from '#domain/ports/records.ts'

/** Objects asked for in one call. */
export const LIST_PAGE = 1_000
/** Whoever checks and settles looks at all facts; what a person may see is decided where it is shown. */
export const ALL: Scope = { organisation: null }

/** Every object of the query, by id; the pages follow each other, so a change in between may show in the later ones. */
export async function* listAll<K extends ObjectKind>(
  records: Records,
  kind: K,
  query: Omit<ObjectQuery, 'limit' | 'after'> = {},
  scope: Scope = ALL,
): AsyncGenerator<ObjectOf<K>> {
  let after: string | null | undefined
  while (after !== null) {
    const page = await records.listObjects(scope, kind, {
      ...query,
      limit: LIST_PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const item of page.items) yield item.value
    after = page.next
  }
}

/** The same for a list of ids or references that may be longer than one call should carry. */
export async function* listChunked<K extends ObjectKind>(
  records: Records,
  kind: K,
  ids: readonly string[],
  query: (chunk: readonly string[]) => Omit<ObjectQuery, 'limit' | 'after'>,
  scope: Scope = ALL,
): AsyncGenerator<ObjectOf<K>> {
  for (let i = 0; i < ids.length; i += LIST_PAGE)
    yield* listAll(records, kind, query(ids.slice(i, i + LIST_PAGE)), scope)
}

/** Every paper of a kind that fits, in the order in which they were made. */
export async function* allPapers<Body>(
  records: Records,
  scope: Scope,
  kind: PaperKind<Body>,
  query: Omit<PaperQuery, 'limit' | 'after'>,
): AsyncGenerator<StoredPaper<Body>> {
  let after: string | null | undefined
  while (after !== null) {
    const page = await records.listPapers(scope, kind, {
      ...query,
      limit: LIST_PAGE,
      ...(after === undefined ? {} : { after }),
    })
    yield* page.items
    after = page.next
  }
}
