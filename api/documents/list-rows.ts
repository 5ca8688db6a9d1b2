// Items of any list as rows of a table: a column per property, names in one language, several things in one cell between semicolons.
import { pickName } from '#domain/writing/names.ts'
import type { Language } from '#domain/registry/bundle.ts'
import type { CsvCell } from './csv.ts'

const LANGUAGES: ReadonlySet<string> = new Set(['fi', 'sv', 'en'])
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNames = (value: Record<string, unknown>): value is Record<string, string> => {
  const keys = Object.keys(value)
  return keys.length > 0 && keys.every((key) => LANGUAGES.has(key))
}

const written = (value: unknown, language: Language): CsvCell => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && Number.isFinite(value) && !String(value).includes('e'))
    return { decimal: String(value) }
  if (Array.isArray(value)) return value.map((one) => plain(one, language)).join('; ')
  return isObject(value) ? plain(value, language) : String(value as string | number | boolean)
}
/** In one cell. */
const plain = (value: unknown, language: Language): string => {
  if (isObject(value))
    return isNames(value)
      ? pickName(value, language, '').text
      : Object.values(value)
          .filter((one) => one !== null)
          .map((one) => plain(one, language))
          .join(' ')
  const cell = written(value, language)
  return typeof cell === 'string' ? cell : cell.decimal
}

const flat = (item: Record<string, unknown>, language: Language, before = ''): [string, CsvCell][] =>
  Object.entries(item).flatMap(([key, value]): [string, CsvCell][] => {
    const name = before + key
    if (isObject(value) && !isNames(value)) return flat(value, language, `${name}.`)
    return [[name, isObject(value) ? plain(value, language) : written(value, language)]]
  })

/** Heads are the names that the API gives the properties, so that a program reads the table in any language. */
export function listRows(
  items: readonly Record<string, unknown>[],
  language: Language,
): { heads: string[]; rows: CsvCell[][] } {
  const flattened = items.map((item) => new Map(flat(item, language)))
  const filled = flattened.flatMap((row) => [...row].filter(([, cell]) => cell !== '').map(([key]) => key))
  const known = new Set(filled)
  // A property that is an object here and null there leaves an empty column of its own name.
  const heads = [...new Set(flattened.flatMap((row) => [...row.keys()]))].filter((head) => known.has(head))
  return { heads, rows: flattened.map((row) => heads.map((head) => row.get(head) ?? '')) }
}
