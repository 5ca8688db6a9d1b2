// The history of a twin as people read it: who wanted what, when the device had it, what it changed by itself.
import { expect, test } from 'vitest'
import { twinChanges } from '#dashboard/pages/device/twin-changes.ts'

const at = (minute: number): string => `2026-11-23T10:0${minute}:00.000Z`
const version = (number: number, changedBy: string, desired: object, reported: object) => ({
  version: number,
  changedAt: at(number),
  changedBy,
  desired: desired as Record<string, unknown>,
  reported: reported as Record<string, unknown>,
})

test('a wish stands with who wanted it and since when the device has it; another wish before that ends the wait', () => {
  const versions = [
    version(1, 'Twins', {}, { interval: 60 }),
    version(2, 'Aino', { interval: 300 }, { interval: 60 }),
    version(3, 'Heikki', { interval: 600 }, { interval: 60 }),
    version(4, 'Twins', { interval: 600 }, { interval: 600, on: true }),
    version(5, 'Aino', {}, { interval: 600, on: true }),
  ]
  expect(twinChanges(versions.toReversed())).toEqual([
    { key: 'interval', at: at(5), by: 'Aino', from: 600, to: undefined, reportedAt: null },
    { key: 'on', at: at(4), by: null, from: undefined, to: true, reportedAt: at(4) },
    { key: 'interval', at: at(3), by: 'Heikki', from: 300, to: 600, reportedAt: at(4) },
    { key: 'interval', at: at(2), by: 'Aino', from: undefined, to: 300, reportedAt: null },
    { key: 'interval', at: at(1), by: null, from: undefined, to: 60, reportedAt: at(1) },
  ])
})

test('of a history whose beginning is not shown the oldest version is only compared with', () => {
  const versions = [version(7, 'Aino', { on: true }, {}), version(8, 'Twins', { on: true }, { on: true })]
  expect(twinChanges(versions.toReversed())).toEqual([])
})
