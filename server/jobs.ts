// Recurring work of the server in one table: each job runs by itself, never twice at once, and a failure is logged once until it works again, not fatal.
import { traced } from '#domain/ports/trace.ts'
import type { Trace } from '#domain/ports/trace.ts'
import type { Log } from './log.ts'

export type Job = {
  name: string
  everyMs: number
  /** How long after the start it runs first; the same as `everyMs` if absent. */
  firstMs?: number
  /** Of what this process alone knows: it runs on every node. Otherwise on the one that leads. */
  everywhere?: true
  /** One run, with the time of its start in milliseconds since 1970. */
  run(now: number): Promise<unknown>
}

/** `leads`: whether this node runs what one node of several does. Gives the way to stop, which waits for those that are running. */
export function startJobs(
  jobs: readonly Job[],
  {
    now,
    log,
    leads = () => true,
    trace = null,
  }: { now: () => number; log: Log; leads?: () => boolean; trace?: Trace | null },
): () => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const timers: NodeJS.Timeout[] = []
  /** Jobs that fail, with how often: a server that is away is told once, and once when it is back. */
  const failing = new Map<string, { message: string; times: number }>()
  const worked = (name: string): void => {
    const before = failing.get(name)
    if (before === undefined) return
    failing.delete(name)
    log.info('a job works again', { job: name, failedTimes: before.times })
  }
  const failed = (name: string, message: string): void => {
    const before = failing.get(name)
    failing.set(name, { message, times: (before?.times ?? 0) + 1 })
    if (before?.message !== message) log.error('a job failed', { job: name, error: message })
  }
  const run = (job: Job): void => {
    if (running.has(job.name) || !(job.everywhere === true || leads())) return
    const done = traced(trace, `job ${job.name}`, {}, () => job.run(now()))
      .then(() => worked(job.name))
      .catch((error: unknown) => failed(job.name, error instanceof Error ? error.message : String(error)))
      .finally(() => running.delete(job.name))
    running.set(job.name, done)
  }
  for (const job of jobs) {
    timers.push(setTimeout(() => run(job), job.firstMs ?? job.everyMs).unref())
    timers.push(setInterval(() => run(job), job.everyMs).unref())
  }
  return async () => {
    // Clearing a timeout clears an interval too.
    for (const timer of timers) clearTimeout(timer)
    await Promise.all(running.values())
  }
}
