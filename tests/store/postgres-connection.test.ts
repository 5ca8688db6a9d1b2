// A connection that a thread waits for: each question gets its own answer, also when the waking of a former one comes late.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConnection } from '#store/postgres/connection.ts'
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
    for (let n = 0; n < 10_000; n++) {
      if (n % 1_000 === 500) expect(() => connection.ask('SELECT 1/0')).toThrow('division by zero')
      expect(connection.ask('SELECT $1::int AS n', [n]).rows).toEqual([{ n }])
    }
  } finally {
    connection.close()
  }
})
