// Claims from printing to use: codes shown once, guessing slowed, other organisations refused, labels that scanners read.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClaimPage, ClaimsMade, CommissioningPage, InstalledAnswer } from '#contract/claims.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { LABEL_SHEETS, placeOfLabel } from '#domain/claims/label-sheets.ts'
import { CLAIM } from '#domain/claims/claim.ts'
import { findProgram, notRun } from '#tests/not-run.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let technician: string
beforeEach(async () => {
  api = await startApi({ limits: { claimFailures: 5 } })
  await api.fill({
    ...twoHouses,
    premises: (twoHouses.premises ?? []).map((one) =>
      one.id === 'talo'
        ? { ...one, spaces: [{ id: 't-1', name: { fi: 'Aula' }, storey: '1', use: 'common' as const, areaM2: '60' }] }
        : one,
    ),
  })
  technician = await api.token('kunta', ['technician'])
})
afterEach(() => api.close())
const post = (path: string, body: unknown, token = technician, headers: Record<string, string> = {}): Promise<Answer> =>
  api.request(token, 'POST', path, body, headers)
const get = (path: string, token = technician): Promise<Answer> => api.request(token, 'GET', path)
const make = async (body: unknown): Promise<ClaimsMade> => (await post('/claims', body)).json<ClaimsMade>()

test('a label of a device puts it into use once: space, facts, photo and record; the code is kept nowhere', async () => {
  const { items } = await make({ devices: ['mittari'] })
  const [{ code, address }] = items as [ClaimsMade['items'][number]]
  expect(address).toBe(`http://127.0.0.1:8080/c/${code}`)
  const papers = await api.records.listPapers({ organisation: null }, CLAIM, { limit: 10 })
  expect(JSON.stringify(papers)).not.toContain(code.replaceAll('-', ''))
  expect((await get(`/claims/${code.toLowerCase()}`)).json()).toMatchObject({
    state: 'open',
    expired: false,
    device: { id: 'mittari', premises: 'talo' },
  })
  const photo = Buffer.from('ffd8ffe000104a464946', 'hex')
  const digest = (
    await api.request(technician, 'POST', '/files?name=kuva.jpg', photo, { 'content-type': 'image/jpeg' })
  ).json<{ digest: string }>().digest
  const key = { 'idempotency-key': 'asennus-1' }
  const body = { space: 't-1', serial: 'SN 1', photos: [digest], note: 'Keskuksessa', at: '2026-11-01T10:00:00Z' }
  api.clock.now = Date.parse('2026-11-01T12:00:00Z')
  const taken = await post(`/claims/${code}/take`, body, technician, key)
  expect(taken.json()).toMatchObject({ device: 'mittari', created: false })
  // The same again, as a phone sends it that did not hear the answer, changes nothing.
  expect((await post(`/claims/${code}/take`, body, technician, key)).json()).toEqual(taken.json())
  expect((await get('/devices/mittari')).json<DeviceRecorded>()).toMatchObject({ space: 't-1', serial: 'SN 1' })
  const record = (await get('/commissionings?device=mittari')).json<CommissioningPage>().items
  expect(record).toMatchObject([
    {
      device: 'mittari',
      space: 't-1',
      claimed: true,
      by: expect.any(String),
      at: '2026-11-01T10:00:00.000Z',
      note: 'Keskuksessa',
      photos: [digest],
    },
  ])
  expect((await get(`/files/${digest}`)).status).toBe(200)
  const again = await post(`/claims/${code}/take`, { ...body, photos: [] })
  expect([again.status, again.problem().detail]).toEqual([409, expect.stringContaining('mittari')])
  expect((await get(`/claims/${code}`)).json()).toMatchObject({ state: 'used', device: { id: 'mittari' } })
})

