// The point that a value template takes out of a payload: value_json.energy, value_json['ENERGY']['Current'].

const PATH = /value_json((?:\s*\.\s*[A-Za-z_]\w*|\s*\[\s*(?:'[^']+'|"[^"]+"|\d+)\s*\])+)/
const STEP = /\.\s*([A-Za-z_]\w*)|\[\s*(?:'([^']+)'|"([^"]+)"|(\d+))\s*\]/g
/** Methods and filters that may follow a path. */
const NO_STEP = new Set(['get', 'keys', 'items', 'values', 'split', 'replace'])

/** The path with dots, as the families write it; null when the template takes no path of a JSON payload. */
export function pointOfTemplate(template: string | null): string | null {
  const path = PATH.exec(template?.slice(0, 1_024) ?? '')?.[1]
  if (path === undefined) return null
  const steps: string[] = []
  for (const [, name, single, double, index] of path.matchAll(STEP)) {
    const step = name ?? single ?? double ?? index ?? ''
    if (name !== undefined && NO_STEP.has(name)) break
    steps.push(step)
  }
  return steps.length === 0 ? null : steps.join('.')
}
