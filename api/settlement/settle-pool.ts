// Hands settlements to the worker thread: one at a time, with a bounded queue; a thread that dies is replaced.
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import { traced } from '#domain/ports/trace.ts'
import type { Trace } from '#domain/ports/trace.ts'
import type { Log } from '#api/parts.ts'
import type { WhatIf } from '#domain/settlement/what-if.ts'
import type { SettleAnswer, SettleJob, SettleReply, SettleRequest, WhatIfJob } from './settle-job.ts'

export type SettlePool = {
  /** @throws Failure 'store-unavailable' when too many wait or the thread died; Error for facts that cannot be settled. */
  settle(job: SettleJob): Promise<SettleAnswer>
  /** Likewise. */
  whatIf(job: WhatIfJob): Promise<WhatIf>
  close(): Promise<void>
}
type Waiting = { resolve: (answer: SettleAnswer | WhatIf) => void; reject: (error: Error) => void }

/** The thread is made with the first settlement. */
export function createSettlePool(options: {
  queueLimit: number
  log: Log
  trace?: Trace | null | undefined
}): SettlePool {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let calls = 0
  let closed = false

  const fail = (message: string): void => {
    worker = null
    for (const { reject } of waiting.values()) reject(new Failure('store-unavailable', message))
    waiting.clear()
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./settle-worker.ts', import.meta.url))
    started.unref()
    started.on('message', (reply: SettleReply) => {
      const caller = waiting.get(reply.call)
      waiting.delete(reply.call)
      if ('answer' in reply) caller?.resolve(reply.answer)
      else caller?.reject(new Error(reply.error))
    })
    started.on('error', (error: Error) => {
      options.log.error('the settlement thread failed', { error: error.stack ?? error.message })
      fail('The computing of settlements failed; try again.')
    })
    started.on('exit', () => {
      if (worker === started) fail('The computing of settlements stopped; try again.')
    })
    return started
  }
  const ask = <T extends SettleAnswer | WhatIf>(asked: { job: SettleJob } | { whatIf: WhatIfJob }): Promise<T> => {
    if (closed) return Promise.reject(new Failure('store-unavailable', 'The server is stopping.'))
    if (waiting.size >= options.queueLimit)
      return Promise.reject(
        new Failure('store-unavailable', 'Too many settlements are being computed; try again soon.', {
          retryAfterMs: 2000,
        }),
      )
    worker ??= start()
    const request: SettleRequest = { call: ++calls, ...asked }
    return new Promise((resolve, reject) => {
      waiting.set(request.call, { resolve: resolve as Waiting['resolve'], reject })
      worker?.postMessage(request)
    })
  }
  return {
    settle: (job) => traced(options.trace, 'settlement', {}, () => ask<SettleAnswer>({ job })),
    whatIf: (job) => traced(options.trace, 'settlement what-if', {}, () => ask<WhatIf>({ whatIf: job })),
    async close() {
      closed = true
      const running = worker
      fail('The server is stopping.')
      await running?.terminate()
    },
  }
}
