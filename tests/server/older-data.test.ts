// A data folder that the program of an older data version left (records 10, a month closed there): today's program opens it, brings it on, and says the same.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from '#config'
import { LIMITS } from '#server/limits.ts'
import { createLog } from '#server/log.ts'
import { openServer } from '#server/open-server.ts'

const OLDER = 'tests/server/data-of-version-10'
const folder = mkdtempSync(join(tmpdir(), 'samtila-older-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function versionOf(file: string): number {
  const database = new DatabaseSync(join(folder, file), { readOnly: true })
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  database.close()
  return version
}

test('records of version 10 are brought on: facts, history and the closed month are the same', async () => {
  for (const file of ['records.sqlite', 'telemetry.sqlite'])
    writeFileSync(join(folder, file), gunzipSync(readFileSync(join(OLDER, `${file}.gz`))))
  expect([versionOf('records.sqlite'), versionOf('telemetry.sqlite')]).toEqual([10, 2])
  const read = readSettings({ SAMTILA_DATA: folder, SAMTILA_HTTP: '127.0.0.1:0', SAMTILA_MQTT: '127.0.0.1:0' }, LIMITS)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const { path, settlement } = JSON.parse(readFileSync(join(OLDER, 'closed-month.json'), 'utf8')) as {
    path: string
    settlement: { digest: string }
  }
  // Twice: what was brought on opens again as it is.
  for (const turn of [1, 2]) {
    const server = await openServer(read.settings, { listen: true, log: createLog('silent') })
    const ask = async (asked: string): Promise<unknown> =>
      (
        await fetch(`${server.urls.http}/api/v1${asked}`, { headers: { authorization: `Bearer ${server.localToken}` } })
      ).json()
    try {
      expect(await ask(path), `start ${turn}`).toEqual(settlement)
      expect(await ask('/system')).toMatchObject({ auditBrokenAt: null })
      expect(await ask('/devices')).toMatchObject({ items: [{}, {}] })
    } finally {
      await server.close()
    }
    expect(versionOf('records.sqlite')).toBeGreaterThan(10)
  }
})
