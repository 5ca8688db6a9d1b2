// Finding and changing many: the search, lists by tag and role, tables, saved views, bulk edits with undo.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BulkEditShown } from '#contract/bulk-edits.ts'
import type { DevicePage } from '#contract/devices.ts'
import type { SavedViewList, SavedViewShown } from '#contract/saved-views.ts'
import type { SearchAnswer } from '#contract/search.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let kunta: string
let virasto: string
let muu: string
const owned = (id: string, by: string, more: Partial<Device> = {}): Device => ({
  id,
  name: { fi: `Lämpöanturi ${id}` },
  premises: 'talo',
  space: 't-1',
  type: 'temperature-sensor',
  ownership: [{ from: '2026-01-01', to: null, shares: { [by]: '1' } }],
  ...more,
})
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  await api.fill({
    devices: [
      owned('a-1', 'kunta', { serial: '=SN-1', tags: ['Hissi'] }),
      owned('a-2', 'kunta', { roles: [{ role: 'holder', organisation: 'virasto', from: '2026-01-01', to: null }] }),
      owned('a-3', 'virasto'),
    ],
  })
  kunta = await api.token('kunta', ['manager'])
  virasto = await api.token('virasto', ['manager'])
  muu = await api.token('muu', ['manager'])
})
afterEach(async () => api.close())

const devices = async (query: string, token = kunta) =>
  (await api.request(token, 'GET', `/devices?${query}`)).json<DevicePage>().items.map(({ id }) => id)
const search = async (q: string, token = kunta) =>
  (await api.request(token, 'GET', `/search?q=${encodeURIComponent(q)}`))
    .json<SearchAnswer>()
    .groups.map(({ kind, items }) => `${kind}: ${items.map(({ id }) => id).join(' ')}`)

test('one search over all kinds, each organisation its own', async () => {
  expect(await search('lampoanturin')).toEqual(['devices: a-1 a-2 a-3'])
  expect(await search('office')).toEqual(['spaces: t-1'])
  expect(await search('talo')).toEqual(['premises: talo', 'agreements: sopimus'])
  expect(await search('agency')).toEqual(['organisations: virasto'])
  expect(await search('sn1')).toEqual(['devices: a-1'])
  expect(await search('anturi', muu)).toEqual([])
  expect((await api.request(kunta, 'GET', '/search?q=a&kinds=houses')).status).toBe(400)
})

test('devices by tag, role today, state and words together', async () => {
  expect(await devices('tag=hissi')).toEqual(['a-1'])
  expect(await devices('holder=virasto')).toEqual(['a-2'])
  expect(await devices('owner=virasto&q=anturi')).toEqual(['a-3'])
  expect(await devices('state=never&q=anturi&limit=2')).toEqual(['a-1', 'a-2'])
  expect(await devices('state=never&q=anturi&limit=2&after=a-2')).toEqual(['a-3'])
  expect(await devices('lifecycle=retired')).toEqual([])
  expect(await devices('tag=hissi', muu)).toEqual([])
})

test('a list as CSV and XLSX: what its filters give, without formulas, all pages', async () => {
  const csv = await api.request(kunta, 'GET', '/tables/devices?q=anturi&language=en')
  expect(csv.status).toBe(200)
  const [heads, ...rows] = csv.text.trim().split('\r\n')
  expect(heads).toContain('name')
  expect(rows.map((row) => row.split(',')[0])).toEqual(['a-1', 'a-2', 'a-3'])
  expect(rows[0]).toContain('Lämpöanturi a-1')
  await api.fill({ devices: Array.from({ length: 250 }, (_, i) => owned(`b-${i}`, 'kunta', { name: { fi: '=1+1' } })) })
  const many = (await api.request(kunta, 'GET', '/tables/devices?owner=kunta')).text.trim().split('\r\n')
  expect(many).toHaveLength(1 + 253)
  expect(many.at(-2)).toContain("'=1+1")
  const xlsx = await api.request(kunta, 'GET', '/tables/audit?format=xlsx&language=sv')
  expect(xlsx.status).toBe(403)
  expect((await api.request(kunta, 'GET', '/tables/organisations?format=xlsx')).headers['content-type']).toContain(
    'sheet',
  )
  expect((await api.request(kunta, 'GET', '/tables/devices?wrong=1')).problem().code).toBe('bad-request')
  expect((await api.request(null, 'GET', '/tables/devices')).status).toBe(401)
  expect((await api.request(muu, 'GET', '/tables/meters?premises=talo&from=2026-04-01&to=2026-04-02')).status).toBe(404)
})

