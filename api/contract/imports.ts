// Imports: a file with a table, how its columns are read, the problems of its rows, taking and undoing it.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, Month, orNull, pageOf, pageQuery } from './common.ts'

const Word = Type.String({ maxLength: 64 })
const CellText = Type.String({ maxLength: 500 })
export const ImportKindWord = Type.Union([
  Type.Literal('invoices'),
  Type.Literal('readings'),
  Type.Literal('datahub'),
  Type.Literal('prices'),
  Type.Literal('headcounts'),
  Type.Literal('spaces'),
  Type.Literal('usage'),
  Type.Literal('devices'),
  Type.Literal('model'),
])
export const ImportStateWord = Type.Union([
  Type.Literal('draft'),
  Type.Literal('taking'),
  Type.Literal('taken'),
  Type.Literal('undoing'),
  Type.Literal('undone'),
])
/** Body of POST /imports: the file itself. */
export const ImportUploadQuery = closed({
  name: Type.String({ minLength: 1, maxLength: 200, description: 'The name of the file, as people know it' }),
  kind: Type.Optional(ImportKindWord),
})
export const ImportWorkBody = closed({
  columns: Type.Record(Word, Type.Integer({ minimum: 0, maximum: 10_000 }), { maxProperties: 100 }),
  defaults: Type.Record(Word, CellText, { maxProperties: 100 }),
  values: Type.Record(Word, Type.Record(CellText, CellText, { maxProperties: 2000 }), { maxProperties: 100 }),
  mends: Type.Record(
    Type.String({ pattern: '^[1-9][0-9]{0,6}$' }),
    Type.Record(Word, CellText, { maxProperties: 100 }),
    {
      maxProperties: 5000,
    },
  ),
  leftOut: Type.Array(Type.Integer({ minimum: 1, maximum: 9_999_999 }), { maxItems: 200_000 }),
})
export const ImportSummary = closed({
  id: Id,
  kind: ImportKindWord,
  state: ImportStateWord,
  version: Type.Integer(),
  name: Type.String(),
  file: Type.String({ description: 'Digest, for GET /files/{digest}' }),
  rows: Type.Integer(),
  premises: orNull(Id),
  at: Instant,
  by: Type.String(),
  takenAt: orNull(Instant),
  takenBy: orNull(Type.String()),
  undoneAt: orNull(Instant),
  undoneBy: orNull(Type.String()),
  counts: orNull(
    closed({
      created: Type.Integer(),
      changed: Type.Integer(),
      unchanged: Type.Integer(),
      readings: Type.Integer(),
      readingsKnown: Type.Integer(),
    }),
  ),
  madeDevices: Type.Integer(),
  failure: orNull(Type.String()),
  /** How far a step that runs is; null when none runs. */
  progress: orNull(closed({ step: Type.String(), done: Type.Integer(), of: Type.Integer() })),
})
export const RowProblemShown = closed({
  row: Type.Integer({ description: '1 is the first row below the header; 0 is the whole file' }),
  line: orNull(Type.Integer({ description: 'Line of the file' })),
  field: orNull(Type.String()),
  column: orNull(Type.String({ description: 'Header of its column' })),
  code: Type.String(),
  message: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
})
export const ImportFieldShown = closed({
  key: Type.String(),
  form: Type.String(),
  required: Type.Boolean(),
  choices: orNull(Type.Array(Type.String())),
  default: orNull(Type.String()),
})
export const ImportShown = closed({
  ...ImportSummary.properties,
  form: Type.String(),
  encoding: orNull(Type.String()),
  header: Type.Array(Type.String()),
  fields: Type.Array(ImportFieldShown),
  work: ImportWorkBody,
  /** Rows that would be taken. */
  takenRows: Type.Integer(),
  errors: Type.Integer(),
  warnings: Type.Integer(),
  /** Rows with an error, the first 10 000. */
  errorRows: Type.Array(Type.Integer()),
  /** The first problems; all of them by row in GET /imports/{id}/rows. */
  problems: Type.Array(RowProblemShown),
  /** What it would make, by list of the bundle; of devices also `connectors`, those of gateways. */
  makes: Type.Record(Type.String(), Type.Integer()),
})
export const ImportListQuery = pageQuery({
  kind: Type.Optional(ImportKindWord),
  state: Type.Optional(ImportStateWord),
  premises: Type.Optional(Id),
})
export const ImportPage = pageOf(ImportSummary)
export const ImportRowsQuery = closed({
  from: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  only: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('problems')])),
})
export const ImportRowsAnswer = closed({
  rows: Type.Array(
    closed({
      row: Type.Integer(),
      line: Type.Integer(),
      leftOut: Type.Boolean(),
      cells: Type.Array(Type.String()),
      mends: Type.Record(Type.String(), Type.String()),
      problems: Type.Array(RowProblemShown),
    }),
  ),
  of: Type.Integer(),
})
export const ImportUndoBody = closed({
  leaveChanged: Type.Optional(Type.Boolean()),
  acceptAdjustments: Type.Optional(Type.Boolean()),
})
export const ImportUndone = closed({
  import: ImportSummary,
  closedMonths: Type.Array(closed({ premises: Id, period: Month })),
})
export const PriceGapsQuery = closed({
  premises: Type.Optional(Id),
  month: Type.Optional(Month),
})
export const PriceGapsAnswer = closed({
  items: Type.Array(
    closed({
      series: Id,
      premises: Id,
      days: Type.Array(Type.String()),
      until: Type.String({ description: 'The last day looked at' }),
    }),
  ),
})

export type ImportSummary = Static<typeof ImportSummary>
export type ImportShown = Static<typeof ImportShown>
export type ImportPage = Static<typeof ImportPage>
export type ImportRowsAnswer = Static<typeof ImportRowsAnswer>
export type ImportWorkBody = Static<typeof ImportWorkBody>
export type RowProblemShown = Static<typeof RowProblemShown>
export type ImportUndone = Static<typeof ImportUndone>
export type PriceGapsAnswer = Static<typeof PriceGapsAnswer>
