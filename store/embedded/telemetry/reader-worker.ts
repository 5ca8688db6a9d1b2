// The thread of the reader: its own connection, so that queries and commits do not wait for each other.
import { parentPort, workerData } from 'node:worker_threads'
import { failureOf } from './failure-of.ts'
import type { Answer, Notice, ReaderOptions, ReaderRequest, Suspect } from './messages.ts'
import { openForReading } from './open-database.ts'
import { readBuckets } from './read-buckets.ts'
import { readDamaged } from './read-damaged.ts'
import { readMeter } from './read-meter.ts'
import { readReadings, readSuperseded } from './read-readings.ts'
import { Reader } from './reader.ts'
import { scrub } from './scrub.ts'

/** Pause between two slices of the scrub. */
const SCRUB_PAUSE_MS = 5

const port = parentPort
if (port === null) throw new Error('the reader runs in a worker thread')
const { path } = workerData as ReaderOptions
const tell = (notice: Notice): void => port.postMessage(notice)
const suspect = (one: Suspect): void => tell({ notice: 'suspect', suspect: one })

const database = openForReading(path)
const reader = new Reader(database, suspect)
let closed = false

port.on('message', ({ id, request }: { id: number; request: ReaderRequest }) => {
  answer(request).then(
    (value) => port.postMessage({ id, value } satisfies Answer, buffersOf(value)),
    (cause: unknown) => port.postMessage({ id, failure: failureOf(cause) } satisfies Answer),
  )
})

async function answer(request: ReaderRequest): Promise<unknown> {
  switch (request.kind) {
    case 'buckets':
      return reader.snapshot(() => readBuckets(reader, request.series, request.edges))
    case 'readings':
      return reader.snapshot(() => readReadings(reader, request.series, request.from, request.to, request.limit))
    case 'meter':
      return reader.snapshot(() => readMeter(reader, request.series, request.from, request.to))
    case 'superseded':
      return reader.snapshot(() => readSuperseded(database, suspect, request))
    case 'damaged':
      return readDamaged(database, request)
    case 'scrub':
      return scrubbed()
    case 'close':
      closed = true
      database.close()
      setImmediate(() => port?.close())
      return null
  }
}

async function scrubbed(): Promise<null> {
  const told = { suspect, broken: (reason: string) => tell({ notice: 'broken', reason }) }
  const slices = scrub(database, path, told)
  while (!closed && slices.next().done !== true) await new Promise((resolve) => setTimeout(resolve, SCRUB_PAUSE_MS))
  return null
}

/** Columns go over without a copy. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (value === null || typeof value !== 'object') return []
  const buffers = new Set<ArrayBuffer>()
  for (const column of Object.values(value)) {
    if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer)
  }
  return [...buffers]
}
