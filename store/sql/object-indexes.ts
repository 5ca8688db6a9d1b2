// What is derived from an object and kept beside it for quick answers: search text, facets, links to other objects, sight.
import type { Device, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import { premisesOfObject, referencesOf } from '#domain/registry/references.ts'
import { sightOf } from '#domain/registry/sight.ts'
import type { SqlValue, Statements } from './context.ts'

/** What a search looks at: id and names, in lower case. */
export const searchTextOf = (value: { id: string; name?: object }): string =>
  [value.id, ...Object.values(value.name ?? {})].join('\n').toLowerCase()

export const facetsOf = <K extends ObjectKind>(
  kind: K,
  value: ObjectOf<K>,
): { type: string | null; space: string | null } => {
  if (kind !== 'devices') return { type: null, space: null }
  const device = value as Device
  return { type: device.type ?? null, space: device.space ?? null }
}

type Run = (sql: string, ...values: SqlValue[]) => void

/** Removes the links and sight that the former version of an object gave. */
export const clearIndexes = (run: Run, kind: ObjectKind, id: string): void => {
  run('DELETE FROM links WHERE kind = ? AND id = ?', kind, id)
  run('DELETE FROM sight WHERE kind = ? AND id = ?', kind, id)
}

/** Adds the links and sight that an object gives; those of a former version have been cleared. */
export const indexObject = <K extends ObjectKind>(run: Run, kind: K, value: ObjectOf<K>): void => {
  const premises = premisesOfObject(kind, value)
  for (const to of referencesOf(kind, value)) {
    run(
      'INSERT INTO links (kind, id, premises, to_kind, to_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      kind,
      value.id,
      premises,
      to.kind,
      to.id,
    )
  }
  for (const sight of sightOf(kind, value)) {
    run(
      'INSERT INTO sight (organisation, premises, kind, id) VALUES (?, ?, ?, ?)',
      sight.organisation,
      sight.premises,
      kind,
      value.id,
    )
  }
}

/** Objects that are read at once when the indexes are made anew. */
const REBUILT_AT_ONCE = 1_000

/** Makes links and sight anew from all current objects: for migrations, and when the rule of sight itself has changed. */
export const rebuildIndexes = ({ run, all }: Pick<Statements, 'run' | 'all'>): void => {
  run('DELETE FROM links')
  run('DELETE FROM sight')
  let [lastKind, lastId] = ['', '']
  for (;;) {
    const rows = all(
      `SELECT kind, id, body FROM objects WHERE superseded_at IS NULL AND (kind, id) > (?, ?) ORDER BY kind, id LIMIT ${REBUILT_AT_ONCE}`,
      lastKind,
      lastId,
    )
    if (rows.length === 0) return
    for (const row of rows) {
      const kind = String(row['kind']) as ObjectKind
      indexObject(run, kind, JSON.parse(String(row['body'])) as ObjectOf<typeof kind>)
      ;[lastKind, lastId] = [kind, String(row['id'])]
    }
  }
}
