// Files: kept until a paper carries them, read by who sees that paper, never run as a page.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paperKind } from '#domain/ports/papers.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from './start-api.ts'

const NOTE = paperKind<object>('note')
let api: TestApi
beforeAll(async () => {
  api = await startApi({ limits: { fileBytes: 1000 } })
  await api.fill(twoHouses)
})
afterAll(() => api.close())

const send = (token: string, bytes: Buffer, type: string) =>
  api.request(token, 'POST', '/files?name=kuva%20%22a%22.html', bytes, { 'content-type': type })

test('a file is read by those only who see a paper that carries it', async () => {
  const [town, police] = [await api.token('kunta', ['manager']), await api.token('poliisi', ['viewer'])]
  const sent = await send(town, Buffer.from('<script>alert(1)</script>'), 'text/plain')
  expect(sent.status).toBe(201)
  const { digest } = sent.json<{ digest: string }>()
  const read = (token: string) => api.request(token, 'GET', `/files/${digest}`)
  expect([(await read(town)).status, (await read(police)).status]).toEqual([404, 404])
  const paper = { id: 'n', premises: null, audience: ['kunta'], state: 'open', dueAt: null, body: {} }
  await api.records.changePapers({ papers: [{ kind: NOTE, paper, files: [digest] }] }, SYSTEM, 'note.put')
  const [own, others] = [await read(town), await read(police)]
  expect([own.status, others.status]).toEqual([200, 404])
  expect(own.text).toBe('<script>alert(1)</script>')
  expect(own.headers['content-type']).toBe('application/octet-stream')
  expect(own.headers['content-disposition']).toBe("attachment; filename*=UTF-8''kuva%20%22a%22.html")
  expect(own.headers['content-security-policy']).toContain('sandbox')
})

test('too large, empty and unknown kinds of files are refused, and so is who has not signed in', async () => {
  const town = await api.token('kunta', ['manager'])
  expect((await send(town, Buffer.alloc(1001), 'image/png')).status).toBe(413)
  expect((await send(town, Buffer.alloc(0), 'image/png')).status).toBe(400)
  expect((await send(town, Buffer.from('x'), 'text/html')).status).toBe(415)
  const anonymous = await api.request(null, 'POST', '/files?name=a', Buffer.from('x'), { 'content-type': 'image/png' })
  expect(anonymous.status).toBe(401)
})
