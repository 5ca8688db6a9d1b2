// Opening: passwords, rights, retention policies, a server that is not there; what went wrong is said in one sentence.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, startInfluxd } from './influx-server.ts'
import type { InfluxServer } from './influx-server.ts'

const ADMIN = { user: 'root', password: 'pass word:ä' }

if (INFLUXD === null) {
  test('opening InfluxDB', (context) => notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb'))
} else {
  describe('opening InfluxDB', () => {
    let server: InfluxServer
    const folder = mkdtempSync(join(tmpdir(), 'samtila-open-'))
    const query = async (q: string, admin: typeof ADMIN | null = ADMIN): Promise<void> => {
      const headers: Record<string, string> =
        admin === null
          ? {}
          : { authorization: `Basic ${Buffer.from(`${admin.user}:${admin.password}`).toString('base64')}` }
      const answer = await fetch(`${server.url}/query`, { method: 'POST', headers, body: new URLSearchParams({ q }) })
      expect(await answer.text()).not.toContain('error')
    }
    const open = (given: Partial<Parameters<typeof openInflux1Telemetry>[0]>) =>
      openInflux1Telemetry(
        { url: server.url, database: 'readings', ...ADMIN, ...given },
        { spoolFolder: join(folder, 'spool'), openMs: 300 },
      )
    beforeAll(async () => {
      server = await startInfluxd({ auth: true })
      await query(`CREATE USER root WITH PASSWORD '${ADMIN.password}' WITH ALL PRIVILEGES`, null)
    }, 30_000)
    afterAll(async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    })
    const use = async (store: Awaited<ReturnType<typeof open>>): Promise<void> => {
      const series = store.seriesOf('device', 'point')
      store.add(series, Date.now(), 1, 'measured', Date.now(), false)
      expect(await store.commit()).toMatchObject({ stored: 1 })
      expect((await store.latest([series]))[0]?.value).toBe(1)
      expect(store.state().state).toBe('ready')
      await store.close()
    }

    test(
      'makes the database with a user that may, and serves one that may only read and write',
      { timeout: 30_000 },
      async () => {
        await use(await open({}))
        await query(`CREATE USER plain WITH PASSWORD 'p'; GRANT ALL ON readings TO plain`)
        await use(await open({ user: 'plain', password: 'p' }))
      },
    )

    test('says what is wrong', { timeout: 60_000 }, async () => {
      await expect(open({ password: 'wrong' })).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('credentials'),
      })
      await query('CREATE DATABASE forgetful WITH DURATION 30d')
      await expect(open({ database: 'forgetful' })).rejects.toMatchObject({
        code: 'wrong-setting',
        message: expect.stringContaining('drops readings after 720h0m0s'),
      })
      await expect(open({ url: 'http://127.0.0.1:9' })).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('does not answer'),
      })
    })
  })
}
