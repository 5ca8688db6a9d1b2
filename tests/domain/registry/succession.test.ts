// One body is succeeded by another: what passes, what is cut, what is continued, and what stays.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Agreement, Bundle } from '#domain/registry/bundle.ts'
import { applySuccession, previewSuccession } from '#domain/registry/apply-succession.ts'
import { factsOf } from '#domain/registry/facts.ts'
import { succeed } from '#domain/registry/succession.ts'
import type { SuccessionOrder } from '#domain/registry/succession.ts'
import { gapsBetween } from '#domain/registry/succession-rows.ts'
import { exampleBundle } from './example-bundle.ts'
import { actor, closeStores, exported, imported, openStores } from './stores.ts'
import type { Stores } from './stores.ts'

const order = (organisation: string, successor: string, from = '2026-09-01'): SuccessionOrder => ({
  organisation,
  successor,
  from,
})
const passed = (bundle: Bundle, what: SuccessionOrder) => {
  const result = succeed(factsOf(bundle), what)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result
}
const codes = (bundle: Bundle, what: SuccessionOrder) =>
  passed(bundle, what).effects.map(({ kind, id, code }) => `${kind}/${id} ${code}`)
const police = order('police', 'kela')

describe('dated rows', () => {
  test('end at the date and go on with the successor; what has ended stays', () => {
    const { premises } = passed(exampleBundle(), police).changes
    expect(premises).toHaveLength(1)
    expect(premises?.[0]?.tenancies).toEqual(exampleBundle().premises![0]!.tenancies)
    expect(premises?.[0]?.headcounts).toEqual([
      { organisation: 'police', people: 14, from: '2026-01-01', to: '2026-09-01' },
      { organisation: 'kela', people: 14, from: '2026-09-01', to: null },
    ])
  })

  test('that begin on the date or later pass whole', () => {
    const { premises } = passed(exampleBundle(), order('kela', 'police', '2026-06-01')).changes
    expect(premises?.[0]?.tenancies?.[1]).toEqual({ space: 'k1', organisation: 'police', from: '2026-06-01', to: null })
  })

  test('shares are added to what the successor has', () => {
    const { devices } = passed(exampleBundle(), order('police', 'town')).changes
    expect(devices?.[0]?.ownership).toEqual([
      { from: '2026-01-01', to: '2026-07-01', shares: { town: '1' } },
      { from: '2026-07-01', to: '2026-09-01', shares: { town: '2', police: '1' } },
      { from: '2026-09-01', to: null, shares: { town: '3' } },
    ])
  })

  test('roles and the payer of an acquisition pass', () => {
    const { devices } = passed(exampleBundle(), order('town', 'kela')).changes
    expect(devices?.[0]?.acquisition?.payer).toBe('kela')
    const roles = passed(exampleBundle(), order('kela', 'town')).changes.devices?.[0]?.roles
    expect(roles?.map(({ organisation, from, to }) => [organisation, from, to])).toEqual([
      ['kela', '2026-01-01', '2026-09-01'],
      ['town', '2026-09-01', null],
    ])
  })
})

