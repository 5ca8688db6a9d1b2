// One flow on the embedded stores: first start, import, settle, close, backup while running, and everything there again after a restart.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { SystemState } from '#contract/system.ts'
import { createFirstUser } from '#api/first-start.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

const root = mkdtempSync(join(tmpdir(), 'samtila-api-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function within<T>(
  folder: string,
  work: (api: TestApi, stores: { records: Records; telemetry: Telemetry }) => Promise<T>,
): Promise<T> {
  const telemetry = await openEmbeddedTelemetry({ folder })
  const records = await openEmbeddedRecords({ folder })
  const api = await startApi({ stores: { records, telemetry }, dataFolder: folder })
  try {
    return await work(api, { records, telemetry })
  } finally {
    await api.close()
    await records.close()
    await telemetry.close()
  }
}

test('S01, S02: the first start makes one administrator with a random password, the second none; two installations differ', async () => {
  const passwords: string[] = []
  for (const name of ['a', 'b']) {
    await within(join(root, name), async (api, { records }) => {
      const made = await createFirstUser(records, { password: null, now: Date.now() })
      expect(made).toMatchObject({ login: 'admin', password: expect.stringMatching(/^[a-z2-9-]{23}$/) })
      expect(await createFirstUser(records, { password: null, now: Date.now() })).toBeNull()
      expect((await api.request(null, 'POST', '/session', { login: 'admin', password: made?.password })).status).toBe(
        200,
      )
      passwords.push(made?.password ?? '')
    })
  }
  expect(new Set(passwords).size).toBe(2)
  await within(join(root, 'c'), async (_api, { records }) => {
    await expect(createFirstUser(records, { password: 'admin', now: Date.now() })).rejects.toMatchObject({
      code: 'wrong-setting',
    })
    expect(await createFirstUser(records, { password: 'kolmen-koivun-kuja-7', now: Date.now() })).toEqual({
      login: 'admin',
      password: null,
    })
  })
})

test('import, settle, close, backup; after a restart and from the backup the same to the byte', async () => {
  const folder = join(root, 'main')
  const path = '/premises/talo/settlements/2026-03'
  const { closed, exported } = await within(folder, async (api) => {
    const token = await api.token(null, ['admin'])
    expect((await api.request(token, 'POST', '/import', twoHouses)).status).toBe(200)
    const closed = await api.request(
      token,
      'POST',
      `${path}/close`,
      { force: true, reason: 'koe' },
      { 'idempotency-key': 'k' },
    )
    expect(closed.status).toBe(200)
    expect((await api.request(token, 'GET', path)).text).toBe(closed.text)
    const backup = await api.request(token, 'POST', '/backup', { folder: 'ensimmainen' })
    expect([backup.status, backup.text]).toEqual([200, backup.text])
    expect(backup.json<{ bytes: number }>().bytes).toBeGreaterThan(10_000)
    expect((await api.request(token, 'POST', '/backup', { folder: 'ensimmainen' })).status).toBe(409)
    for (const bad of ['../out', '/tmp/out', 'a/b', '.hidden', ''])
      expect([bad, (await api.request(token, 'POST', '/backup', { folder: bad })).status]).toEqual([bad, 400])
    const system = (await api.request(token, 'GET', '/system')).json<SystemState>()
    expect(system).toMatchObject({
      telemetry: { state: 'ready', readings: 4 },
      auditBrokenAt: null,
      backups: [{ folder: 'ensimmainen' }],
    })
    const files = readdirSync(join(folder, 'backups', 'ensimmainen'), { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile(),
    )
    expect(files.length).toBeGreaterThan(1)
    for (const file of files)
      expect([file.name, statSync(join(file.parentPath, file.name)).mode & 0o077]).toEqual([file.name, 0])
    return { closed: closed.text, exported: (await api.request(token, 'GET', '/export?readings=true')).text }
  })
  for (const place of [folder, join(folder, 'backups', 'ensimmainen')]) {
    await within(place, async (api) => {
      const token = await api.token(null, ['admin'])
      expect((await api.request(token, 'GET', path)).text).toBe(closed)
      expect((await api.request(token, 'GET', '/export?readings=true')).text).toBe(exported)
    })
  }
})
