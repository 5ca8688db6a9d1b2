// What only the records store on disk can get wrong: crashes, other versions, other processes, tampering, damage, backup.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import type { Records } from '#domain/ports/records.ts'
import { lockFolder } from '#store/embedded/folder-lock.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { createEngine } from '#store/sql/engine.ts'
import { createContext } from '#store/embedded/records/context.ts'
import { failureOf } from '#store/embedded/records/failures.ts'
import { openDatabase } from '#store/embedded/records/open-database.ts'
import { APPLICATION_ID, MIGRATIONS } from '#store/embedded/records/schema.ts'
import { actor, device, ledgerEntry, operator, twoPremises } from './records-facts.ts'

const root = mkdtempSync(join(tmpdir(), 'samtila-embedded-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const newFolder = (): string => mkdtempSync(join(root, 'data-'))
const fileOf = (folder: string): string => join(folder, 'records.sqlite')
const code = (code: string) => expect.objectContaining({ code })

const within = async <T>(folder: string, work: (records: Records) => Promise<T>): Promise<T> => {
  const records = await openEmbeddedRecords({ folder })
  try {
    return await work(records)
  } finally {
    await records.close()
  }
}
const fill = (folder: string): Promise<void> =>
  within(folder, async (records) => {
    await records.change({ objects: twoPremises }, actor, 'test')
    await records.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
  })

/** Runs a module text in a Node of its own, in the project's folder. */
const runChild = (source: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })

describe('S37: files', () => {
  test('are for their owner only, also those that SQLite adds', async () => {
    const folder = newFolder()
    const records = await openEmbeddedRecords({ folder })
    await records.putMeta('a', 'b')
    for (const name of ['records.sqlite', 'records.sqlite-wal', 'records.sqlite-shm', 'lock.sqlite', 'lock.pid']) {
      expect([name, (statSync(join(folder, name)).mode & 0o777).toString(8)]).toEqual([name, '600'])
    }
    await records.close()
  })
})

describe('one process per folder', () => {
  test('another process is refused while this one is open, and let in afterwards', async () => {
    const folder = newFolder()
    const lock = lockFolder(folder)
    const shared = lockFolder(folder)
    shared.release()
    const attempt = async (): Promise<string> => {
      const child = runChild(`
        import { lockFolder } from '#store/embedded/folder-lock.ts'
        try { lockFolder(${JSON.stringify(folder)}); console.log('open') } catch (failure) { console.log(failure.code + ' ' + failure.message) }`)
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
      return line
    }
    expect(await attempt()).toContain(`store-unavailable Another process (process ${process.pid})`)
    lock.release()
    expect(await attempt()).toBe('open')
  })

  test('a failed opening lets go of the folder', async () => {
    const folder = newFolder()
    writeFileSync(fileOf(folder), 'this is no database, only text that is long enough to be read as one')
    await expect(openEmbeddedRecords({ folder })).rejects.toEqual(code('store-damaged'))
    rmSync(fileOf(folder))
    await within(folder, (records) => records.putMeta('a', 'b'))
  })
})

describe('F1: kill -9 in the middle of changes', () => {
  test('whatever was acknowledged is there, and the audit chain holds', async () => {
    const folder = newFolder()
    for (let round = 0; round < 3; round++) {
      const child = runChild(`
        import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
        const records = await openEmbeddedRecords({ folder: ${JSON.stringify(folder)} })
        const actor = { kind: 'system', id: 'child', name: 'child', organisation: null }
        for (let i = 0; ; i++) {
          const id = 'o-${round}-' + i
          const value = { id, name: { fi: id } }
          await records.change({ objects: [{ kind: 'organisations', id, value }, { kind: 'organisations', id: 'twin-' + id, value: { ...value, id: 'twin-' + id } }] }, actor, 'test')
          console.log(id)
        }`)
      const acknowledged: string[] = []
      const lines = createInterface(child.stdout)
      lines.on('line', (id) => {
        acknowledged.push(id)
        if (acknowledged.length === 40 + round * 17) child.kill('SIGKILL')
      })
      await once(lines, 'close')
      expect(acknowledged.length).toBeGreaterThanOrEqual(40)
      await within(folder, async (records) => {
        for (const id of acknowledged) {
          expect(await records.getObject(operator, 'organisations', id)).not.toBeNull()
          expect(await records.getObject(operator, 'organisations', `twin-${id}`)).not.toBeNull()
        }
        expect(await records.verifyAudit()).toBeNull()
      })
    }
  })
})

describe('F21: versions of the stored form', () => {
  /** A database as the first version of the program left it. */
  const firstVersion = (path: string): void => {
    const database = openDatabase(path, MIGRATIONS.slice(0, 1))
    const insert = database.prepare(
      `INSERT INTO objects (kind, id, version, recorded_at, recorded_by, premises, search, body) VALUES (?, ?, 1, 7, 'user:maija', ?, ?, ?)`,
    )
    for (const { kind, id, value } of twoPremises) {
      const premises = kind === 'premises' ? id : 'premises' in value ? value.premises : null
      insert.run(kind, id, premises, id, JSON.stringify(value))
    }
    database.close()
  }

  test('an older one is migrated: sight works on what was stored before it existed', async () => {
    const folder = newFolder()
    firstVersion(fileOf(folder))
    await within(folder, async (records) => {
      expect(await records.seesPremises({ organisation: 'police' }, 'house')).toBe(true)
      expect(await records.seesPremises({ organisation: 'church' }, 'house')).toBe(false)
      expect((await records.getObject(operator, 'devices', 'meter'))?.recordedAt).toBe(7)
    })
  })

  test('a quarantine that kept only the newest message of a row keeps it as a message', async () => {
    const folder = newFolder()
    const database = openDatabase(fileOf(folder), MIGRATIONS.slice(0, 2))
    const insert = database.prepare(
      `INSERT INTO quarantine (id, credential, device, topic, reason, detail, payload, count, first_at, last_at)
       VALUES (?, 'gw', NULL, ?, 'bad-json', 'x', ?, 5, 1, ?)`,
    )
    insert.run(3, 'short', new Uint8Array([1, 2]), 9)
    insert.run(4, 'long', new Uint8Array(16_384), 8)
    database.close()
    await within(folder, async (records) => {
      const { items } = await records.listQuarantine(operator, { limit: 10 })
      expect(items.map(({ id, count, kept, truncated }) => [id, count, kept, truncated])).toEqual([
        [4, 5, 1, 1],
        [3, 5, 1, 0],
      ])
      const kept = await records.quarantinedMessages(operator, { entry: 3, limit: 10 })
      expect(kept.items).toMatchObject([{ credential: 'gw', topic: 'short', truncated: false, at: 9 }])
      expect([...kept.items[0]!.payload]).toEqual([1, 2])
    })
  })

  test('a ledger row of before grounds were kept has none', async () => {
    const folder = newFolder()
    const database = openDatabase(fileOf(folder), MIGRATIONS.slice(0, 4))
    database.exec(
      `INSERT INTO ledger (premises, period, issue, status, at, by, body) VALUES ('house', '2026-03', 1, 'issued', 5, 'maija', '{}')`,
    )
    database.close()
    await within(folder, async (records) => {
      expect((await records.ledger('house')).map(({ grounds }) => grounds)).toEqual([null])
      await records.appendLedger(ledgerEntry('2026-03', 2), { issue: 1, lastDigest: null }, actor)
      expect((await records.ledger('house'))[1]?.grounds).toEqual({ simulated: true, demonstration: false })
    })
  })

  test('an empty file is the oldest one', async () => {
    const folder = newFolder()
    writeFileSync(fileOf(folder), '')
    await within(folder, (records) => records.putMeta('a', 'b'))
  })

  test('a newer one is refused and left as it was', async () => {
    const folder = newFolder()
    await fill(folder)
    const database = new DatabaseSync(fileOf(folder))
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`)
    database.close()
    const before = readFileSync(fileOf(folder))
    await expect(openEmbeddedRecords({ folder })).rejects.toEqual(code('store-newer'))
    expect(readFileSync(fileOf(folder)).equals(before)).toBe(true)
  })

  test('a crash inside a migration leaves the old version, and the next start completes it', async () => {
    const folder = newFolder()
    firstVersion(fileOf(folder))
    const child = runChild(`
      import { openDatabase } from '#store/embedded/records/open-database.ts'
      import { MIGRATIONS } from '#store/embedded/records/schema.ts'
      openDatabase(${JSON.stringify(fileOf(folder))}, [MIGRATIONS[0], (database) => {
        MIGRATIONS[1](database)
        process.kill(process.pid, 'SIGKILL')
      }])`)
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    const database = new DatabaseSync(fileOf(folder), { readOnly: true })
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
    expect(database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'sight'").get()).toEqual({ n: 0 })
    database.close()
    await within(folder, async (records) =>
      expect(await records.seesPremises({ organisation: 'police' }, 'house')).toBe(true),
    )
  })

  test('another program\u2019s database is not touched', async () => {
    const folder = newFolder()
    const database = new DatabaseSync(fileOf(folder))
    database.exec(`CREATE TABLE notes (text TEXT); PRAGMA application_id = ${APPLICATION_ID + 1}`)
    database.close()
    await expect(openEmbeddedRecords({ folder })).rejects.toEqual(code('store-damaged'))
  })
})

describe('F11: damage', () => {
  test('a file cut short or overwritten inside is said to be damaged', async () => {
    const folder = newFolder()
    await fill(folder)
    const whole = readFileSync(fileOf(folder))
    truncateSync(fileOf(folder), whole.length - 4096 * 3)
    await expect(openEmbeddedRecords({ folder })).rejects.toEqual(code('store-damaged'))
    writeFileSync(
      fileOf(folder),
      Buffer.concat([whole.subarray(0, 4096 * 2), Buffer.alloc(4096 * 4, 0xff), whole.subarray(4096 * 6)]),
    )
    await expect(openEmbeddedRecords({ folder })).rejects.toEqual(code('store-damaged'))
  })
})

describe('S38: what must not be rewritten', () => {
  const append = [
    'UPDATE ledger SET body = 1',
    'DELETE FROM ledger',
    "UPDATE audit SET detail = 'x'",
    'DELETE FROM audit',
    'DELETE FROM objects',
    "UPDATE objects SET body = '{}'",
  ]
  test.each(append)('the database itself refuses: %s', async (sql) => {
    const folder = newFolder()
    await fill(folder)
    const database = new DatabaseSync(fileOf(folder))
    expect(() => database.exec(sql)).toThrow(/append-only|never rewritten|keep their versions/)
    database.close()
  })

  test.each([
    ['an edited line', "UPDATE audit SET detail = 'x' WHERE seq = 3", 3],
    ['a deleted line', 'DELETE FROM audit WHERE seq = 4', 5],
    ['lines cut off at the end', 'DELETE FROM audit WHERE seq > 5', 6],
  ])('%s is found by the chain, even when somebody removes the triggers', async (_, sql, seq) => {
    const folder = newFolder()
    await fill(folder)
    const database = new DatabaseSync(fileOf(folder))
    database.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; ${sql}`)
    database.close()
    await within(folder, async (records) => expect(await records.verifyAudit()).toEqual({ seq }))
  })
})

