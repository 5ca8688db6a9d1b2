// Tables of words: which unit the keys of a family have, and which keys are no measurement.

/** Rows of a value (a unit) and its words: `[['kWh', 'Total Today'], ['W', 'Power']]` → Total, Today → kWh, Power → W. */
export function wordTable(rows: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(rows.flatMap(([value, words]) => wordsOf(words).map((word): [string, string] => [word, value])))
}

/** The words of a text, in order. */
export function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/)
}
