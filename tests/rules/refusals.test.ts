// What the server refuses is told in Finnish and Swedish as well: every sentence of the source that a page shows has its own.
import { expect, test } from 'vitest'
import { fi } from '#dashboard/text/refusals/fi.ts'
import { sv } from '#dashboard/text/refusals/sv.ts'
import { translate } from '#dashboard/text/refusals/translate.ts'
import { SHAPE_WORDS } from '#api/shape-words.ts'
import { readSourceFiles } from './source-files.ts'

/** Refusals of which a page shows the sentence (dashboard/client/problem.ts `refused`); of others their kind says all. */
const SHOWN = new Set([
  'invalid-body',
  'conflict',
  'too-large',
  'invalid-bundle',
  'settlement-state',
  'unsupported-type',
])
/** A program's mistake, which no page makes. */
const OF_PROGRAMS = new Set([
  'Bodies are taken uncompressed only.',
  'JSON may be nested {} deep at most.',
  'This Idempotency-Key was used with another request.',
  'The body is not JSON.',
  'The id in the body is not that of the path.',
  'There is no bundle: send one JSON object.',
  'More is reported than is kept.',
])

const sentences = readSourceFiles('api', 'domain').flatMap(({ text }) =>
  [...text.matchAll(/new Failure\(\s*'([a-z-]+)',\s*(['`])(.*?)\2/gs)]
    .filter(([, code = '']) => SHOWN.has(code))
    .map(([, , , sentence = '']) => sentence.replaceAll(/\$\{[^{}]*\}/g, '{}'))
    // Whose changing part is a text of its own cannot be read like this.
    .filter((sentence) => !sentence.includes('${') && !/^[{}: ]+$/.test(sentence)),
)

/** What the checks of the registry say of a field; a page shows it below the field's name. */
const ofFields = readSourceFiles('domain/registry').flatMap(({ text }) =>
  [...text.matchAll(/report\(\s*[^;]*?'[a-z-]+',\s*(['`])(.*?)\1/gs)]
    .map(([, , sentence = '']) => sentence.replaceAll(/\$\{[^{}]*\}/g, '{}'))
    .filter((sentence) => sentence.endsWith('.') && !sentence.includes('${')),
)

/** What is said of a value that has not the form of its schema (api/shape-words.ts). */
const ofShapes = [
  ...readSourceFiles('api/contract').flatMap(({ text }) =>
    [...text.matchAll(/patterned\(\s*'[^\n]*?',\s*'([^']*)'/g)].map(([, asks = '']) => `must be ${asks}`),
  ),
  ...Object.values(SHAPE_WORDS),
  ...readSourceFiles('api')
    .filter(({ text }) => text.includes('export function shapeWords'))
    .flatMap(({ text }) => [...text.matchAll(/[`]((?:has|holds|is) [^`]*)[`]/g)].map(([, said = '']) => said))
    .map((said) => said.replaceAll(/\$\{[^{}]*\}/g, '{}')),
]

test('every refusal has its sentence in Finnish and Swedish', () => {
  expect(sentences.length).toBeGreaterThan(200)
  for (const [language, table] of Object.entries({ fi, sv }))
    expect([language, sentences.filter((one) => !OF_PROGRAMS.has(one) && translate(table, one) === null)]).toEqual([
      language,
      [],
    ])
  expect(ofFields.length).toBeGreaterThan(40)
  for (const [language, table] of Object.entries({ fi, sv }))
    expect([language, ofFields.filter((one) => translate(table, one) === null)]).toEqual([language, []])
  expect(ofShapes.length).toBeGreaterThan(30)
  // Each by itself: "must be {}" would put the English words into the other language.
  for (const [language, table] of Object.entries({ fi, sv }))
    expect([language, ofShapes.filter((one) => !Object.hasOwn(table, one))]).toEqual([language, []])
  expect([...OF_PROGRAMS].filter((one) => !sentences.includes(one))).toEqual([])
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
  // The form that says most itself, wherever it stands.
  expect(translate({ 'is not {}': 'ei {}', 'is not {} here': 'ei ole {} täällä' }, 'is not x here')).toBe(
    'ei ole x täällä',
  )
  expect(translate({ 'is not {} here': 'ei ole {} täällä', 'is not {}': 'ei {}' }, 'is not x here')).toBe(
    'ei ole x täällä',
  )
  expect(translate(fi, 'Something new.')).toBeNull()
})
