// The audit log tells people as people know them: found by login or name, never beyond what the reader's organisation knows.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditPage, AuditShown } from '#contract/audit.ts'
import { startApi, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let town: string
beforeAll(async () => {
  api = await startApi()
  await api.fill({
    organisations: [
      { id: 'kaupunki', name: { fi: 'Kaupunki' } },
      { id: 'poliisi', name: { fi: 'Poliisi' } },
    ],
  })
  operator = await api.token(null, ['admin'])
  town = await api.token('kaupunki', ['admin'])
  await api.signIn('aino.ahkera@kaupunki.example', 'kaupunki', ['manager'])
  await api.signIn('veikko@poliisi.example', 'poliisi', ['viewer'])
})
afterAll(() => api.close())

const find = async (token: string, text: string): Promise<AuditShown[]> => {
  const answer = await api.request(token, 'GET', `/api/v1/audit?limit=100&text=${encodeURIComponent(text)}`)
  return answer.json<AuditPage>().items
}

test('a part of the login finds what a person did and what was done to them, with their name', async () => {
  const lines = await find(operator, 'AINO.ahkera@')
  expect(lines.map(({ action }) => action).toSorted()).toEqual(['sign-in', 'user.put'])
  const signIn = lines.find(({ action }) => action === 'sign-in')
  expect(signIn).toMatchObject({ login: 'aino.ahkera@kaupunki.example' })
  expect(lines.every(({ target }) => target?.endsWith('(aino.ahkera@kaupunki.example)') === true)).toBe(true)
  expect(await find(operator, 'nobody@')).toEqual([])
})

test('an organisation finds its own people only', async () => {
  expect((await find(town, 'aino.ahkera')).map(({ action }) => action)).toContain('sign-in')
  expect(await find(town, 'veikko@')).toEqual([])
  expect((await find(operator, 'veikko@')).length).toBeGreaterThan(0)
})
