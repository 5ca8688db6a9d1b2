// Solves the puzzle of an opened form in a worker while the form is filled in.
import { useEffect, useRef } from 'react'

/** Begins at once; the function given waits for the solution, `token.number`. */
export const usePuzzle = (challenge: { token: string; bits: number } | undefined): (() => Promise<string>) => {
  const solution = useRef<Promise<string>>(null)
  const { token, bits } = challenge ?? {}
  useEffect(() => {
    if (token === undefined || bits === undefined) return undefined
    const worker = new Worker(new URL('./puzzle-worker.ts', import.meta.url), { type: 'module' })
    const solved = new Promise<string>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<string>) => resolve(data))
      worker.addEventListener('error', () => reject(new Error('puzzle')))
    })
    // Whoever leaves the page waits for nothing.
    solved.catch(() => undefined)
    solution.current = solved
    worker.postMessage({ token, bits })
    return () => worker.terminate()
  }, [token, bits])
  return () => solution.current ?? Promise.reject(new Error('puzzle'))
}
