// What the server refuses in alarms, faults, service, notification and the life of devices is told in Finnish and Swedish as well: every sentence of the source has its own.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fi } from '#dashboard/text/refusals/fi.ts'
import { sv } from '#dashboard/text/refusals/sv.ts'
import { translate } from '#dashboard/text/refusals/translate.ts'

const FOLDERS = [
  'api/alarms',
  'api/faults',
  'api/service',
  'api/notification',
  'api/transfers',
  'api/meter-changes',
  'api/device-documents',
]
const ROUTES =
  /^(alarms|alarm-rules|data-requests|faults|service|inspections|notifications|on-call|webhooks|listeners|public-reports|report-codes)\.ts$/
/** A program's mistake, which no page makes, and what is simply not there. */
const OF_PROGRAMS = new Set(['bad-request', 'not-found', 'internal'])

const files = [
  ...FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  ...readdirSync('api/routes')
    .filter((name) => ROUTES.test(name))
    .map((name) => join('api/routes', name)),
]
const sentences = files.flatMap((file) => {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/new Failure\(\s*'([a-z-]+)',\s*(['`])(.*?)\2/gs)]
    .filter(([, code = '']) => !OF_PROGRAMS.has(code))
    .map(([, , , sentence = '']) => sentence.replaceAll(/\$\{[^}]*\}/g, '{}'))
})

test('every refusal has its sentence in Finnish and Swedish', () => {
  expect(sentences.length).toBeGreaterThan(40)
  for (const [language, table] of Object.entries({ fi, sv }))
    expect([language, sentences.filter((one) => table[one] === undefined)]).toEqual([language, []])
  expect(Object.keys(sv)).toEqual(Object.keys(fi))
})

test('what changes in a sentence stands in the other languages too', () => {
  const places = (text: string): number => text.split('{}').length
  for (const table of [fi, sv])
    for (const [english, own] of Object.entries(table))
      expect([english, places(own) <= places(english)]).toEqual([english, true])
  expect(translate(fi, 'must be after 2026-11-22')).toBe('oltava 2026-11-22 jälkeen')
  expect(translate(sv, 'The photo has 9000 × 8000 pixels; 40000000 are taken.')).toBe(
    'Fotot har 9000 × 8000 bildpunkter, högst 40000000 tas emot.',
  )
  expect(translate(fi, 'Something new.')).toBeNull()
})
