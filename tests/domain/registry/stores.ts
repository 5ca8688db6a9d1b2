// Empty stores for tests of import and export, and the short way through both.
import { expect } from 'vitest'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { exportBundle } from '#domain/registry/export-bundle.ts'
import type { ExportOptions } from '#domain/registry/export-bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'

export const actor: Actor = { kind: 'system', id: 'test', name: 'test', organisation: null }

export type Stores = { records: Records; telemetry: Telemetry }

/** Memory stores whose records see the time that `clock.now` says. */
export const openStores = (clock = { now: 1_000 }): Stores => ({
  records: openMemoryRecords({ now: () => clock.now }),
  telemetry: openMemoryTelemetry(),
})

export const closeStores = async ({ records, telemetry }: Stores): Promise<void> => {
  await records.close()
  await telemetry.close()
}

/** Imports what must be in order; gives what changed. */
export const imported = async (stores: Stores, bundle: Bundle, now = 1_000) => {
  const result = await importBundle(bundle, { ...stores, now, actor })
  expect(result).toMatchObject({ ok: true })
  if (!result.ok) throw new Error('the bundle was refused')
  return result.counts
}

export const exported = async (
  stores: Stores,
  options: Omit<ExportOptions, 'records' | 'telemetry'> = {},
): Promise<string> => (await Array.fromAsync(exportBundle({ ...stores, ...options }))).join('')
