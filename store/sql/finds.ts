// The index of words: what can be found of objects and papers, kept in their own transactions; derived, so it can be made anew.
import { formatDay } from '#domain/quantity/local-date.ts'
import type { ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { Paper } from '#domain/ports/papers.ts'
import { DEVICE_DOCUMENT } from '#domain/device-documents/device-document.ts'
import { deviceThing, type Findable, type Keepers, type Words } from '#domain/search/findable.ts'
import { findablesOf, keepersOfThings, SEARCH_FORM } from '#domain/search/object-words.ts'
import { FINDABLE_PAPERS, keptThingOf, wordsOfPaper } from '#domain/search/paper-words.ts'
import { tokensOf } from '#domain/search/tokens.ts'
import { text, textOrNull } from './columns.ts'
import type { Context } from './context.ts'
import { BODIES_OF_SCOPE } from './visibility.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Whose a row is: everybody's who sees the thing; the same, and its keepers have another; the keepers'; whoever a paper is for. */
export const SIGHT = { open: 0, openPart: 1, keepers: 2, paper: 3 } as const

/** A condition on the row `f`; $organisation is the scope, $day the local date. Each thing has one row for the operator. */
export const ROW_OF_SCOPE = `(f.sight IN (${SIGHT.open}, ${SIGHT.paper})
  OR ($organisation IS NULL AND f.sight = ${SIGHT.keepers})
  OR ($organisation IS NOT NULL AND (f.sight = ${SIGHT.openPart} OR (f.sight = ${SIGHT.keepers} AND EXISTS (
    SELECT 1 FROM find_keepers k WHERE k.find = f.seq AND k.organisation IN ${BODIES_OF_SCOPE}
      AND k.from_day <= $day AND (k.to_day IS NULL OR k.to_day > $day))))))`
export const dayOf = ({ now }: Pick<Context, 'now'>): string => formatDay(Math.floor(now / DAY_MS))

/** Words stand between spaces, so that one at its beginning can be told from one within. */
const spaced = (words: readonly string[]): string => ` ${words.join(' ')} `

const putRow = (
  context: Context,
  { kind, id, premises }: Pick<Findable, 'kind' | 'id' | 'premises'>,
  sight: number,
  words: Words,
  about: string | null = null,
): number => {
  const row = context.one(
    'INSERT INTO finds (kind, id, premises, sight, words, facets, about) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq',
    kind,
    id,
    premises,
    sight,
    spaced([...new Set([...words.title, ...words.words])]),
    spaced(words.facets),
    about,
  )
  const seq = Number(row?.['seq'])
  context.words.keep(seq, tokensOf(kind, words))
  return seq
}

const forget = (context: Context, where: string, ...values: string[]): void => {
  for (const row of context.all(`SELECT seq FROM finds WHERE ${where}`, ...values)) {
    const seq = Number(row['seq'])
    context.words.forget(seq)
    context.run('DELETE FROM find_keepers WHERE find = ?', seq)
    context.run('DELETE FROM finds WHERE seq = ?', seq)
  }
}

/** Forgets the words of an object's former version. */
export const clearFinds = (context: Context, kind: ObjectKind, id: string): void => {
  forget(context, 'kind = ? AND id = ?', kind, id)
  if (kind === 'premises') forget(context, "premises = ? AND kind = 'spaces'", id)
}

const putKeepers = (context: Context, seq: number, keepers: Keepers): void => {
  for (const { organisation, from, to } of keepers)
    context.run(
      'INSERT INTO find_keepers (find, organisation, from_day, to_day) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      seq,
      organisation,
      from,
      to,
    )
}

/** Classified documents are found by whoever keeps their device or space now. */
const renewKeepers = <K extends ObjectKind>(context: Context, kind: K, value: ObjectOf<K>): void => {
  if (kind !== 'devices' && kind !== 'premises') return
  const rows =
    kind === 'devices'
      ? context.all('SELECT seq, about FROM finds WHERE about = ?', deviceThing(value.id))
      : context.all(
          'SELECT seq, about FROM finds WHERE premises = ? AND kind = ? AND about IS NOT NULL',
          value.id,
          DEVICE_DOCUMENT,
        )
  if (rows.length === 0) return
  const keepers = keepersOfThings(kind, value, new Set(rows.map((row) => text(row, 'about'))))
  for (const row of rows) {
    const own = keepers.get(text(row, 'about'))
    if (own === undefined) continue
    context.run('DELETE FROM find_keepers WHERE find = ?', Number(row['seq']))
    putKeepers(context, Number(row['seq']), own)
  }
}

/** Keeps the words of an object; those of a former version have been cleared. */
export const putFinds = <K extends ObjectKind>(context: Context, kind: K, value: ObjectOf<K>): void => {
  for (const one of findablesOf(kind, value)) {
    putRow(context, one, one.secret === null ? SIGHT.open : SIGHT.openPart, one.open)
    if (one.secret === null) continue
    putKeepers(context, putRow(context, one, SIGHT.keepers, one.secret), one.secret.keepers)
  }
  renewKeepers(context, kind, value)
}

/** Keeps the words of a paper as it is now, instead of those that it had. */
export const putPaperFinds = (context: Context, kind: string, paper: Paper<unknown>): void => {
  if (!FINDABLE_PAPERS.includes(kind)) return
  clearPaperFinds(context, kind, paper.id)
  const words = wordsOfPaper(kind, paper)
  if (words === null) return
  const row = { kind, id: paper.id, premises: paper.premises }
  const kept = keptThingOf(kind, paper)
  if (kept === null) return void putRow(context, row, SIGHT.paper, words)
  const seq = putRow(context, row, SIGHT.keepers, words, kept.thing)
  const known = context.one(
    'SELECT body FROM objects WHERE kind = ? AND id = ? AND superseded_at IS NULL',
    kept.kind,
    kept.id,
  )
  if (known === undefined) return
  const value = JSON.parse(text(known, 'body')) as ObjectOf<typeof kept.kind>
  putKeepers(context, seq, keepersOfThings(kept.kind, value, new Set([kept.thing])).get(kept.thing) ?? [])
}
export const clearPaperFinds = (context: Context, kind: string, id: string): void => {
  if (FINDABLE_PAPERS.includes(kind)) forget(context, 'kind = ? AND id = ?', kind, id)
}

/** Objects and papers that are read at once. */
const READ_AT_ONCE = 500

/** Makes the index anew where it is of another form, or not there yet (a store that was copied or comes from an earlier version). */
export const refreshFinds = (context: Context): void => {
  if (Number(context.one('SELECT form FROM search_form')?.['form'] ?? 0) === SEARCH_FORM) return
  context.transaction(() => {
    context.words.forgetAll()
    context.run('DELETE FROM find_keepers')
    context.run('DELETE FROM finds')
    for (let [kind, id] = ['', '']; ;) {
      const rows = context.all(
        `SELECT kind, id, body FROM objects WHERE superseded_at IS NULL AND (kind, id) > (?, ?) ORDER BY kind, id LIMIT ${READ_AT_ONCE}`,
        kind,
        id,
      )
      const last = rows.at(-1)
      if (last === undefined) break
      for (const row of rows) {
        const of = text(row, 'kind') as ObjectKind
        putFinds(context, of, JSON.parse(text(row, 'body')) as ObjectOf<typeof of>)
      }
      ;[kind, id] = [text(last, 'kind'), text(last, 'id')]
    }
    for (let seq = 0; ;) {
      const rows = context.all(
        `SELECT seq, kind, id, premises, state, body FROM papers WHERE seq > ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ${READ_AT_ONCE}`,
        seq,
        JSON.stringify(FINDABLE_PAPERS),
      )
      const last = rows.at(-1)
      if (last === undefined) break
      for (const row of rows)
        putPaperFinds(context, text(row, 'kind'), {
          id: text(row, 'id'),
          premises: textOrNull(row, 'premises'),
          audience: 'operator',
          state: text(row, 'state'),
          dueAt: null,
          body: JSON.parse(text(row, 'body')) as unknown,
        })
      seq = Number(last['seq'])
    }
    context.run('DELETE FROM search_form')
    context.run('INSERT INTO search_form (form) VALUES (?)', SEARCH_FORM)
  })
}
