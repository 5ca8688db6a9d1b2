// The three functions of the "Metadata Reflection" proposal that @peculiar/x509's dependency injection asks for; imported before it.
type Metadata = Map<unknown, unknown>
type Reflection = {
  getMetadata?: (key: unknown, target: object) => unknown
  getOwnMetadata?: (key: unknown, target: object) => unknown
  defineMetadata?: (key: unknown, value: unknown, target: object) => void
}

const kept = new WeakMap<object, Metadata>()
const own = (key: unknown, target: object): unknown => kept.get(target)?.get(key)

function inherited(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null)
    if (kept.get(at)?.has(key) === true) return own(key, at)
  return undefined
}

const reflection = Reflect as Reflection
if (reflection.getMetadata === undefined) {
  reflection.getMetadata = inherited
  reflection.getOwnMetadata = own
  reflection.defineMetadata = (key, value, target) => {
    const known = kept.get(target)
    if (known === undefined) kept.set(target, new Map([[key, value]]))
    else known.set(key, value)
  }
}
