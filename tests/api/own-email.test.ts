// Where one's own reminders go: shown and set in the session, and nothing that is no address.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Session } from '#contract/session.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
  await api.fill(twoHouses)
})
afterEach(() => api.close())

test('one sets and takes back the own address; what is no address is refused', async () => {
  const me = await api.signIn('aino', 'kunta', ['viewer'])
  const headers = { cookie: me.cookie, 'x-csrf-token': me.csrf }
  const set = (email: unknown) => api.request(null, 'PATCH', '/session', { email }, headers)
  expect((await set('aino@kunta.example')).json<Session>().user.email).toBe('aino@kunta.example')
  expect((await api.records.getUser(me.user))?.email).toBe('aino@kunta.example')
  expect((await set('aino@kunta.example\r\nBcc: x@y.example')).status).toBe(400)
  expect((await set('no address')).status).toBe(400)
  expect((await set(null)).json<Session>().user.email).toBeNull()
})
