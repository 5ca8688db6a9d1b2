// Plans of storeys over HTTP: sending, placing, who may, what is classified, and the plans that an IFC import draws.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportShown, ImportSummary } from '#contract/imports.ts'
import type { PlanOpened, PlanSent, PlanShown } from '#contract/plans.ts'
import type { Premises } from '#domain/registry/bundle.ts'
import { makeIfc, SCHOOL } from '#tests/api/ifc/make-ifc.ts'
import { startApi, type Answer, type TestApi } from '#tests/api/start-api.ts'

let api: TestApi
let landlord: string
let tenant: string
let stranger: string
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><script>x</script><rect width="9" height="9"/></svg>'
const send = (token: string, path: string, body: string, type: string): Promise<Answer> =>
  api.request(token, 'POST', path, body, { 'content-type': type })
const devices = (id: string, more: object = {}) => ({ id, premises: 'talo', space: 'k1-101', points: [], ...more })

beforeAll(async () => {
  api = await startApi()
  await api.fill({
    organisations: ['kunta', 'virasto', 'muu'].map((id) => ({ id, name: { fi: id } })),
    premises: [
      {
        id: 'talo',
        name: { fi: 'Talo' },
        timeZone: 'Europe/Helsinki',
        landlord: 'kunta',
        spaces: [{ id: 'k1-101', storey: '1', use: 'exclusive', areaM2: '10' }],
        tenancies: [{ space: 'k1-101', organisation: 'virasto', from: '2026-01-01', to: null }],
      },
      { id: 'koulu', name: { fi: 'Koulu' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' },
      { id: 'muualla', name: { fi: 'Muualla' }, timeZone: 'Europe/Helsinki', landlord: 'muu' },
    ],
    devices: [
      devices('sensor', { ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }] }),
      devices('lukko', {
        ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
        visibility: { place: 'owner' },
      }),
      devices('oma', { ownership: [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }] }),
    ],
  })
  landlord = await api.token('kunta', ['manager', 'technician'])
  tenant = await api.token('virasto', ['technician'])
  stranger = await api.token('muu', ['manager'])
})
afterAll(() => api.close())

const match = (version: number) => ({ 'if-match': `"v${version}"` })

