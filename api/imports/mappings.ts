// Device maps of connectors as an import leaves them, and as they are without it.
import type { KeyMapping } from '#domain/imports/import.ts'
import type { PapersChange } from '#domain/ports/papers.ts'
import type { Connector, Records } from '#domain/ports/records.ts'

type Changes = NonNullable<PapersChange['connectors']>
const EVERYTHING = { organisation: null }

/** The connectors with these entries more; the rights were seen when the file was read against them. */
export const withMappings = (mappings: readonly KeyMapping[], records: Records): Promise<Changes> =>
  changed(mappings, records, (map, { key, device }) => map.set(key, device))

/** The connectors without these entries, where they still say the same. */
export const withoutMappings = (mappings: readonly KeyMapping[], records: Records): Promise<Changes> =>
  changed(mappings, records, (map, { key, device }) => {
    if (map.get(key) === device) map.delete(key)
  })

async function changed(
  mappings: readonly KeyMapping[],
  records: Records,
  apply: (map: Map<string, string>, mapping: KeyMapping) => void,
): Promise<Changes> {
  if (mappings.length === 0) return []
  const stored = new Map((await records.listConnectors(EVERYTHING)).map((one) => [one.id, one]))
  const changes: Changes[number][] = []
  for (const [id, own] of Map.groupBy(mappings, ({ connector }) => connector)) {
    const found = stored.get(id)
    // A connector that was removed since has no map to change.
    if (found === undefined) continue
    const { version, ...connector } = found
    const map = new Map(Object.entries(connector.deviceMap))
    for (const one of own) apply(map, one)
    const deviceMap: Connector['deviceMap'] = Object.fromEntries(map)
    changes.push({ connector: { ...connector, deviceMap }, expectedVersion: version })
  }
  return changes
}
