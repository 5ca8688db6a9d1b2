// Changes one place of a JSON document, for tests that break exactly one thing.

type Container = Record<string, unknown>

/** A copy of the document with the value at `pointer` set; `-` as the last step appends to a list; undefined removes it. */
export const edited = <T>(document: T, pointer: string, value: unknown): T => {
  const copy = structuredClone(document)
  const steps = pointer.slice(1).split('/')
  const last = steps.pop() ?? ''
  const parent = steps.reduce<Container>((place, step) => {
    const next = place[step]
    if (typeof next !== 'object' || next === null) throw new Error(`nothing at ${step} of ${pointer}`)
    return next as Container
  }, copy as Container)
  if (Array.isArray(parent) && last === '-') parent.push(value)
  else if (value === undefined) delete parent[last]
  else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true })
  return copy
}
