// The index of retained messages gives exactly what a look at every topic gives.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RetainedIndex } from '#broker/retained-index.ts'
import { filterCovers } from '#broker/topic-filter.ts'

const level = fc.constantFrom('a', 'b', '', '$x', 'samtila')
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'))
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.boolean())
  .map(([levels, hash]) => (hash || levels.length === 0 ? [...levels, '#'] : levels).join('/'))

test('what a filter covers, after any sets and deletes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(topic, fc.boolean()), { maxLength: 30 }), fc.array(filter), (changes, filters) => {
      const index = new RetainedIndex<string>()
      const plain = new Set<string>()
      for (const [name, isSet] of changes) {
        if (isSet) index.set(name, name)
        else index.delete(name)
        if (isSet) plain.add(name)
        else plain.delete(name)
      }
      expect(index.size).toBe(plain.size)
      for (const one of plain) expect(index.get(one)).toBe(one)
      for (const one of filters)
        expect([...index.covered(one)].toSorted()).toEqual(
          [...plain].filter((name) => filterCovers(one, name)).toSorted(),
        )
    }),
  )
})

test('nothing is left of topics that went', () => {
  const index = new RetainedIndex<number>()
  for (let i = 0; i < 1_000; i++) index.set(`samtila/v1/d${i}/status`, i)
  for (let i = 0; i < 1_000; i++) index.delete(`samtila/v1/d${i}/status`)
  expect([index.size, [...index.covered('#')]]).toEqual([0, []])
  expect(index.get('samtila/v1/d7/status')).toBeUndefined()
})
