// Device maps of connectors as an import leaves them, and as they are without it.
import type { KeyMapping, MadeConnector } from '#domain/imports/import.ts'
import type { PapersChange } from '#domain/ports/papers.ts'
import type { Actor, Connector, Records } from '#domain/ports/records.ts'

type Changes = NonNullable<PapersChange['connectors']>
const EVERYTHING = { organisation: null }

/** The connectors with these entries more; the rights were seen when the file was read against them. */
export async function withMappings(
  mappings: readonly KeyMapping[],
  made: readonly MadeConnector[],
  records: Records,
): Promise<Changes> {
  const own = new Map(made.map(({ connector }) => [connector.id, new Map(Object.entries(connector.deviceMap))]))
  const known: KeyMapping[] = []
  for (const mapping of mappings) {
    const map = own.get(mapping.connector)
    if (map === undefined) known.push(mapping)
    else map.set(mapping.key, mapping.device)
  }
  const changes = await changed(known, records, (map, { key, device }) => map.set(key, device))
  const news = made.map(({ connector }) => ({
    connector: { ...connector, deviceMap: Object.fromEntries(own.get(connector.id) ?? []) },
    expectedVersion: 0,
  }))
  return [...changes, ...news]
}

/** Takes the connectors away that an import made, where nothing has been added to them since. */
export async function removeMade(made: readonly string[], records: Records, actor: Actor): Promise<void> {
  if (made.length === 0) return
  const ids = new Set(made)
  for (const { id, deviceMap } of await records.listConnectors(EVERYTHING))
    if (ids.has(id) && Object.keys(deviceMap).length === 0) await records.deleteConnector(id, actor)
}

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
