// The audit log has words for every kind of thing that lines are written of, and for what is done to it.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PAPER_KINDS } from '#api/demonstration/paper-kinds.ts'
import { actionWord } from '#dashboard/text/audit/action-word.ts'
import { en } from '#dashboard/text/audit/en.ts'
import { fi } from '#dashboard/text/audit/fi.ts'
import { sv } from '#dashboard/text/audit/sv.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'

const sources = ['api', 'domain', 'server', 'store'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
)
const all = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
]

test.each([fi, sv, en])('every kind of paper and object, and what leaves a look, has a word', ({ kinds }) => {
  const looks = all(/\bsaw: '([a-z-]+)'/g)
  expect(looks.length).toBeGreaterThan(3)
  const missing = [...PAPER_KINDS, ...looks, ...OBJECT_KINDS].filter((kind) => !Object.hasOwn(kinds, kind))
  expect(missing).toEqual([])
})

test.each([fi, sv, en])('every action of a kind has a sentence or a verb', (words) => {
  const kinds = Object.keys(words.kinds).join('|')
  const actions = all(new RegExp(`'((?:${kinds})\\.[a-z-]+)'`, 'g'))
  expect(actions.length).toBeGreaterThan(60)
  expect(actions.filter((action) => actionWord(words, action) === action)).toEqual([])
  expect(actionWord(words, 'no.such-thing')).toBe('no.such-thing')
})
