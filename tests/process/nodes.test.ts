// Two whole programs on one PostgreSQL, InfluxDB and Redis: each node killed under load, the leading one among them, loses no acknowledged reading and stores none twice,
// settlements stay the same; records of the version before are brought on by nodes that start together, and an older program refuses newer ones.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { openConnection } from '#store/postgres/connection.ts'
import { openSchema } from '#store/postgres/open-schema.ts'
import { MIGRATIONS } from '#store/postgres/schema.ts'
import type { PostgresAddress } from '#store/postgres/address.ts'
import { REDIS, startRedis } from '#tests/broker/redis-server.ts'
import type { RedisServer } from '#tests/broker/redis-server.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, startInfluxd } from '#tests/store/influx-server.ts'
import type { InfluxServer } from '#tests/store/influx-server.ts'
import { POSTGRES_PROGRAMS, startPostgres } from '#tests/store/postgres-server.ts'
import type { PostgresServer } from '#tests/store/postgres-server.ts'
import { call, makeFolder, removeFolder, startProgram } from './program.ts'
import type { Program } from './program.ts'

const CASE = 'tests/cases/03-counter-readings.json'
const DEVICES = ['kone-1', 'kone-2']
const FIRST_AT = 1_780_000_000_000
type Step = { import?: object; settle?: { premises: string; period: string }; expect?: Settlement }

