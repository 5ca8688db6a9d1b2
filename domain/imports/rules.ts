// What each kind of import says: its fields, and how its rows become parts of a bundle.
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Field } from './fields.ts'
import type { ImportKnown, KeyMapping, MadeConnector, SpaceShape } from './import.ts'
import type { RowReader, Tell } from './row-reader.ts'

export type Sheet = {
  rows(): Generator<RowReader>
  known: ImportKnown
  tell: Tell
  /** Filled by the rules. */
  bundle: Bundle
  /** Pointer of an object of the bundle → its row. */
  origin: Map<string, number>
  mappings: KeyMapping[]
  connectors: MadeConnector[]
  shapes: SpaceShape[]
}
export type ImportRules = {
  fields: readonly Field[]
  /** Pauses (yields) now and then; what it found is in the sheet when it is done. */
  read(sheet: Sheet): Generator<void>
}
/** Rows between two pauses: a few ms. */
export const ROWS_PER_STEP = 250
