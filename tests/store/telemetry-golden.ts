// A data folder with everything in it, and all that can be read from one: for the damage tests. No threads, so that it is quick.
import { MAX_PAGE_READINGS } from '#domain/ports/telemetry.ts'
import type { Value } from '#domain/ports/telemetry.ts'
import { Failure } from '#domain/failure.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { bucketsOf, readingsOf } from '#store/embedded/telemetry/answers.ts'
import { failureOf } from '#store/embedded/telemetry/failure-of.ts'
import type { Suspect } from '#store/embedded/telemetry/messages.ts'
import { openForReading, openForWriting } from '#store/embedded/telemetry/open-database.ts'
import { readBuckets } from '#store/embedded/telemetry/read-buckets.ts'
import { readReadings, readSuperseded } from '#store/embedded/telemetry/read-readings.ts'
import { Reader } from '#store/embedded/telemetry/reader.ts'
import { scrub } from '#store/embedded/telemetry/scrub.ts'
import { Writer } from '#store/embedded/telemetry/writer.ts'

const T0 = Date.UTC(2026, 0, 1)
const HOUR = 3_600_000
const FAR = Date.UTC(2100, 0, 1)
const SERIES = 8

const valueAt = (series: number, step: number): Value => {
  if (series === 5) return step % 3 === 0
  if (series === 6) return ['on', 'off', `state ${step % 11}`][step % 3] as string
  if (series === 7) return { decimal: `${step}.000000000000000001` }
  return series === 4 ? Math.sin(step) * 1e-7 : Math.round(1_000 * series + step * 3.5) / 10
}

/** Chunks small and full, late and corrected readings, roll-ups, and a log that is not in chunks yet. */
export async function makeGolden(folder: string): Promise<void> {
  const store = await openEmbeddedTelemetry({ folder, freeBytes: 0, reorganiseReadings: 3_000 })
  const numbers = Array.from({ length: SERIES }, (_, number) =>
    store.seriesOf(`device-${number % 3}`, `point-${number}`),
  )
  const put = (series: number, step: number, value: Value): void =>
    store.add(
      numbers[series] as number,
      T0 + step * 60_000,
      value,
      step % 50 === 0 ? 'suspect' : 'measured',
      T0 + step * 60_000 + (step % 9),
      false,
    )
  for (let part = 0; part < 10; part++) {
    for (let step = part * 130; step < part * 130 + 130; step++) {
      for (let series = 0; series < SERIES; series++) put(series, step, valueAt(series, step))
    }
    for (let step = 2; step < 6; step++) put(part % 4, step * 7 + part, -1 - part)
    await store.commit()
    if (part === 7) {
      await store.settle()
      await store.dropBefore(T0 + 2 * HOUR, new Map(numbers.slice(2).map((series) => [series, 0])))
      await store.settle()
    }
  }
  await store.close()
}

/** Keys and values as text; `rollups` are hours of the time whose raw readings were dropped. */
export type Content = Record<'readings' | 'latest' | 'superseded' | 'rollups' | 'buckets', Map<string, string>> & {
  damages: string[]
  tables: Record<string, number>
}

/** Opens a file as a start does, checks it, sets aside what is damaged, and reads everything. */
export function contentOf(path: string): Content | { failure: string } {
  try {
    return read(path)
  } catch (cause) {
    const { code, message } = failureOf(cause)
    // Anything else than damage found would be a defect.
    if (code !== 'store-damaged' && code !== 'store-newer') throw cause
    return { failure: message }
  }
}

function read(path: string): Content {
  const damages: string[] = []
  const opened = openForWriting(path)
  try {
    const options = { path, reorganiseReadings: null, freeBytes: 0 }
    const told = ({ place, reason }: { place: string; reason: string }): void =>
      void damages.push(`${place}: ${reason}`)
    const writer = new Writer(opened, options, told, (_, reason) => void damages.push(`state: ${reason}`))
    if (writer.state.names.length === 0) throw new Failure('store-damaged', damages.join('; '))
    const suspects: Suspect[] = []
    const suspect = (one: Suspect): void => void suspects.push(one)
    const reading = openForReading(path)
    try {
      checked(damages, () => {
        for (const _slice of scrub(reading, path, { suspect, broken: (reason) => writer.stop(reason) }));
        for (const one of suspects.splice(0)) writer.setAside(one)
      })
      const content = collect(writer, new Reader(reading, suspect), reading, suspect, damages)
      for (const one of suspects) damages.push(JSON.stringify(one))
      return content
    } finally {
      reading.close()
    }
  } finally {
    opened.database.close()
  }
}

/** A query or change that is refused because of damage is a report of it. */
function checked(damages: string[], work: () => void): void {
  try {
    work()
  } catch (cause) {
    const { code, message } = failureOf(cause)
    if (code !== 'store-damaged' && code !== 'store-unavailable') throw cause
    damages.push(message)
  }
}

function collect(
  writer: Writer,
  reader: Reader,
  database: ReturnType<typeof openForReading>,
  suspect: (one: Suspect) => void,
  damages: string[],
): Content {
  const rows = (table: string): number => {
    let count = -1
    checked(
      damages,
      () => (count = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'] as number),
    )
    return count
  }
  const content: Content = {
    readings: new Map(),
    latest: new Map(),
    superseded: new Map(),
    rollups: new Map(),
    buckets: new Map(),
    damages,
    tables: { chunk: rows('chunk'), log: rows('log'), rollup: rows('rollup') },
  }
  const edges = Array.from({ length: 25 }, (_, hour) => T0 + hour * HOUR)
  for (const { series, device, point } of writer.state.names) {
    const name = `${device}/${point}`
    // Each query by itself: one that is refused leaves the others.
    const ask = (query: () => void): void => checked(damages, () => reader.snapshot(query))
    ask(() => {
      for (const reading of readingsOf(readReadings(reader, series, 0, FAR, MAX_PAGE_READINGS))) {
        content.readings.set(`${name}@${reading?.at}`, `${name}@${reading?.at} ${text(reading)}`)
      }
    })
    ask(() => {
      const { readings, supersededAt } = readSuperseded(database, suspect, { series, from: 0, to: FAR, limit: 1_000 })
      for (const [row, reading] of readingsOf(readings).entries()) {
        content.superseded.set(`${name}@${reading?.at}#${supersededAt[row]}`, text(reading))
      }
    })
    ask(() => {
      for (const bucket of bucketsOf(readBuckets(reader, [series], Float64Array.from(edges)), 1, edges)[0] ?? []) {
        content.buckets.set(`${name}@${bucket.from}`, JSON.stringify(bucket))
      }
    })
    ask(() => {
      for (const [from, figures] of reader.quarters(series, 0, FAR))
        content.rollups.set(`${name}@${from}`, JSON.stringify(figures))
    })
    const [latest] = readingsOf(writer.latest(Int32Array.of(series)))
    if (latest !== null && latest !== undefined) content.latest.set(name, `${name}@${latest.at} ${text(latest)}`)
  }
  return content
}

const text = (reading: unknown): string => {
  const { value, ...rest } = reading as { value: Value }
  return `${typeof value === 'object' ? value.decimal : String(value)} ${JSON.stringify(rest)}`
}