describe('agreements', () => {
  const approvals = (agreement?: Agreement) =>
    agreement?.versions[0]?.approvals?.map(({ organisation, decision }) => `${organisation}: ${decision}`)

  test('end at the date and are continued with the successor in the place of the party', () => {
    const [before, after] = passed(exampleBundle(), police).changes.agreements!
    expect(before).toEqual({
      ...exampleBundle().agreements![0]!,
      versions: [{ ...exampleBundle().agreements![0]!.versions[0]!, to: '2026-09-01' }],
    })
    expect(after).toMatchObject({ id: 'house-2026-kela', parties: ['town', 'kela'], commentDays: 14 })
    expect([after?.versions[0]?.from, after?.versions[0]?.to]).toEqual(['2026-09-01', null])
    expect(approvals(after)).toEqual(['town: § 12', 'kela: POL-1 (police)'])
    const [rule] = after!.versions[0]!.rules
    expect(JSON.stringify(rule)).toBe(
      JSON.stringify(exampleBundle().agreements![0]!.versions[0]!.rules[0]).replaceAll('"police"', '"kela"'),
    )
  })

  test('a successor that is a party already takes both shares, sub-meters and approvals', () => {
    const [, after] = passed(exampleBundle(), order('police', 'town')).changes.agreements!
    expect(after?.parties).toEqual(['town'])
    expect(approvals(after)).toEqual(['town: § 12'])
    expect(after?.versions[0]?.rules[0]?.method).toMatchObject({
      meters: { town: [{ device: 'em-sub', point: 'energy' }] },
      remainder: { parts: [{ weight: '70' }, { method: { shares: { town: '100' } } }] },
    })
  })

  test('one that has not begun is changed in place, one that has ended is left alone', () => {
    expect(passed(exampleBundle(), order('police', 'kela', '2025-06-01')).changes.agreements).toHaveLength(1)
    const ended = exampleBundle()
    ended.agreements![0]!.versions[0]!.to = '2026-09-01'
    expect(passed(ended, police).changes.agreements).toEqual([])
  })

  test('a taken id is not taken again', () => {
    const bundle = exampleBundle()
    bundle.agreements!.push({ ...bundle.agreements![0]!, id: 'house-2026-kela', premises: 'garage' })
    expect(passed(bundle, police).changes.agreements?.map(({ id }) => id)).toContain('house-2026-kela-2')
  })
})

describe('costs', () => {
  test('are continued by the successor; an invoice stays with who paid it', () => {
    const bundle = exampleBundle()
    bundle.invoices![0]!.serviceTo = '2027-01-01'
    const { changes } = passed(bundle, order('town', 'kela'))
    expect(changes.meteredCosts?.map(({ id, payer, from, to }) => [id, payer, from, to])).toEqual([
      ['el-main', 'town', '2026-01-01', '2026-09-01'],
      ['el-main-kela', 'kela', '2026-09-01', null],
    ])
    expect(changes.invoices).toBeUndefined()
    expect(codes(bundle, order('town', 'kela'))).toContain('invoices/inv-1 invoice-kept')
  })

  test('a date inside a month is said to be one', () => {
    expect(codes(exampleBundle(), order('police', 'kela', '2026-09-15'))).toContain(
      'recurringCosts/guarding cut-inside-month',
    )
    expect(codes(exampleBundle(), police)).not.toContain('recurringCosts/guarding cut-inside-month')
  })
})

describe('the landlord', () => {
  test('passes, and its vacant space before the date keeps counting for it', () => {
    const bundle = exampleBundle()
    bundle.premises![0]!.tenancies = [{ space: 'k2', organisation: 'town', from: '2026-03-01', to: '2026-04-01' }]
    const { changes, effects } = passed(bundle, order('town', 'kela', '2026-06-01'))
    expect(changes.premises?.[0]?.landlord).toBe('kela')
    expect(changes.premises?.[0]?.tenancies).toEqual([
      { space: 'k2', organisation: 'town', from: '2026-03-01', to: '2026-04-01' },
      { space: 'k1', organisation: 'town', from: '2026-01-01', to: '2026-06-01' },
      { space: 'k2', organisation: 'town', from: '2026-01-01', to: '2026-03-01' },
      { space: 'k2', organisation: 'town', from: '2026-04-01', to: '2026-06-01' },
    ])
    expect(effects.filter(({ code }) => code === 'vacancy-written-down')).toHaveLength(3)
    expect(effects.some(({ code }) => code === 'past-weights-change')).toBe(false)
  })

  test('where the past cannot be kept by a tenancy, the space is named', () => {
    const bundle = exampleBundle()
    bundle.premises![0]!.tenancies = [{ space: 'k1', organisation: 'kela', from: '2026-01-01', to: null }]
    expect(codes(bundle, order('town', 'police', '2026-06-01'))).toContain('premises/house past-weights-change')
    expect(codes(exampleBundle(), order('town', 'police', '2026-06-01'))).not.toContain(
      'premises/house past-weights-change',
    )
  })

  test('gaps between rows', () => {
    const row = (from: string, to: string | null) => ({ from, to })
    expect(gapsBetween([], '2026-01-01', '2026-02-01')).toEqual([row('2026-01-01', '2026-02-01')])
    expect(gapsBetween([row('2025-01-01', null)], '2026-01-01', '2026-02-01')).toEqual([])
    expect(gapsBetween([row('2026-01-20', null), row('2025-01-01', '2026-01-05')], '2026-01-01', '2026-02-01')).toEqual(
      [row('2026-01-05', '2026-01-20')],
    )
    expect(gapsBetween([row('2026-03-01', null)], '2026-01-01', '2026-02-01')).toEqual([
      row('2026-01-01', '2026-02-01'),
    ])
    expect(gapsBetween([row('2026-01-01', '2026-02-01')], '2026-01-01', '2026-02-01')).toEqual([])
  })
})

