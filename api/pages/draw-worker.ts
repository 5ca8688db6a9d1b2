// The thread that draws first pages, so that neither the API nor the broker waits for it; one page after the other.
import { parentPort, workerData } from 'node:worker_threads'
import type { FirstPageAsked, FirstPageDrawn } from '#contract/first-page.ts'

type Drawing = { drawFirstPage(asked: FirstPageAsked): Promise<FirstPageDrawn | null> }
const { drawFirstPage } = (await import(String(workerData))) as Drawing

let last: Promise<void> = Promise.resolve()
parentPort?.on('message', ({ page, asked }: { page: number; asked: FirstPageAsked }) => {
  const draw = async (): Promise<void> => {
    const answer = await drawFirstPage(asked).then(
      (drawn) => ({ page, drawn }),
      (error: unknown) => ({ page, drawn: null, error: String(error) }),
    )
    parentPort?.postMessage(answer)
  }
  last = last.then(draw)
})
