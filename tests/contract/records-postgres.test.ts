// The contract of the records store on a real PostgreSQL, and what only it can get wrong: nodes, constraints, sight, copies.
import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openDatabase } from '#store/embedded/records/open-database.ts'
import type { PostgresAddress } from '#store/postgres/address.ts'
import { bringFile } from '#store/postgres/backup-calls.ts'
import { openPostgresRecords } from '#store/postgres/open-records.ts'
import { TABLES } from '#store/sql/copy-records.ts'
import { notRun } from '#tests/not-run.ts'
import { POSTGRES_PROGRAMS, startPostgres } from '#tests/store/postgres-server.ts'
import type { PostgresServer } from '#tests/store/postgres-server.ts'
import { papersSuite } from './papers.suite.ts'
import { actor, device, ledgerEntry, operator, premises, twoPremises } from './records-facts.ts'
import { recordsSuite } from './records.suite.ts'
import { searchSuite } from './search.suite.ts'

if (POSTGRES_PROGRAMS === null) {
  test('records store on PostgreSQL', (context) => notRun(context, 'PostgreSQL', 'apt-get install postgresql'))
} else {
  let server: PostgresServer
  const root = mkdtempSync(join(tmpdir(), 'samtila-records-'))
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  })
  const code = (code: string) => expect.objectContaining({ code })
  const within = async <T>(
    address: PostgresAddress,
    work: (records: Awaited<ReturnType<typeof openPostgresRecords>>) => Promise<T>,
  ): Promise<T> => {
    const records = await openPostgresRecords(address, { readers: 1 })
    try {
      return await work(records)
    } finally {
      await records.close()
    }
  }

  recordsSuite('postgres', (now) => openPostgresRecords(server.newAddress(), { now, readers: 1 }))
  searchSuite('postgres', (now) => openPostgresRecords(server.newAddress(), { now, readers: 1 }))
  papersSuite('postgres', (now) => openPostgresRecords(server.newAddress(), { now, readers: 1 }))

  describe('the stored form', () => {
    test('has the tables and columns of the embedded one', async () => {
      const address = server.newAddress()
      await within(address, async (records) => records.putMeta('a', 'b'))
      const theirs = await server.ask(
        address,
        `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = '${address.schema}'`,
      )
      const database = openDatabase(':memory:')
      const ours = database
        .prepare(
          `SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
           WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'find_words%'`,
        )
        .all()
      database.close()
      const own = ['events.at', 'events.body', 'events.node', 'events.seq', 'finds.tokens', 'stored_form.version']
      const names = (rows: readonly Record<string, unknown>[]) => rows.map(({ name }) => String(name)).toSorted()
      expect(names(theirs)).toEqual([...names(ours), ...own].toSorted())
      const copied = TABLES.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`))
      const follows = names(ours).filter((name) => /^(finds|find_keepers|search_form|quarantine)\./.test(name))
      const counted = follows.filter((name) => !copied.includes(name))
      expect([...copied, ...counted].toSorted()).toEqual(names(ours))
    })

    test('somebody else\u2019s schema is left alone, a newer one refused', async () => {
      const address = server.newAddress()
      await server.ask(address, `CREATE SCHEMA ${address.schema}; CREATE TABLE ${address.schema}.notes (text text)`)
      await expect(openPostgresRecords(address)).rejects.toEqual(code('store-damaged'))
      const newer = server.newAddress()
      await within(newer, (records) => records.putMeta('a', 'b'))
      await server.ask(newer, 'UPDATE stored_form SET version = 999')
      await expect(openPostgresRecords(newer)).rejects.toEqual(code('store-newer'))
    })
  })

  describe('the server holds the invariants itself', () => {
    test('overlapping tenancies and ownership, shares of nothing, a rewritten or deleted past: refused', async () => {
      const address = server.newAddress()
      await within(address, async (records) => {
        await records.change({ objects: twoPremises }, actor, 'test')
        await records.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
        const row = (space: string, from: string, to: string | null) => ({ space, organisation: 'police', from, to })
        const house = (tenancies: object[]) =>
          records.change(
            { objects: [premises('house', 'town', { tenancies } as Parameters<typeof premises>[2])] },
            actor,
            'test',
          )
        await house([row('a', '2026-01-01', '2026-02-01'), row('a', '2026-02-01', null), row('b', '2026-01-15', null)])
        await expect(house([row('a', '2026-01-01', null), row('a', '2026-02-01', null)])).rejects.toThrow(
          'tenancies_do_not_overlap',
        )
        const owned = (ownership: object[]) =>
          records.change(
            { objects: [device('meter-x', 'house', { ownership } as Parameters<typeof device>[2])] },
            actor,
            'test',
          )
        await owned([{ from: '2026-01-01', to: null, shares: { town: '2', police: '1' } }])
        await expect(owned([{ from: '2026-01-01', to: null, shares: { town: '0' } }])).rejects.toThrow(
          'ownership_adds_up',
        )
        await expect(
          owned([
            { from: '2026-01-01', to: null, shares: { town: '1' } },
            { from: '2026-05-01', to: null, shares: { police: '1' } },
          ]),
        ).rejects.toThrow('ownership_adds_up')
        expect(await records.verifyAudit()).toBeNull()
      })
      for (const [sql, said] of [
        ["UPDATE objects SET body = '{}'", 'never rewritten'],
        ['DELETE FROM objects', 'keeps what was written'],
        ["UPDATE ledger SET body = ''", 'keeps what was written'],
        ['DELETE FROM audit', 'keeps what was written'],
        ['TRUNCATE audit', 'keeps what was written'],
        [
          "INSERT INTO ledger (premises, period, issue, status, at, by, body, digest, previous_digest) VALUES ('house', '2026-04', 1, 'closed', 1, 'x', '', 'd', 'wrong')",
          'continues the chain',
        ],
      ] as const)
        await expect(server.ask(address, sql)).rejects.toThrow(said)
    })

    test('a role of one organisation sees its own premises, and no other, whatever it asks', async () => {
      const address = server.newAddress()
      await within(address, (records) => records.change({ objects: twoPremises }, actor, 'test'))
      await server.ask(
        address,
        `CREATE ROLE samtila_org_police LOGIN; GRANT USAGE ON SCHEMA ${address.schema} TO samtila_org_police;
         GRANT SELECT ON ALL TABLES IN SCHEMA ${address.schema} TO samtila_org_police`,
      )
      const { Client } = await import('pg')
      const client = new Client({ ...address, user: 'samtila_org_police', ssl: false, password: '' })
      await client.connect()
      await client.query(`SET search_path = ${address.schema}; SET samtila.scope = '*'`)
      const seen = await client.query("SELECT id FROM objects WHERE kind = 'premises' ORDER BY id")
      const all = await server.ask(address, "SELECT id FROM objects WHERE kind = 'premises' ORDER BY id")
      expect(seen.rows.map(({ id }) => id)).toEqual(['house'])
      expect(all.map(({ id }) => id)).toEqual(['barn', 'house'])
      expect((await client.query('SELECT * FROM users')).rows).toEqual([])
      await expect(client.query('DELETE FROM sessions')).rejects.toThrow('permission denied')
      await client.end()
    })
  })

  describe('nodes', () => {
    test('one node hears what another has changed, also after its connections were cut', async () => {
      const address = server.newAddress()
      const [one, other] = [await openPostgresRecords(address), await openPostgresRecords(address)]
      const heard: string[] = []
      other.onChange((changed) => heard.push(...changed.map(({ id }) => id)))
      other.onPapers((changed) => heard.push(...changed.map(({ id }) => id)))
      other.onCredentials((devices) => heard.push(...devices))
      await one.change({ objects: twoPremises }, actor, 'test')
      expect(await other.getObject(operator, 'premises', 'house')).not.toBeNull()
      await expect.poll(() => heard).toContain('house')
      await server.ask(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'samtila'",
      )
      // The first call over a connection that was cut may fail; it says so, and the next one goes through.
      const again = async () => {
        try {
          await one.change({ objects: [device('after', 'house')] }, actor, 'test')
        } catch {
          await one.change({ objects: [device('after', 'house')] }, actor, 'test')
        }
      }
      await again()
      await expect.poll(() => heard, { timeout: 10_000 }).toContain('after')
      await one.close()
      await other.close()
    })

    test('many nodes write at once: one chain of audit lines, numbers without gaps', async () => {
      const address = server.newAddress()
      const nodes = await Promise.all([0, 1, 2].map(() => openPostgresRecords(address)))
      const take = async (records: (typeof nodes)[number]): Promise<void> => {
        for (;;) {
          const number = (await records.lastNumber('invoices')) + 1
          if (number > 30) return
          await records
            .changePapers({ papers: [], numbers: [{ series: 'invoices', number }] }, actor, 'test')
            .catch((failure: { code: string }) => expect(failure.code).toBe('changed-meanwhile'))
          await records.appendAudit(actor, 'test', 'numbers', String(number), null, '')
        }
      }
      await Promise.all(nodes.map(take))
      expect(await nodes[0]!.lastNumber('invoices')).toBe(30)
      expect(await nodes[1]!.verifyAudit()).toBeNull()
      await Promise.all(nodes.map((records) => records.close()))
    })

    test('a server that is gone is told so, and goes on when it is back', async () => {
      const own = await startPostgres()
      const address = own.newAddress()
      try {
        await within(address, async (records) => {
          await records.change({ objects: twoPremises }, actor, 'test')
          own.signal('SIGINT')
          await expect
            .poll(
              () =>
                records.getMeta('a').then(
                  () => 'answers',
                  (failure: { code: string }) => failure.code,
                ),
              {
                timeout: 10_000,
              },
            )
            .toBe('store-unavailable')
          await own.start()
          await records.putMeta('a', 'b')
          expect(await records.getMeta('a')).toBe('b')
          expect(await records.getObject(operator, 'premises', 'house')).not.toBeNull()
        })
      } finally {
        await own.stop()
      }
    }, 60_000)
  })

  describe('copies', () => {
    test('embedded → PostgreSQL → backup → embedded: everything is there, digests equal, and it goes on', async () => {
      const folder = mkdtempSync(join(root, 'data-'))
      const embedded = await openEmbeddedRecords({ folder })
      await embedded.change({ objects: twoPremises }, actor, 'test')
      await embedded.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
      const digest = await embedded.putFile({
        mediaType: 'text/plain',
        name: 'a.txt',
        bytes: new Uint8Array([1, 2, 3]),
      })
      const paper = {
        id: 'one',
        premises: 'house',
        state: 'open',
        dueAt: null,
        body: { word: 'ä\u0000' },
        audience: ['police'],
      }
      await embedded.changePapers({ papers: [{ kind: 'note', paper, files: [digest] }] }, actor, 'test')
      const message = { credential: 'c', device: null, topic: 't', reason: 'r', detail: '', truncated: false, at: 5 }
      await embedded.addQuarantine([{ ...message, payload: new Uint8Array([7]) }])
      const audit = await embedded.audit(operator, { limit: 100 })
      await embedded.close()

      const address = server.newAddress()
      const moved = await bringFile(address, join(folder, 'records.sqlite'))
      expect(moved.rows).toBeGreaterThan(20)
      // Interrupted after the last table or asked twice: nothing is doubled.
      expect(await bringFile(address, join(folder, 'records.sqlite'))).toEqual(moved)
      const copy = mkdtempSync(join(root, 'copy-'))
      await within(address, async (records) => {
        expect(await records.verifyAudit()).toBeNull()
        expect(await records.audit(operator, { limit: 100 })).toEqual(audit)
        expect((await records.getPaper({ organisation: 'police' }, 'note', 'one'))?.body).toEqual(paper.body)
        expect((await records.getFile({ organisation: 'police' }, digest))?.bytes).toEqual(new Uint8Array([1, 2, 3]))
        expect(await records.getFile({ organisation: 'church' }, digest)).toBeNull()
        expect((await records.listQuarantine(operator, { limit: 10 })).items).toMatchObject([{ count: 1, kept: 1 }])
        await records.addQuarantine([{ ...message, payload: new Uint8Array([8]) }])
        await records.changePapers({ papers: [{ kind: 'note', paper: { ...paper, id: 'two' } }] }, actor, 'test')
        await records.backup(copy)
      })
      const back = await openEmbeddedRecords({ folder: copy })
      expect(await back.verifyAudit()).toBeNull()
      expect((await back.listPapers(operator, 'note', { limit: 10 })).items.map(({ id }) => id)).toEqual(['one', 'two'])
      expect((await back.listQuarantine(operator, { limit: 10 })).items).toMatchObject([{ count: 2, kept: 2 }])
      await back.close()
    })

    test('a move that broke off in the middle goes on where it was, to the same digest', async () => {
      const folder = mkdtempSync(join(root, 'data-'))
      const embedded = await openEmbeddedRecords({ folder })
      // More than one step of the copy.
      const devices = Array.from({ length: 1_200 }, (_, index) => device(`device-${index}`, 'house'))
      await embedded.change({ objects: [...twoPremises, ...devices] }, actor, 'test')
      await embedded.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
      await embedded.close()
      const path = join(folder, 'records.sqlite')
      const whole = await bringFile(server.newAddress(), path)

      const address = server.newAddress()
      await within(address, () => Promise.resolve())
      const count = async (table: string) =>
        Number((await server.ask(address, `SELECT count(*) FROM ${table}`))[0]?.['count'])
      await server.ask(
        address,
        `CREATE FUNCTION broken() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'out of room'; END $$ LANGUAGE plpgsql;
         CREATE TRIGGER broken BEFORE INSERT ON objects FOR EACH ROW WHEN (NEW.id = 'device-700') EXECUTE FUNCTION broken();`,
      )
      await expect(bringFile(address, path)).rejects.toThrow('out of room')
      expect(await count('objects')).toBeGreaterThan(400)
      expect(await count('objects')).toBeLessThan(1_000)
      expect(await count('ledger')).toBe(0)
      await server.ask(address, 'DROP TRIGGER broken ON objects; DROP FUNCTION broken')
      expect(await bringFile(address, path)).toEqual(whole)
      expect(await count('ledger')).toBe(1)
    })

    test('a server that holds something else is not mixed with', async () => {
      const folder = mkdtempSync(join(root, 'data-'))
      const embedded = await openEmbeddedRecords({ folder })
      await embedded.change({ objects: twoPremises }, actor, 'test')
      await embedded.close()
      const address = server.newAddress()
      await within(address, (records) => records.change({ objects: [device('alien', 'house')] }, actor, 'test'))
      await expect(bringFile(address, join(folder, 'records.sqlite'))).rejects.toEqual(code('conflict'))
      const database = new DatabaseSync(join(folder, 'records.sqlite'))
      expect(database.prepare('SELECT count(*) AS n FROM objects').get()?.['n']).toBeGreaterThan(0)
      database.close()
    })
  })
}