describe('F5: no space', () => {
  test('a change that does not fit is refused whole with store-full, reads work, and it goes on when there is space', () => {
    const database = openDatabase(fileOf(newFolder()))
    const run = createEngine(createContext(database))
    const pages = Number(Object.values(database.prepare('PRAGMA page_count').get() ?? {})[0])
    const put = (id: string, length: number) => {
      try {
        return run('putMeta', [id, 'x'.repeat(length)], 1)
      } catch (cause) {
        return failureOf(cause).code
      }
    }
    database.exec(`PRAGMA max_page_count = ${pages + 1}`)
    expect(put('large', 1_000_000)).toBe('store-full')
    expect(run('getMeta', ['large'], 1).result).toBeNull()
    expect(put('small', 10)).not.toBe('store-full')
    database.exec('PRAGMA max_page_count = 1000000')
    expect(put('large', 1_000_000)).not.toBe('store-full')
    expect(run('verifyAudit', [], 1).result).toBeNull()
    database.close()
  })
})

describe('a long import', () => {
  test('holds up no reading', async () => {
    await within(newFolder(), async (records) => {
      await records.change({ objects: twoPremises }, actor, 'test')
      let done = false
      const objects = Array.from({ length: 8_000 }, (_, i) => device(`d-${i}`, 'house'))
      const change = records.change({ objects }, actor, 'test').finally(() => {
        done = true
      })
      expect(await records.getObject(operator, 'devices', 'meter')).not.toBeNull()
      expect(done).toBe(false)
      expect(await change).toEqual({ created: 8_000, changed: 0, unchanged: 0 })
      expect(await records.getObject(operator, 'devices', 'd-7999')).not.toBeNull()
    })
  })
})