describe('refused', () => {
  test.each([
    ['an unknown body', order('nobody', 'kela'), ['/organisation unknown-id']],
    ['an unknown successor', order('police', 'nobody'), ['/successor unknown-id']],
    ['itself', order('police', 'police'), ['/successor successor-cycle']],
    ['no date', order('police', 'kela', '2026-02-30'), ['/from invalid-date']],
  ])('%s', (_, what, problems) => {
    const result = succeed(factsOf(exampleBundle()), what)
    expect(result.ok ? [] : result.problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(problems)
  })

  test('a body that is succeeded already, and one that would come back', () => {
    const { changes } = passed(exampleBundle(), police)
    const later = {
      ...exampleBundle(),
      organisations: [...exampleBundle().organisations!.filter(({ id }) => id !== 'police'), ...changes.organisations!],
    }
    const found = (what: SuccessionOrder) => {
      const result = succeed(factsOf(later), what)
      return result.ok ? [] : result.problems.map(({ code }) => code)
    }
    expect(found(order('police', 'town'))).toEqual(['duplicate'])
    expect(found(order('kela', 'police'))).toEqual(['successor-cycle'])
  })
})

describe('from the store', () => {
  let stores: Stores
  beforeEach(() => {
    stores = openStores()
  })
  afterEach(() => closeStores(stores))

  test('looking changes nothing; doing it is one change that the store takes, with its audit lines; twice is refused', async () => {
    await imported(stores, exampleBundle())
    const before = await exported(stores)
    const preview = await previewSuccession(stores.records, order('town', 'kela'))
    expect(preview.ok && preview.effects.length).toBeGreaterThan(5)
    expect(await exported(stores)).toBe(before)
    const done = await applySuccession(stores, order('town', 'kela'), 2_000, actor)
    expect(done).toMatchObject({ ok: true, effects: preview.ok ? preview.effects : [] })
    const after = JSON.parse(await exported(stores)) as Bundle
    expect(after.premises?.map(({ landlord }) => landlord)).toEqual(['kela', 'kela'])
    expect((await stores.records.audit({ organisation: null }, { limit: 1 })).items[0]?.action).toBe(
      'organisation.succeed',
    )
    expect(await applySuccession(stores, order('town', 'police'), 3_000, actor)).toMatchObject({
      ok: false,
      effects: [],
    })
  })

  test('an id that another object has taken is not overwritten', async () => {
    await imported(stores, exampleBundle())
    const [cost] = exampleBundle().recurringCosts!
    await imported(stores, { recurringCosts: [{ ...cost!, id: 'guarding-kela', payer: 'town' }] })
    await expect(applySuccession(stores, police, 2_000, actor)).rejects.toEqual(
      expect.objectContaining({ code: 'changed-meanwhile' }),
    )
    expect(
      (await stores.records.getObject({ organisation: null }, 'recurringCosts', 'guarding-kela'))?.value.payer,
    ).toBe('town')
  })
})
