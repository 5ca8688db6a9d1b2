// Opens the telemetry store that the settings choose; a driver is loaded only when it is chosen.
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '#config'
import type { Telemetry, TelemetryState } from '#domain/ports/telemetry.ts'
import type { PostgresTurns } from '#store/postgres/turns.ts'
import type { Log } from './log.ts'
import { postgresAddress } from './open-records.ts'

export type TelemetryParts = {
  settings: Pick<Settings, 'dataFolder' | 'telemetry' | 'records'> & { limits: { spoolBytes: number } }
  /** Premises of a device now, for the tag of a new series. */
  premisesOf: (device: string) => Promise<string | null>
  log: Pick<Log, 'info' | 'warn'>
}

/** @throws Failure 'store-unavailable' when the server of the store does not answer. */
export async function openTelemetry({ settings, premisesOf, log }: TelemetryParts): Promise<Telemetry> {
  const { dataFolder, telemetry, limits } = settings
  if (telemetry.engine === 'embedded') {
    const { openEmbeddedTelemetry } = await import('#store/embedded/open-telemetry.ts')
    return openEmbeddedTelemetry({ folder: dataFolder })
  }
  if (telemetry.engine === 'memory') {
    const { openMemoryTelemetry } = await import('#store/memory/telemetry.ts')
    return openMemoryTelemetry()
  }
  const { url, database, org, bucket, user, secretFile } = telemetry
  const secret = secretFile === null ? null : readFileSync(secretFile, 'utf8').trim()
  const onState = (state: TelemetryState['state'], reason: string | null): void => {
    if (state === 'ready') log.info('the telemetry server has everything that waited in the spool')
    else log.warn('telemetry store', { state, reason })
  }
  const turns = await turnsOf(settings.records)
  const spoolFolder = join(dataFolder, 'spool')
  const options = {
    spoolFolder,
    spoolBytes: limits.spoolBytes,
    premisesOf,
    onState,
    ...(turns === null ? {} : { turns }),
  }
  if (telemetry.engine === 'influx1') {
    const { openInflux1Telemetry, restoreInflux1Telemetry } = await import('#store/influx1/open-telemetry.ts')
    const address = { url, database, user, password: secret }
    await bringCopy(dataFolder, (folder) => restoreInflux1Telemetry(address, folder))
    return openInflux1Telemetry(address, options)
  }
  const { openInflux2Telemetry, restoreInflux2Telemetry } = await import('#store/influx2/open-telemetry.ts')
  const address = { url, org, bucket, database, token: secret }
  await bringCopy(dataFolder, (folder) => restoreInflux2Telemetry(address, folder))
  return openInflux2Telemetry(address, options)
}

/** Nodes share records and telemetry, so where records are a server's, another node may write the same series. */
async function turnsOf(records: Settings['records']): Promise<PostgresTurns | null> {
  if (records.engine !== 'postgres') return null
  const { createPostgresTurns } = await import('#store/postgres/turns.ts')
  return createPostgresTurns(postgresAddress(records))
}

const COPY = 'telemetry.ndjson.gz'

/** A copy that `samtila restore` put into the data folder goes to the server, once. */
async function bringCopy(folder: string, restore: (folder: string) => Promise<void>): Promise<void> {
  if (!existsSync(join(folder, COPY))) return
  await restore(folder)
  renameSync(join(folder, COPY), join(folder, `${COPY}.restored`))
}
