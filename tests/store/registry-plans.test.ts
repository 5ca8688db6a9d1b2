// Lists, filters and searches of the registry go by an index: no question looks at all objects or all words.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { actor, device, organisation, premises } from '#tests/contract/records-facts.ts'
import { createContext } from '#store/embedded/records/context.ts'
import { openDatabase } from '#store/embedded/records/open-database.ts'
import type { SqlValue } from '#store/sql/context.ts'
import { createEngine, type EngineMethod } from '#store/sql/engine.ts'

const DEVICES = 2_100
let database: DatabaseSync
let asked: { sql: string; values: Record<string, SqlValue> }[] = []
let run: ReturnType<typeof createEngine>
beforeAll(() => {
  database = openDatabase(':memory:')
  const context = createContext(database)
  const { named } = context
  context.named = (sql, values) => {
    asked.push({ sql, values })
    return named(sql, values)
  }
  run = createEngine(context)
  const objects = Array.from({ length: DEVICES }, (_, n) =>
    device(`d-${String(n).padStart(4, '0')}`, `house-${n % 3}`, {
      name: { fi: `Anturi ${n}` },
      type: n % 2 === 0 ? 'a' : 'b',
      ...(n % 100 === 0 ? { tags: ['sadas'] } : {}),
    }),
  )
  const houses = [0, 1, 2].map((n) => premises(`house-${n}`, 'town'))
  run('change', [{ objects: [organisation('town'), ...houses, ...objects] }, actor, 'test'], 1)
}, 60_000)
afterAll(() => database.close())

/** The steps that SQLite takes for the statements of a call. */
const stepsOf = (method: EngineMethod, ...values: unknown[]): string[] => {
  asked = []
  run(method, values, Date.UTC(2026, 5, 1))
  return asked.flatMap(({ sql, values: given }) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(given)
      .map((row) => String(row['detail'])),
  )
}
/** Steps through a whole table of things; tables of words are asked by MATCH, lists of values are short. */
const whole = (steps: readonly string[]): string[] =>
  steps.filter((step) => /^SCAN (?:o|f|p|objects|finds|papers|l|s|sight|links)\b(?!.*USING)/.test(step))

const operator = { organisation: null }
const town = { organisation: 'town' }
test.each([
  ['a page', { after: 'd-1000' }],
  ['of a premises', { premises: 'house-1' }],
  ['of a type', { type: 'a', after: 'd-0100' }],
  ['by a rare word', { text: '1234' }],
  ['by a common word', { text: 'anturit', after: 'd-1500' }],
  ['by a tag', { facets: ['tag:sadas'] }],
  ['by what nearly all have', { facets: ['life:in-use'] }],
  ['by ids', { ids: ['d-0001', 'd-0002'] }],
])('a list %s', (_, query) => {
  for (const scope of [operator, town]) {
    const steps = stepsOf('listObjects', scope, 'devices', { ...query, limit: 50 })
    expect(steps.length).toBeGreaterThan(0)
    expect(whole(steps)).toEqual([])
    // In the order of the index, without sorting what was found.
    expect(steps.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([])
  }
})

test('a search asks the index of words, kind by kind', () => {
  const steps = stepsOf('search', town, { text: 'anturin 12', kinds: ['devices', 'spaces', 'organisations'], limit: 8 })
  expect(steps.some((step) => step.includes('VIRTUAL TABLE INDEX'))).toBe(true)
  expect(whole(steps)).toEqual([])
})
