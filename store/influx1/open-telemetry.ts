// Telemetry in InfluxDB 1.x: writes through the driver `influx`, questions in InfluxQL.
import { InfluxDB } from 'influx'
import { ExponentialBackoff } from 'influx/lib/src/backoff/exponential.js'
import { Failure } from '#domain/failure.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { ask, awayFailure, change } from '#store/influxql/ask.ts'
import { readCopy } from '#store/influxql/copy.ts'
import type { Engine, Point, Table } from '#store/influxql/engine.ts'
import { ANSWER_MS, RETRY_AFTER_MS, STATEMENTS_PER_REQUEST } from '#store/influxql/limits.ts'
import { openServerTelemetry, whenAnswering } from '#store/influxql/open-telemetry.ts'
import type { ServerTelemetryOptions } from '#store/influxql/open-telemetry.ts'

export type Influx1Address = { url: string; database: string; user: string | null; password: string | null }

/** A field value that is encoded already: the driver writes it as it is. */
class Encoded {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

/**
 * Opens the store; makes the database when it is missing.
 * @throws Failure 'store-unavailable' when the server does not answer, 'wrong-setting' when the database forgets readings by itself.
 */
export async function openInflux1Telemetry(
  address: Influx1Address,
  options: ServerTelemetryOptions,
): Promise<Telemetry> {
  const { engine, driver } = createEngine(address)
  await makeDatabase(engine, driver, address, options.openMs)
  return openServerTelemetry(engine, options)
}

/** Brings a copy that `backup` wrote into an empty database. */
export async function restoreInflux1Telemetry(address: Influx1Address, folder: string): Promise<void> {
  const { engine, driver } = createEngine(address)
  await driver.createDatabase(address.database)
  await readCopy(engine, folder)
}

function createEngine(address: Influx1Address): { engine: Engine; driver: InfluxDB } {
  const { hostname, port, protocol, pathname } = new URL(address.url)
  const driver = new InfluxDB({
    host: hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    protocol: protocol === 'https:' ? 'https' : 'http',
    path: pathname,
    database: address.database,
    ...(address.user === null ? {} : { username: address.user, password: address.password ?? '' }),
    // Trying again is the spool's work: a request that failed is told at once.
    pool: {
      maxRetries: 0,
      requestTimeout: ANSWER_MS,
      backoff: new ExponentialBackoff({ initial: 50, max: 200, random: 0 }),
    },
  })
  const headers: Record<string, string> =
    address.user === null
      ? {}
      : { authorization: `Basic ${Buffer.from(`${address.user}:${address.password ?? ''}`).toString('base64')}` }
  const query = { url: address.url, database: address.database, headers, statementsPerRequest: STATEMENTS_PER_REQUEST }
  const engine: Engine = {
    async write(points, precision) {
      const sent = points.map(pointOf)
      const write = (): Promise<void> => driver.writePoints(sent, { precision: precision === 'ns' ? 'n' : 'ms' })
      try {
        await write().catch(async (cause: unknown) => {
          if ((cause as { code?: string }).code !== 'ECONNRESET') throw cause
          await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
          await write()
        })
      } catch (cause) {
        throw awayFailure(cause)
      }
    },
    ask: (statements) => ask(query, statements),
    change: (statements) => change(query, statements),
    close: () => {},
  }
  return { engine, driver }
}

function pointOf({ measurement, tags, fields, time }: Point) {
  const encoded = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Encoded(value)]))
  return { measurement, tags, fields: encoded, timestamp: time }
}

/**
 * Makes the database if it is missing; a user that may only read and write is enough when it is there.
 * A retention policy would drop readings behind our back, also those that a settlement rests on, and is refused.
 */
async function makeDatabase(
  engine: Engine,
  driver: InfluxDB,
  { database }: Influx1Address,
  openMs?: number,
): Promise<void> {
  const policies = async (): Promise<Table[]> =>
    (
      await engine.ask([`SHOW RETENTION POLICIES ON "${database.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`])
    ).flat()
  const found = await whenAnswering(
    () =>
      policies().catch(async (cause: unknown) => {
        if (!(cause instanceof Failure) || !cause.message.includes('database not found')) throw cause
        await driver.createDatabase(database).catch((refusal: unknown) => {
          throw awayFailure(refusal)
        })
        return policies()
      }),
    openMs,
  )
  for (const { columns, values } of found) {
    const [duration, standard] = [columns.indexOf('duration'), columns.indexOf('default')]
    const forgetting = values.find((row) => row[standard] === true && row[duration] !== '0s')
    if (forgetting === undefined) continue
    throw new Failure(
      'wrong-setting',
      `The database ${database} drops readings after ${forgetting[duration]}: make its default retention policy infinite (ALTER RETENTION POLICY … DURATION INF); SAMTILA_RETENTION_DAYS says how long raw readings are kept.`,
    )
  }
}
