// A job that fails again and again is told once, another reason once more, and once when it works again.
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startJobs } from '#server/jobs.ts'

test('a failing job is logged once until its reason changes or it works again', async () => {
  const told: unknown[] = []
  const say = () => {}
  const log = {
    debug: say,
    warn: say,
    info: (message: string, fields?: object) => void told.push([message, fields]),
    error: (message: string, fields?: object) => void told.push([message, fields]),
  }
  const ends = ['away', 'away', 'away', 'full', null, null, 'away']
  let runs = 0
  const run = async (): Promise<void> => {
    const end = ends[runs++]
    if (typeof end === 'string') throw new Error(end)
  }
  const stop = startJobs([{ name: 'clock', everyMs: 1, run }], { now: () => 0, log })
  await expect.poll(() => runs, { interval: 1 }).toBeGreaterThan(ends.length)
  await stop()
  await turn()
  expect(told).toEqual([
    ['a job failed', { job: 'clock', error: 'away' }],
    ['a job failed', { job: 'clock', error: 'full' }],
    ['a job works again', { job: 'clock', failedTimes: 4 }],
    ['a job failed', { job: 'clock', error: 'away' }],
    ['a job works again', { job: 'clock', failedTimes: 1 }],
  ])
})
