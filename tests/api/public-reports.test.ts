// Hostile input on the public page: scripts, pictures that are none, 50 MB, a thousand reports a minute. Nothing of it harms.
import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaultPage, FaultShown } from '#contract/faults.ts'
import type { FollowedShown, ReportCodesMade, ReportSubject, ReportTaken } from '#contract/reports.ts'
import { cleanPhoto } from '#api/faults/clean-photo.ts'
import { leadingZeroBits } from '#api/faults/challenges.ts'
import { hasherOf } from '#dashboard/pages/report/sha256.ts'
import { solvePuzzle } from '#dashboard/pages/report/puzzle.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

const NOW = Date.parse('2026-06-01T09:00:00+03:00')
const MIB = 1_048_576
let api: TestApi
let code = ''
let viewer = ''

const start = async (limits: Record<string, number> = {}): Promise<void> => {
  api = await startApi({ now: NOW, limits: { reportPuzzleBits: 4, anonymousRequestsPerMinute: 100_000, ...limits } })
  await api.fill(twoHouses)
  viewer = await api.token('virasto', ['viewer'])
  const manager = await api.token('kunta', ['manager'])
  const made = await api.request(manager, 'POST', '/report-codes', { premises: 'talo', spaces: ['t-1'] })
  code = made.json<ReportCodesMade>().items[0]?.code ?? ''
}
beforeEach(() => start())
afterEach(() => api.close())

const open = async (): Promise<ReportSubject> =>
  (await api.request(null, 'GET', `/reports/${code}`)).json<ReportSubject>()
const proofOf = async (): Promise<string> => {
  const { challenge } = await open()
  return solvePuzzle(challenge.token, challenge.bits)
}
const send = async (body: object, proof?: string): Promise<Answer> => {
  const solved = proof ?? (await proofOf())
  api.clock.now += 2_000
  return api.request(null, 'POST', `/reports/${code}`, { language: 'fi', ...body }, { 'x-report-proof': solved })
}
const faults = async (): Promise<FaultPage['items']> =>
  (await api.request(viewer, 'GET', '/faults?limit=200')).json<FaultPage>().items

/** The smallest pictures of each kind, with what a phone writes beside. */
const segment = (marker: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff]), content])
const frame = (width: number, height: number): Buffer =>
  segment(0xc0, Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]))
const jpeg = (width = 2, height = 3, after = ''): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, Buffer.from('Exif\0\0GPS 60.1699N 24.9384E', 'latin1')),
    segment(0xfe, Buffer.from('<script>alert(1)</script>')),
    frame(width, height),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(after),
  ])
const chunk = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content, Buffer.alloc(4)])
}
const png = (): Buffer =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 4, 0, 0, 0, 5, 8, 2, 0, 0, 0])),
    chunk('tEXt', Buffer.from('Author\0Maija')),
    chunk('eXIf', Buffer.from('GPS')),
    chunk('IDAT', Buffer.from([1, 2, 3])),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from('PK\x03\x04 a zip behind it'),
  ])
const riff = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}
const webp = (): Buffer => {
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    riff('VP8X', Buffer.from([0b0010_1100, 0, 0, 0, 6, 0, 0, 7, 0, 0])),
    riff('VP8 ', Buffer.alloc(10, 1)),
    riff('EXIF', Buffer.from('GPS 60.1699N')),
    riff('XMP ', Buffer.from('Maija')),
  ])
  const head = Buffer.alloc(8)
  head.write('RIFF')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