test('a plan is sent, cleaned, placed upon and shown; what is classified stays where it is and unseen', async () => {
  const sent = await send(landlord, '/premises/talo/plans?storey=1&name=krs1.svg', SVG, 'image/svg+xml')
  expect(sent.status).toBe(201)
  const { plan, leftOut } = sent.json<PlanSent>()
  expect([plan.picture, leftOut]).toMatchObject([{ width: 100, height: 50, mediaType: 'image/svg+xml' }, ['script']])

  const path = `/plans/${plan.id}`
  const place = [
    { device: 'sensor', at: [0.5, 0.25] },
    { device: 'lukko', at: [0.1, 0.9] },
  ]
  expect((await api.request(landlord, 'PUT', `${path}/placements`, { place })).status).toBe(428)
  const placed = await api.request(landlord, 'PUT', `${path}/placements`, { place }, match(1))
  expect(placed.json<PlanShown>()).toMatchObject({ version: 2, placements: place })
  expect((await api.request(landlord, 'PUT', `${path}/placements`, { place: [] }, match(1))).status).toBe(412)

  const seen = (await api.request(tenant, 'GET', path)).json<PlanOpened>()
  expect(seen.plan.placements.map(({ device }) => device)).toEqual(['sensor'])
  expect(seen.plan.mayEdit).toBe(false)
  expect(seen.devices.map(({ device, mayPlace }) => [device.id, mayPlace])).toEqual([
    ['sensor', false],
    ['oma', true],
  ])
  // The tenant places what is its own, and nothing else; the lock does not move.
  const own = { place: [{ device: 'oma', at: [0.2, 0.2] }] }
  expect((await api.request(tenant, 'PUT', `${path}/placements`, own, match(2))).status).toBe(200)
  const others = { place: [{ device: 'sensor', at: [0, 0] }] }
  expect((await api.request(tenant, 'PUT', `${path}/placements`, others, match(3))).status).toBe(403)
  const secret = { remove: ['lukko'] }
  expect((await api.request(tenant, 'PUT', `${path}/placements`, secret, match(3))).status).toBe(400)
  const all = (await api.request(landlord, 'GET', path)).json<PlanOpened>()
  expect(all.plan.placements.map(({ device }) => device)).toEqual(['sensor', 'lukko', 'oma'])

  const picture = await api.request(tenant, 'GET', `${path}/picture`)
  expect(picture.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff' })
  expect(picture.headers['content-security-policy']).toContain("default-src 'none'")
  expect(picture.headers['content-security-policy']).toContain('sandbox')
  expect(picture.text).not.toContain('script')

  // Another organisation's is not there, and only the landlord sends, changes and withdraws.
  for (const at of [path, `${path}/picture`, '/premises/talo/plans'])
    expect((await api.request(stranger, 'GET', at)).status).toBe(404)
  expect((await send(stranger, '/premises/talo/plans?storey=1&name=a.svg', SVG, 'image/svg+xml')).status).toBe(404)
  expect((await send(tenant, '/premises/talo/plans?storey=1&name=a.svg', SVG, 'image/svg+xml')).status).toBe(403)
  expect((await api.request(tenant, 'DELETE', path)).status).toBe(403)
  const wrong = { outlines: [{ space: 'k9', corners: [[0, 0], [1, 0], [1, 1]] }] } // prettier-ignore
  expect((await api.request(landlord, 'PUT', path, wrong, match(3))).problem().problems?.[0]?.pointer).toBe(
    '/outlines/0/space',
  )
  const hidden = await api.request(landlord, 'PUT', path, { shownTo: 'landlord' }, match(3))
  expect(hidden.status).toBe(200)
  expect((await api.request(tenant, 'GET', path)).status).toBe(404)
  expect((await api.request(landlord, 'DELETE', path)).status).toBe(204)
})

test('the plan of a date, and a new one takes the places over', async () => {
  const old = (
    await send(landlord, '/premises/talo/plans?storey=2&name=a.svg&from=2020-01-01', SVG, 'image/svg+xml')
  ).json<PlanSent>()
  await api.request(
    landlord,
    'PUT',
    `/plans/${old.plan.id}/placements`,
    { place: [{ device: 'sensor', at: [1, 0] }] },
    match(1),
  )
  const next = (
    await send(landlord, '/premises/talo/plans?storey=2&name=b.svg&from=2099-01-01', SVG, 'image/svg+xml')
  ).json<PlanSent>()
  expect(next.plan.placements).toEqual([{ device: 'sensor', at: [1, 0] }])
  const on = async (query: string) =>
    (await api.request(landlord, 'GET', `/premises/talo/plans${query}`))
      .json<{ items: PlanShown[] }>()
      .items.map(({ id }) => id)
  expect(await on('')).toEqual([old.plan.id])
  expect(await on('?at=2099-02-01')).toEqual([next.plan.id])
  expect(await on('?all=true')).toHaveLength(2)
})

test('a picture that is none is refused with the reason', async () => {
  const answer = await send(
    landlord,
    '/premises/talo/plans?storey=1&name=a.pdf',
    '%PDF-1.7',
    'application/octet-stream',
  )
  expect([answer.status, answer.problem().code]).toEqual([415, 'unsupported-type'])
})

test('an IFC model becomes spaces and drawn plans, and an undo takes both away', async () => {
  const sent = await send(
    landlord,
    '/imports?name=koulu.ifc',
    makeIfc({ schema: 'IFC4', storeys: SCHOOL }),
    'application/octet-stream',
  )
  expect(sent.status).toBe(201)
  const draft = sent.json<ImportShown>()
  expect(draft).toMatchObject({ kind: 'spaces', form: 'ifc', rows: 3 })
  const work = { ...draft.work, defaults: { premises: 'koulu' } }
  const decided = (
    await api.request(landlord, 'PUT', `/imports/${draft.id}/work`, work, match(draft.version))
  ).json<ImportShown>()
  expect(decided.problems).toEqual([])
  expect(decided.errors).toBe(0)
  await api.request(landlord, 'POST', `/imports/${draft.id}/take`, undefined, match(decided.version))
  await expect
    .poll(async () => (await api.request(landlord, 'GET', `/imports/${draft.id}`)).json<ImportSummary>().state, {
      timeout: 20_000,
    })
    .toBe('taken')
  const premises = (await api.request(landlord, 'GET', '/premises/koulu')).json<Premises>()
  expect(premises.spaces?.map(({ id, storey, areaM2, type }) => [id, storey, areaM2, type])).toEqual([
    ['1-krs-101', '1. krs', '56', 'lobby'],
    ['102', '1. krs', '24', 'switchboard'],
    ['2-krs-101', '2. krs', '80', undefined],
  ])
  expect(premises.spaces?.[0]?.globalId).toMatch(/^0Samtila/)
  const plans = (await api.request(landlord, 'GET', '/premises/koulu/plans')).json<{ items: PlanShown[] }>().items
  expect(plans.map(({ storey, elevationM, outlines }) => [storey, elevationM, outlines.length])).toEqual([
    ['1. krs', 0, 2],
    ['2. krs', 3.6, 1],
  ])
  const drawn = await api.request(landlord, 'GET', `/plans/${plans[0]?.id}/picture`)
  expect(drawn.text).toMatch(/^<svg .*<path /)

  const undone = await api.request(landlord, 'POST', `/imports/${draft.id}/undo`, {})
  expect(undone.status).toBe(200)
  expect((await api.request(landlord, 'GET', '/premises/koulu/plans')).json<{ items: unknown[] }>().items).toEqual([])
  expect((await api.request(landlord, 'GET', '/premises/koulu')).json<Premises>().spaces).toBeUndefined()
}, 30_000)
