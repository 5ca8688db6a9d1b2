// A meter change with two organisations: seen first, proposed with photos, confirmed or refused by the witness, undone before that.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MeterChangeShown } from '#contract/meter-changes.ts'
import type { ConsumptionAnswer } from '#contract/series.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let technician: string
let witness: string
let photos: [string, string]
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-20T09:00:00Z') })
  await api.fill(twoHouses)
  await api.fill({
    devices: [
      {
        ...twoHouses.devices![0]!,
        serial: 'VANHA-1',
        meter: { approved: true, digits: 6, decimals: 2, seal: 'S-1' },
        points: [{ key: 'energy', unit: 'kWh', kind: 'counter', multiplier: '2' }],
      },
    ],
    readings: [
      {
        device: 'mittari',
        point: 'energy',
        values: [
          ['2026-03-31T21:00:00Z', '1000'],
          ['2026-04-10T09:00:00Z', '1100'],
          ['2026-04-20T09:00:00Z', '40'],
        ],
      },
    ],
  })
  technician = await api.token('kunta', ['technician'])
  witness = await api.token('virasto', ['technician'])
  photos = [await photo('vanha'), await photo(PIXEL)]
})
afterEach(async () => api.close())

/** One pixel of RGB as PNG. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC',
  'base64',
)
const photo = async (text: string | Buffer): Promise<string> => {
  const answer = await api.app.inject({
    method: 'POST',
    url: '/api/v1/files?name=kuva.png',
    headers: { authorization: `Bearer ${technician}`, 'content-type': 'image/png' },
    payload: typeof text === 'string' ? Buffer.from(text) : text,
  })
  return answer.json<{ digest: string }>().digest
}
const wanted = (given: object = {}) => ({
  point: 'energy',
  at: '2026-04-15T10:30:00+03:00',
  old: { register: '1150.5', photo: photos[0], serial: 'VANHA-1', seal: 'S-1' },
  new: { register: '3', photo: photos[1], serial: 'UUSI-2', seal: 'S-2' },
  reason: 'verification',
  witness: 'virasto',
  ...given,
})
const offer = (body: object, token = technician, apply = true) =>
  api.request(token, 'POST', '/devices/mittari/meter-changes', { wanted: body, apply })
const act = (id: string, what: string, token: string, body?: object) =>
  api.request(token, 'POST', `/meter-changes/${id}/${what}`, body ?? {})
const april = async () => {
  const query = 'points=mittari/energy&from=2026-04-01&to=2026-04-20T09:00:00Z&step=P1M'
  return (await api.request(technician, 'GET', `/consumption?${query}`)).json<ConsumptionAnswer>().series[0]!.steps[0]!
}

test('the preview shows what the month is without it and with it, and writes nothing', async () => {
  const shown = (await offer(wanted(), technician, false)).json<MeterChangeShown>()
  // 1000 → 1150.5 by the old, 3 → 40 by the new, both times two.
  expect(shown).toMatchObject({
    id: null,
    state: 'preview',
    effect: {
      period: '2026-04',
      unit: 'kWh',
      without: null,
      with: '375',
      oldMeter: '301',
      newMeter: '74',
      closedMonths: [],
      warnings: [],
    },
  })
  expect((await api.records.listPapers({ organisation: null }, 'meter-change', { limit: 1 })).items).toEqual([])
})

test('the witness confirms: only then the change stands in the facts, and the month is exact', async () => {
  const proposed = (await offer(wanted())).json<MeterChangeShown>()
  expect([proposed.state, proposed.may]).toEqual(['proposed', ['undo']])
  expect((await april()).quantity).toBeNull()
  const waiting = (await api.request(witness, 'GET', '/waiting')).json<{ items: object[] }>().items
  expect(waiting).toContainEqual(expect.objectContaining({ kind: 'meter-change-to-witness', subject: proposed.id }))
  const seen = (await api.request(witness, 'GET', `/meter-changes/${proposed.id}`)).json<MeterChangeShown>()
  expect(seen.may).toEqual(['confirm', 'refuse'])
  expect((await api.request(witness, 'GET', `/files/${photos[0]}`)).text).toBe('vanha')
  const confirmed = (await act(proposed.id!, 'confirmation', witness)).json<MeterChangeShown>()
  expect([confirmed.state, confirmed.may]).toEqual(['confirmed', []])
  expect((await april()).quantity).toBe('375')
  const device = (await api.records.getObject({ organisation: null }, 'devices', 'mittari'))!
  expect(device.value).toMatchObject({
    serial: 'UUSI-2',
    meter: { approved: true, seal: 'S-2' },
    points: [{ meterChanges: [{ at: '2026-04-15T07:30:00.000Z', final: '1150.5', initial: '3' }] }],
  })
  expect((await act(proposed.id!, 'undo', technician)).status).toBe(409)
  const pdf = await api.request(witness, 'GET', `/meter-changes/${proposed.id}/protocol?language=sv`)
  expect([pdf.status, pdf.headers['content-type'], pdf.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
  // The photo of the new meter is printed; that of the old one is no picture: its digest stands there.
  expect(pdf.text.match(/\/Subtype \/Image/g)).toHaveLength(1)
})

test('the witness refuses with the reason, who proposed undoes; nothing is written, and it can be proposed anew', async () => {
  const first = (await offer(wanted())).json<MeterChangeShown>()
  expect((await offer(wanted())).status).toBe(409)
  expect((await act(first.id!, 'refusal', witness, {})).status).toBe(400)
  const refused = (await act(first.id!, 'refusal', witness, { reason: 'Lukema on 1160,5' })).json<MeterChangeShown>()
  expect([refused.state, refused.refusal]).toEqual(['refused', 'Lukema on 1160,5'])
  const second = (await offer(wanted({ old: { register: '1160.5', photo: photos[0] } }))).json<MeterChangeShown>()
  expect((await act(second.id!, 'undo', technician)).json<MeterChangeShown>().state).toBe('undone')
  expect((await act(second.id!, 'confirmation', witness)).status).toBe(409)
  expect((await api.records.getObject({ organisation: null }, 'devices', 'mittari'))?.value.serial).toBe('VANHA-1')
})

test('nobody witnesses their own change or for another; what cannot be is refused with its place', async () => {
  const own = await offer(wanted({ witness: 'kunta' }))
  expect(own.problem().problems?.[0]).toMatchObject({ pointer: '/wanted/witness', code: 'same' })
  expect((await offer(wanted({ witness: 'muu' }))).problem().problems?.[0]?.pointer).toBe('/wanted/witness')
  const wrong = async (given: object) => {
    const { pointer, code } = (await offer(wanted(given))).problem().problems![0]!
    return `${pointer} ${code}`
  }
  expect(await wrong({ old: { register: '1150500', photo: photos[0] } })).toBe('/wanted/old/register too-many-digits')
  expect(await wrong({ old: { register: '1150.555', photo: photos[0] } })).toBe(
    '/wanted/old/register too-many-decimals',
  )
  expect(await wrong({ at: '2026-04-21T10:30:00+03:00' })).toBe('/wanted/at future')
  expect(await wrong({ point: 'power' })).toBe('/wanted/point no-counter')
  const id = (await offer(wanted())).json<MeterChangeShown>().id!
  expect((await act(id, 'confirmation', technician)).status).toBe(403)
  expect((await act(id, 'confirmation', await api.token('virasto', ['viewer']))).status).toBe(403)
  expect((await act(id, 'confirmation', await api.token(null, ['technician', 'admin']))).status).toBe(403)
  expect((await api.request(await api.token('muu', ['technician']), 'GET', `/meter-changes/${id}`)).status).toBe(404)
  expect((await api.request(await api.token('muu', ['technician']), 'GET', '/devices/mittari/witnesses')).status).toBe(
    404,
  )
})

test('a change of this very minute is within its effect', async () => {
  const at = '2026-04-20T09:00:00Z'
  api.clock.now = Date.parse('2026-04-20T09:07:00Z')
  const given = wanted({
    at: '2026-04-20T09:06:00Z',
    old: { register: '1160', photo: photos[0] },
    new: { register: '0', photo: photos[1] },
  })
  await api.fill({ readings: [{ device: 'mittari', point: 'energy', values: [[at, '1150']] }] })
  const { effect } = (await offer(given, technician, false)).json<MeterChangeShown>()
  expect(effect.oldMeter).toBe('320')
  expect(Number(effect.newMeter)).toBeGreaterThanOrEqual(0)
})

test('a final register below the last reading, and a reading below the new initial one, are told', async () => {
  const shown = (
    await offer(
      wanted({ old: { register: '1050', photo: photos[0] }, new: { register: '90', photo: photos[1] } }),
      technician,
      false,
    )
  ).json<MeterChangeShown>()
  expect(shown.effect.warnings).toEqual(['final-below-last', 'next-below-initial'])
  expect(shown.effect.with).toBeNull()
})

test('a reading by hand is held against the digits of the register', async () => {
  const read = (value: string, sure?: boolean) =>
    api.request(technician, 'POST', '/devices/mittari/readings', {
      point: 'energy',
      value,
      at: '2026-04-12T09:00:00Z',
      ...(sure === undefined ? {} : { sure }),
    })
  expect((await read('1234567', true)).problem().problems?.map(({ code }) => code)).toContain('too-many-digits')
  expect((await read('1120.125')).problem().problems?.map(({ code }) => code)).toContain('too-many-decimals')
  expect((await read('1120.12', true)).status).toBe(201)
})
