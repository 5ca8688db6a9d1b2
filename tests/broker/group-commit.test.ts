// Messages share writes: one at a time, the next gathers meanwhile, and after a large one for a while longer.
import { expect, test } from 'vitest'
import { createGroupCommit, LARGE_GROUP } from '#broker/group-commit.ts'

/** Commits whose writes are kept: when each began and which items it settled. */
function open(gatherMs: number) {
  const beganAt: number[] = []
  const groups: number[] = []
  const commits = createGroupCommit<number, void>(
    () => {
      beganAt.push(performance.now())
      return Promise.resolve()
    },
    (items) => groups.push(items.length),
    gatherMs,
  )
  const join = (count: number): void => {
    for (let item = 0; item < count; item++) commits.join(item)
  }
  return { commits, join, beganAt, groups }
}

test('what comes in one turn shares a write; who sends little waits for nothing', async () => {
  // Were it waited for, the test would not end.
  const { commits, join, groups } = open(3_600_000)
  for (let turn = 0; turn < 3; turn++) {
    join(LARGE_GROUP - 1)
    await commits.idle()
  }
  expect([groups, commits.waiting()]).toEqual([[LARGE_GROUP - 1, LARGE_GROUP - 1, LARGE_GROUP - 1], 0])
})

test('after a large group the next gathers, and then goes', async () => {
  const { commits, join, beganAt, groups } = open(50)
  join(LARGE_GROUP)
  await commits.idle()
  join(2)
  await new Promise((resolve) => setImmediate(resolve))
  join(3)
  await commits.idle()
  // On a machine that stood still the time is over before the last three come.
  expect(groups.slice(1).reduce((sum, size) => sum + size, 0)).toBe(5)
  // Timers may be a millisecond early.
  expect((beganAt[1] as number) - (beganAt[0] as number)).toBeGreaterThan(48)
})
