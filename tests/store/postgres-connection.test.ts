// A connection that a thread waits for: each question gets its own answer, also when the waking of a former one comes late.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Failure } from '#domain/failure.ts'
import { openConnection } from '#store/postgres/connection.ts'
import { createContext } from '#store/postgres/context.ts'
import { openPostgresRecords } from '#store/postgres/open-records.ts'
import { notRun } from '#tests/not-run.ts'
import { POSTGRES_PROGRAMS, startPostgres } from './postgres-server.ts'
import type { PostgresServer } from './postgres-server.ts'

let server: PostgresServer | null = null
beforeAll(async () => {
  if (POSTGRES_PROGRAMS !== null) server = await startPostgres()
})
afterEach(async () => {
  // What was given up goes on at the server for a moment, with its locks.
  const text = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'samtila'"
  if (server !== null) await server.ask(server.newAddress(), text)
})
afterAll(async () => {
  await server?.stop()
})

test('questions in a row get their own answers, refused ones between them', (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const connection = openConnection(server.newAddress())
  try {
    for (let n = 0; n < 2_000; n++) {
      if (n % 200 === 100) expect(() => connection.ask('SELECT 1/0')).toThrow('division by zero')
      expect(connection.ask('SELECT $1::int AS n', [n]).rows).toEqual([{ n }])
    }
  } finally {
    connection.close()
  }
})

test('a question whose answer takes too long is given up, and its late answer reaches nobody', (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const connection = openConnection(server.newAddress(), { readMs: 200 })
  try {
    for (let n = 0; n < 3; n++) {
      expect(() => connection.ask('SELECT pg_sleep(30), $1::int AS late', [n])).toThrow('timeout')
      expect(connection.ask('SELECT $1::int AS own', [n]).rows).toEqual([{ own: n }])
    }
    connection.begin()
    connection.inTransaction = true
    // A change has longer.
    expect(connection.ask('SELECT pg_sleep(0.5)').count).toBe(1)
    connection.script('ROLLBACK')
  } finally {
    connection.close()
  }
})

test('the server does not go on with what nobody waits for any more', async (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const { ask, newAddress } = server
  const address = newAddress()
  const connection = openConnection(address, { readMs: 200 })
  const going = async (): Promise<unknown> =>
    (
      await ask(
        address,
        `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%nobody%' AND pid <> pg_backend_pid()`,
      )
    ).length
  try {
    expect(() => connection.ask('SELECT pg_sleep(30) AS nobody')).toThrow('timeout')
    expect(await going()).toBe(1)
    await expect.poll(going, { timeout: 10_000, interval: 200 }).toBe(0)
  } finally {
    connection.close()
  }
}, 30_000)

test('a change whose end is not answered says that its outcome is not known; one that was not begun does not', (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const address = server.newAddress()
  const connection = openConnection(address, { statementMs: 1_000 })
  const engine = createContext(connection, 'node', 'writer')
  try {
    connection.script(`CREATE SCHEMA "${address.schema}"; CREATE TABLE slow (n int);
      CREATE FUNCTION wait_long() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_long()`)
    const refusal = (work: () => unknown): unknown => {
      try {
        return engine.transaction(work)
      } catch (cause) {
        return cause
      }
    }
    const unknown = refusal(() => connection.ask('INSERT INTO slow VALUES (1)'))
    expect(unknown).toBeInstanceOf(Failure)
    expect(unknown).toMatchObject({ code: 'outcome-unknown', retryAfterMs: null })
    expect(String(unknown)).toContain('not known whether the change was made')
    const within = refusal(() => connection.ask('SELECT pg_sleep(30)'))
    expect(within).not.toBeInstanceOf(Failure)
    expect(String(within)).toContain('timeout')
    expect(connection.inTransaction).toBe(false)
    expect(connection.ask('SELECT 7 AS n').rows).toEqual([{ n: 7 }])
  } finally {
    connection.close()
  }
})

test('a change that takes too long as a whole is undone although each statement was quick', (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const address = server.newAddress()
  const connection = openConnection(address, { changeMs: 700 })
  const engine = createContext(connection, 'node', 'writer')
  try {
    connection.script(`CREATE SCHEMA "${address.schema}"; CREATE TABLE kept (n int)`)
    let statements = 0
    const change = (): void => {
      for (let n = 0; n < 20; n++) {
        connection.ask('INSERT INTO kept SELECT $1::int FROM pg_sleep(0.1)', [n])
        statements += 1
      }
    }
    expect(() => engine.transaction(change)).toThrow(/timeout|time for it was over/)
    expect(statements).toBeGreaterThan(1)
    expect(statements).toBeLessThan(10)
    expect(connection.ask('SELECT count(*) AS n FROM kept').rows).toEqual([{ n: 0 }])
    engine.transaction(() => connection.ask('INSERT INTO kept VALUES (1)'))
    expect(connection.ask('SELECT count(*) AS n FROM kept').rows).toEqual([{ n: 1 }])
  } finally {
    connection.close()
  }
})

test('of a frozen server everybody who asks is told in time, however many wait, and it goes on after', async (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const readMs = 1_000
  const records = await openPostgresRecords(server.newAddress(), { limits: { readMs, statementMs: readMs } })
  const ask = (): Promise<unknown> => records.getMeta('place')
  const change = (): Promise<unknown> => records.putMeta('place', 'new')
  try {
    await Promise.all([change(), ask(), ask()])
    server.freeze()
    const told = async (work: () => Promise<unknown>): Promise<number> => {
      const from = performance.now()
      await expect(work()).rejects.toMatchObject({ code: 'store-unavailable' })
      return performance.now() - from
    }
    const first = Array.from({ length: 20 }, () => [told(ask), told(change)]).flat()
    await new Promise((resolve) => setTimeout(resolve, readMs / 2))
    const second = Array.from({ length: 20 }, () => [told(ask), told(change)]).flat()
    const waits = await Promise.all([...first, ...second])
    expect(Math.min(...waits)).toBeGreaterThan(readMs / 4)
    expect(Math.max(...waits)).toBeLessThan(2 * readMs)
    server.thaw()
    await expect.poll(ask, { timeout: 10_000 }).toBe('new')
    await change()
  } finally {
    server.thaw()
    await records.close()
  }
})
