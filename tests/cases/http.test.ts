// Every worked case as it stands through the public HTTP API: import, close by an administrator, settle, whole settlements compared.
import { readFileSync, readdirSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, type TestApi } from '#tests/api/start-api.ts'

type Place = { premises: string; period: string }
type Step = { import?: Bundle; close?: Place; settle?: Place; expect?: Omit<Settlement, 'digest'> }

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()

/** What a case compares: no digest, and a detail of any wording. */
function compared(settlement: Omit<Settlement, 'digest'>): unknown {
  const { digest: _, ...rest } = settlement as Settlement
  return { ...rest, blocked: rest.blocked.map(({ item, code }) => ({ item, code })) }
}

/** Imports and closes; throws when either is refused. */
async function doStep(api: TestApi, admin: string, step: Step): Promise<void> {
  const post = async (path: string, body: unknown): Promise<void> => {
    const { status, text } = await api.request(admin, 'POST', path, body)
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
  }
  if (step.import !== undefined) await post('/import', step.import)
  if (step.close !== undefined)
    await post(`/premises/${step.close.premises}/settlements/${step.close.period}/close`, {
      force: true,
      reason: 'worked case',
    })
}

let api: TestApi | null = null
afterEach(() => api?.close())

describe('cases through HTTP', () => {
  test('there are at least 17', () => expect(files.length).toBeGreaterThanOrEqual(17))
  for (const file of files) {
    const { title, steps } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { title: string; steps: Step[] }
    test(`${file}: ${title}`, async () => {
      api = await startApi()
      const admin = await api.token(null, ['admin'])
      let settled = 0
      for (const step of steps) {
        await doStep(api, admin, step)
        if (step.settle === undefined) continue
        settled++
        const { premises, period } = step.settle
        const answer = await api.request(admin, 'GET', `/premises/${premises}/settlements/${period}`)
        expect([answer.status, compared(answer.json<Settlement>())]).toEqual([200, compared(step.expect as Settlement)])
      }
      expect(settled).toBeGreaterThan(0)
    })
  }
})