test('pictures are known by their bytes and kept without place, person, comment and what hangs behind', () => {
  const kept = {
    jpeg: cleanPhoto(jpeg(2, 3, 'PK zip'), 100),
    png: cleanPhoto(png(), 100),
    webp: cleanPhoto(webp(), 100),
  }
  expect(Object.values(kept).map(({ mediaType }) => mediaType)).toEqual(['image/jpeg', 'image/png', 'image/webp'])
  for (const { bytes } of Object.values(kept))
    expect(bytes.toString('latin1')).not.toMatch(/GPS|Exif|Maija|script|zip|PK/)
  expect(kept.jpeg.bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
  expect(kept.jpeg.bytes.toString('latin1')).toContain('JFIF')
  expect(kept.webp.bytes.readUInt32LE(4)).toBe(kept.webp.bytes.length - 8)
  // What is cleaned stays as it is when cleaned again.
  for (const { bytes } of Object.values(kept)) expect(cleanPhoto(bytes, 100).bytes).toEqual(bytes)
  expect(() => cleanPhoto(jpeg(20_000, 20_000), 1_000_000)).toThrow(/pixels/)
  for (const bad of [
    Buffer.alloc(0),
    Buffer.from('<svg onload=alert(1)>'),
    Buffer.from('GIF89a'),
    jpeg().subarray(0, 40),
    png().subarray(0, 60),
    webp().subarray(0, 25),
    Buffer.concat([jpeg().subarray(0, 2), Buffer.from('<html>')]),
  ])
    expect(() => cleanPhoto(bad, 1_000_000)).toThrow(/no whole/)
  // Whatever is cut off or turned round is refused or cleaned, never more than that.
  for (const whole of [jpeg(), png(), webp()])
    for (let at = 0; at < whole.length; at += 1) {
      const broken = Buffer.from(whole)
      broken[at] = (broken[at] ?? 0) ^ 0xff
      for (const given of [broken, whole.subarray(0, at)])
        try {
          expect(cleanPhoto(given, 1e12).bytes.length).toBeLessThanOrEqual(given.length)
        } catch (error) {
          expect(String(error)).toMatch(/photo/)
        }
    }
})

test('the puzzle’s own SHA-256 is the real one', () => {
  for (const [prefix, suffix] of [
    ['', ''],
    ['abc', ''],
    ['x'.repeat(63), 'yz'],
    ['x'.repeat(64), '1'],
    ['ä'.repeat(100), '123456'],
  ] as const) {
    const words = Array.from(hasherOf(prefix)(suffix), (word) => (word >>> 0).toString(16).padStart(8, '0'))
    expect(words.join('')).toBe(
      createHash('sha256')
        .update(prefix + suffix)
        .digest('hex'),
    )
  }
  const proof = solvePuzzle('token', 9)
  expect(leadingZeroBits(createHash('sha256').update(proof).digest())).toBeGreaterThanOrEqual(9)
})

test('scripts are words: stored as they are, sent as JSON and CSV that runs nothing, the photo as a download of its own', async () => {
  const what = '<script>alert(1)</script>"><img src=x onerror=alert(1)> =HYPERLINK("http://evil") \u202e\u0000'
  const photo = jpeg().toString('base64')
  const taken = await send({ choice: 'other', what, photo, contact: '=cmd|calc' })
  expect(taken.status, taken.text).toBe(201)
  const [fault] = await faults()
  expect(fault?.what).toContain('<script>alert(1)</script>')
  const answer = await api.request(viewer, 'GET', `/faults/${fault?.id}`)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(String(answer.headers['content-security-policy'])).not.toContain('unsafe-inline')
  const csv = await api.request(viewer, 'GET', '/faults/export?format=csv')
  expect(csv.headers['content-disposition']).toContain('attachment')
  const { entries } = answer.json<FaultShown>()
  const file = await api.request(viewer, 'GET', `/files/${entries[0]?.files[0]?.digest}`)
  expect(file.headers['content-type']).toBe('image/jpeg')
  expect(file.headers['content-disposition']).toMatch(/^attachment/)
  expect(file.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  const stranger = await api.token('muu', ['viewer'])
  expect((await api.request(stranger, 'GET', `/files/${entries[0]?.files[0]?.digest}`)).status).toBe(404)
  // Words that would be a formula are harmless in a spreadsheet.
  await send({ choice: 'dark', what: '=1+1' })
  expect((await api.request(viewer, 'GET', '/faults/export?format=csv')).text).toContain("'=1+1")
})

test('what is no report is refused with its reason, and nothing is stored', async () => {
  const proof = await proofOf()
  api.clock.now += 2_000
  for (const [body, status] of [
    [{}, 400],
    [{ what: '   ' }, 400],
    [{ choice: 'explode' }, 400],
    [{ what: 'x'.repeat(2001) }, 400],
    [{ what: 'x', role: 'admin' }, 400],
    [{ what: 'x', photo: Buffer.from('<svg>').toString('base64') }, 415],
    [{ what: 'x', photo: jpeg(60_000, 60_000).toString('base64') }, 413],
    [{ what: 'x', same: 'fault-1' }, 201],
  ] as const)
    expect((await send(body, proof)).status, JSON.stringify(body)).toBe(status)
  expect(await faults()).toHaveLength(1)
  expect((await api.request(null, 'GET', '/reports/22222-22222-22222')).status).toBe(404)
  expect((await api.request(null, 'GET', '/reports/..%2F..%2Fetc')).status).toBe(404)
  for (const forged of ['', 'x', '.1', 'v1.AAAA.1', `${'x'.repeat(5000)}.1`, proof.replace(/\.\d+$/, '.-1')])
    expect((await send({ what: 'x' }, forged)).status, forged.slice(0, 20)).toBe(403)
})

test('too quick and too late are told apart; a filled trap is thanked and forgotten', async () => {
  const { challenge } = await open()
  const proof = solvePuzzle(challenge.token, challenge.bits)
  const headers = { 'x-report-proof': proof }
  const quick = await api.request(null, 'POST', `/reports/${code}`, { language: 'fi', what: 'x' }, headers)
  expect([quick.status, quick.headers['retry-after']]).toEqual([429, '2'])
  expect((await send({ what: 'x', website: 'http://spam' }, proof)).status).toBe(201)
  expect(await faults()).toEqual([])
  api.clock.now += 3 * 3_600_000
  expect((await send({ what: 'x' }, proof)).problem().detail).toContain('too long')
})

test('a thousand reports in a minute: a few are taken, the rest told to wait; honest work goes on', async () => {
  await api.close()
  await start({ reportsPerAddressPerHour: 1_000, reportsPerCodePerHour: 30, reportsPerMinute: 60, reportPuzzleBits: 1 })
  const proofs: string[] = []
  const first = await open()
  await Promise.all(Array.from({ length: 1_000 }, async () => proofs.push(await proofOf())))
  api.clock.now += 2_000
  const statuses = new Map<number, number>()
  const begun = performance.now()
  await Promise.all(
    proofs.map(async (proof, n) => {
      const body = { language: 'fi', choice: 'dark', what: `${n}` }
      const { status } = await api.request(null, 'POST', `/reports/${code}`, body, { 'x-report-proof': proof })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }),
  )
  const tookMs = performance.now() - begun
  expect(statuses.get(201) ?? 0).toBeGreaterThan(0)
  expect(statuses.get(201) ?? 0).toBeLessThanOrEqual(30)
  expect(statuses.get(429)).toBe(1_000 - (statuses.get(201) ?? 0))
  expect(tookMs).toBeLessThan(20_000)
  expect((await faults()).length).toBeLessThanOrEqual(30)
  // The next puzzle is harder by each doubling of the load, and easy again afterwards.
  expect((await open()).challenge.bits).toBeGreaterThan(first.challenge.bits + 3)
  api.clock.now += 2 * 60_000
  expect((await open()).challenge.bits).toBe(first.challenge.bits)
})

test('50 MB are refused as they come, over a real connection, without being held in memory', async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  const proof = await proofOf()
  api.clock.now += 2_000
  const upload = (headers: Record<string, string>): Promise<{ status: number; most: number }> =>
    new Promise((resolve, reject) => {
      let most = 0
      const measure = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10)
      const finish = (status: number): void => {
        clearInterval(measure)
        resolve({ status, most })
      }
      const outgoing = httpRequest(
        { host: '127.0.0.1', port, method: 'POST', path: `/api/v1/reports/${code}`, headers },
        (answer) => {
          answer.resume()
          finish(answer.statusCode ?? 0)
          outgoing.destroy()
        },
      )
      // The server closes while we still send: that is the point.
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? finish(413) : reject(error),
      )
      const piece = Buffer.alloc(256 * 1024, 'A')
      let sent = 0
      const more = (): void => {
        while (sent < 50 * MIB) {
          sent += piece.length
          if (!outgoing.write(piece)) {
            outgoing.once('drain', more)
            return
          }
        }
        outgoing.end()
      }
      more()
    })
  const before = process.memoryUsage().rss
  const json = { 'content-type': 'application/json' }
  const chunked = await upload({ ...json, 'x-report-proof': proof })
  expect(chunked.status).toBe(413)
  expect(chunked.most - before).toBeLessThan(80 * MIB)
  expect((await upload({ ...json, 'x-report-proof': proof, 'content-length': String(50 * MIB) })).status).toBe(413)
  // Without a solved puzzle not a byte of the body is read.
  expect((await upload(json)).status).toBe(403)
  expect(await faults()).toEqual([])
})

