// The glossary as data, and the parts that the first page shows to each role.
import { expect, test } from 'vitest'
import { sectionsFor } from '#dashboard/pages/overview/sections.ts'
import { glossary } from '#dashboard/text/help/glossary.ts'
import { LANGUAGES } from '#domain/writing/language.ts'

test('each term has a name and a sentence in every language, and no two terms share a name', () => {
  const entries = Object.values(glossary)
  expect(entries.length).toBeGreaterThan(40)
  for (const language of LANGUAGES) {
    const names = entries.map((entry) => entry[language][0])
    expect(new Set(names).size, language).toBe(names.length)
    for (const { [language]: meaning } of entries) expect(meaning[1], meaning[0]).toMatch(/^\p{Lu}.{20,}\.$/u)
  }
})

test('the first part answers the first question of the role', () => {
  const first = (...roles: Parameters<typeof sectionsFor>[0]['roles']) => sectionsFor({ roles, operator: false })[0]
  expect(first('controller')).toBe('waiting')
  expect(first('manager')).toBe('broken')
  expect(first('technician')).toBe('broken')
  expect(first('viewer')).toBe('ownCosts')
  expect(sectionsFor({ roles: ['admin'], operator: true })[0]).toBe('platform')
})

test('several roles take turns, in one order, and nothing stands twice', () => {
  const both = sectionsFor({ roles: ['manager', 'controller'], operator: false })
  expect(both.slice(0, 4)).toEqual(['waiting', 'broken', 'soFar', 'energy'])
  expect(both).toEqual(sectionsFor({ roles: ['controller', 'manager'], operator: false }))
  expect(new Set(both).size).toBe(both.length)
})
