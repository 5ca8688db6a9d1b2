// Retention: what is over is listed by class, exported whole, and deleted only then; a legal hold keeps it.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeletionDone, ExportMade, RetentionState } from '#contract/retention.ts'
import { RETAINED_KINDS, retentionOf } from '#domain/documents/retention.ts'
import type { Answer } from '#tests/api/start-api.ts'
import { closedHouse, MARCH, type Documents } from './world.ts'

let world: Documents
const ask = (who: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> =>
  world.api.request(world.tokens[who]!, method, path, body)
const state = async (): Promise<RetentionState> => (await ask('operator', 'GET', '/retention')).json<RetentionState>()
const sessionAt = async (date: string): Promise<void> => {
  world.api.clock.now = Date.parse(`${date}T12:00:00Z`)
}
beforeAll(async () => {
  world = await closedHouse()
  await world.say()
  const made = await ask('kunta', 'POST', `${MARCH}/documents`)
  if (made.status !== 200) throw new Error(made.text)
})
afterAll(() => world.close())

describe('retention', () => {
  test('years count from the end of the year; real-estate investments are kept 13', () => {
    const paper = {
      changedAt: Date.UTC(2026, 3, 1),
      body: { document: { period: '2026-03', lines: [{ category: 'cleaning' }] } },
    }
    const of = (kind: string, body: unknown = paper.body): unknown => retentionOf(kind, { ...paper, body } as never)
    expect(of('document')).toEqual({ class: 'voucher', until: '2033-01-01' })
    expect(of('document', { document: { lines: [{ category: 'renovation' }] } })).toEqual({
      class: 'real-estate',
      until: '2040-01-01',
    })
    expect(of('proposal')).toEqual({ class: 'book', until: '2037-01-01' })
    expect(of('reminder')).toBeNull()
    const alarm = (state: string): unknown => retentionOf('alarm', { ...paper, state, body: {} } as never)
    expect(alarm('cleared')).toEqual({ class: 'claim', until: '2030-01-01' })
    expect(alarm('acknowledged')).toBeNull()
    expect(Object.keys(RETAINED_KINDS)).not.toContain('invoicing-details')
  })

  test('is for the platform’s administrator only', async () => {
    for (const [method, path] of [
      ['GET', '/retention'],
      ['POST', '/retention/exports'],
      ['POST', '/retention/holds/hold-1/release'],
    ] as const)
      expect((await ask('kunta', method, path)).status).toBe(403)
  })

  test('nothing goes before its time', async () => {
    await sessionAt('2032-12-31')
    expect((await state()).due).toEqual([])
    expect((await ask('operator', 'POST', '/retention/exports')).json<ExportMade>()).toEqual({
      id: null,
      digest: null,
      papers: 0,
    })
  })

  test('a hold keeps what is over, also against an export made before it', async () => {
    await sessionAt('2033-01-02')
    const { due } = await state()
    // One of the three has a line of the category `building`: it is kept for 13 years.
    expect(due.map(({ kind, class: of, hold }) => [kind, of, hold])).toEqual([['document', 'voucher', null]])
    const made = (await ask('operator', 'POST', '/retention/exports')).json<ExportMade>()
    const held = await ask('operator', 'POST', '/retention/holds', {
      reason: 'riita',
      premises: 'talo',
      kinds: ['document'],
    })
    expect(held.status).toBe(201)
    expect((await state()).due.map(({ hold }) => hold)).toEqual([held.json<{ id: string }>().id])
    const refused = (
      await ask('operator', 'POST', `/retention/exports/${made.id}/delete`, { digest: made.digest })
    ).json<DeletionDone>()
    expect([refused.deleted, refused.kept.map(({ why }) => why)]).toEqual([0, ['held']])
    expect((await ask('operator', 'POST', '/retention/exports')).json<ExportMade>().papers).toBe(0)
    await ask('operator', 'POST', `/retention/holds/${held.json<{ id: string }>().id}/release`)
    expect(
      (await ask('operator', 'POST', '/retention/holds', { reason: 'x', premises: null, kinds: ['nope'] })).status,
    ).toBe(400)
  })

  test('exported whole, then deleted; without the digest of the file it is refused', async () => {
    const [due] = (await state()).due
    const made = (await ask('operator', 'POST', '/retention/exports')).json<ExportMade>()
    const file = await ask('operator', 'GET', `/retention/exports/${made.id}/file`)
    expect(`sha256:${createHash('sha256').update(file.text).digest('hex')}`).toBe(made.digest)
    const kept = file.json<{
      papers: { id: string; versions: { body: object }[] }[]
      files: Record<string, { base64: string }>
    }>()
    expect(kept.papers.map(({ id }) => id)).toEqual([due!.id])
    expect(Object.keys(kept.files).length).toBeGreaterThan(0)
    const path = `/retention/exports/${made.id}/delete`
    expect((await ask('operator', 'POST', path, { digest: `sha256:${'0'.repeat(64)}` })).status).toBe(409)
    expect((await ask('operator', 'POST', path, { digest: made.digest })).json<DeletionDone>()).toEqual({
      deleted: 1,
      kept: [],
    })
    expect((await ask('operator', 'POST', path, { digest: made.digest })).status).toBe(409)
    expect((await ask('operator', 'GET', `/documents/${due!.id}`)).status).toBe(404)
    expect((await state()).due).toEqual([])
    const { items } = await world.api.records.audit({ organisation: null }, { limit: 20 })
    expect(items.filter(({ action }) => action === 'retention.delete').length).toBeGreaterThan(1)
    expect(await world.api.records.verifyAudit()).toBeNull()
  })
})
