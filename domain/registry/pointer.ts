// JSON Pointers (RFC 6901) into a bundle.

/** `at('/rules', 0, 'a/b')` is `/rules/0/a~1b`. */
export const at = (base: string, ...steps: readonly (string | number)[]): string => {
  let pointer = base
  for (const step of steps) pointer += `/${typeof step === 'number' ? step : escaped(step)}`
  return pointer
}

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')
