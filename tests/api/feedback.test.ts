// Feedback on accessibility: taken from anyone within a bound, seen by the operator only.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedbackPage, FeedbackTaken } from '#contract/feedback.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi({ limits: { feedbackPerHour: 3 } })
  await api.fill(twoHouses)
})
afterAll(() => api.close())

const send = (body: object) => api.request(null, 'POST', '/feedback', body)

test('anyone sends it, the operator reads and answers it, an organisation does not see it', async () => {
  const [operator, town] = [await api.token(null, ['admin']), await api.token('kunta', ['admin'])]
  const sent = await send({ text: '<b>Kaavio ei lue</b>', contact: 'a@example.org', page: '/costs?lang=fi' })
  expect(sent.status).toBe(201)
  const { id } = sent.json<FeedbackTaken>()
  expect((await send({ text: 'robotti täyttää kaiken', website: 'http://spam.example' })).status).toBe(201)
  const list = async () => (await api.request(operator, 'GET', '/feedback')).json<FeedbackPage>().items
  expect(await list()).toMatchObject([{ id, text: '<b>Kaavio ei lue</b>', state: 'open', contact: 'a@example.org' }])
  const [first] = await list()
  expect(Date.parse(first?.dueAt ?? '') - Date.parse(first?.at ?? '')).toBe(14 * 86_400_000)
  expect((await api.request(town, 'GET', '/feedback')).status).toBe(403)
  expect((await api.request(operator, 'PATCH', `/feedback/${id}`, { state: 'answered' })).status).toBe(204)
  expect((await list())[0]?.state).toBe('answered')
})

test('a flood is stopped, and passes with the hour', async () => {
  const codes = []
  for (let i = 0; i < 5; i++) codes.push((await send({ text: `viesti ${i}` })).status)
  expect(codes).toEqual([201, 201, 429, 429, 429])
  api.clock.now += 3_600_000
  expect((await send({ text: 'viesti taas' })).status).toBe(201)
  expect((await send({ text: 'x'.repeat(4001) })).status).toBe(400)
  expect((await send({ text: 'hyvä viesti', page: 'https://evil.example' })).status).toBe(400)
})
