// One end of a worker thread: numbered requests and their answers, notices in between, and its unexpected end.
import { Worker } from 'node:worker_threads'
import { Failure } from '#domain/failure.ts'
import type { Answer, Notice } from './messages.ts'

type Waiting = { resolve(value: unknown): void; reject(cause: Failure): void }

export class WorkerLink<Request extends { kind: string }> {
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0
  private ended: Failure | null = null

  constructor(file: URL, workerData: unknown, onNotice: (notice: Notice) => void, onEnd: (failure: Failure) => void) {
    this.worker = new Worker(file, { workerData })
    this.worker.on('message', (message: Answer | Notice) => {
      if ('notice' in message) onNotice(message)
      else this.settle(message)
    })
    const end = (detail: string): void => {
      if (this.ended !== null) return
      this.ended = new Failure('store-unavailable', `A thread of the telemetry store ended: ${detail}`)
      onEnd(this.ended)
      for (const { reject } of this.waiting.values()) reject(this.ended)
      this.waiting.clear()
    }
    this.worker.on('error', (cause) => end(cause instanceof Error ? cause.message : String(cause)))
    this.worker.on('exit', (code) => end(`exit ${code}`))
  }

  /** Rejects with the Failure that the worker answers, or that its end means. */
  ask(request: Request, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (this.ended !== null) return Promise.reject(this.ended)
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ id, request }, transfer)
    })
  }

  /** Asks the worker to close and waits for its end. */
  async close(request: Request): Promise<void> {
    if (this.ended !== null) return
    const exited = new Promise((resolve) => this.worker.once('exit', resolve))
    await this.ask(request)
    this.ended = new Failure('store-unavailable', 'The telemetry store is closed.')
    await exited
    for (const { reject } of this.waiting.values()) reject(this.ended)
    this.waiting.clear()
  }

  private settle({ id, value, failure }: Answer): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (failure === undefined) waiting?.resolve(value)
    else waiting?.reject(new Failure(failure.code, failure.message))
  }
}
