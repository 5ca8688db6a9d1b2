// Signing in with a second factor, and seeing and ending one's sessions.
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OwnSessions, RecoveryCodes, SecondFactorBegun } from '#contract/session.ts'
import { PASSWORD, startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  await api.fill(twoHouses)
})
afterAll(() => api.close())

const signIn = (login: string, code?: string) =>
  api.request(null, 'POST', '/session', { login, password: PASSWORD, ...(code === undefined ? {} : { code }) })

test('a second factor is asked for once it is confirmed; a code is good once; recovery codes too', async () => {
  const me = await api.signIn('aino', 'kunta', ['controller'])
  const headers = { cookie: me.cookie, 'x-csrf-token': me.csrf }
  const post = (path: string, body: unknown) => api.request(null, 'POST', path, body, headers)
  expect((await post('/session/second-factor', { password: 'wrong-password-1' })).problem().code).toBe('wrong-password')
  const begun = (await post('/session/second-factor', { password: PASSWORD })).json<SecondFactorBegun>()
  expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Samtila:aino\?/)
  const totp = new TOTP({ secret: Secret.fromBase32(begun.secret) })
  const code = () => totp.generate({ timestamp: api.clock.now })
  expect((await signIn('aino')).status).toBe(200)
  expect(
    (await post('/session/second-factor/confirm', { code: code() === '000000' ? '000001' : '000000' })).status,
  ).toBe(401)
  const confirmed = await post('/session/second-factor/confirm', { code: code() })
  const { recoveryCodes } = confirmed.json<RecoveryCodes>()
  expect(recoveryCodes).toHaveLength(10)
  const user = await api.records.getUser(me.user)
  expect(JSON.stringify(user)).not.toContain(begun.secret)
  expect(JSON.stringify(user)).not.toContain(recoveryCodes[0])

  expect((await signIn('aino')).problem().code).toBe('code-needed')
  expect((await signIn('aino', code())).problem().code).toBe('wrong-code')
  api.clock.now += 30_000
  expect((await signIn('aino', code())).status).toBe(200)
  expect((await signIn('aino', code())).problem().code).toBe('wrong-code')
  expect((await signIn('aino', recoveryCodes[3])).status).toBe(200)
  expect((await signIn('aino', recoveryCodes[3])).problem().code).toBe('wrong-code')

  const shown = (await api.request(null, 'GET', '/session', undefined, headers)).json<{ user: object }>()
  expect(shown.user).toMatchObject({ secondFactor: true, hasPassword: true })
  expect((await post('/session/second-factor/remove', { password: PASSWORD })).status).toBe(204)
  expect((await signIn('aino')).status).toBe(200)
})

test('codes are throttled like passwords', async () => {
  const me = await api.signIn('eero', 'kunta', ['viewer'])
  const headers = { cookie: me.cookie, 'x-csrf-token': me.csrf }
  const begun = await api.request(null, 'POST', '/session/second-factor', { password: PASSWORD }, headers)
  const totp = new TOTP({ secret: Secret.fromBase32(begun.json<SecondFactorBegun>().secret) })
  api.clock.now += 60_000
  const good = totp.generate({ timestamp: api.clock.now })
  await api.request(null, 'POST', '/session/second-factor/confirm', { code: good }, headers)
  const wrong = good === '123456' ? '654321' : '123456'
  const codes: string[] = []
  for (let i = 0; i < 12; i++) codes.push((await signIn('eero', wrong)).problem().code)
  expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'wrong-code'))
  expect(codes.at(-1)).toBe('too-many-requests')
})

test('one sees and ends one’s own sessions only', async () => {
  const [mine, other] = [
    await api.signIn('liisa', 'kunta', ['viewer']),
    await api.signIn('olli', 'poliisi', ['viewer']),
  ]
  await signIn('liisa')
  const list = async (cookie: string) =>
    (await api.request(null, 'GET', '/session/all', undefined, { cookie })).json<OwnSessions>().items
  const own = await list(mine.cookie)
  expect(own.map(({ current }) => current).toSorted()).toEqual([false, true])
  const end = (id: string, who: typeof mine) =>
    api.request(null, 'DELETE', `/session/all/${id}`, undefined, { cookie: who.cookie, 'x-csrf-token': who.csrf })
  const [second] = own.filter(({ current }) => !current)
  expect((await end(second?.id ?? '', other)).status).toBe(404)
  expect((await end(second?.id ?? '', mine)).status).toBe(204)
  expect(await list(mine.cookie)).toHaveLength(1)
  expect(await list(other.cookie)).toHaveLength(1)
})
