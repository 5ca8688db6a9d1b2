// What every records store must do with papers: versions, audience, files, gapless numbers, one transaction with facts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { paperKind, type Paper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import { actor, device, ledgerEntry, operator, twoPremises } from './records-facts.ts'

const NOTE = paperKind<{ text: string }>('note')
const police = { organisation: 'police' }
const church = { organisation: 'church' }
const code = (code: string) => expect.objectContaining({ code })
const note = (id: string, over: Partial<Paper<{ text: string }>> = {}) => ({
  kind: NOTE,
  paper: { id, premises: null, audience: 'everyone', state: 'open', dueAt: null, body: { text: id }, ...over } as const,
})

export const papersSuite = (name: string, open: (now: () => number) => Promise<Records>): void => {
  describe(`papers: ${name}`, () => {
    let records: Records
    let now = 1_000
    beforeEach(async () => {
      now = 1_000
      records = await open(() => now)
      await records.change({ objects: twoPremises }, actor, 'test')
    })
    afterEach(() => records.close())

    test('each change is a version, an equal one is not, and a stale one is refused', async () => {
      expect(await records.changePapers({ papers: [note('a')] }, actor, 'note.put')).toMatchObject({ versions: [1] })
      expect(await records.changePapers({ papers: [note('a')] }, actor, 'note.put')).toMatchObject({ versions: [1] })
      now = 2_000
      const closed = { ...note('a', { state: 'closed', body: { text: 'b' } }), expectedVersion: 1 }
      expect(await records.changePapers({ papers: [closed] }, actor, 'note.close')).toMatchObject({ versions: [2] })
      await expect(records.changePapers({ papers: [closed] }, actor, 'note.close')).rejects.toEqual(
        code('changed-meanwhile'),
      )
      await expect(
        records.changePapers({ papers: [{ ...note('a'), expectedVersion: 0 }] }, actor, 'note.put'),
      ).rejects.toEqual(code('changed-meanwhile'))
      const history = await records.paperHistory(operator, NOTE, 'a')
      expect(
        history.map(({ version, state, body, changedAt, createdAt }) => [
          version,
          state,
          body.text,
          changedAt,
          createdAt,
        ]),
      ).toEqual([
        [1, 'open', 'a', 1_000, 1_000],
        [2, 'closed', 'b', 2_000, 1_000],
      ])
      const { items } = await records.audit(operator, { limit: 2 })
      expect(items.map(({ action, id }) => [action, id])).toEqual([
        ['note.close', 'a'],
        ['note.put', 'a'],
      ])
      expect(await records.verifyAudit()).toBeNull()
    })

    test('a paper is seen by its audience only: reads, lists, history and files alike', async () => {
      const digest = await records.putFile({ mediaType: 'text/plain', name: 'n.txt', bytes: Buffer.from('secret') })
      expect(await records.getFile(police, digest)).toBeNull()
      const sees = async (id: string) =>
        Promise.all(
          [police, church, operator].map(async (scope) => {
            const found = (await records.getPaper(scope, NOTE, id)) !== null
            const listed = (await records.listPapers(scope, NOTE, { limit: 10 })).items.some((one) => one.id === id)
            const past = (await records.paperHistory(scope, NOTE, id)).length > 0
            expect([listed, past]).toEqual([found, found])
            return found
          }),
        )
      await records.changePapers(
        {
          papers: [
            note('all'),
            note('house', { premises: 'house', audience: 'premises' }),
            { ...note('own', { audience: ['church'] }), files: [digest] },
            note('ours', { audience: 'operator' }),
            note('house-and', { premises: 'house', audience: { premisesAnd: ['church'] } }),
          ],
        },
        actor,
        'note.put',
      )
      const house = await Promise.all([police, church].map((scope) => records.seesPremises(scope, 'house')))
      expect(await sees('all')).toEqual([true, true, true])
      expect(await sees('house')).toEqual([...house, true])
      expect(await sees('house-and')).toEqual([house[0], true, true])
      expect((await records.getPaper(operator, NOTE, 'house-and'))?.audience).toEqual({ premisesAnd: ['church'] })
      expect(await sees('own')).toEqual([false, true, true])
      expect(await sees('ours')).toEqual([false, false, true])
      expect(await records.getFile(police, digest)).toBeNull()
      expect(Buffer.from((await records.getFile(church, digest))?.bytes ?? []).toString()).toBe('secret')
      const successor = { id: 'parish', value: { id: 'parish', name: { fi: 'Srk' } }, kind: 'organisations' } as const
      const gone = { id: 'church', name: { fi: 'Kirkko' }, successor: { organisation: 'parish', from: '2026-01-01' } }
      await records.change(
        { objects: [successor, { kind: 'organisations', id: 'church', value: gone }] },
        actor,
        'test',
      )
      expect(await records.getPaper({ organisation: 'parish' }, NOTE, 'own')).not.toBeNull()
    })

    test('a file that one organisation sent is put on no paper of another that does not see it', async () => {
      const file = { mediaType: 'text/plain', name: 'n.txt', bytes: Buffer.from('own') }
      const digest = await records.putFile(file, 'police')
      const carry = (organisation: string, id: string, audience: readonly string[]) =>
        records.changePapers(
          { papers: [{ ...note(id, { audience }), files: [digest] }] },
          { ...actor, organisation },
          'note.put',
        )
      await expect(carry('church', 'theirs', ['church'])).rejects.toEqual(code('not-found'))
      expect(await records.getFile(church, digest)).toBeNull()
      await carry('police', 'ours', ['police', 'church'])
      expect(await records.getFile(church, digest)).not.toBeNull()
      await carry('church', 'theirs', ['church'])
    })

    test('numbers of a series have no gap, and a step is done wholly or not at all', async () => {
      const step = (id: string, number: number) =>
        records.changePapers(
          {
            papers: [note(id)],
            numbers: [{ series: 'police-2026', number }],
            objects: { objects: [device(`d-${id}`, 'house')] },
          },
          actor,
          'note.put',
        )
      expect(await records.lastNumber('police-2026')).toBe(0)
      await step('a', 1)
      await expect(step('b', 3)).rejects.toEqual(code('changed-meanwhile'))
      await expect(
        records.changePapers(
          { papers: [{ ...note('c'), files: ['sha256:none'] }], numbers: [{ series: 'police-2026', number: 2 }] },
          actor,
          'note.put',
        ),
      ).rejects.toEqual(code('not-found'))
      expect(await records.lastNumber('police-2026')).toBe(1)
      expect(await records.getPaper(operator, NOTE, 'b')).toBeNull()
      expect(await records.getObject(operator, 'devices', 'd-b')).toBeNull()
      expect(await records.getObject(operator, 'devices', 'd-a')).not.toBeNull()
      const both = await Promise.allSettled([step('d', 2), step('e', 2)])
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await records.lastNumber('police-2026')).toBe(2)
    })

    test('connectors are of the same step: all of it, or nothing', async () => {
      const connector = {
        id: 'z2m',
        name: 'Zigbee',
        topicFilter: 'zigbee2mqtt/#',
        codec: 'zigbee2mqtt',
        credential: 'gateway',
        premises: 'house',
        deviceMap: {},
        acceptUnknown: false,
      }
      const step = (id: string, expectedVersion: number, deviceMap: Record<string, string>) =>
        records.changePapers(
          { papers: [note(id)], connectors: [{ connector: { ...connector, deviceMap }, expectedVersion }] },
          actor,
          'note.put',
        )
      await step('a', 0, {})
      await step('b', 1, { lamp: 'd-a' })
      await expect(step('c', 1, {})).rejects.toEqual(code('changed-meanwhile'))
      expect(await records.getPaper(operator, NOTE, 'c')).toBeNull()
      expect(await records.listConnectors(operator)).toEqual([{ ...connector, deviceMap: { lamp: 'd-a' }, version: 2 }])
    })

    test('words of the ledger are of the same step: all of it, or nothing', async () => {
      await records.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
      const answer = { party: 'town', item: null, answer: 'disputed' as const, text: 'no', at: 1, by: 'm' }
      const response = { premises: 'house', period: '2026-03', issue: 1, ...answer }
      const step = (id: string, issue: number, files: string[] = []) =>
        records.changePapers(
          { papers: [{ ...note(id), files }], responses: [{ ...response, issue }] },
          actor,
          'note.put',
        )
      await step('a', 1)
      await expect(step('b', 2)).rejects.toEqual(code('changed-meanwhile'))
      await expect(step('c', 1, ['sha256:none'])).rejects.toEqual(code('not-found'))
      expect((await records.listPapers(operator, NOTE, { limit: 9 })).items.map(({ id }) => id)).toEqual(['a'])
      expect(await records.responses('house', '2026-03')).toEqual([response])
      expect(await records.verifyAudit()).toBeNull()
    })

    test('lists filter by state, premises, due date and text, page, and tell listeners', async () => {
      const told: string[] = []
      const stop = records.onPapers((changed) => void told.push(...changed.map(({ id }) => id)))
      const papers = ['a', 'b', 'c', 'd'].map((id, i) =>
        note(id, { state: i % 2 === 0 ? 'open' : 'closed', dueAt: i * 100, premises: i < 2 ? 'house' : null }),
      )
      await records.changePapers({ papers }, actor, 'note.put')
      stop()
      const ids = async (query: object) =>
        (await records.listPapers(operator, NOTE, { limit: 10, ...query })).items.map(({ id }) => id)
      expect(told).toEqual(['a', 'b', 'c', 'd'])
      expect(await ids({ states: ['open'] })).toEqual(['a', 'c'])
      expect(await ids({ premises: 'house', newestFirst: true })).toEqual(['b', 'a'])
      expect(await ids({ dueBefore: 200 })).toEqual(['a', 'b'])
      expect(await ids({ text: 'D' })).toEqual(['d'])
      const first = await records.listPapers(operator, NOTE, { limit: 3 })
      expect(first.items).toHaveLength(3)
      expect(await ids({ after: first.next })).toEqual(['d'])
    })

    test('deleted papers are gone with their files, and the audit log tells of it', async () => {
      const digest = await records.putFile({ mediaType: 'text/plain', name: 'n.txt', bytes: Buffer.from('x') })
      await records.changePapers({ papers: [{ ...note('a'), files: [digest] }] }, actor, 'note.put')
      now += 48 * 3_600_000
      expect(await records.deletePapers(NOTE, ['a', 'unknown'], actor, 'note.delete')).toBe(1)
      expect(await records.getPaper(operator, NOTE, 'a')).toBeNull()
      expect(await records.getFile(operator, digest)).toBeNull()
      expect((await records.audit(operator, { limit: 1 })).items[0]).toMatchObject({ action: 'note.delete', id: 'a' })
    })
  })
}
