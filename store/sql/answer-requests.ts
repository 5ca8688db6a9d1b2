// The worker's side of the calls: opens the engine, answers one request after the other, and closes it.
import type { MessagePort } from 'node:worker_threads'
import type { Failure } from '#domain/failure.ts'
import type { Answer, createEngine } from './engine.ts'
import type { Reply, Request } from './messages.ts'

type Opened = {
  run(...asked: [...Parameters<ReturnType<typeof createEngine>>, askedAt: number]): Answer
  close(): void
}

/** The call number of the opening itself. */
export const OPENING = 0

/** `atOnce`: it opens now; otherwise with its first call. */
export const answerRequests = (
  port: MessagePort,
  { open, failureOf, atOnce }: { open: () => Opened; failureOf: (cause: unknown) => Failure; atOnce: boolean },
): void => {
  const reply = (message: Reply): void => port.postMessage(message)
  const refuse = (call: number, cause: unknown): void => {
    const { code, message, problems, stack } = failureOf(cause)
    reply({ call, failure: { code, message, problems, stack } })
  }
  let opened: Opened | null = null
  port.on('message', (request: Request) => {
    try {
      if (request.method === 'close') {
        opened?.close()
        reply({ call: request.call, answer: { result: undefined, events: [] } })
        port.close()
        return
      }
      opened ??= open()
      reply({ call: request.call, answer: opened.run(request.method, request.values, request.now, request.askedAt) })
    } catch (cause) {
      refuse(request.call, cause)
    }
  })
  try {
    if (atOnce) opened = open()
    reply({ call: OPENING, answer: { result: undefined, events: [] } })
  } catch (cause) {
    refuse(OPENING, cause)
  }
}
