// What a driver of an InfluxDB gives: writes that end when the server has acknowledged them, and questions in InfluxQL.

/** One point of the line protocol; field values are in their encoded form (encode.ts). */
export type Point = {
  measurement: string
  tags: Record<string, string>
  fields: Record<string, string>
  /** Since 1970, in the precision of the write. */
  time: string
}
export type Precision = 'ms' | 'ns'
export type Cell = number | string | boolean | null
/** One series of an answer: its tags, and rows by column. Times are milliseconds since 1970. */
export type Table = { tags: Record<string, string>; columns: string[]; values: Cell[][] }

/** Every call rejects with Failure 'store-unavailable' when the server is away, too slow or refuses. */
export type Engine = {
  /** Resolves when the server has acknowledged all of it. At most WRITE_POINTS points. */
  write(points: readonly Point[], precision: Precision): Promise<void>
  /** The answers of the statements, in their order. */
  ask(statements: readonly string[]): Promise<Table[][]>
  /** Statements that delete. */
  change(statements: readonly string[]): Promise<void>
  close(): void
}
