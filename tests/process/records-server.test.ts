// Two whole programs on one PostgreSQL and one InfluxDB: what one is told the other knows; one is killed, and the other goes on to the same cent.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, startInfluxd } from '#tests/store/influx-server.ts'
import type { InfluxServer } from '#tests/store/influx-server.ts'
import { POSTGRES_PROGRAMS, startPostgres } from '#tests/store/postgres-server.ts'
import type { PostgresServer } from '#tests/store/postgres-server.ts'
import { call, makeFolder, removeFolder, samtila, startProgram } from './program.ts'
import type { Program } from './program.ts'

const CASE = 'tests/cases/03-counter-readings.json'
type Step = { import?: object; settle?: { premises: string; period: string }; expect?: Settlement }

if (POSTGRES_PROGRAMS === null || INFLUXD === null) {
  test('two programs on PostgreSQL', (context) =>
    notRun(context, 'PostgreSQL and InfluxDB 1.x', 'apt-get install postgresql influxdb'))
} else {
  describe('two programs on PostgreSQL', () => {
    let server: PostgresServer
    let influx: InfluxServer
    let settings: Record<string, string>
    const folders = [makeFolder(), makeFolder()]
    const nodes: Program[] = []
    const start = (place: number): Promise<Program> => startProgram(folders[place]!, settings)
    beforeAll(async () => {
      ;[server, influx] = await Promise.all([startPostgres(), startInfluxd()])
      const { host, port, user, database, schema } = server.newAddress()
      settings = {
        SAMTILA_RECORDS: 'postgres',
        SAMTILA_RECORDS_URL: `postgres://${user}@${host}:${port}/${database}`,
        SAMTILA_RECORDS_SCHEMA: schema,
        SAMTILA_TELEMETRY: 'influx1',
        SAMTILA_TELEMETRY_URL: influx.url,
      }
      for (const place of [0, 1]) nodes.push(await start(place))
    }, 120_000)
    afterAll(async () => {
      for (const node of nodes) await node.end('SIGKILL')
      await influx.stop()
      await server.stop()
      folders.forEach(removeFolder)
    })

    test(
      'a settlement is the same on both, also after one is killed in the middle of changes',
      { timeout: 120_000 },
      async () => {
        const { steps } = JSON.parse(readFileSync(CASE, 'utf8')) as { steps: Step[] }
        const bundle = steps.find((step) => step.import !== undefined)?.import
        const { settle, expect: expected } = steps.find((step) => step.settle !== undefined)!
        const path = `/premises/${settle!.premises}/settlements/${settle!.period}`
        const [one, other] = nodes as [Program, Program]
        expect(await call(one, 'POST', '/import', bundle)).toMatchObject({ status: 200 })
        const settlement = async (node: Program): Promise<unknown> => (await call(node, 'GET', path)).body
        const first = (await settlement(one)) as Settlement
        expect(first.transfers).toEqual(expected!.transfers)
        // Which series another node began is read every few seconds.
        await expect.poll(() => settlement(other), { timeout: 30_000 }).toEqual(first)

        // One is killed while it writes; what it was told is done is there, once, and the chain of the audit log holds.
        const acknowledged: string[] = []
        let sent = 0
        const writing = (async () => {
          for (;;) {
            const id = `office-${(sent += 1)}`
            const answer = await call(one, 'PUT', `/organisations/${id}`, { id, name: { en: id } }).catch(() => null)
            if (answer === null) return
            if (answer.status < 300) acknowledged.push(id)
          }
        })()
        await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(20)
        await one.end('SIGKILL')
        await writing
        const known = (await call(other, 'GET', '/organisations?limit=200')).body as { items: { id: string }[] }
        const ids = new Set(known.items.map(({ id }) => id))
        expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
        expect(ids.size).toBeLessThanOrEqual(sent + 10)

        nodes[0] = await start(0)
        expect(await settlement(nodes[0])).toEqual(first)
        expect((await call(nodes[0], 'GET', '/system')).body).toMatchObject({ auditBrokenAt: null })
      },
    )

    test('a server that is gone is told by /readyz, and both go on when it is back', { timeout: 120_000 }, async () => {
      const readiness = async (node: Program): Promise<number> =>
        (await fetch(`${node.httpUrl}/readyz`, { signal: AbortSignal.timeout(90_000) })).status
      const recordsReady = async (node: Program): Promise<string | undefined> =>
        /^samtila_records_ready (\d)$/m.exec(await (await fetch(`${node.httpUrl}/metrics`)).text())?.[1]
      server.signal('SIGINT')
      await expect.poll(() => readiness(nodes[1]!), { timeout: 30_000 }).toBe(503)
      await expect.poll(() => recordsReady(nodes[1]!), { timeout: 30_000 }).toBe('0')
      await server.start()
      await expect.poll(() => Promise.all(nodes.map(readiness)), { timeout: 30_000 }).toEqual([200, 200])
      await expect.poll(() => recordsReady(nodes[1]!), { timeout: 30_000 }).toBe('1')
    })

    test(
      'an installation moves to the server and back by the command, with everything and everybody',
      { timeout: 120_000 },
      async () => {
        const folder = makeFolder()
        try {
          const small = await startProgram(folder)
          expect(await call(small, 'PUT', '/organisations/town', { id: 'town', name: { en: 'Town' } })).toMatchObject({
            status: 201,
          })
          await small.end('SIGKILL')
          const { host, port, user, database, schema } = server.newAddress()
          const there = {
            SAMTILA_RECORDS: 'postgres',
            SAMTILA_RECORDS_URL: `postgres://${user}@${host}:${port}/${database}`,
            SAMTILA_RECORDS_SCHEMA: schema,
          }
          const moved = await samtila(folder, ['move', 'records', '--to', 'postgres', '--json'], '', there)
          expect([moved.code, moved.stderr]).toEqual([0, ''])
          const { digest, rows } = JSON.parse(moved.stdout) as { digest: string; rows: number }
          expect(rows).toBeGreaterThan(5)
          const large = await startProgram(folder, there)
          expect(await call(large, 'GET', '/organisations/town')).toMatchObject({ status: 200 })
          await large.end('SIGTERM')
          const back = await samtila(folder, ['move', 'records', '--to', 'embedded', '--json'], '', there)
          expect(back.code).toBe(0)
          expect((JSON.parse(back.stdout) as { digest: string }).digest).toMatch(/^[0-9a-f]{64}$/)
          expect(digest).toMatch(/^[0-9a-f]{64}$/)
          const again = await startProgram(folder)
          expect(await call(again, 'GET', '/organisations/town')).toMatchObject({ status: 200 })
          await again.end('SIGTERM')
          const refused = await samtila(folder, ['move', 'records', '--to', 'embedded'], '', there)
          expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('nothing is overwritten')])
        } finally {
          removeFolder(folder)
        }
      },
    )
  })
}
