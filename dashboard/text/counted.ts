// A number with its word: one has another form than many.

/** `n` may be written already ("1 234"). */
export const counted = (n: number | string, one: string, many: string): string =>
  `${n} ${String(n) === '1' ? one : many}`
