// Calls into one worker thread of the records: numbered, bounded, each answered once.
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import { OPENING } from './answer-requests.ts'
import type { Answer } from './engine.ts'
import { monotonicMs } from './messages.ts'
import type { Reply, Request, WireFailure } from './messages.ts'

/** Calls that may wait for one worker at once; beyond, the caller is told to come back. */
export const WAITING_CALLS_LIMIT = 10_000

/** A request without its number and time, which are given here. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'call' | 'askedAt'> : never) : never

export type WorkerCalls = {
  /** Resolves when the worker has opened the database. */
  opened: Promise<void>
  ask(request: Asked): Promise<Answer>
  /** Lets the worker finish what it has, close the database and end. */
  close(): Promise<void>
}

type Waiting = { resolve: (answer: Answer) => void; reject: (failure: Failure) => void }

/** Starts the worker of that file; `ended` is called once, when the thread is no more. */
export const startCalls = (file: URL, workerData: object, ended: () => void): WorkerCalls => {
  // The flags of this process (an evaluated script, an inspector's port) are not the worker's.
  const worker = new Worker(file, { workerData, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  const exited = Promise.withResolvers<void>()
  let calls = OPENING
  let gone: Failure | null = null

  worker.on('message', (reply: Reply) => {
    const caller = waiting.get(reply.call)
    waiting.delete(reply.call)
    if ('answer' in reply) caller?.resolve(reply.answer)
    else caller?.reject(failureFrom(reply.failure))
  })
  worker.on('error', (cause: Error) => {
    gone = new Failure('store-unavailable', `The records' worker failed: ${cause.message}`, { cause })
  })
  worker.on('exit', () => {
    gone ??= closed()
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
    ended()
    exited.resolve()
  })

  const wait = (call: number): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.set(call, { resolve, reject })
    return promise
  }
  const ask = async (request: Asked): Promise<Answer> => {
    if (gone !== null) throw gone
    if (waiting.size >= WAITING_CALLS_LIMIT) {
      throw new Failure('store-unavailable', 'Too many calls wait for the records. Try again.')
    }
    calls += 1
    const answer = wait(calls)
    const numbered: Request = { ...request, call: calls, askedAt: monotonicMs() }
    worker.postMessage(numbered, [])
    return answer
  }
  const opened = wait(OPENING).then(
    () => undefined,
    async (cause: unknown) => {
      await worker.terminate()
      throw cause
    },
  )
  return {
    opened,
    ask,
    close: async () => {
      if (gone === null) {
        const last = ask({ method: 'close' })
        gone = closed()
        await last
      }
      await exited.promise
    },
  }
}

/** A failure as it was in the worker. */
export const failureFrom = ({ code, message, problems, stack }: WireFailure): Failure =>
  new Failure(code, message, { problems, cause: stack })

const closed = (): Failure => new Failure('store-unavailable', 'The records are closed.')
