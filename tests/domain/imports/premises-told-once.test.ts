// A whole file for premises that are not there is one error, where it stands first; another text is another error.
import { expect, test } from 'vitest'
import { evaluateTable } from '#domain/imports/evaluate.ts'
import type { ImportKnown } from '#domain/imports/import.ts'

const known = { organisations: new Map(), premises: new Map(), devices: new Map() } as unknown as ImportKnown
const evaluated = (rows: string[][]) => {
  const columns = { premises: 0, id: 1, areaM2: 2 }
  const work = { columns, defaults: {}, values: {}, mends: {}, leftOut: [] }
  const steps = evaluateTable('spaces', { header: ['premises', 'id', 'area'], rows } as never, work as never, known)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

test('276 rooms of unknown premises are one error, and none of them is taken', () => {
  const rooms = Array.from({ length: 276 }, (_, i) => ['Uusi talo', `r-${i}`, '10'])
  const { problems, bundle } = evaluated(rooms)
  expect(problems.map(({ row, field, code }) => [row, field, code])).toEqual([[1, 'premises', 'unknown-id']])
  expect(bundle).toEqual({})
  const two = evaluated([...rooms.slice(0, 3), ['Toinen', 'x', '5'], ['', 'y', '5'], ['', 'z', '5']])
  expect(two.problems.map(({ row, code }) => [row, code])).toEqual([
    [1, 'unknown-id'],
    [4, 'unknown-id'],
    [5, 'missing'],
  ])
})
