// Has first pages drawn by a thread of its own. What can't be drawn, or not in time, is null: then the browser draws it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FirstPageAsked, FirstPageDrawn } from '#contract/first-page.ts'
import type { Log } from '#api/parts.ts'

/** Where the built drawing is in the folder of the dashboard (dashboard/vite.config.ts). */
const DRAWING_FILE = join('.server', 'draw.js')

export type Drawer = {
  /** `waitMs`: after which nobody waits for it any more. */
  draw(asked: FirstPageAsked, waitMs: number): Promise<FirstPageDrawn | null>
  close(): Promise<void>
}
type FromWorker = { page: number; drawn: FirstPageDrawn | null; error?: string }

/** `pagesAtOnce`: pages that wait for the thread; further ones are null at once. It starts with the first page, and anew after it has died. */
export function openDrawer(dashboardFolder: string, pagesAtOnce: number, log: Log): Drawer {
  const file = join(dashboardFolder, DRAWING_FILE)
  const waiting = new Map<number, (drawn: FirstPageDrawn | null) => void>()
  let worker: Worker | null = null
  let begun = 0
  const end = (page: number, drawn: FirstPageDrawn | null): void => {
    waiting.get(page)?.(drawn)
    waiting.delete(page)
  }
  const endAll = (): void => {
    worker = null
    for (const page of waiting.keys()) end(page, null)
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./draw-worker.ts', import.meta.url), { workerData: pathToFileURL(file).href })
    started.unref()
    started.on('message', ({ page, drawn, error }: FromWorker) => {
      if (error !== undefined) log.warn('a first page could not be drawn', { error })
      end(page, drawn)
    })
    started.on('error', (error) => {
      log.warn('the thread that draws first pages died', { error: String(error) })
      endAll()
    })
    return started
  }
  return {
    draw(asked, waitMs) {
      if (waiting.size >= pagesAtOnce || !existsSync(file)) return Promise.resolve(null)
      worker ??= start()
      const page = ++begun
      const { promise, resolve } = Promise.withResolvers<FirstPageDrawn | null>()
      waiting.set(page, resolve)
      worker.postMessage({ page, asked })
      const limit = setTimeout(() => end(page, null), Math.max(0, waitMs))
      return promise.finally(() => clearTimeout(limit))
    },
    async close() {
      const last = worker
      endAll()
      await last?.terminate()
    },
  }
}
