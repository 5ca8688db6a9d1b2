// What the documents list is what the code has, in both directions: failure codes and settings.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SETTINGS, limitSettingName } from '#config'
import { FAILURE_CODES } from '#domain/failure.ts'
import { LIMITS } from '#server/limits.ts'

const tableNames = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match[1] ?? '').sort()

test('docs/ERRORS.md explains every failure code, and no other', () => {
  const listed = tableNames('docs/ERRORS.md', /^\| `([a-z-]+)` \|/gm)
  expect(listed.length).toBeGreaterThan(15)
  expect(listed).toEqual(Object.keys(FAILURE_CODES).sort())
})

test('docs/OPERATING.md lists every setting and limit, and no other', () => {
  const listed = tableNames('docs/OPERATING.md', /^\| `(SAMTILA_[A-Z0-9_]+)` \|/gm)
  const known = [...SETTINGS.map((setting) => setting.name), ...Object.keys(LIMITS).map(limitSettingName)].sort()
  expect(listed.length).toBeGreaterThan(20)
  expect(listed).toEqual(known)
})

test('docs/OPERATING.md tells the defaults as they are', () => {
  const text = readFileSync('docs/OPERATING.md', 'utf8')
  for (const setting of SETTINGS)
    if (setting.default !== '')
      expect(text).toMatch(
        new RegExp(`\\| \`${setting.name}\` \\|[^\\n]*\`${setting.default.replaceAll('.', '\\.')}\``),
      )
  for (const [limit, { default: value }] of Object.entries(LIMITS))
    expect(text).toContain(`| \`${limitSettingName(limit)}\` | \`${value}\` |`)
})