test('a blank label makes a device of its type, with points, class and interval', async () => {
  const { items } = await make({ blank: 2, premises: 'talo' })
  const taken = await post(`/claims/${items[0]?.code}/take`, {
    type: 'cold-water-meter',
    name: { fi: 'Keittiön kylmävesi' },
    space: 't-1',
  })
  expect(taken.json()).toMatchObject({ device: 'keittion-kylmavesi', created: true })
  expect((await get('/devices/keittion-kylmavesi')).json()).toMatchObject({
    brick: 'Water_Meter',
    expectedInterval: 'PT1H',
    space: 't-1',
    points: [{ key: 'volume', unit: 'm3', kind: 'counter' }, { key: 'leak' }, { key: 'battery' }],
  })
  // The second label goes on a device that is listed; a wrong space changes nothing and leaves the label as it was.
  const wrong = await post(`/claims/${items[1]?.code}/take`, { device: 'mittari', space: 'ei-ole' })
  expect([wrong.status, wrong.problem().problems?.[0]?.pointer]).toEqual([422, '/space'])
  expect((await post(`/claims/${items[1]?.code}/take`, { device: 'mittari', space: 't-1' })).json()).toMatchObject({
    device: 'mittari',
    created: false,
  })
  const noLabel = (
    await post('/commissionings', { premises: 'talo', type: 'room-sensor', space: 't-1' })
  ).json<InstalledAnswer>()
  expect(noLabel).toMatchObject({ device: 'room-sensor', created: true })
  const states = (await get('/claims')).json<ClaimPage>().items.map(({ state, device }) => [state, device])
  expect(states.sort()).toEqual([
    ['used', 'keittion-kylmavesi'],
    ['used', 'mittari'],
  ])
})