test('saved views: own, shared, as start; changed by their maker only', async () => {
  const mira = await api.signIn('mira', 'kunta', ['viewer'])
  const as = { cookie: mira.cookie, 'x-csrf-token': mira.csrf }
  const saved = await api.request(
    null,
    'POST',
    '/saved-views',
    { name: 'Hiljaiset', address: '/devices?state=offline&lang=sv' },
    as,
  )
  expect(saved.status).toBe(201)
  const view = saved.json<SavedViewShown>()
  expect(view).toMatchObject({ address: '/devices?state=offline', shared: false, mine: true, start: false })
  const seen = async (token: string) =>
    (await api.request(token, 'GET', '/saved-views?page=/devices')).json<SavedViewList>().items
  expect(await seen(kunta)).toEqual([])
  const patch = (body: object, version: number) =>
    api.request(null, 'PATCH', `/saved-views/${view.id}`, body, { ...as, 'if-match': `"v${version}"` })
  expect((await patch({ shared: true, name: 'Vaiti', start: true }, 1)).json()).toMatchObject({
    name: 'Vaiti',
    start: true,
  })
  expect((await patch({ name: 'Muu' }, 1)).problem().code).toBe('changed-meanwhile')
  expect((await seen(kunta)).map(({ name, mine, start }) => [name, mine, start])).toEqual([['Vaiti', false, false]])
  expect(await seen(virasto)).toEqual([])
  expect((await api.request(kunta, 'DELETE', `/saved-views/${view.id}`)).problem().code).toBe('not-allowed')
  expect((await api.request(null, 'POST', '/saved-views', { name: 'x', address: '//evil.example' }, as)).status).toBe(
    400,
  )
  expect((await api.request(null, 'DELETE', `/saved-views/${view.id}`, undefined, as)).status).toBe(204)
  expect(await seen(kunta)).toEqual([])
})

