// Cost items, VAT, transfers, adjustments, digests, book values, and which readings are asked for.
import { describe, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import { digestOf, digestText, firstBrokenLink } from '#domain/settlement/digest.ts'
import { bookValue } from '#domain/settlement/items/depreciation.ts'
import { replayExplanation } from '#domain/settlement/replay.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import { settle } from '#domain/settlement/settle.ts'
import type { FrozenSettlement } from '#domain/settlement/settlement.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { World } from '#tests/cases/world.ts'
import { sha256 } from '#tests/cases/world.ts'
import {
  EQUAL,
  PARTIES,
  PER_KWH,
  counters,
  invoice,
  items,
  meteredCost,
  premises,
  settled,
  tariff,
  version,
  world,
} from './build.ts'

describe('cost items', () => {
  test('a credit falls on months as a charge does', () => {
    const bundle = (net: string): Bundle => ({
      ...premises(),
      invoices: [invoice('i', net, { serviceFrom: '2026-02-10', serviceTo: '2026-05-10' })],
    })
    for (const period of ['2026-02', '2026-03', '2026-04', '2026-05']) {
      const [charge, credit] = ['100.00', '-100.00'].map((net) => settled([bundle(net)], period).items[0]!.net!)
      expect(`-${charge}`).toBe(credit)
    }
  })
  test('a recurring amount may have more decimals; each month is rounded by itself', () => {
    const cost = {
      id: 'r',
      premises: 'talo',
      category: 'x',
      amount: '0.015',
      vat: { category: 'O' as const, rate: '0' },
      payer: 'a',
      from: '2026-04-01',
      to: null,
    }
    expect(items([{ ...premises(), recurringCosts: [cost] }])).toEqual({ 'recurring:r': '0.02: a 0.01 b 0.01 c 0.00' })
    expect(items([{ ...premises(), recurringCosts: [{ ...cost, amount: '-0.015', from: '2026-04-16' }] }])).toEqual({
      'recurring:r': '-0.01: a -0.01 b 0.00 c 0.00',
    })
  })
  test('an item with days only in a later segment is named by it; a gap in agreements is a segment', () => {
    const versions = [version(EQUAL, { to: '2026-04-06' }), version(EQUAL, { version: 2, from: '2026-04-11' })]
    const bundle = {
      ...premises(),
      agreements: [{ id: 'x', premises: 'talo', parties: PARTIES, versions }],
      invoices: [
        invoice('i', '3.00', { serviceFrom: '2026-04-12', serviceTo: '2026-04-15' }),
        invoice('j', '10.00', { serviceFrom: '2026-04-05', serviceTo: '2026-04-15' }),
      ],
    }
    expect(items([bundle])).toEqual({
      'invoice:i@2026-04-11': '3.00: a 1.00 b 1.00 c 1.00',
      'invoice:j': '1.00: a 0.34 b 0.33 c 0.33',
      'invoice:j@2026-04-06': '5.00: no-agreement',
      'invoice:j@2026-04-11': '4.00: a 1.34 b 1.33 c 1.33',
    })
  })
  test('the highest approved version holds, and when it ends the lower one again', () => {
    const versions = [
      version(EQUAL),
      version([{ category: '*', method: { by: 'direct', party: 'c' } }], {
        version: 2,
        from: '2026-04-11',
        to: '2026-04-21',
      }),
      version([{ category: '*', method: { by: 'direct', party: 'b' } }], {
        version: 3,
        approvals: [{ organisation: 'a' }, { organisation: 'b' }],
      }),
    ]
    const bundle = {
      ...premises(),
      agreements: [{ id: 'x', premises: 'talo', parties: PARTIES, versions }],
      invoices: [invoice('i', '30.00')],
    }
    expect(items([bundle])).toEqual({
      'invoice:i': '10.00: a 3.34 b 3.33 c 3.33',
      'invoice:i@2026-04-11': '10.00: a 0.00 b 0.00 c 10.00',
      'invoice:i@2026-04-21': '10.00: a 3.34 b 3.33 c 3.33',
    })
  })
  test('two agreements in a month: one order of parties, ties by the agreement of the segment', () => {
    const approve = (parties: string[]): { organisation: string }[] => parties.map((organisation) => ({ organisation }))
    const bundle = {
      ...premises(),
      agreements: [
        {
          id: 'z-first',
          premises: 'talo',
          parties: ['b', 'a'],
          versions: [version(EQUAL, { to: '2026-04-16', approvals: approve(['a', 'b']) })],
        },
        {
          id: 'a-second',
          premises: 'talo',
          parties: ['d', 'c', 'a'],
          versions: [version(EQUAL, { from: '2026-04-16', approvals: approve(['a', 'c', 'd']) })],
        },
      ],
      invoices: [invoice('i', '0.02')],
    }
    expect(items([bundle])).toEqual({
      'invoice:i': '0.01: b 0.01 a 0.00',
      'invoice:i@2026-04-16': '0.01: a 0.00 d 0.01 c 0.00',
    })
    expect(settled([bundle]).statements.map(({ party }) => party)).toEqual(['b', 'a', 'd', 'c'])
  })
  test('the book value of any day', () => {
    const bought = {
      cost: '1000.00',
      residual: '100.00',
      date: '2026-01-31',
      usefulLifeMonths: 7,
      payer: 'a',
      vat: { category: 'O' as const, rate: '0' },
    }
    const at = (date: string): string | null => {
      const value = bookValue(bought, date)
      return value === null ? null : formatCents(value)
    }
    expect(at('2026-01-30')).toBeNull()
    expect(at('2026-01-31')).toBe('1000.00')
    expect(at('2026-02-28')).toBe('1000.00')
    expect(at('2026-03-01')).toBe('871.42')
    expect(at('2026-04-01')).toBe('742.85')
    expect(at('2026-08-31')).toBe('228.57')
    expect(at('2026-09-01')).toBe('100.00')
    expect(at('2150-01-01')).toBe('100.00')
    // What is below zero mirrors it, and every month of depreciation is what the book value loses.
    expect(bookValue({ ...bought, cost: '100.00', residual: '1000.00' }, '2026-03-01')).toBe(22858n)
  })
})

describe('VAT and transfers', () => {
  test('VAT is rounded once for payer, party, category and rate, credits included', () => {
    const bundle = {
      ...premises([{ category: '*', method: { by: 'direct', party: 'b' } }]),
      invoices: [1, 2, 3, 4].map((i) => invoice(`i${i}`, i === 4 ? '-0.01' : '0.02')),
    }
    // 0.05 × 25.5 % is 0.01275.
    expect(settled([bundle])).toMatchObject({
      statements: [{ net: '0.00' }, { net: '0.05', vat: '0.01', gross: '0.06' }, { net: '0.00' }],
      transfers: [{ from: 'b', to: 'a', net: '0.05', gross: '0.06' }],
    })
  })
  test('an even pair has no transfer, whatever its nets; who is owed by gross may owe by net', () => {
    const bundle = {
      ...premises([
        { category: 'x', method: { by: 'direct', party: 'a' } },
        { category: 'y', method: { by: 'direct', party: 'b' } },
      ]),
      invoices: [
        invoice('1', '12.00', { category: 'x', payer: 'b', vat: { category: 'E', rate: '0' } }),
        invoice('2', '10.00', { category: 'y', payer: 'a', vat: { category: 'S', rate: '20' } }),
      ],
    }
    expect(settled([bundle]).transfers).toEqual([])
    bundle.invoices[1]!.net = '11.00'
    expect(settled([bundle]).transfers).toEqual([{ from: 'b', to: 'a', net: '-1.00', gross: '1.20' }])
  })
})

describe('adjustments', () => {
  /** January closed with an invoice of 30.00, then what a test does to it. */
  const closed = (...more: Bundle[]): World => {
    const made = world(
      premises(),
      { invoices: [invoice('i', '30.00', { serviceFrom: '2026-01-01', serviceTo: '2026-02-01' })] },
      ...more,
    )
    made.close('talo', '2026-01')
    return made
  }
  const again = (net: string, more: Parameters<typeof invoice>[2] = {}): Bundle => ({
    invoices: [invoice('i', net, { serviceFrom: '2026-01-01', serviceTo: '2026-02-01', ...more })],
  })
  test('a changed payer or VAT alone is no difference; with one, the item keeps those it was closed with', () => {
    const made = closed()
    made.import(again('30.00', { payer: 'b', vat: { category: 'E', rate: '0' }, category: 'rent' }))
    expect(settled(made, '2026-02').items).toEqual([])
    made.import(again('33.00', { payer: 'b', vat: { category: 'E', rate: '0' }, category: 'rent' }))
    expect(settled(made, '2026-02').items).toMatchObject([
      {
        id: 'adjustment:2026-01:invoice:i',
        category: 'cleaning',
        payer: 'a',
        vat: { category: 'S', rate: '25.5' },
        net: '3.00',
        estimated: '0',
      },
    ])
  })
  test('an invoice that is moved away leaves the whole of it to be given back', () => {
    const made = closed()
    made.import(again('30.00', { serviceFrom: '2026-05-01', serviceTo: '2026-06-01' }))
    expect(items(made, '2026-02')).toEqual({ 'adjustment:2026-01:invoice:i': '-30.00: a -10.00 b -10.00 c -10.00' })
  })
  test('what moves between parties is an adjustment of nothing', () => {
    const made = closed()
    made.import({ agreements: premises([{ category: '*', method: { by: 'direct', party: 'b' } }]).agreements! })
    expect(items(made, '2026-02')).toEqual({ 'adjustment:2026-01:invoice:i': '0.00: a -10.00 b 20.00 c -10.00' })
  })
  test('what is blocked today blocks', () => {
    const made = closed()
    made.import({ agreements: premises([]).agreements! })
    const found = settled(made, '2026-02')
    expect(found.items).toMatchObject([
      {
        id: 'adjustment:2026-01:invoice:i',
        net: null,
        shares: [],
        blocked: 'no-rule',
        vat: { category: 'S', rate: '25.5' },
      },
    ])
    expect(found.blocked).toMatchObject([{ item: 'adjustment:2026-01:invoice:i', code: 'no-rule' }])
    const late = closed()
    late.import({ meteredCosts: [meteredCost('el', 'm')], tariffs: [tariff(PER_KWH)], ...counters({ m: [] }) })
    expect(settled(late, '2026-02').items).toMatchObject([
      { id: 'adjustment:2026-01:metered:el', blocked: 'no-readings' },
      { id: 'metered:el', blocked: 'no-readings' },
    ])
  })
  test('what was adjusted counts, wherever it was posted; first adjusted keeps its payer', () => {
    const made = closed()
    const late = (net: string, payer: string): Bundle => ({
      invoices: [invoice('late', net, { payer, serviceFrom: '2026-01-01', serviceTo: '2026-02-01' })],
    })
    made.import(late('3.00', 'b'))
    made.close('talo', '2026-03')
    expect(items(made, '2026-02')).toEqual({})
    made.import(late('6.00', 'c'))
    expect(settled(made, '2026-02').items).toMatchObject([
      { id: 'adjustment:2026-01:invoice:late', net: '3.00', payer: 'b' },
    ])
    // March is closed and keeps what it has; February does not recompute it, being earlier.
    made.close('talo', '2026-02')
    expect(items(made, '2026-04')).toEqual({})
  })
  test('what this month’s own issue posted is computed anew, what another open month issued counts', () => {
    const made = closed()
    made.import(again('33.00'))
    const draft = made.draft('talo', '2026-02').settlement
    const issued: FrozenSettlement = { ...draft, status: 'issued' }
    const facts = { facts: made.bundle, premises: 'talo', readings: () => null }
    const ids = (period: string): string[] =>
      settle({ ...facts, period, earlier: [...made.frozen, issued] }).settlement.items.map(({ id }) => id)
    expect(ids('2026-02')).toEqual(['adjustment:2026-01:invoice:i'])
    expect(ids('2026-03')).toEqual([])
  })
  test('a segment that is cut later moves its part to an item of its own', () => {
    const made = closed()
    const versions = [version(EQUAL, { to: '2026-01-16' }), version(EQUAL, { version: 2, from: '2026-01-16' })]
    made.import({ agreements: [{ id: 'sopimus', premises: 'talo', parties: PARTIES, versions }] })
    expect(items(made, '2026-02')).toEqual({
      'adjustment:2026-01:invoice:i': '-15.48: a -5.16 b -5.16 c -5.16',
      'adjustment:2026-01:invoice:i@2026-01-16': '15.48: a 5.16 b 5.16 c 5.16',
    })
  })
  test('parties that only adjustments name stand last, by id, and have statements', () => {
    const made = closed()
    const approvals = ['b'].map((organisation) => ({ organisation }))
    const old = { ...premises().agreements![0]!, versions: [version(EQUAL, { to: '2026-02-01' })] }
    made.import({
      agreements: [
        old,
        { id: 'new', premises: 'talo', parties: ['b'], versions: [version(EQUAL, { from: '2026-02-01', approvals })] },
      ],
    })
    made.import(again('33.00'))
    const found = settled(made, '2026-02')
    expect(found.statements.map(({ party, net }) => `${party} ${net}`)).toEqual(['b 1.00', 'a 1.00', 'c 1.00'])
    expect(found.items[0]!.shares.map(({ party }) => party)).toEqual(['b', 'a', 'c'])
    const explained = made.draft('talo', '2026-02').explain('adjustment:2026-01:invoice:i', sha256)!
    expect(replayExplanation(explained).contradictions).toEqual([])
  })
})

describe('digests', () => {
  test('the text and the chain', () => {
    const made = world(premises(), { invoices: [invoice('i', '30.00', { serviceTo: '2026-06-01' })] })
    made.close('talo', '2026-04')
    made.close('talo', '2026-05')
    const [april, may] = made.frozen
    expect(digestText(null, april!).startsWith('\n{"blocked":[],"items":[{')).toBe(true)
    expect(digestText(april!.digest, may!)).toContain(`${april!.digest}\n{`)
    expect(digestText(null, april!)).not.toContain('digest')
    expect(may!.digest).toBe(`sha256:${sha256(digestText(april!.digest, may!))}`)
    expect(firstBrokenLink(made.frozen, sha256)).toBeNull()
    const forged = { ...april!, statements: [] }
    expect(firstBrokenLink([forged, may!], sha256)).toBe(0)
    expect(firstBrokenLink([{ ...forged, digest: digestOf(null, forged, sha256) }, may!], sha256)).toBe(1)
    expect(firstBrokenLink([may!], sha256)).toBe(0)
  })
})

describe('an explanation', () => {
  test('that is tampered with contradicts itself', () => {
    const made = world(premises(), { invoices: [invoice('i', '100.00')] })
    const told = JSON.stringify(made.draft('talo', '2026-04').explain('invoice:i', sha256))
    expect(replayExplanation(JSON.parse(told)).contradictions).toEqual([])
    expect(replayExplanation(JSON.parse(told.replaceAll('"3334"', '"3335"'))).contradictions).not.toEqual([])
    expect(replayExplanation(JSON.parse(told.replaceAll('"10000"', '"10001"'))).contradictions).not.toEqual([])
    expect(made.draft('talo', '2026-04').explain('invoice:none', sha256)).toBeNull()
  })
  test('says what is simulated', () => {
    const made = (simulated: boolean): World =>
      world(
        premises(),
        { ...counters({ m: '10' }), tariffs: [tariff(PER_KWH)], meteredCosts: [meteredCost('el', 'm')] },
        simulated
          ? {
              devices: [{ id: 'm', premises: 'talo', simulated, points: [{ key: 'e', kind: 'counter', unit: 'kWh' }] }],
            }
          : {},
      )
    expect(made(true).draft('talo', '2026-04').simulated).toBe(true)
    expect(made(false).draft('talo', '2026-04').simulated).toBe(false)
    expect(made(true).draft('talo', '2026-03').simulated).toBe(true)
  })
})

describe('required readings', () => {
  test('one window for each meter, over the months that use it', () => {
    const method = {
      by: 'mix' as const,
      parts: [
        {
          weight: '1',
          method: {
            by: 'metered' as const,
            main: { device: 'main', point: 'e' },
            meters: { a: [{ device: 'sub', point: 'e' }] },
            remainder: {
              by: 'metered' as const,
              meters: { b: [{ device: 'deep', point: 'e' }] },
              remainder: { by: 'equal' as const },
            },
          },
        },
      ],
    }
    const bundle: Bundle = {
      ...premises(),
      agreements: [
        {
          id: 'x',
          premises: 'talo',
          parties: PARTIES,
          versions: [version([{ category: 'z', method }], { from: '2026-04-10' })],
        },
      ],
      meteredCosts: [
        meteredCost('el', 'own', { to: '2026-02-10' }),
        meteredCost('later', 'later', { from: '2026-06-01' }),
        { ...meteredCost('x', 'elsewhere'), premises: 'other' },
      ],
    }
    const windows = requiredReadings(bundle, 'talo', ['2026-01', '2026-02', '2026-04'])
    expect(
      windows.map(({ device, from, to }) => [device, new Date(from).toISOString(), new Date(to).toISOString()]),
    ).toEqual([
      ['deep', '2026-03-31T21:00:00.000Z', '2026-04-30T21:00:00.000Z'],
      ['main', '2026-03-31T21:00:00.000Z', '2026-04-30T21:00:00.000Z'],
      ['own', '2025-12-31T22:00:00.000Z', '2026-02-28T22:00:00.000Z'],
      ['sub', '2026-03-31T21:00:00.000Z', '2026-04-30T21:00:00.000Z'],
    ])
    expect(requiredReadings(bundle, 'nowhere', ['2026-01'])).toEqual([])
  })
})
