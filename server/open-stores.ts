// Settings → ports: opens the chosen stores; a driver is loaded only when it is chosen.
import type { Settings } from '#config'
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { lockFolder } from '#store/embedded/folder-lock.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'

export type Stores = { telemetry: Telemetry; records: Records; close(): Promise<void> }

/**
 * Opens the embedded stores of the data folder, which this process then owns.
 * @throws Failure 'store-unavailable' when another process has it, 'wrong-setting' when it can't be written, 'store-newer' when a later version wrote it.
 */
export async function openStores(settings: Pick<Settings, 'dataFolder'>): Promise<Stores> {
  const lock = lockFolder(settings.dataFolder)
  const opened: { close(): Promise<void> }[] = []
  try {
    const telemetry = await openEmbeddedTelemetry({ folder: settings.dataFolder })
    opened.push(telemetry)
    const records = await openEmbeddedRecords({ folder: settings.dataFolder })
    opened.push(records)
    return { telemetry, records, close: () => closeAll(opened, lock) }
  } catch (error) {
    await closeAll(opened, lock)
    throw error
  }
}

async function closeAll(opened: { close(): Promise<void> }[], lock: { release(): void }): Promise<void> {
  for (const store of opened.toReversed()) await store.close()
  lock.release()
}