if (POSTGRES_PROGRAMS === null || INFLUXD === null || REDIS === null) {
  test('two nodes', (context) =>
    notRun(context, 'PostgreSQL, InfluxDB 1.x and Redis', 'apt-get install postgresql influxdb redis-server'))
} else {
  describe('two nodes', () => {
    let postgres: PostgresServer
    let influx: InfluxServer
    let redis: RedisServer
    let address: PostgresAddress
    let settings: Record<string, string>
    const folders = [makeFolder(), makeFolder(), makeFolder()]
    const nodes: Program[] = []
    const start = (place: number): Promise<Program> => startProgram(folders[place]!, settings)
    beforeAll(async () => {
      ;[postgres, influx, redis] = await Promise.all([startPostgres(), startInfluxd(), startRedis()])
      address = postgres.newAddress()
      // As the version before left it.
      const connection = openConnection(address)
      openSchema(connection, address, MIGRATIONS.slice(0, -1))
      connection.close()
      const { host, port, user, database, schema } = address
      settings = {
        SAMTILA_RECORDS: 'postgres',
        SAMTILA_RECORDS_URL: `postgres://${user}@${host}:${port}/${database}`,
        SAMTILA_RECORDS_SCHEMA: schema,
        SAMTILA_TELEMETRY: 'influx1',
        SAMTILA_TELEMETRY_URL: influx.url,
        SAMTILA_REDIS: redis.url,
      }
      nodes.push(...(await Promise.all([start(0), start(1)])))
    }, 120_000)
    afterAll(async () => {
      for (const node of nodes) await node.end('SIGKILL')
      await Promise.all([postgres.stop(), influx.stop(), redis.kill()])
      folders.forEach(removeFolder)
    })

    test(
      'each is killed under load, one after the other: nothing acknowledged is lost, nothing is there twice, settlements are the same',
      { timeout: 180_000 },
      async () => {
        const { steps } = JSON.parse(readFileSync(CASE, 'utf8')) as { steps: Step[] }
        const { settle, expect: expected } = steps.find((step) => step.settle !== undefined)!
        const path = `/premises/${settle!.premises}/settlements/${settle!.period}`
        const bundle = steps.find((step) => step.import !== undefined)?.import
        expect(await call(nodes[0]!, 'POST', '/import', bundle)).toMatchObject({ status: 200 })
        const settlement = async (node: Program) => (await call(node, 'GET', path)).body as Settlement
        const before = await settlement(nodes[0]!)
        expect(before.transfers).toEqual(expected!.transfers)
        const points = [{ key: 'serial', kind: 'counter', unit: 'kWh' }]
        const devices = DEVICES.map((id) => ({ id, premises: settle!.premises, points }))
        expect(await call(nodes[0]!, 'POST', '/import', { devices })).toMatchObject({ status: 200 })
        const made = (await call(nodes[0]!, 'POST', '/credentials', { devices: DEVICES })).body
        const credentials = made as { device: string; username: string; password: string }[]

        /** To the nodes in turn: whoever is cut off sends what was not acknowledged again, elsewhere. */
        const acknowledged = new Map(DEVICES.map((device) => [device, new Set<number>()]))
        let isSending = true
        const sendAs = async ({ username, password }: (typeof credentials)[number], first: number): Promise<void> => {
          const done = acknowledged.get(username) ?? new Set()
          let serial = 0
          const unsent = new Set<number>()
          for (let turn = first; isSending; turn++) {
            const client = mqtt.connect(nodes[turn % 2]!.mqttUrl, {
              clientId: username,
              username,
              password,
              reconnectPeriod: 0,
              connectTimeout: 3_000,
            })
            client.on('error', () => {})
            const gone = new Promise<void>((resolve) => client.once('close', () => resolve()))
            const isThere = await Promise.race([
              new Promise<boolean>((resolve) => client.once('connect', () => resolve(true))),
              gone.then(() => false),
            ])
            while (isThere && client.connected && isSending) {
              for (let more = 0; unsent.size < 20 && more < 20; more++) unsent.add(++serial)
              const sent = [...unsent].map(async (value) => {
                const payload = JSON.stringify({ ts: FIRST_AT + value, values: { serial: value } })
                await client.publishAsync(`samtila/v1/${username}/telemetry`, payload, { qos: 1 })
                unsent.delete(value)
                done.add(value)
              })
              await Promise.race([Promise.allSettled(sent), gone])
            }
            client.end(true)
            await sleep(50)
          }
        }
        const sending = credentials.map((credential, first) => sendAs(credential, first))
        const upTo = async (count: number): Promise<void> => {
          const wanted = [...acknowledged.values()].map(({ size }) => size + count)
          const isReached = (): boolean => [...acknowledged.values()].every(({ size }, place) => size >= wanted[place]!)
          while (!isReached()) await sleep(20)
        }
        // One after the other, so that the one that leads is among them; each answers the API and has devices.
        for (const killed of [0, 1]) {
          await upTo(100)
          await nodes[killed]!.end('SIGKILL')
          await upTo(100)
          expect(await settlement(nodes[1 - killed]!)).toEqual(before)
          nodes[killed] = await start(killed)
        }
        await upTo(100)
        isSending = false
        await Promise.all(sending)

        for (const device of DEVICES) {
          const query = new URLSearchParams({
            point: `${device}/serial`,
            from: '2026-05-01T00:00:00Z',
            to: '2027-12-31T00:00:00Z',
            format: 'ndjson',
          })
          const read = async (node: Program): Promise<number[]> =>
            String((await call(node, 'GET', `/readings?${query.toString()}`)).body)
              .split('\n')
              .filter((line) => line !== '')
              .map((line) => Number((JSON.parse(line) as { value: number }).value))
          // What a node that was killed had in its spool is written when it is back.
          const missing = async (): Promise<number[]> => {
            const stored = new Set(await read(nodes[1]!))
            return [...(acknowledged.get(device) ?? [])].filter((value) => !stored.has(value))
          }
          await expect.poll(missing, { timeout: 15_000 }).toEqual([])
          const stored = await read(nodes[1]!)
          expect(stored.length).toBe(new Set(stored).size)
          expect(await read(nodes[0]!)).toEqual(stored)
        }
        expect(await settlement(nodes[0]!)).toEqual(before)
        expect(await settlement(nodes[1]!)).toEqual(before)
      },
    )

    test(
      'records of a later version are refused, in words; the nodes that run go on',
      { timeout: 60_000 },
      async () => {
        const [row] = await postgres.ask(address, 'SELECT version FROM stored_form')
        const version = Number(row?.['version'])
        expect(version).toBe(10 + MIGRATIONS.length)
        await postgres.ask(address, `UPDATE stored_form SET version = ${version + 1}`)
        await expect(start(2)).rejects.toThrow(/version/)
        expect((await call(nodes[1]!, 'GET', '/organisations')).status).toBe(200)
        await postgres.ask(address, `UPDATE stored_form SET version = ${version}`)
      },
    )
  })
}