test('many who send at one time wait outside: only so many bodies are read at once', async () => {
  await api.close()
  await start({ reportsReading: 2 })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  const proofs = [await proofOf(), await proofOf(), await proofOf()]
  api.clock.now += 2_000
  const begin = (proof: string) => {
    const headers = { 'content-type': 'application/json', 'x-report-proof': proof, 'content-length': '1000' }
    const outgoing = httpRequest({ host: '127.0.0.1', port, method: 'POST', path: `/api/v1/reports/${code}`, headers })
    outgoing.on('error', () => undefined)
    outgoing.write('{')
    return outgoing
  }
  const slow = [begin(proofs[0]!), begin(proofs[1]!)]
  await expect.poll(async () => (await send({ what: 'x' }, proofs[2])).status, { timeout: 5_000 }).toBe(429)
  for (const one of slow) one.destroy()
  await expect.poll(async () => (await send({ what: 'x' }, proofs[2])).status, { timeout: 5_000 }).toBe(201)
})

test('the reporter’s words are shown to nobody by the link, and the link is a hash in the store', async () => {
  const { follow } = (await send({ what: 'Salainen', choice: 'dark' })).json<ReportTaken>()
  const [fault] = await faults()
  const stored = await api.records.getPaper({ organisation: null }, 'fault' as never, fault?.id ?? '')
  expect(JSON.stringify(stored)).not.toContain(follow)
  const followed = (await api.request(null, 'POST', '/reports/followed', { secret: follow })).json<FollowedShown>()
  expect(JSON.stringify(followed)).not.toContain('Salainen')
  expect((await api.request(null, 'GET', `/faults/${fault?.id}`)).status).toBe(401)
})
