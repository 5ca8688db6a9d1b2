// Finding by words: the best hits of each kind, and the ids of one kind that a list then pages through.
import type { Found, SearchQuery } from '#domain/ports/search.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { FINDABLE_PAPERS } from '#domain/search/paper-words.ts'
import { anywhere, ofKind, stagesOf, termsOf, type TokenQuery } from '#domain/search/tokens.ts'
import { text, textOrNull } from './columns.ts'
import type { Context, SqlValue } from './context.ts'
import { dayOf, ROW_OF_SCOPE, SIGHT } from './finds.ts'
import { SEEN_PAPER } from './papers.ts'
import { SEEN_PREMISES } from './visibility.ts'

/** The most hits of one kind. */
export const HITS_LIMIT = 200
/** So many ids are handed from the index to a list; of more, the list looks at the words of row after row, and soon has its page. */
const RARE_LIMIT = 2_000

/** What the scope sees of a kind, a condition on the row `f` of the index. */
const visible = (kind: string): string => {
  if (kind === 'organisations') return '1 = 1'
  if (FINDABLE_PAPERS.includes(kind))
    // What is its keepers' was told apart by ROW_OF_SCOPE.
    return `(f.sight = ${SIGHT.keepers} OR EXISTS (SELECT 1 FROM papers p WHERE p.kind = f.kind AND p.id = f.id AND ${SEEN_PAPER}))`
  return `($organisation IS NULL OR f.premises IN ${SEEN_PREMISES})`
}

export const createSearch = (context: Context) => {
  const { from, where, write } = context.words

  const hits = ({ organisation }: Scope, kind: string, { text: asked, premises, limit }: SearchQuery): Found[] => {
    const most = Math.max(1, Math.min(HITS_LIMIT, Math.trunc(limit) || 1))
    const rowsOf = (stage: TokenQuery, rows: number) =>
      context.named(
        `SELECT f.id, f.premises FROM ${from} WHERE ${where} AND f.kind = $kind AND ${ROW_OF_SCOPE} AND ${visible(kind)}
          ${premises === undefined ? '' : 'AND f.premises = $premises'} LIMIT $limit`,
        {
          match: write(ofKind(kind, stage)),
          kind,
          organisation,
          day: dayOf(context),
          limit: rows,
          ...(premises === undefined ? {} : { premises }),
        },
      )
    const found = new Map<string, Found>()
    const terms = termsOf(asked)
    // Most words are of few kinds.
    if (rowsOf(anywhere(terms), 1).length === 0) return []
    for (const stage of stagesOf(terms)) {
      for (const row of rowsOf(stage, 2 * most)) {
        if (found.size === most) break
        const id = text(row, 'id')
        if (!found.has(id)) found.set(id, { kind, id, premises: textOrNull(row, 'premises') })
      }
      if (found.size === most) break
    }
    return [...found.values()]
  }

  return {
    search(scope: Scope, query: SearchQuery): Found[] {
      if (termsOf(query.text).length === 0) return []
      return query.kinds.flatMap((kind) => hits(scope, kind, query))
    },
  }
}

/** A condition on the row `o` of objects, with its values. */
export type Condition = { sql: string; values: Record<string, SqlValue> }

/** That an object of a kind has these words and facets, as the scope may find them. */
export const foundBy = (
  context: Context,
  { organisation }: Scope,
  kind: string,
  wanted: { text?: string | undefined; facets?: readonly string[] | undefined; premises?: Id | undefined },
): Condition => {
  const terms = termsOf(wanted.text ?? '')
  // A question of signs alone finds nothing, as no word is such.
  if (wanted.text !== undefined && wanted.text.trim() !== '' && terms.length === 0) return { sql: '1 = 0', values: {} }
  const query = anywhere(terms, wanted.facets)
  if (query.length === 0) return { sql: '1 = 1', values: {} }
  const day = dayOf(context)
  const { from, where, write } = context.words
  const place = kind === 'devices' ? wanted.premises : undefined
  const ids = context.named(
    `SELECT f.id FROM ${from} WHERE ${where} AND f.kind = $kind AND ${ROW_OF_SCOPE}
      ${place === undefined ? '' : 'AND f.premises = $premises'} LIMIT $limit`,
    {
      match: write(ofKind(kind, query)),
      kind,
      organisation,
      day,
      limit: RARE_LIMIT + 1,
      ...(place === undefined ? {} : { premises: place }),
    },
  )
  if (ids.length <= RARE_LIMIT)
    return {
      sql: 'o.id IN (SELECT value FROM json_each($found))',
      values: { found: JSON.stringify([...new Set<Id>(ids.map((row) => text(row, 'id')))]) },
    }
  const values: Record<string, SqlValue> = { day }
  const conditions = query.map((group, g) => {
    const ways = group.map(({ token, prefix }, w) => {
      const name = `word${g}x${w}`
      const [sign, rest] = [token.slice(0, 1), token.slice(1)]
      values[name] = prefix ? (sign === 's' ? rest : ` ${rest}`) : ` ${rest} `
      return `instr(f.${prefix ? 'words' : 'facets'}, $${name}) > 0`
    })
    return `(${ways.join(' OR ')})`
  })
  return {
    sql: `EXISTS (SELECT 1 FROM finds f WHERE f.kind = $kind AND f.id = o.id AND ${ROW_OF_SCOPE} AND ${conditions.join(' AND ')})`,
    values,
  }
}
