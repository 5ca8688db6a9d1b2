// The use of a space is written as people write it, in three languages; another word is an error that names what may stand.
import { expect, test } from 'vitest'
import { evaluateTable } from '#domain/imports/evaluate.ts'
import type { ImportKnown } from '#domain/imports/import.ts'
import type { Premises } from '#domain/registry/bundle.ts'

const talo: Premises = { id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }
const known = {
  organisations: new Map(),
  premises: new Map([['talo', talo]]),
  devices: new Map(),
} as unknown as ImportKnown
const evaluated = (uses: string[]) => {
  const rows = uses.map((use, i) => ['talo', `r-${i}`, '10', use])
  const work = { columns: { premises: 0, id: 1, areaM2: 2, use: 3 }, defaults: {}, values: {}, mends: {}, leftOut: [] }
  const steps = evaluateTable(
    'spaces',
    { header: ['premises', 'id', 'area', 'use'], rows } as never,
    work as never,
    known,
  )
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

test('Finnish, Swedish and English words mean the use', () => {
  const { problems, bundle } = evaluated(['Yhteinen tila', 'gemensamt', 'common', 'tekninen', 'Oma', 'eget utrymme'])
  expect(problems).toEqual([])
  expect(bundle.premises?.[0]?.spaces?.map(({ use }) => use)).toEqual([
    'common',
    'common',
    'common',
    'technical',
    'exclusive',
    'exclusive',
  ])
  expect(evaluated(['puutarha']).problems).toMatchObject([{ row: 1, field: 'use', code: 'invalid-choice' }])
})