describe('backup', () => {
  test('while changes go on: holds everything acknowledged before it, and opens by itself', async () => {
    const folder = newFolder()
    const target = newFolder()
    await fill(folder)
    await within(folder, async (records) => {
      const put = (i: number) => records.putMeta(`key-${i}`, 'x')
      await Promise.all(Array.from({ length: 50 }, (_, i) => put(i)))
      const backup = records.backup(target)
      await Promise.all([backup, ...Array.from({ length: 50 }, (_, i) => put(50 + i))])
    })
    expect((statSync(fileOf(target)).mode & 0o777).toString(8)).toBe('600')
    await within(target, async (records) => {
      for (let i = 0; i < 50; i++) expect(await records.getMeta(`key-${i}`)).toBe('x')
      expect(await records.verifyAudit()).toBeNull()
      expect(await records.ledger('house')).toHaveLength(1)
    })
  })

  test('a folder that cannot be written is a failure, and the store goes on', async () => {
    const folder = newFolder()
    await within(folder, async (records) => {
      const blocked = join(folder, 'a-file')
      copyFileSync(fileOf(folder), blocked)
      await expect(records.backup(join(blocked, 'inside'))).rejects.toThrow(/ENOTDIR/)
      await records.putMeta('a', 'b')
    })
  })
})
