// Telemetry in InfluxDB 2.x or 3: writes through `@influxdata/influxdb-client`, questions in InfluxQL at /query.
import { InfluxDB, setLogger } from '@influxdata/influxdb-client'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { ask, awayFailure, change } from '#store/influxql/ask.ts'
import { readCopy } from '#store/influxql/copy.ts'
import { lineOf } from '#store/influxql/encode.ts'
import type { Engine, Precision } from '#store/influxql/engine.ts'
import { ANSWER_MS, RETRY_AFTER_MS } from '#store/influxql/limits.ts'
import { openServerTelemetry } from '#store/influxql/open-telemetry.ts'
import type { ServerTelemetryOptions } from '#store/influxql/open-telemetry.ts'

/** `database`: the name under which InfluxQL knows the bucket (2.x: its DBRP mapping; 3: the bucket is the database). */
export type Influx2Address = { url: string; org: string; bucket: string; database: string; token: string | null }

/** Opens the store; the bucket, kept without expiry, and its mapping are there already. @throws Failure 'store-unavailable' when the server does not answer. */
export async function openInflux2Telemetry(
  address: Influx2Address,
  options: ServerTelemetryOptions,
): Promise<Telemetry> {
  return openServerTelemetry(createEngine(address), options)
}

/** Brings a copy that `backup` wrote into an empty bucket. */
export async function restoreInflux2Telemetry(address: Influx2Address, folder: string): Promise<void> {
  await readCopy(createEngine(address), folder)
}

function createEngine(address: Influx2Address): Engine {
  // What went wrong is told by the rejected write; the driver's own lines would say it twice.
  setLogger({ error: () => {}, warn: () => {} })
  const driver = new InfluxDB({
    url: address.url,
    timeout: ANSWER_MS,
    ...(address.token === null ? {} : { token: address.token }),
  })
  const headers: Record<string, string> = address.token === null ? {} : { authorization: `Token ${address.token}` }
  // InfluxDB 3 takes one statement in a request.
  const query = { url: address.url, database: address.database, headers, statementsPerRequest: 1 }

  /** One request: larger than its batch, so that nothing leaves before `flush`, whose promise tells how it went. */
  const write = async (lines: string[], precision: Precision): Promise<void> => {
    const api = driver.getWriteApi(address.org, address.bucket, precision, {
      batchSize: lines.length + 1,
      maxBatchBytes: Number.MAX_SAFE_INTEGER,
      flushInterval: 0,
      maxRetries: 0,
    })
    api.writeRecords(lines)
    await api.flush()
    await api.close()
  }
  return {
    async write(points, precision) {
      const lines = points.map(lineOf)
      try {
        await write(lines, precision).catch(async (cause: unknown) => {
          if ((cause as { code?: string }).code !== 'ECONNRESET') throw cause
          await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
          await write(lines, precision)
        })
      } catch (cause) {
        throw awayFailure(cause)
      }
    },
    ask: (statements) => ask(query, statements),
    change: (statements) => change(query, statements),
    close: () => {},
  }
}