test('a label of one premises is refused on a device of another, by name of both, and stays as it was', async () => {
  await api.fill({
    premises: [{ id: 'toinen', name: { fi: 'Toinen' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
    devices: [{ id: 'muualla', premises: 'toinen' }],
  })
  const { items } = await make({ blank: 1, premises: 'talo' })
  const code = items[0]?.code ?? ''
  for (const wanted of [{ device: 'muualla' }, { premises: 'toinen', type: 'lift' }]) {
    const refused = await post(`/claims/${code}/take`, wanted)
    expect([refused.status, refused.problem().detail]).toEqual([409, expect.stringMatching(/premises talo.*toinen/)])
    expect(refused.problem().problems?.[0]?.pointer).toBe('device' in wanted ? '/device' : '/premises')
  }
  const bound = await make({ devices: ['muualla'] })
  expect((await get(`/claims/${code}`)).json()).toMatchObject({ state: 'open', device: null })
  expect((await post(`/claims/${bound.items[0]?.code}/take`, {})).status).toBe(200)
  expect((await post(`/claims/${code}/take`, { device: 'mittari' })).status).toBe(200)
})

test('a code ends at its date, or when its batch is withdrawn', async () => {
  const short = await make({ blank: 1, premises: 'talo', validDays: 1 })
  const lost = await make({ blank: 3, premises: 'talo' })
  expect((await post('/claims/withdraw', { batch: lost.batch })).json()).toEqual({ withdrawn: 3 })
  expect((await post(`/claims/${lost.items[0]?.code}/take`, { type: 'lift' })).status).toBe(404)
  api.clock.now += 2 * 86_400_000
  expect((await get(`/claims/${short.items[0]?.code}`)).json()).toMatchObject({ state: 'open', expired: true })
  expect((await post(`/claims/${short.items[0]?.code}/take`, { type: 'lift' })).status).toBe(409)
})

test('another organisation finds nothing and makes nothing; a viewer may not', async () => {
  const other = await api.token('muu', ['technician'])
  const { items } = await make({ devices: ['mittari'], blank: 1 })
  expect((await get(`/claims/${items[0]?.code}`, other)).status).toBe(404)
  for (const { code } of items) {
    expect((await post(`/claims/${code}/take`, { type: 'lift', premises: 'talo' }, other)).status).toBe(404)
    expect((await post('/claims/labels', { codes: [code], sheet: 'a4-24' }, other)).status).toBe(404)
  }
  expect((await post('/claims', { devices: ['mittari'] }, other)).status).toBe(404)
  expect((await post('/claims', { blank: 1, premises: 'talo' }, other)).status).toBe(404)
  expect((await post('/claims', { blank: 1 }, await api.token('kunta', ['viewer']))).status).toBe(403)
  expect((await post('/commissionings', { premises: 'talo', type: 'lift' }, other)).status).toBe(404)
  expect((await get('/commissionings', other)).json<CommissioningPage>().items).toEqual([])
  api.clock.now += 16 * 60_000
  expect((await get(`/claims/${items[0]?.code}`)).status).toBe(200)
})

test('guessing is slowed by address; slips of the finger cost nothing', async () => {
  const { items } = await make({ blank: 1 })
  const code = items[0]?.code ?? ''
  for (let slip = 0; slip < 10; slip++)
    expect((await get(`/claims/${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`)).status).toBe(400)
  for (const hostile of ['%00', '..%2F..%2Fetc', '%3Cscript%3E', 'a'.repeat(64)])
    expect((await get(`/claims/${hostile}`)).status).toBe(400)
  const { createClaimCode } = await import('#api/claims/claims.ts')
  for (let guess = 0; guess < 5; guess++) expect((await get(`/claims/${createClaimCode()}`)).status).toBe(404)
  expect((await get(`/claims/${createClaimCode()}`)).status).toBe(429)
  expect((await get(`/claims/${code}`)).status).toBe(429)
  api.clock.now += 16 * 60_000
  expect((await get(`/claims/${code}`)).status).toBe(200)
})

test('the sheet is a PDF of the right size, and each code is read from where its label lies', async (context) => {
  const pdftoppm = findProgram('pdftoppm')
  if (pdftoppm === null) return notRun(context, 'the label sheet as a picture', 'apt-get install poppler-utils')
  const { decodeQR: decode } = await import('qr/decode.js')
  const { items } = await make({ devices: ['mittari'], blank: 3 })
  const folder = mkdtempSync(join(tmpdir(), 'samtila-labels-'))
  try {
    for (const sheet of LABEL_SHEETS) {
      const answer = await api.app.inject({
        method: 'POST',
        url: '/api/v1/claims/labels',
        headers: { authorization: `Bearer ${technician}` },
        payload: { codes: items.map(({ code }) => code), sheet: sheet.id, language: 'sv' },
      })
      expect(answer.headers['content-type']).toBe('application/pdf')
      writeFileSync(join(folder, 'labels.pdf'), answer.rawPayload)
      const dpi = 300
      execFileSync(pdftoppm, [
        '-r',
        String(dpi),
        '-f',
        '1',
        '-l',
        '1',
        join(folder, 'labels.pdf'),
        join(folder, 'page'),
      ])
      const { width, height, at } = readPpm(
        join(folder, sheet.columns * sheet.rows === 1 ? 'page-1.ppm' : 'page-1.ppm'),
      )
      expect(width).toBeCloseTo((sheet.pageWidthMm / 25.4) * dpi, -1)
      expect(height).toBeCloseTo((sheet.pageHeightMm / 25.4) * dpi, -1)
      const perPage = sheet.columns * sheet.rows
      for (const [index, { address }] of items.slice(0, perPage).entries()) {
        const place = placeOfLabel(sheet, index)
        const px = (mm: number): number => Math.round((mm / 25.4) * dpi)
        const [w, h] = [px(sheet.labelWidthMm / 2), px(sheet.labelHeightMm)]
        expect(decode({ width: w, height: h, data: at(px(place.leftMm), px(place.topMm), w, h) })).toBe(address)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A binary PPM, and a part of it as RGBA. */
function readPpm(file: string) {
  const bytes = readFileSync(file)
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString('latin1'))!
  const [width, height] = [Number(head[1]), Number(head[2])]
  const start = head[0].length
  const at = (left: number, top: number, w: number, h: number): Uint8ClampedArray => {
    const data = new Uint8ClampedArray(w * h * 4).fill(255)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        if (left + x >= width || top + y >= height) continue
        const from = start + ((top + y) * width + left + x) * 3
        for (let channel = 0; channel < 3; channel++) data[(y * w + x) * 4 + channel] = bytes[from + channel] ?? 255
      }
    return data
  }
  return { width, height, at }
}
