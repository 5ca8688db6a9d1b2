// The list of all kinds of papers is whole: a kind that is missing would stay behind when a demonstration is removed.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PAPER_KINDS } from '#api/demonstration/paper-kinds.ts'

test('every kind of paper stands in the list', () => {
  const kinds = ['api', 'domain', 'server'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/= paperKind<[\s\S]{0,200}?>?\('([a-z-]+)'\)/g),
      ])
      .map((match) => match[1] ?? ''),
  )
  expect(kinds.length).toBeGreaterThan(50)
  expect(kinds.filter((kind) => !PAPER_KINDS.includes(kind))).toEqual([])
})
