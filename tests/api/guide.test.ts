// Whether somebody has put the guide of the first page away is remembered for the person, over sessions and organisations.
import { afterEach, expect, test } from 'vitest'
import type { Session } from '#contract/session.ts'
import { thingsFor } from '#dashboard/pages/overview/welcome-things.ts'
import { ROLES } from '#domain/ports/records.ts'
import { startApi, type TestApi } from './start-api.ts'

let api: TestApi
afterEach(() => api?.close())

test('the guide is put away and brought back', async () => {
  api = await startApi()
  const { cookie, csrf, user } = await api.signIn('uusi', null, ['viewer'])
  const session = async (method: 'GET' | 'PATCH', body?: unknown) =>
    (await api.request(null, method, '/api/v1/session', body, { cookie, 'x-csrf-token': csrf })).json<Session>()
  expect((await session('GET')).user.guideSeen).toBe(false)
  expect((await session('PATCH', { guideSeen: true })).user.guideSeen).toBe(true)
  expect((await session('GET')).user.guideSeen).toBe(true)
  expect(await api.records.getUser(user)).toMatchObject({ guideSeen: true, language: 'fi' })
  expect((await session('PATCH', { guideSeen: false })).user.guideSeen).toBe(false)
})

test('each role is told three different things', () => {
  for (const role of ROLES) {
    const things = thingsFor({ roles: [role], operator: false })
    expect(new Set(things.map(({ thing }) => thing)).size, role).toBe(3)
  }
  expect(thingsFor({ roles: ['admin'], operator: true })[0]?.to).toBe('/system')
})
