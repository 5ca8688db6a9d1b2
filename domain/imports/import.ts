// An import: one file with a table, how its columns are read, what was mended in it, and what came of taking it.
import { paperKind } from '#domain/ports/papers.ts'
import type { Connector } from '#domain/ports/records.ts'
import type {
  Bundle,
  Device,
  Id,
  Invoice,
  Organisation,
  Premises,
  PriceSeries,
  SpaceUse,
} from '#domain/registry/bundle.ts'
import type { LocalDate } from '#domain/registry/bundle.ts'

export const IMPORT_KINDS = [
  'invoices',
  'readings',
  'datahub',
  'prices',
  'headcounts',
  'spaces',
  'usage',
  'devices',
  'model',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Cells as text; a row may be shorter than the header. `lines` has the line of the file (1-based) of each row. */
export type ImportTable = { header: string[]; rows: string[][]; lines: number[] }

/** What people decide about a file: it is remembered for the next file with the same header, but for mends and left-out rows. */
export type ImportWork = {
  /** Field → number of the column (from 0) that gives it. */
  columns: Record<string, number>
  /** Field → text for rows that have none of their own. */
  defaults: Record<string, string>
  /** Field → text in the file → what it means here; `-` leaves the row out. */
  values: Record<string, Record<string, string>>
  /** Row → field → text in place of what the file says. */
  mends: Record<string, Record<string, string>>
  /** Rows (1-based, the header not counted) that are not taken. */
  leftOut: number[]
}
export const NO_WORK: ImportWork = { columns: {}, defaults: {}, values: {}, mends: {}, leftOut: [] }

/** How the file came: what was found when it was read. */
export type ImportFile = {
  name: string
  digest: string
  bytes: number
  form: 'csv' | 'xlsx' | 'xml' | 'ics' | 'turtle' | 'json-ld' | 'ifc'
  /** Of text files: how the bytes were read (`utf-8`, `windows-1252`, `utf-16le`, `utf-16be`). */
  encoding: string | null
  rows: number
  header: string[]
  fingerprint: string
}
export type ImportCounts = {
  created: number
  changed: number
  unchanged: number
  readings: number
  readingsKnown: number
}
export type ImportBody = {
  kind: ImportKind
  file: ImportFile
  /** Digest of the file with the work (columns, mends …), so that no version of the paper keeps what people typed about persons. */
  work: string | null
  /** Digest of the file that tells what was there before, for the undoing. */
  before: string | null
  counts: ImportCounts | null
  /** Devices that the import made, for their credentials: how many. */
  madeDevices: number
  takenAt: number | null
  takenBy: string | null
  undoneAt: number | null
  undoneBy: string | null
  /** Why the last step failed, a sentence; null when it did not. */
  failure: string | null
}
export const IMPORT_STATES = ['draft', 'taking', 'taken', 'undoing', 'undone'] as const
export type ImportState = (typeof IMPORT_STATES)[number]
export const IMPORT = paperKind<ImportBody>('import')

/** The remembered columns, defaults and values of an organisation for one header. */
export const IMPORT_MAPPING = paperKind<Pick<ImportWork, 'columns' | 'defaults' | 'values'>>('import-mapping')

/** `error` keeps the import from being taken; `warning` is told. `row` is 0 for the whole file. */
export type RowProblem = {
  row: number
  field: string | null
  code: string
  message: string
  severity: 'error' | 'warning'
}

/** The facts that a file is read against. */
export type ImportKnown = {
  premises: ReadonlyMap<Id, Premises>
  organisations: ReadonlyMap<Id, Organisation>
  devices: ReadonlyMap<Id, Device>
  priceSeries: ReadonlyMap<Id, PriceSeries>
  /** Of the premises concerned; for kind `invoices`. */
  invoices: readonly Invoice[]
  /** Cost types that the agreements of each premises name; for kind `invoices`. */
  costTypes: ReadonlyMap<Id, ReadonlySet<string>>
  /** For kind `devices`. */
  connectors: readonly Connector[]
  today: LocalDate
}

/** A key behind a gateway stands for this device. */
export type KeyMapping = { connector: Id; key: string; device: Id }

/** A connector that a row of a gateway asks for, with that row. */
export type MadeConnector = { row: number; connector: Connector }

/** The outline of a space on its storey, in metres; x to the east, y to the north. */
export type SpaceShape = {
  premises: Id
  storey: string
  elevationM: number | null
  space: Id
  use: SpaceUse
  corners: readonly (readonly [x: number, y: number])[]
}

export type Evaluation = {
  bundle: Bundle
  /** Of these the plans of the storeys are drawn. */
  shapes: readonly SpaceShape[]
  /** Pointer of an object of the bundle (`/devices/3`) → the row it came from. */
  origin: ReadonlyMap<string, number>
  problems: RowProblem[]
  /** More than these were found. */
  more: boolean
  /** Rows that are taken (not left out). */
  rows: number
  /** Entries of connectors' device maps that the rows name anew. */
  mappings: readonly KeyMapping[]
  /** Connectors of gateways that have none yet; entries of their device maps are among `mappings`. */
  connectors: readonly MadeConnector[]
}
