// Settings → ports: opens the chosen stores; a driver is loaded only when it is chosen.
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { lockFolder } from '#store/embedded/folder-lock.ts'
import { createLog } from './log.ts'
import { openRecords } from './open-records.ts'
import type { RecordsParts } from './open-records.ts'
import { openTelemetry, type TelemetryParts } from './open-telemetry.ts'

export type Stores = { telemetry: Telemetry; records: Records; close(): Promise<void> }

/**
 * Opens the stores; the data folder, which has the embedded ones and the spool of a telemetry server, is then this process's own.
 * @throws Failure 'store-unavailable' when another process has it, 'wrong-setting' when it can't be written, 'store-newer' when a later version wrote it.
 */
export async function openStores(
  settings: TelemetryParts['settings'] & RecordsParts,
  log: TelemetryParts['log'] = createLog('silent'),
): Promise<Stores> {
  const lock = lockFolder(settings.dataFolder)
  const opened: { close(): Promise<void> }[] = []
  try {
    const records = await openRecords(settings)
    opened.push(records)
    const premisesOf = async (device: string): Promise<string | null> =>
      (await records.getObject({ organisation: null }, 'devices', device))?.value.premises ?? null
    const telemetry = await openTelemetry({ settings, premisesOf, log })
    opened.push(telemetry)
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
