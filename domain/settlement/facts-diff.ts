// What differs between two versions of an object, each place named by JSON Pointer; rows of lists are matched by what they are, not by where they stand.
import { at } from '#domain/registry/pointer.ts'
import { canonicalJson } from './canonical-json.ts'

/** A place that differs; what is not there is null. The pointer leads into the newer version, or into the older one if it is gone. */
export type Difference = { pointer: string; before: unknown; after: unknown }
/** Whether a member has a bearing: `names` are the members that lead to it, without places in lists. */
export type Concerns = (names: readonly string[], value: unknown) => boolean

type Members = Record<string, unknown>

/** Members that tell which row is which, tried in this order; a row needs all of a line. */
const KEYS = [
  ['id'],
  ['key'],
  ['version'],
  ['category'],
  ['at'],
  ['space', 'organisation', 'from'],
  ['space', 'from'],
  ['space', 'organisation'],
  ['organisation', 'from'],
  ['organisation'],
  ['from'],
]

export function differencesOf(before: unknown, after: unknown, concerns: Concerns): Difference[] {
  const found: Difference[] = []
  compare(before, after, '', [], concerns, found)
  return found
}

function compare(
  before: unknown,
  after: unknown,
  pointer: string,
  names: readonly string[],
  concerns: Concerns,
  found: Difference[],
): void {
  if (same(before, after)) return
  if (Array.isArray(before ?? after) && Array.isArray(after ?? before)) {
    compareRows(rowsOf(before), rowsOf(after), pointer, names, concerns, found)
  } else if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = [...names, name]
      if (concerns(path, before[name]) || concerns(path, after[name]))
        compare(before[name], after[name], at(pointer, name), path, concerns, found)
    }
  } else found.push({ pointer, before: before ?? null, after: after ?? null })
}

function compareRows(
  before: readonly unknown[],
  after: readonly unknown[],
  pointer: string,
  names: readonly string[],
  concerns: Concerns,
  found: Difference[],
): void {
  const gone = new Set(before.keys())
  const come = new Set(after.keys())
  const pair = (keyOf: (row: unknown) => string | null, matched: (from: number, to: number) => void): void => {
    const waiting = Map.groupBy(gone, (index) => keyOf(before[index]))
    for (const to of come) {
      const key = keyOf(after[to])
      const from = key === null ? undefined : waiting.get(key)?.shift()
      if (from === undefined) continue
      gone.delete(from)
      come.delete(to)
      matched(from, to)
    }
  }
  pair(canonicalJson, () => {})
  for (const members of KEYS)
    pair(
      (row) => keyOf(row, members),
      (from, to) => {
        if (concerns(names, before[from]) || concerns(names, after[to]))
          compare(before[from], after[to], at(pointer, to), names, concerns, found)
      },
    )
  for (const index of gone)
    if (concerns(names, before[index])) found.push({ pointer: at(pointer, index), before: before[index], after: null })
  for (const index of come)
    if (concerns(names, after[index])) found.push({ pointer: at(pointer, index), before: null, after: after[index] })
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const rowsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const same = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a ?? null) === canonicalJson(b ?? null)
const keyOf = (row: unknown, members: readonly string[]): string | null =>
  isObject(row) && members.every((name) => row[name] !== undefined)
    ? canonicalJson(members.map((name) => row[name] ?? null))
    : null