const finished = async (id: string, query = '', token = kunta): Promise<BulkEditShown> => {
  for (;;) {
    const answer = (await api.request(token, 'GET', `/bulk-edits/${id}${query}`)).json<BulkEditShown>()
    if (!answer.state.endsWith('ing')) return answer
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const begin = async (body: object, token = kunta): Promise<BulkEditShown> => {
  const answer = await api.request(token, 'POST', '/bulk-edits', body)
  expect(answer.status).toBe(202)
  return finished(answer.json<BulkEditShown>().id, '', token)
}
const step = async (edit: BulkEditShown, what: 'apply' | 'undo', token = kunta): Promise<BulkEditShown> => {
  const headers = { 'if-match': `"v${edit.version}"` }
  const answer = await api.request(token, 'POST', `/bulk-edits/${edit.id}/${what}`, {}, headers)
  expect(answer.status).toBe(202)
  return finished(edit.id, '', token)
}

test('a bulk edit shows every change and refusal, is done in one act, and is taken back', async () => {
  const edit = {
    addTags: ['Kierros A'],
    removeTags: ['hissi'],
    role: { role: 'maintainer', organisation: 'virasto', from: '2026-05-01' },
  }
  const checked = await begin({ filter: { q: 'anturi' }, edit })
  expect(checked).toMatchObject({ state: 'checked', total: 3, changing: 3, refused: 0 })
  expect(checked.rows[0]?.changes).toEqual([
    { field: 'tags', before: 'Hissi', after: 'Kierros A' },
    { field: 'role', before: null, after: 'virasto 2026-05-01' },
  ])
  expect(await devices('tag=kierros%20a')).toEqual([])
  // Whoever has nothing to do with a device sees why it stays.
  const theirs = await begin({ filter: { q: 'anturi' }, edit: { model: 'X' } }, virasto)
  expect(theirs.rows.map(({ device, refusal }) => [device, refusal?.reason ?? null])).toEqual([
    ['a-1', 'not-allowed'],
    ['a-2', null],
    ['a-3', null],
  ])
  expect((await api.request(virasto, 'GET', `/bulk-edits/${checked.id}`)).status).toBe(404)
  const done = await step(checked, 'apply')
  expect(done).toMatchObject({ state: 'applied', changing: 3 })
  expect(await devices('tag=kierros%20a')).toEqual(['a-1', 'a-2', 'a-3'])
  // Somebody changes one of them: it is not taken back.
  const one = await api.request(kunta, 'GET', '/devices/a-2')
  const { manufacturer: _m, ...now } = (await api.records.getObject({ organisation: null }, 'devices', 'a-2'))!.value
  await api.fill({ devices: [{ ...now, manufacturer: 'Oy' }] })
  expect(one.status).toBe(200)
  const undone = await step(done, 'undo')
  expect(undone).toMatchObject({ state: 'undone', kept: 1 })
  expect((await finished(done.id, '?only=kept')).rows).toMatchObject([{ device: 'a-2', kept: { reason: 'changed' } }])
  expect(await devices('tag=kierros%20a')).toEqual(['a-2'])
  expect(await devices('tag=hissi')).toEqual(['a-1'])
  expect(
    (await api.request(kunta, 'POST', `/bulk-edits/${done.id}/undo`, {}, { 'if-match': `"v${undone.version}"` }))
      .status,
  ).toBe(409)
})

test('what would not be right, or was changed since the preview, stays and says why', async () => {
  const checked = await begin({ devices: ['a-1', 'a-2', 'muu-mittari'], edit: { space: 'no-such', type: 'x' } })
  expect(checked.rows.map(({ refusal }) => refusal?.reason)).toEqual(['invalid', 'invalid', 'gone'])
  const state = await begin({ devices: ['a-1', 'a-2'], edit: { state: { state: 'planned' } } })
  expect(state.rows.map(({ refusal }) => refusal?.reason)).toEqual(['not-after', 'not-after'])
  const good = await begin({ devices: ['a-1', 'a-2'], edit: { state: { state: 'out-of-service' } } })
  expect(good).toMatchObject({ changing: 2 })
  await api.fill({ devices: [owned('a-1', 'kunta')] })
  const done = await step(good, 'apply')
  expect(done.rows.map(({ refusal }) => refusal?.reason ?? null)).toEqual(['changed', null])
  expect(await devices('lifecycle=out-of-service')).toEqual(['a-2'])
  expect(
    (
      await api.request(await api.token('kunta', ['viewer']), 'POST', '/bulk-edits', {
        devices: ['a-1'],
        edit: { type: 'x' },
      })
    ).status,
  ).toBe(403)
  expect((await api.request(kunta, 'POST', '/bulk-edits', { devices: ['a-1'], edit: {} })).status).toBe(400)
})

test('a bulk edit tells that it is being stored', async () => {
  const checked = await begin({ devices: ['a-1', 'a-2'], edit: { manufacturer: 'Oy' } })
  // Imports go one after the other: this one waits for us, and the edit for it.
  const { promise, resolve } = Promise.withResolvers<void>()
  const { records, telemetry } = api
  const before = importBundle(
    { organisations: Array.from({ length: 2_000 }, (_, i) => ({ id: `o-${i}`, name: { fi: 'Uusi' } })) },
    { records, telemetry, now: api.clock.now, actor: SYSTEM, pause: () => promise },
  )
  const done = step(checked, 'apply')
  const shown = async () => (await api.request(kunta, 'GET', `/bulk-edits/${checked.id}`)).json<BulkEditShown>()
  let now = await shown()
  while (!now.storing && now.state !== 'applied') {
    await new Promise((wait) => setTimeout(wait, 5))
    now = await shown()
  }
  expect(now).toMatchObject({ state: 'applying', total: 2, done: 2, storing: true })
  resolve()
  await before
  expect(await done).toMatchObject({ state: 'applied', storing: false })
})
