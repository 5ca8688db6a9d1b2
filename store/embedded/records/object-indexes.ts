// What is derived from an object and kept beside it for quick answers: search text, facets, links to other objects, sight.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Device, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import { premisesOfObject, referencesOf } from '#domain/registry/references.ts'
import { sightOf } from '#domain/registry/sight.ts'

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

type Run = (sql: string, ...values: SQLInputValue[]) => void

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
      'INSERT OR IGNORE INTO links (kind, id, premises, to_kind, to_id) VALUES (?, ?, ?, ?, ?)',
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

/** Makes links and sight anew from all current objects: for migrations, and when the rule of sight itself has changed. */
export const rebuildIndexes = (database: DatabaseSync): void => {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const run: Run = (sql, ...values) => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    statement.run(...values)
  }
  database.exec('DELETE FROM links; DELETE FROM sight')
  for (const row of database.prepare('SELECT kind, body FROM objects WHERE superseded_at IS NULL').iterate()) {
    const kind = row['kind'] as ObjectKind
    indexObject(run, kind, JSON.parse(row['body'] as string) as ObjectOf<typeof kind>)
  }
}
