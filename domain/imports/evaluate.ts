// Reads a whole table as parts of a bundle, with the problems of each row; pauses now and then, because there may be many rows.
import type { Bundle } from '#domain/registry/bundle.ts'
import type {
  Evaluation,
  ImportKind,
  ImportKnown,
  ImportTable,
  ImportWork,
  KeyMapping,
  MadeConnector,
  RowProblem,
  SpaceShape,
} from './import.ts'
import { RULES } from './kinds.ts'
import { createFinder, createTelling, readRows } from './row-reader.ts'

/** Problems of rows that are kept and shown. */
export const ROW_PROBLEM_LIMIT = 10_000

export function* evaluateTable(
  kind: ImportKind,
  table: ImportTable,
  work: ImportWork,
  known: ImportKnown,
): Generator<number, Evaluation> {
  const { fields, read } = RULES[kind]
  const { tell, problems, more } = createTelling(ROW_PROBLEM_LIMIT)
  const bundle: Bundle = {}
  const origin = new Map<string, number>()
  const mappings: KeyMapping[] = []
  const connectors: MadeConnector[] = []
  const shapes: SpaceShape[] = []
  let rows = 0
  const find = createFinder(known)
  const counted = function* () {
    for (const row of readRows(table, work, fields, find, tell)) {
      rows += 1
      yield row
    }
  }
  for (const _step of read({ rows: counted, known, tell, bundle, origin, mappings, connectors, shapes })) yield rows
  if (rows === 0) tell(0, null, 'nothing', 'No row is taken: the file has none, or all are left out.')
  return { bundle: withoutEmpty(bundle), origin, problems, more: more(), rows, mappings, connectors, shapes }
}

const withoutEmpty = (bundle: Bundle): Bundle =>
  Object.fromEntries(Object.entries(bundle).filter(([, list]) => Array.isArray(list) && list.length > 0)) as Bundle

/** The row from which something in the bundle came, by its JSON Pointer; 0 when it is of no row. */
export function rowOfPointer(pointer: string, origin: ReadonlyMap<string, number>): number {
  for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    const row = origin.get(place)
    if (row !== undefined) return row
  }
  return 0
}

/** What the checks of the facts found, at the rows of the file. */
export const asRowProblems = (
  found: readonly { pointer: string; code: string; message: string }[],
  origin: ReadonlyMap<string, number>,
): RowProblem[] =>
  found.map(({ pointer, code, message }) => ({
    row: rowOfPointer(pointer, origin),
    field: null,
    code,
    message,
    severity: 'error',
  }))
