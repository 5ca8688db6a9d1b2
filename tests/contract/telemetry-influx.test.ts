// The contract of the telemetry store on a real InfluxDB 1.x, and through the driver of 2.x/3 with a small door in front of it.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInflux1Telemetry, restoreInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { openInflux2Telemetry, restoreInflux2Telemetry } from '#store/influx2/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, createDatabase, openVersion2Door, startInfluxd } from '#tests/store/influx-server.ts'
import type { Door, InfluxServer } from '#tests/store/influx-server.ts'
import { telemetrySuite } from './telemetry.suite.ts'

if (INFLUXD === null) {
  test('telemetry store on InfluxDB', (context) => notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb'))
} else {
  let server: InfluxServer
  let door: Door
  const folders: string[] = []
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'samtila-spool-'))
    folders.push(made)
    return made
  }
  beforeAll(async () => {
    server = await startInfluxd()
    door = await openVersion2Door(server.url)
  }, 30_000)
  afterAll(async () => {
    await door.close()
    await server.stop()
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  })
  const address1 = () => ({ url: server.url, database: randomUUID(), user: null, password: null })
  const address2 = async () => {
    const bucket = randomUUID()
    await createDatabase(server.url, bucket)
    return { url: door.url, org: 'town', bucket, database: bucket, token: 'secret' }
  }

  telemetrySuite({
    name: 'influx1',
    open: () => openInflux1Telemetry(address1(), { spoolFolder: folder() }),
    async openBackup(copy) {
      const address = address1()
      await restoreInflux1Telemetry(address, copy)
      return openInflux1Telemetry(address, { spoolFolder: folder() })
    },
    settle: null,
  })

  telemetrySuite({
    name: 'influx2',
    open: async () => openInflux2Telemetry(await address2(), { spoolFolder: folder() }),
    async openBackup(copy) {
      const address = await address2()
      await restoreInflux2Telemetry(address, copy)
      return openInflux2Telemetry(address, { spoolFolder: folder() })
    },
    settle: null,
  })

  describe('the way to InfluxDB 2.x and 3', () => {
    test('writes went through the driver, with organisation and token', () => {
      expect(door.seen.writes).toBeGreaterThan(50)
      expect(door.seen.queries).toBeGreaterThan(50)
      expect([...door.seen.orgs]).toEqual(['town'])
      expect([...door.seen.tokens]).toEqual(['Token secret'])
    })
  })
}
