// The whole program on InfluxDB: devices over MQTT, the server killed and frozen meanwhile; what was acknowledged is there once, and the outage is told.
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, startInfluxd } from '#tests/store/influx-server.ts'
import type { InfluxServer } from '#tests/store/influx-server.ts'
import { call, makeFolder, removeFolder, startProgram } from './program.ts'
import type { Program } from './program.ts'

const START = Date.UTC(2026, 9, 1)
const FACTS = {
  organisations: [{ id: 'town', name: { en: 'Town' } }],
  premises: [{ id: 'hall', name: { en: 'Hall' }, timeZone: 'Europe/Helsinki', landlord: 'town' }],
  devices: [{ id: 'meter', premises: 'hall', points: [{ key: 'energy', kind: 'counter', unit: 'kWh' }] }],
}

if (INFLUXD === null) {
  test('the program on InfluxDB', (context) => notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb'))
} else {
  describe('the program on InfluxDB', () => {
    let server: InfluxServer
    let program: Program
    const folder = makeFolder()
    beforeAll(async () => {
      server = await startInfluxd()
      program = await start()
    }, 60_000)
    afterAll(async () => {
      await program.end('SIGKILL')
      await server.stop()
      removeFolder(folder)
    })
    const start = (): Promise<Program> =>
      startProgram(folder, {
        SAMTILA_TELEMETRY: 'influx1',
        SAMTILA_TELEMETRY_URL: server.url,
        SAMTILA_LOG: 'info',
      })
    const ready = async (): Promise<{ status: number; body: unknown }> => {
      const response = await fetch(`${program.httpUrl}/readyz`)
      return { status: response.status, body: await response.json() }
    }
    const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
      for (const end = Date.now() + 20_000; !(await holds());) {
        if (Date.now() > end) throw new Error(`not within 20 s: ${String(holds)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }

    test(
      'nothing acknowledged is lost, and the outage is in the log, /readyz and the state',
      { timeout: 90_000 },
      async () => {
        expect((await call(program, 'POST', '/import', FACTS)).status).toBe(200)
        const made = await call(program, 'POST', '/credentials', { devices: ['meter'] })
        const [credential] = made.body as { username: string; password: string }[]
        const client = await connectAsync(program.mqttUrl, { ...credential, clientId: 'meter', reconnectPeriod: 100 })
        let sent = 0
        let stopped = false
        const acknowledged = new Set<number>()
        const sending = (async () => {
          while (!stopped) {
            const number = sent++
            const body = JSON.stringify({ ts: START + number * 60_000, values: { energy: number } })
            void client.publishAsync('samtila/v1/meter/telemetry', body, { qos: 1 }).then(
              () => acknowledged.add(number),
              () => undefined,
            )
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
        })()
        await until(() => acknowledged.size > 100)
        await server.kill('SIGKILL')
        const before = acknowledged.size
        await until(() => acknowledged.size > before + 200)
        expect(await ready()).toEqual({ status: 200, body: { ready: true, telemetry: 'away', records: 'ready' } })
        const system = (await call(program, 'GET', '/system')).body as { telemetry: { state: string; queued: number } }
        expect(system.telemetry).toMatchObject({ state: 'away', reason: expect.stringContaining('spool') })
        expect(system.telemetry.queued).toBeGreaterThan(100)
        await until(() => program.output().includes('"state":"away"'))
        // Killed with readings in the spool, started again while the server is back.
        await program.end('SIGKILL')
        await server.start()
        program = await start()
        stopped = true
        await sending
        await client.endAsync(true)
        await until(async () => ((await ready()).body as { telemetry: string }).telemetry === 'ready')
        const answer = await call(
          program,
          'GET',
          `/readings?point=${encodeURIComponent('meter/energy')}&from=${new Date(START).toISOString()}&to=${new Date(START + sent * 60_000).toISOString()}`,
        )
        expect(answer.status).toBe(200)
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
        const values = new Set([...text.matchAll(/"value":(\d+)/g)].map(([, value]) => Number(value)))
        expect([...acknowledged].filter((number) => !values.has(number))).toEqual([])
        expect(program.output()).toContain('has everything that waited in the spool')
      },
    )
  })
}
