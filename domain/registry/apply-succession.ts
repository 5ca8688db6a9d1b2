// Looks at a succession or does it, from what is stored.
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { importBundle } from './import-bundle.ts'
import type { ImportResult } from './import-bundle.ts'
import { loadSuccession, succeed } from './succession.ts'
import type { Succession, SuccessionOrder } from './succession.ts'

/** What would change, without changing it. */
export const previewSuccession = async (records: Records, order: SuccessionOrder): Promise<Succession> =>
  succeed(await loadSuccession(records, order.organisation), order)

/**
 * Does it, in one transaction with its audit lines (action 'organisation.succeed').
 * @throws Failure 'changed-meanwhile' when an id that the continuation needs was taken meanwhile.
 */
export const applySuccession = async (
  stores: { records: Records; telemetry: Telemetry },
  order: SuccessionOrder,
  now: number,
  actor: Actor,
): Promise<ImportResult & { effects: (Succession & { ok: true })['effects'] }> => {
  const succession = await previewSuccession(stores.records, order)
  if (!succession.ok) return { ...succession, effects: [] }
  const { changes, expectedVersions, effects } = succession
  const context = { ...stores, now, actor, action: 'organisation.succeed', expectedVersions }
  return { ...(await importBundle(changes, context)), effects }
}
