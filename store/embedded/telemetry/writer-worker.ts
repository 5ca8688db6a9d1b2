// The thread of the writer: takes requests as they come, works in the background while none waits.
import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import { Columns } from './columns.ts'
import * as limits from './limits.ts'
import type { Answer, CommitAnswer, Notice, WriterOptions, WriterRequest } from './messages.ts'
import { openForWriting } from './open-database.ts'
import { failureOf } from './failure-of.ts'
import { Writer } from './writer.ts'

const port = parentPort
if (port === null) throw new Error('the writer runs in a worker thread')
const options = workerData as WriterOptions
const tell = (notice: Notice): void => port.postMessage(notice)

const writer = open()
if (writer !== null) listen(writer)

function open(): Writer | null {
  try {
    const database = openForWriting(options.path)
    const opened = new Writer(
      database,
      options,
      (damage, dropped) => tell({ notice: 'damage', damage, dropped }),
      (state, reason) => tell({ notice: 'state', state, reason }),
    )
    const { names, series, readings } = opened.state
    tell({ notice: 'opened', opened: { series: names, lastSeries: series.last, readings } })
    return opened
  } catch (cause) {
    tell({ notice: 'refused', failure: failureOf(cause) })
    return null
  }
}

function listen(writer: Writer): void {
  let scheduled = false
  let committedAt = -Infinity
  let doneAt = performance.now()
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(work)
  }
  const work = (): void => {
    scheduled = false
    const from = performance.now()
    const isBehind = from - doneAt > limits.BEHIND_MS
    if (closed || !writer.work(isBehind)) {
      doneAt = from
      return
    }
    const now = performance.now()
    // In one go the work of some seconds would take a processor from those who read and acknowledge meanwhile.
    if (isBehind || now - committedAt > limits.IDLE_MS) return schedule()
    scheduled = true
    setTimeout(work, (now - from) * limits.REST * (1 - (from - doneAt) / limits.BEHIND_MS))
  }
  let closed = false
  // A full store looks for space by itself, also when nobody commits.
  const timer = setInterval(schedule, limits.FULL_RETRY_MS)
  timer.unref()

  const answer = async (request: WriterRequest): Promise<{ value: unknown; transfer: ArrayBuffer[] }> => {
    switch (request.kind) {
      case 'commit': {
        const columns = Columns.received(request.columns)
        const result = writer.commit(columns, request.newSeries)
        committedAt = performance.now()
        const value: CommitAnswer = { result, buffer: columns.buffer, capacity: columns.capacity }
        return { value, transfer: [columns.buffer] }
      }
      case 'latest':
        return { value: writer.latest(request.series), transfer: [] }
      case 'drop':
        return { value: await writer.dropBefore(request.before, new Map(request.keep)), transfer: [] }
      case 'settle':
        return { value: await writer.settle(), transfer: [] }
      case 'set-aside':
        return { value: writer.setAside(request.suspect), transfer: [] }
      case 'stop':
        return { value: writer.stop(request.reason), transfer: [] }
      case 'close':
        closed = true
        clearInterval(timer)
        writer.close()
        setImmediate(() => port?.close())
        return { value: null, transfer: [] }
    }
  }

  port?.on('message', ({ id, request }: { id: number; request: WriterRequest }) => {
    if (closed) throw new Failure('internal', 'The writer is closed.')
    answer(request).then(
      ({ value, transfer }) => port.postMessage({ id, value } satisfies Answer, transfer),
      (cause: unknown) => port.postMessage({ id, failure: failureOf(cause) } satisfies Answer),
    )
    schedule()
  })
  schedule()
}
