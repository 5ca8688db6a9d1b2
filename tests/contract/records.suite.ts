// What every records store must do. Each adapter runs all of it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Failure } from '#domain/failure.ts'
import type { AuditFilter, Credential, Records, Session, Token, User } from '#domain/ports/records.ts'
import {
  actor,
  device,
  invoice,
  ledgerEntry,
  meteredCost,
  operator,
  organisation,
  premises,
  tariff,
  twoPremises,
} from './records-facts.ts'

const police = { organisation: 'police' }
const church = { organisation: 'church' }
const code = (code: string) => expect.objectContaining({ code })

/** `open` gives a new, empty store on the given clock. */
export const recordsSuite = (name: string, open: (now: () => number) => Promise<Records>): void => {
  describe(`records: ${name}`, () => {
    let records: Records
    let now = 1_000
    const change = (objects: Parameters<Records['change']>[0]['objects']) =>
      records.change({ objects: objects ?? [] }, actor, 'test')

    beforeEach(async () => {
      now = 1_000
      records = await open(() => now)
    })
    afterEach(() => records.close())

    describe('objects', () => {
      test('a changed object gets a new version, an equal one does not', async () => {
        expect(await change([organisation('town')])).toEqual({ created: 1, changed: 0, unchanged: 0 })
        const equal = { name: { fi: 'Virasto town' }, id: 'town' }
        expect(await change([{ kind: 'organisations', id: 'town', value: equal }])).toEqual({
          created: 0,
          changed: 0,
          unchanged: 1,
        })
        now = 2_000
        expect(
          await change([{ kind: 'organisations', id: 'town', value: { ...equal, kind: 'municipality' } }]),
        ).toMatchObject({ changed: 1 })
        const history = await records.objectHistory(operator, 'organisations', 'town')
        expect(history.map(({ version, recordedAt, recordedBy }) => [version, recordedAt, recordedBy])).toEqual([
          [1, 1_000, 'user:maija'],
          [2, 2_000, 'user:maija'],
        ])
      })

      test('knownAt answers as the platform knew then', async () => {
        await change([organisation('town'), premises('house', 'town')])
        now = 2_000
        await change([premises('house', 'town', { address: 'Keskuskuja 1' }), device('meter', 'house')])
        expect(await records.getObject(operator, 'premises', 'house', 999)).toBeNull()
        expect((await records.getObject(operator, 'premises', 'house', 1_999))?.value.address).toBeUndefined()
        expect((await records.getObject(operator, 'premises', 'house', 2_000))?.value.address).toBe('Keskuskuja 1')
        expect((await records.listObjects(operator, 'devices', { limit: 9, knownAt: 1_500 })).items).toEqual([])
        expect((await records.listObjects(operator, 'devices', { limit: 9, knownAt: 2_500 })).items).toHaveLength(1)
      })

      test('recording times never go back with the clock', async () => {
        await change([organisation('town')])
        now = 500
        await change([organisation('police')])
        expect((await records.getObject(operator, 'organisations', 'police'))?.recordedAt).toBe(1_000)
      })

      test('expectedVersion: 0 is new, n is that version, anything else has changed meanwhile, and nothing is written', async () => {
        await change([{ ...organisation('town'), expectedVersion: 0 }])
        await expect(change([organisation('police'), { ...organisation('town'), expectedVersion: 0 }])).rejects.toEqual(
          code('changed-meanwhile'),
        )
        await expect(change([{ ...organisation('town'), expectedVersion: 2 }])).rejects.toEqual(
          code('changed-meanwhile'),
        )
        expect(await change([{ ...organisation('town'), expectedVersion: 1 }])).toMatchObject({ unchanged: 1 })
        expect(await records.getObject(operator, 'organisations', 'police')).toBeNull()
      })

      test('lists page by id, with facets, references and text without wildcards', async () => {
        await change([...twoPremises, device('meter-2', 'house', { type: 'lamp', name: { sv: '100%_säker' } })])
        const ids = async (query: object) => {
          const page = await records.listObjects(operator, 'devices', { limit: 10, ...query })
          return page.items.map((item) => item.value.id)
        }
        const first = await records.listObjects(operator, 'devices', { limit: 2 })
        expect(first.items.map((item) => item.value.id)).toEqual(['lamp', 'meter'])
        const second = await records.listObjects(operator, 'devices', { limit: 2, after: first.next! })
        expect([second.items.map((item) => item.value.id), second.next]).toEqual([['meter-2'], null])
        expect(await ids({ premises: 'house' })).toEqual(['meter', 'meter-2'])
        expect(await ids({ premises: 'house', space: 'k1' })).toEqual(['meter'])
        expect(await ids({ type: 'lamp' })).toEqual(['lamp', 'meter-2'])
        expect(await ids({ ids: ['meter', 'nothing'] })).toEqual(['meter'])
        expect(await ids({ text: 'PÄÄMITTARI' })).toEqual(['meter'])
        expect(await ids({ text: '100%_sä' })).toEqual(['meter-2'])
        expect(await ids({ text: '1%r' })).toEqual([])
        // Signs alone are no words: they find neither everything nor themselves.
        expect(await ids({ text: '%_' })).toEqual([])
        expect(await ids({ text: '%%' })).toEqual([])
        expect(await ids({ refersTo: { kind: 'premises', ids: ['barn'] } })).toEqual(['lamp'])
      })

      test('S10 S11: names that objects answer to are plain data', async () => {
        const value = JSON.parse('{"id":"constructor","name":{"fi":"__proto__"},"__proto__":{"polluted":true}}') as {
          id: string
          name: object
        }
        await change([{ kind: 'organisations', id: 'constructor', value }])
        const stored = await records.getObject(operator, 'organisations', 'constructor')
        expect(stored?.value.name.fi).toBe('__proto__')
        expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
        expect(await records.getObject(operator, 'organisations', '__proto__')).toBeNull()
        const nasty = "x' OR 1=1; DROP TABLE objects; --"
        expect(await records.listObjects(operator, 'organisations', { text: nasty, limit: 5 })).toEqual({
          items: [],
          next: null,
        })
      })
    })

    describe('S08: sight', () => {
      beforeEach(() => change(twoPremises))

      test('a past tenancy gives sight; without a reason there is nothing', async () => {
        expect(await records.seesPremises(police, 'house')).toBe(true)
        expect(await records.seesPremises(church, 'house')).toBe(false)
        expect(await records.seesPremises(church, 'no-such')).toBe(false)
        expect(await records.seesPremises(operator, 'no-such')).toBe(false)
        expect(await records.getObject(church, 'devices', 'meter')).toBeNull()
        expect(await records.objectHistory(church, 'devices', 'meter')).toEqual([])
        expect(await records.getObject(police, 'devices', 'meter')).not.toBeNull()
        const seen = await records.listObjects(church, 'devices', { limit: 10 })
        expect(seen.items.map((item) => item.value.id)).toEqual(['lamp'])
        expect((await records.listObjects(church, 'devices', { limit: 10, ids: ['meter'] })).items).toEqual([])
        expect((await records.listObjects(church, 'devices', { limit: 10, premises: 'house' })).items).toEqual([])
        expect((await records.listObjects(church, 'organisations', { limit: 10 })).items).toHaveLength(3)
      })

      test.each([
        [
          'headcount',
          premises('house', 'town', {
            headcounts: [{ organisation: 'church', people: 2, from: '2030-01-01', to: null }],
          }),
        ],
        [
          'ownership',
          device('meter', 'house', { ownership: [{ from: '2026-01-01', to: null, shares: { church: '1' } }] }),
        ],
        [
          'role',
          device('meter', 'house', {
            roles: [{ role: 'maintainer', organisation: 'church', from: '2026-01-01', to: null }],
          }),
        ],
        ['payer of a cost', invoice('inv', 'house', 'church')],
        [
          'party',
          {
            kind: 'agreements' as const,
            id: 'a',
            value: { id: 'a', premises: 'house', parties: ['church'], versions: [] },
          },
        ],
        [
          'payer of an acquisition',
          device('meter', 'house', {
            acquisition: {
              cost: '1.00',
              date: '2026-01-01',
              usefulLifeMonths: 12,
              payer: 'church',
              vat: { category: 'O', rate: '0' },
            },
          }),
        ],
      ])('%s gives sight', async (_, object) => {
        await change([object])
        expect(await records.seesPremises(church, 'house')).toBe(true)
      })

      test('a successor sees what the bodies before it see', async () => {
        const succeeded = (id: string, by: string) => ({
          kind: 'organisations' as const,
          id,
          value: { id, name: { fi: id }, successor: { organisation: by, from: '2030-01-01' } },
        })
        await change([succeeded('police', 'agency'), succeeded('agency', 'church'), organisation('other')])
        expect(await records.seesPremises(church, 'house')).toBe(true)
        expect(await records.seesPremises({ organisation: 'other' }, 'house')).toBe(false)
        expect(await records.seesPremises(police, 'barn')).toBe(false)
        expect((await records.listObjects(church, 'devices', { limit: 9 })).items).toHaveLength(2)
      })

      test('costs are shared by parties of an agreement and whoever pays one, and by their successors; not by sight alone', async () => {
        const shared = (organisation: string | null) =>
          records.premisesShared({ organisation }, ['house', 'barn', 'no-such'])
        expect(await shared('police')).toEqual([])
        const agreement = { id: 'a', premises: 'house', parties: ['police'], versions: [] }
        await change([{ kind: 'agreements', id: 'a', value: agreement }, invoice('inv', 'barn', 'town')])
        expect(await shared('police')).toEqual(['house'])
        expect(await shared('town')).toEqual(['barn'])
        expect(await shared('church')).toEqual([])
        const police = {
          id: 'police',
          name: { fi: 'police' },
          successor: { organisation: 'church', from: '2030-01-01' },
        }
        await change([{ kind: 'organisations', id: 'police', value: police }])
        expect(await shared('church')).toEqual(['house'])
        expect(await shared(null)).toEqual(['house', 'barn', 'no-such'])
        await change([{ kind: 'agreements', id: 'a', value: { ...agreement, parties: [] } }])
        expect(await shared('church')).toEqual([])
      })

      test('sight ends with the fact that gave it', async () => {
        await change([premises('house', 'town')])
        expect(await records.seesPremises(police, 'house')).toBe(false)
      })

      test('tariffs and price series are seen where a metered cost of a visible premises uses them', async () => {
        const series = { kind: 'priceSeries' as const, id: 'spot', value: { id: 'spot', unit: 'EUR/MWh' } }
        await change([series, tariff('el', 'spot'), meteredCost('cost', 'house', 'town', 'meter', 'el')])
        expect(await records.getObject(police, 'tariffs', 'el')).not.toBeNull()
        expect(await records.getObject(police, 'priceSeries', 'spot')).not.toBeNull()
        expect(await records.getObject(church, 'tariffs', 'el')).toBeNull()
        expect(await records.getObject(church, 'priceSeries', 'spot')).toBeNull()
        const used = await records.listObjects(operator, 'priceSeries', { premises: 'house', limit: 5 })
        expect(used.items.map((item) => item.value.id)).toEqual(['spot'])
        expect((await records.listObjects(operator, 'tariffs', { premises: 'barn', limit: 5 })).items).toEqual([])
      })
    })

    describe('prices and usage', () => {
      const price = (at: number, price: string) => ({
        prices: [{ series: 'spot', rows: [{ at, interval: 'PT1H', price }] }],
      })

      test('the later price stands, the earlier is known of its time', async () => {
        const hour = 3_600_000
        expect(await records.change(price(hour, '1'), actor, 'test')).toEqual({ created: 1, changed: 0, unchanged: 0 })
        expect(await records.change(price(hour, '1'), actor, 'test')).toEqual({ created: 0, changed: 0, unchanged: 1 })
        now = 2_000
        expect(await records.change(price(hour, '2'), actor, 'test')).toMatchObject({ changed: 1 })
        now = 3_000
        expect(await records.change(price(hour, '1'), actor, 'test')).toMatchObject({ changed: 1 })
        const at = async (knownAt?: number) =>
          (await records.prices('spot', 0, 2 * hour, knownAt)).map((row) => row.price)
        expect([await at(999), await at(1_000), await at(2_000), await at()]).toEqual([[], ['1'], ['2'], ['1']])
        expect(await records.prices('spot', 2 * hour, 3 * hour)).toHaveLength(1)
        expect(await records.prices('spot', 0, hour)).toEqual([])
      })

      test('what is withdrawn is gone from now on, stands in what was known before, and can come again', async () => {
        const from = 3_600_000
        const object = { kind: 'devices' as const, id: 'spare', value: { id: 'spare', premises: 'house' } }
        const usage = [
          { device: 'spare', organisation: 'town', from: '2026-03-10T07:00:00Z', to: '2026-03-10T09:30:00Z' },
        ]
        const row = { at: from, interval: 'PT1H', price: '4.5' }
        const prices = [{ series: 'withdrawn', rows: [row] }]
        const series = { kind: 'priceSeries' as const, id: 'withdrawn', value: { id: 'withdrawn', unit: 'EUR/MWh' } }
        const use = { begin: Date.parse('2026-03-01T00:00:00Z'), end: Date.parse('2026-04-01T00:00:00Z') }
        const seen = async (knownAt?: number) => [
          (await records.getObject(operator, 'devices', 'spare', knownAt))?.version ?? null,
          (await records.usage(['spare'], use.begin, use.end, knownAt)).length,
          (await records.prices('withdrawn', from, from + 1, knownAt)).length,
        ]
        await records.change({ objects: [object, series], usage, prices }, actor, 'test')
        const known = (await records.getObject(operator, 'devices', 'spare'))?.recordedAt ?? 0
        expect(await seen()).toEqual([1, 1, 1])
        const objects = [{ kind: 'devices' as const, id: 'spare', expectedVersion: 1 }]
        const stale = { withdrawn: { objects: [{ ...objects[0]!, expectedVersion: 2 }] } }
        await expect(records.change(stale, actor, 'test')).rejects.toMatchObject({ code: 'changed-meanwhile' })
        const house = (await records.getObject(operator, 'premises', 'house'))?.version ?? 0
        const named = { withdrawn: { objects: [{ kind: 'premises' as const, id: 'house', expectedVersion: house }] } }
        await expect(records.change(named, actor, 'test')).rejects.toMatchObject({ code: 'conflict' })
        now += 1_000
        expect(await records.change({ withdrawn: { objects, usage, prices } }, actor, 'test.undo')).toMatchObject({
          changed: 3,
        })
        expect(await seen()).toEqual([null, 0, 0])
        expect(await seen(known)).toEqual([1, 1, 1])
        await records.change({ objects: [{ ...object, expectedVersion: 0 }], usage, prices }, actor, 'test')
        expect(await seen()).toEqual([2, 1, 1])
        expect(await records.verifyAudit()).toBeNull()
      })

      test('an identical usage record counts once, whatever the offset it is written in', async () => {
        const usage = (from: string, to: string) => [{ device: 'car', organisation: 'town', from, to }]
        const first = usage('2026-03-10T09:00:00+02:00', '2026-03-10T11:30:00+02:00')
        expect(await records.change({ usage: first }, actor, 'test')).toMatchObject({ created: 1 })
        const same = usage('2026-03-10T07:00:00Z', '2026-03-10T09:30:00Z')
        expect(await records.change({ usage: same }, actor, 'test')).toMatchObject({ created: 0, unchanged: 1 })
        const from = Date.parse('2026-03-10T09:29:59Z')
        expect(await records.usage(['car', 'other'], from, from + 10)).toEqual([
          { device: 'car', organisation: 'town', from: '2026-03-10T07:00:00.000Z', to: '2026-03-10T09:30:00.000Z' },
        ])
        expect(await records.usage(['car'], from + 1_000, from + 2_000)).toEqual([])
        expect(await records.usage(['car'], from, from + 10, 999)).toEqual([])
      })
    })

    test('listeners hear of each committed change in order, and of none that failed', async () => {
      const heard: string[][] = []
      const stop = records.onChange((changed) => heard.push(changed.map(({ kind, id }) => `${kind}/${id}`)))
      await change([organisation('town'), organisation('police')])
      await change([organisation('town')])
      await expect(change([{ ...organisation('town'), expectedVersion: 7 }])).rejects.toEqual(code('changed-meanwhile'))
      await change([organisation('church')])
      stop()
      await change([premises('house', 'town')])
      expect(heard).toEqual([['organisations/town', 'organisations/police'], ['organisations/church']])
    })

    describe('ledger', () => {
      const closed = (period: string, issue: number, digest: string, previousDigest: string | null) =>
        ledgerEntry(period, issue, { status: 'closed', digest, previousDigest })

      test('issues follow each other, a closed month is the end of it, and the chain goes on', async () => {
        await records.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
        await records.appendLedger(ledgerEntry('2026-03', 2), { issue: 1, lastDigest: null }, actor)
        await records.appendLedger(closed('2026-03', 3, 'sha256:a', null), { issue: 2, lastDigest: null }, actor)
        const again = records.appendLedger(ledgerEntry('2026-03', 4), { issue: 3, lastDigest: 'sha256:a' }, actor)
        await expect(again).rejects.toEqual(code('settlement-state'))
        const stale = records.appendLedger(
          closed('2026-04', 1, 'sha256:b', null),
          { issue: 0, lastDigest: null },
          actor,
        )
        await expect(stale).rejects.toEqual(code('changed-meanwhile'))
        await records.appendLedger(
          closed('2026-04', 1, 'sha256:b', 'sha256:a'),
          { issue: 0, lastDigest: 'sha256:a' },
          actor,
        )
        const rows = await records.ledger('house')
        expect(rows.map((row) => [row.period, row.issue, row.status, row.digest])).toEqual([
          ['2026-03', 1, 'issued', null],
          ['2026-03', 2, 'issued', null],
          ['2026-03', 3, 'closed', 'sha256:a'],
          ['2026-04', 1, 'closed', 'sha256:b'],
        ])
        expect(rows[0]).toEqual(ledgerEntry('2026-03', 1))
        expect(await records.ledger('barn')).toEqual([])
      })

      test('F23 S39: of fifty who close at once one wins', async () => {
        await records.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
        const tries = Array.from({ length: 50 }, (_, i) =>
          records.appendLedger(closed('2026-03', 2, `sha256:${i}`, null), { issue: 1, lastDigest: null }, actor),
        )
        const outcomes = await Promise.allSettled(tries)
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
        const reasons = outcomes.flatMap((outcome) =>
          outcome.status === 'rejected' ? [(outcome.reason as Failure).code] : [],
        )
        expect(new Set(reasons)).toEqual(new Set(['changed-meanwhile']))
        expect(await records.ledger('house')).toHaveLength(2)
      })

      test('responses belong to the newest issue; a party countersigns a closed digest once', async () => {
        await records.appendLedger(ledgerEntry('2026-03', 1), { issue: 0, lastDigest: null }, actor)
        const response = {
          premises: 'house',
          period: '2026-03',
          issue: 1,
          party: 'town',
          item: null,
          answer: 'accepted' as const,
          text: '',
          at: 1,
          by: 'm',
        }
        await records.addResponse(response, actor)
        await expect(records.addResponse({ ...response, issue: 2 }, actor)).rejects.toEqual(code('changed-meanwhile'))
        expect(await records.responses('house', '2026-03')).toEqual([response])
        const signature = {
          premises: 'house',
          period: '2026-03',
          digest: 'sha256:a',
          party: 'town',
          publicKey: 'k',
          signature: 's',
          at: 1,
          by: 'm',
        }
        await expect(records.addCountersignature(signature, actor)).rejects.toEqual(code('settlement-state'))
        await records.appendLedger(closed('2026-03', 2, 'sha256:a', null), { issue: 1, lastDigest: null }, actor)
        await records.addCountersignature(signature, actor)
        await records.addCountersignature(signature, actor)
        await expect(records.addCountersignature({ ...signature, signature: 'other' }, actor)).rejects.toEqual(
          code('conflict'),
        )
        expect(await records.countersignatures('house')).toEqual([signature])
      })
    })

    describe('identity', () => {
      const user: User = {
        id: 'maija',
        login: 'Maija@Example.fi',
        name: 'Maija',
        language: 'fi',
        passwordHash: '$argon2id$…',
        disabled: false,
        memberships: [{ organisation: 'police', roles: ['controller'] }],
        mustChangePassword: false,
      }

      test('users are found by login in any case; a login belongs to one', async () => {
        await records.putUser(user, actor)
        expect(await records.findUser('MAIJA@example.FI')).toEqual(user)
        expect(await records.findUser('nobody')).toBeNull()
        await expect(records.putUser({ ...user, id: 'other', login: 'maija@example.fi' }, actor)).rejects.toEqual(
          code('conflict'),
        )
        await records.putUser({ ...user, disabled: true }, actor)
        expect((await records.getUser('maija'))?.disabled).toBe(true)
        expect(await records.listUsers(police)).toHaveLength(1)
        expect(await records.listUsers(church)).toEqual([])
        expect(await records.listUsers(operator)).toHaveLength(1)
        expect(await records.listUsers(police, ['maija', 'nobody'])).toHaveLength(1)
        expect(await records.listUsers(police, ['pekka'])).toEqual([])
        expect(await records.listUsers(church, ['maija'])).toEqual([])
      })

      test('sessions end by their hash, by user, and by time', async () => {
        const session = (idHash: string, user: string, expiresAt = 9_000): Session => ({
          idHash,
          user,
          organisation: null,
          csrf: 'c',
          createdAt: 1,
          seenAt: 1,
          expiresAt,
          agent: '',
        })
        for (const one of [
          session('a', 'maija'),
          session('b', 'maija'),
          session('c', 'pekka'),
          session('d', 'pekka', 900),
        ])
          await records.putSession(one)
        expect(await records.getSession('a')).toEqual(session('a', 'maija'))
        expect(await records.deleteSessions({ idHash: 'a' })).toBe(1)
        expect(await records.getSession('d')).toBeNull()
        expect(await records.deleteSessions({ user: 'maija' })).toBe(1)
        expect(await records.deleteSessions({})).toBe(0)
        expect(await records.getSession('c')).not.toBeNull()
      })

      test('tokens and credentials are kept as hashes; a revoked credential is none', async () => {
        const token: Token = {
          id: 't',
          name: 'n',
          hash: 'h',
          organisation: 'police',
          roles: ['viewer'],
          scopes: [],
          createdAt: 1,
          expiresAt: null,
          revokedAt: null,
        }
        await records.putToken(token, actor)
        await records.putToken({ ...token, revokedAt: 5 }, actor)
        expect((await records.findToken('h'))?.revokedAt).toBe(5)
        expect([await records.listTokens(church), await records.listTokens(police)]).toEqual([
          [],
          [{ ...token, revokedAt: 5 }],
        ])
        expect([await records.listTokens(operator, ['t']), await records.listTokens(operator, [])]).toEqual([
          [{ ...token, revokedAt: 5 }],
          [],
        ])
        expect(await records.listTokens(church, ['t'])).toEqual([])
        const credential = (id: string): Credential => ({
          id,
          device: 'meter',
          hash: `hash-${id}`,
          gateway: false,
          createdAt: 1,
          revokedAt: null,
        })
        const heard: string[][] = []
        records.onCredentials((devices) => heard.push(devices))
        await records.putCredentials([credential('a'), credential('b')], actor)
        expect(await records.credentialsOf('meter')).toEqual([credential('a'), credential('b')])
        expect(await records.revokeCredentials('meter', 7, actor)).toBe(2)
        expect(await records.revokeCredentials('meter', 8, actor)).toBe(0)
        expect(await records.credentialsOf('meter')).toEqual([])
        expect(heard).toEqual([['meter'], ['meter']])
      })
    })

    describe('inbox', () => {
      beforeEach(() => change(twoPremises))
      const addition = (topic: string, device: string | null, at: number) => ({
        credential: 'gw',
        device,
        topic,
        reason: 'bad-json',
        detail: 'x',
        payload: new Uint8Array([at]),
        truncated: false,
        at,
      })
      const messagesOf = async (entry: number) =>
        (await records.quarantinedMessages(operator, { entry, limit: 1_000 })).items

      test('quarantine counts what repeats, shows the newest payload, cuts long ones, and is seen with its premises only', async () => {
        await records.addQuarantine([addition('a', 'meter', 1), addition('a', 'meter', 2), addition('b', null, 3)])
        await records.addQuarantine([{ ...addition('c', 'lamp', 4), payload: new Uint8Array(2_000_000) }])
        const all = await records.listQuarantine(operator, { limit: 10 })
        const [one] = all.items
        const alike = { credential: one?.credential ?? '', reason: one?.reason ?? '', limit: 10 }
        expect((await records.listQuarantine(operator, alike)).items).toEqual(
          all.items.filter(({ credential, reason }) => credential === one?.credential && reason === one?.reason),
        )
        expect((await records.listQuarantine(operator, { credential: 'nobody', limit: 10 })).items).toEqual([])
        expect(all.items.map((entry) => [entry.topic, entry.count, entry.premises])).toEqual([
          ['c', 1, 'barn'],
          ['b', 1, null],
          ['a', 2, 'house'],
        ])
        expect([...all.items[2]!.payload]).toEqual([2])
        expect(all.items[0]!.payload.length).toBeLessThan(20_000)
        expect(all.items[0]).toMatchObject({ kept: 1, truncated: 1 })
        expect(await messagesOf(all.items[0]!.id)).toMatchObject([{ truncated: true }])
        const seen = await records.listQuarantine(police, { limit: 10 })
        expect(seen.items.map((entry) => entry.topic)).toEqual(['a'])
        expect(
          await records.deleteQuarantine(
            police,
            all.items.map((entry) => entry.id),
            actor,
          ),
        ).toBe(1)
        expect((await records.listQuarantine(operator, { limit: 1 })).next).not.toBeNull()
      })

      test('quarantine of no device by the gateways that sent it', async () => {
        const from = (credential: string) => ({ ...addition(credential, null, 1), credential })
        await records.addQuarantine([from('g-1'), from('g-2'), { ...addition('a', 'meter', 2), credential: 'g-1' }])
        const topics = async (scope: typeof police | typeof operator, gateways: string[]) =>
          (await records.listQuarantine(scope, { gateways, limit: 10 })).items.map(({ topic }) => topic)
        expect(await topics(operator, ['g-1'])).toEqual(['g-1'])
        expect(await topics(operator, ['g-1', 'g-2'])).toEqual(['g-2', 'g-1'])
        expect([await topics(operator, []), await topics(police, ['g-1'])]).toEqual([[], []])
      })

      test('a lease has one holder, until it ends or is let go of', async () => {
        expect(await records.takeLease('jobs', 'one', 5_000)).toBe(true)
        expect(await records.takeLease('jobs', 'two', 9_000)).toBe(false)
        expect(await records.takeLease('jobs', 'one', 6_000)).toBe(true)
        now = 6_000
        expect(await records.takeLease('jobs', 'two', 9_000)).toBe(true)
        expect(await records.takeLease('jobs', 'two', 0)).toBe(true)
        expect(await records.takeLease('jobs', 'one', 7_000)).toBe(true)
      })

      test('quarantine keeps each message as it was received, and lets go of those that could be used', async () => {
        const whole = new Uint8Array(262_144).fill(7)
        await records.addQuarantine([
          addition('a', 'meter', 1),
          { ...addition('elsewhere', 'meter', 2), rowTopic: 'a', payload: whole },
          { ...addition('a', 'meter', 3), truncated: true },
          addition('a', 'lamp', 4),
        ])
        const [row] = (await records.listQuarantine(operator, { limit: 10 })).items
        expect(row).toMatchObject({ topic: 'a', count: 4, kept: 4, truncated: 1, firstAt: 1, lastAt: 4 })
        const kept = await messagesOf(row!.id)
        expect(kept.map(({ topic, at, truncated }) => [topic, at, truncated])).toEqual([
          ['a', 1, false],
          ['elsewhere', 2, false],
          ['a', 3, true],
          ['a', 4, false],
        ])
        expect(Buffer.from(kept[1]!.payload).equals(whole)).toBe(true)
        // Of a row that names several devices each message is seen with its own.
        const seen = await records.quarantinedMessages(police, { entry: row!.id, limit: 10 })
        expect(seen.items.map(({ at }) => at)).toEqual([1, 2, 3])
        const next = await records.quarantinedMessages(operator, {
          entry: row!.id,
          limit: 2,
          after: String(kept[0]!.id),
        })
        expect(next.items.map(({ at }) => at)).toEqual([2, 3])
        expect(next.next).toBe(String(kept[2]!.id))
        expect(await records.releaseQuarantined(police, [kept[0]!.id, kept[1]!.id, kept[3]!.id], actor)).toBe(2)
        expect((await records.listQuarantine(operator, { limit: 10, ids: [row!.id] })).items).toMatchObject([
          { count: 2, kept: 2, truncated: 1 },
        ])
        expect(await records.releaseQuarantined(operator, [kept[2]!.id, kept[3]!.id], actor)).toBe(2)
        expect((await records.listQuarantine(operator, { limit: 10 })).items).toEqual([])
        expect(await messagesOf(row!.id)).toEqual([])
        const lines = (await records.audit(operator, { limit: 10 })).items.filter((line) => line.kind === 'quarantine')
        expect(lines.map(({ action }) => action)).toEqual(Array(lines.length).fill('quarantine.replay'))
        expect(lines.reduce((sum, { detail }) => sum + (JSON.parse(detail) as { count: number }).count, 0)).toBe(4)
      })

      test('a row of quarantine keeps its newest messages, and counts the rest', async () => {
        const many = Array.from({ length: 10_050 }, (_, i) => addition('a', 'meter', i))
        await records.addQuarantine(many)
        const [row] = (await records.listQuarantine(operator, { limit: 10 })).items
        expect(row).toMatchObject({ count: 10_050, kept: 10_000 })
        expect((await messagesOf(row!.id))[0]).toMatchObject({ at: 50 })
      })

      test('a page of large messages is short, and goes on', async () => {
        const large = { ...addition('a', 'meter', 1), payload: new Uint8Array(1_000_000) }
        await records.addQuarantine(Array.from({ length: 6 }, () => large))
        const [row] = (await records.listQuarantine(operator, { limit: 10 })).items
        const first = await records.quarantinedMessages(operator, { entry: row!.id, limit: 100 })
        expect(first.items).toHaveLength(4)
        const rest = await records.quarantinedMessages(operator, {
          entry: row!.id,
          limit: 100,
          after: first.next ?? '',
        })
        expect([rest.items.length, rest.next]).toEqual([2, null])
      })

      // The engine is the same in both; 280 MB need not go through a disk.
      test.runIf(name === 'memory')('whoever fills the quarantine displaces their own messages', async () => {
        await records.addQuarantine([{ ...addition('quiet', 'meter', 1), credential: 'honest' }])
        const flood = { ...addition('loud', 'meter', 2), payload: new Uint8Array(1_000_000) }
        for (let round = 0; round < 28; round++) await records.addQuarantine(Array.from({ length: 10 }, () => flood))
        const { items } = await records.listQuarantine(operator, { limit: 10 })
        expect(items.find(({ topic }) => topic === 'quiet')).toMatchObject({ count: 1, kept: 1 })
        const loud = items.find(({ topic }) => topic === 'loud')
        expect(loud?.count).toBe(280)
        expect(loud?.kept).toBeGreaterThan(200)
        expect(loud?.kept).toBeLessThan(269)
      })

      test('quarantine is bounded', async () => {
        await records.addQuarantine(Array.from({ length: 10_050 }, (_, i) => addition(`t${i}`, null, i)))
        let count = 0
        for (let after: string | null | undefined; after !== null;) {
          const page = await records.listQuarantine(operator, {
            limit: 1_000,
            ...(after === undefined ? {} : { after }),
          })
          count += page.items.length
          after = page.next
        }
        expect(count).toBe(10_000)
      })

      test('proposed points: one device cannot fill the store', async () => {
        const points = Array.from({ length: 2_000 }, (_, i) => ({
          device: 'meter',
          key: `k${i}`,
          unit: null,
          sample: '1',
          firstAt: i,
          lastAt: i,
        }))
        await records.putProposedPoints(points)
        await records.putProposedPoints([{ ...points[0]!, unit: 'kWh', sample: '2', lastAt: 99_999 }])
        const listed = await records.listProposedPoints(police, { limit: 1_000 })
        expect(listed).toHaveLength(200)
        expect(listed[0]).toEqual({ device: 'meter', key: 'k0', unit: 'kWh', sample: '2', firstAt: 0, lastAt: 99_999 })
        expect(await records.listProposedPoints(church, { device: 'meter', limit: 10 })).toEqual([])
        await records.deleteProposedPoints('meter', ['k0'])
        expect(await records.listProposedPoints(operator, { limit: 1_000 })).toHaveLength(199)
      })

      test('connectors are seen with their premises', async () => {
        const connector = {
          id: 'c',
          name: 'z2m',
          topicFilter: 'z/#',
          codec: 'zigbee2mqtt',
          credential: 'gw',
          premises: 'house',
          deviceMap: {},
          acceptUnknown: true,
        }
        expect(await records.putConnector(connector, actor, 0)).toBe(1)
        expect(await records.putConnector(connector, actor, 1)).toBe(1)
        expect(await records.listConnectors(police)).toEqual([{ ...connector, version: 1 }])
        expect(await records.putConnector({ ...connector, name: 'Zigbee' }, actor, 1)).toBe(2)
        for (const expected of [0, 1, 3])
          await expect(records.putConnector(connector, actor, expected)).rejects.toEqual(code('changed-meanwhile'))
        expect(await records.listConnectors(police)).toEqual([{ ...connector, name: 'Zigbee', version: 2 }])
        expect(await records.listConnectors(church)).toEqual([])
        await records.deleteConnector('c', actor)
        expect(await records.listConnectors(operator)).toEqual([])
      })
    })

    test('idempotency: the same key gives the same answer for a day, another body is a conflict', async () => {
      await records.putIdempotent('maija', 'key', 'hash', 201, '{}', 1_000)
      await records.putIdempotent('maija', 'key', 'hash', 500, 'later', 1_001)
      expect(await records.getIdempotent('maija', 'key')).toEqual({ bodyHash: 'hash', status: 201, answer: '{}' })
      expect(await records.getIdempotent('pekka', 'key')).toBeNull()
      await expect(records.putIdempotent('maija', 'key', 'other', 201, '{}', 1_002)).rejects.toEqual(code('conflict'))
      now = 1_000 + 24 * 3_600_000
      expect(await records.getIdempotent('maija', 'key')).toBeNull()
    })

    test('S38: every change leaves its line, and the chain holds', async () => {
      await change(twoPremises)
      await records.appendAudit(actor, 'settlement.export', 'settlement', '2026-03', 'house', 'line\r\n\u001b[31mred')
      expect(await records.verifyAudit()).toBeNull()
      const seen = await records.audit(police, { limit: 100 })
      expect(seen.items.map((line) => `${line.action} ${line.kind}/${line.id}`)).toEqual([
        'settlement.export settlement/2026-03',
        'test devices/meter',
        'test premises/house',
      ])
      expect(seen.items[0]?.detail).toBe('line\r\n\u001b[31mred')
      const all = await records.audit(operator, { limit: 3 })
      expect(all.items.map((line) => line.seq)).toEqual([8, 7, 6])
      expect((await records.audit(operator, { limit: 3, after: all.next! })).items.map((line) => line.seq)).toEqual([
        5, 4, 3,
      ])
      expect((await records.audit(operator, { limit: 9, premises: 'barn' })).items).toHaveLength(2)
      const idsOf = async (filter: AuditFilter) =>
        (await records.audit(operator, { limit: 9, ...filter })).items.map((line) => line.id)
      expect(await idsOf({ kind: 'settlement' })).toEqual(['2026-03'])
      expect(await idsOf({ text: 'MENT.EXP' })).toEqual(['2026-03'])
      expect(await idsOf({ text: actor.name })).toHaveLength(8)
      expect(await idsOf({ text: '%' })).toEqual([])
      expect(await idsOf({ text: 'mm', people: [actor.id] })).toHaveLength(8)
      expect(await idsOf({ text: 'mm', people: ['2026-03', 'none'] })).toEqual(['2026-03'])
      expect(await idsOf({ kind: 'devices', text: 'mm', people: ['2026-03'] })).toEqual([])
      const last = all.items[0]!
      expect(await idsOf({ kind: 'settlement', from: last.at, to: last.at + 1 })).toEqual(['2026-03'])
      expect(await idsOf({ from: last.at + 1 })).toEqual([])
      expect(await idsOf({ to: all.items[2]!.at - 1_000_000 })).toEqual([])
      expect(new Set(all.items.map((line) => line.hash)).size).toBe(3)
    })

    test('an organisation sees what was done in its own name, wherever it was', async () => {
      await change(twoPremises)
      const seen = async () =>
        (await records.audit(police, { limit: 100, kind: 'users' })).items.map(({ action, id }) => `${action} ${id}`)
      const veikko = {
        kind: 'user',
        id: 'veikko',
        name: 'V","organisation":"police"}',
        organisation: 'police',
      } as const
      await records.appendAudit(veikko, 'sign-in', 'users', 'veikko', null, '')
      for (const organisation of ['town', 'polic_', null])
        await records.appendAudit({ ...veikko, organisation }, 'sign-in', 'users', 'other', null, '')
      expect(await seen()).toEqual(['sign-in veikko'])
      expect((await records.audit({ organisation: 'polic_' }, { limit: 9 })).items.map(({ id }) => id)).toEqual([
        'other',
      ])
    })

    test('settings of the installation', async () => {
      expect(await records.getMeta('demo')).toBeNull()
      await records.putMeta('demo', 'on')
      expect(await records.getMeta('demo')).toBe('on')
      await expect(records.putMeta('audit-head', 'x')).rejects.toEqual(code('internal'))
    })

    test('a closed store says so', async () => {
      await records.close()
      await records.close()
      await expect(records.getMeta('demo')).rejects.toEqual(code('store-unavailable'))
      await expect(records.putMeta('demo', 'on')).rejects.toEqual(code('store-unavailable'))
      await expect(records.backup('nowhere')).rejects.toEqual(code('store-unavailable'))
    })
  })
}
