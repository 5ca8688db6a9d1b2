// Secrets at rest: opened by the same installation for the same purpose only, and never a wrong text.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openSealer, SEALING_KEY } from '#server/sealer.ts'

const folders: string[] = []
const keyFile = () => {
  const made = mkdtempSync(join(tmpdir(), 'samtila-sealer-'))
  folders.push(made)
  return join(made, SEALING_KEY)
}
afterEach(() => folders.splice(0).forEach((one) => rmSync(one, { recursive: true })))
const damaged = expect.objectContaining({ code: 'store-damaged' })

test('a secret is opened again by its installation, for its purpose, and is not in what is stored', () => {
  const data = keyFile()
  const sealed = openSealer(data).seal('salaisuus åäö', 'bridge a')
  expect(sealed).not.toContain('salaisuus')
  expect(openSealer(data).open(sealed, 'bridge a')).toBe('salaisuus åäö')
  expect(openSealer(data).seal('salaisuus åäö', 'bridge a')).not.toBe(sealed)
  expect(statSync(data).mode & 0o777).toBe(0o600)
  expect(() => openSealer(data).open(sealed, 'bridge b')).toThrow(damaged)
  expect(() => openSealer(keyFile()).open(sealed, 'bridge a')).toThrow(damaged)
})

test('a changed or cut secret, or a damaged key, is said, never guessed', () => {
  const data = keyFile()
  const sealed = openSealer(data).seal('x', 'p')
  for (const wrong of [
    '',
    'v1.',
    sealed.slice(0, -2),
    `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`,
    `v2${sealed.slice(2)}`,
  ])
    expect(() => openSealer(data).open(wrong, 'p'), wrong).toThrow(damaged)
  writeFileSync(data, readFileSync(data).subarray(1))
  expect(() => openSealer(data)).toThrow(damaged)
})
