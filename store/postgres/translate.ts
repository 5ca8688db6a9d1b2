// The engine's statements in PostgreSQL's form: `?`, `?1` and `$name` become `$1`, `$2` …
import type { SqlValue } from '#store/sql/context.ts'

/** A statement with the values in the order of its numbers. */
export type Bound = { text: string; values: SqlValue[] }

const positionalTexts = new Map<string, string>()

/** `?` in their order, or `?1`, `?2` by number. No statement of the engine has a question mark elsewhere. */
export const bindPositional = (sql: string, values: SqlValue[]): Bound => {
  let text = positionalTexts.get(sql)
  if (text === undefined) {
    let place = 0
    text = sql.replaceAll(/\?(\d*)/g, (_, number: string) => `$${number === '' ? (place += 1) : number}`)
    positionalTexts.set(sql, text)
  }
  return { text, values: values.map(storable) }
}

/** `$name`; each has the type of its value, because PostgreSQL can't tell it where only `IS NULL` asks. */
export const bindNamed = (sql: string, given: Record<string, SqlValue>): Bound => {
  const values: SqlValue[] = []
  const places = new Map<string, string>()
  const text = sql.replaceAll(/\$([A-Za-z]\w*)/g, (_, name: string) => {
    const known = places.get(name)
    if (known !== undefined) return known
    const value = given[name] ?? null
    values.push(storable(value))
    const place = typeof value === 'number' ? `$${values.length}::bigint` : `($${values.length}::text COLLATE "C")`
    places.set(name, place)
    return place
  })
  return { text, values }
}

/** PostgreSQL keeps no zero character in texts; JSON writes it as an escape anyway. */
const storable = (value: SqlValue): SqlValue =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
