// A connection that a thread waits for: each question gets its own answer, also when the waking of a former one comes late.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Failure } from '#domain/failure.ts'
import { openConnection } from '#store/postgres/connection.ts'
import { createContext } from '#store/postgres/context.ts'
import { notRun } from '#tests/not-run.ts'
import { POSTGRES_PROGRAMS, startPostgres } from './postgres-server.ts'
import type { PostgresServer } from './postgres-server.ts'

let server: PostgresServer | null = null
beforeAll(async () => {
  if (POSTGRES_PROGRAMS !== null) server = await startPostgres()
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

test('a change whose end is not answered says that its outcome is not known; one that was not begun does not', (context) => {
  if (server === null) return notRun(context, 'PostgreSQL', 'apt-get install postgresql')
  const address = server.newAddress()
  const connection = openConnection(address, { changeMs: 1_000 })
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
