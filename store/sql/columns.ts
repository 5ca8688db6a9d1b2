// Columns of a row as the types that the schema promises.
import type { Row } from './context.ts'

export const text = (row: Row, column: string): string => String(row[column])
export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : String(row[column])
export const numberOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : Number(row[column])
