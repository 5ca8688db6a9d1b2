// JSON Pointers (RFC 6901) into a bundle.

/** `at('/rules', 0, 'a/b')` is `/rules/0/a~1b`. */
export const at = (base: string, ...steps: readonly (string | number)[]): string =>
  steps.reduce<string>(
    (pointer, step) => `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    base,
  )
