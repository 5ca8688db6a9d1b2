// The form of words in several languages: Finnish is written first and gives the keys; a missing or extra key elsewhere is a type error.

/** Every leaf of `T` with its text open: same keys, same parameters, other words. */
export type Worded<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : Worded<T[K]>
}
