// `samtila search`, `table` and `bulk-edit` on the real program: found by a bent word, a list as a file, devices changed and put back.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BulkEditShown } from '#contract/bulk-edits.ts'
import type { SearchAnswer } from '#contract/search.ts'
import { call, makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

const HOUSE = {
  organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
  premises: [
    {
      id: 'talo',
      name: { fi: 'Talo', en: 'House' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kunta',
      spaces: [{ id: 'aula', name: { fi: 'Aula' }, use: 'common' as const, areaM2: '60' }],
    },
  ],
  devices: ['mittari-1', 'mittari-2'].map((id) => ({
    id,
    premises: 'talo',
    name: { fi: `Lämpömittari ${id}` },
    type: 'heat-meter',
  })),
}
let folder = ''
let data = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data, { SAMTILA_DEMO: 'off' })
  const taken = await call(program, 'POST', '/import', HOUSE)
  if (taken.status !== 200) throw new Error(JSON.stringify(taken.body))
}, 60_000)
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})
const json = async <T>(args: string[]): Promise<T> => {
  const { stdout, stderr, code } = await samtila(data, [...args, '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as T
}

test('search finds a word in another form; a table goes to a file; a bulk edit is looked at, made and undone', async () => {
  const { groups } = await json<SearchAnswer>(['search', 'lämpömittarin', '--kinds', 'devices,spaces'])
  expect(groups.map(({ kind, items }) => [kind, items.map(({ id }) => id)])).toEqual([
    ['devices', ['mittari-1', 'mittari-2']],
  ])
  const edit = ['--edit', '{"space":"aula","addTags":["kierros"]}']
  const looked = await json<BulkEditShown>(['bulk-edit', 'type=heat-meter', ...edit])
  expect(looked).toMatchObject({ state: 'checked', changing: 2, refused: 0 })
  const made = await json<BulkEditShown>(['bulk-edit', 'type=heat-meter', ...edit, '--apply'])
  expect(made).toMatchObject({ state: 'applied', changing: 2 })

  const out = join(folder, 'devices.csv')
  const table = await samtila(data, ['table', 'devices', 'tag=kierros', '--format', 'csv', '--out', out])
  expect([table.code, table.stderr]).toEqual([0, ''])
  const rows = readFileSync(out, 'utf8').trim().split('\n')
  expect([rows.length, rows.filter((row) => row.includes('mittari-')).length]).toEqual([3, 2])

  expect(await json<BulkEditShown>(['bulk-edit', 'undo', made.id])).toMatchObject({ state: 'undone', kept: 0 })
  const wrong = await samtila(data, ['bulk-edit', 'type', ...edit])
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('type is no filter')])
}, 60_000)
