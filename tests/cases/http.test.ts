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
        if (step.import !== undefined) {
          const answer = await api.request(admin, 'POST', '/import', step.import)
          expect(answer.text).not.toContain('problem')
          expect(answer.status).toBe(200)
        }
        if (step.close !== undefined) {
          const { premises, period } = step.close
          const answer = await api.request(admin, 'POST', `/premises/${premises}/settlements/${period}/close`, {
            force: true,
            reason: 'worked case',
          })
          expect([answer.status, answer.json<Settlement>().status]).toEqual([200, 'closed'])
          expect(answer.json<Settlement>().digest).toMatch(/^sha256:[0-9a-f]{64}$/)
        }
        if (step.settle === undefined) continue
        settled++
        const answer = await api.request(
          admin,
          'GET',
          `/premises/${step.settle.premises}/settlements/${step.settle.period}`,
        )
        expect(answer.status).toBe(200)
        expect(compared(answer.json<Settlement>())).toEqual(compared(step.expect as Settlement))
      }
      expect(settled).toBeGreaterThan(0)
    })
  }
})
