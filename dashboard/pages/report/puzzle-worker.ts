// Solves the puzzle beside the page, so that writing and scrolling stay smooth.
import { solvePuzzle } from './puzzle.ts'

globalThis.addEventListener('message', ({ data }: MessageEvent<{ token: string; bits: number }>) => {
  globalThis.postMessage(solvePuzzle(data.token, data.bits))
})
