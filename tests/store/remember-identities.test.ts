// Whoever a token or session belongs to is remembered, and forgotten at once when anything of it changes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Token } from '#domain/ports/records.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { rememberIdentities } from '#store/embedded/remember-identities.ts'

const ACTOR = { kind: 'system', id: 'test', name: 'test', organisation: null } as const
const token: Token = {
  id: 'token-1',
  hash: 'hash-1',
  name: 'Reports',
  organisation: null,
  roles: ['viewer'],
  scopes: ['read'],
  createdAt: 1,
  expiresAt: null,
  revokedAt: null,
}

test('a revoked token is not valid for one more request', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-remember-'))
  const records = await openEmbeddedRecords({ folder })
  try {
    expect(await records.findToken('hash-1')).toBeNull()
    await records.putToken(token, ACTOR)
    for (let turn = 0; turn < 3; turn++) expect(await records.findToken('hash-1')).toMatchObject({ revokedAt: null })
    await records.putToken({ ...token, revokedAt: 2 }, ACTOR)
    expect(await records.findToken('hash-1')).toMatchObject({ revokedAt: 2 })
  } finally {
    await records.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what was asked before a change and answered after it is not kept; the same is asked once', async () => {
  let stored = 'before'
  const asked: string[] = []
  const waiting: (() => void)[] = []
  const remembering = rememberIdentities(async (method) => {
    asked.push(method)
    const result = stored
    if (method === 'getUser' && asked.length === 1) await new Promise<void>((resolve) => waiting.push(resolve))
    return { result, events: [] }
  })
  const early = remembering('getUser', ['anna'])
  stored = 'after'
  await remembering('putUser', [{ id: 'anna' }])
  waiting[0]?.()
  expect((await early).result).toBe('before')
  for (let turn = 0; turn < 3; turn++) expect((await remembering('getUser', ['anna'])).result).toBe('after')
  expect(asked).toEqual(['getUser', 'putUser', 'getUser'])
})
