// Each reason for which a message is set aside, as docs/PROTOCOL.md lists them, is told in the three languages.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { en } from '#dashboard/text/connect/en.ts'
import { fi } from '#dashboard/text/connect/fi.ts'
import { sv } from '#dashboard/text/connect/sv.ts'

const [, table = ''] = readFileSync('docs/PROTOCOL.md', 'utf8').split('| reason | meaning |')
const rows = table.split('\n\n')[0]?.match(/^\| `[^|]*/gm) ?? []
const listed = rows.flatMap((row) => [...row.matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code)).toSorted()

test.each(Object.entries({ fi, sv, en }))('%s', (_language, { quarantineReasons }) => {
  expect(listed.length).toBeGreaterThan(30)
  expect(Object.keys(quarantineReasons).toSorted()).toEqual(listed)
})
