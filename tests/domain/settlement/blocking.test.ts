// Every blocking code, and which is shown of several.
import { describe, expect, test } from 'vitest'
import type { Bundle, Rule, SplitMethod, TariffComponent } from '#domain/registry/bundle.ts'
import { BLOCK_CODES } from '#domain/settlement/settlement.ts'
import { PER_KWH, counters, invoice, items, meteredCost, premises, settled, tariff, version } from './build.ts'

const back: [string, string][] = [
  ['2026-04-01T00:00:00', '100'],
  ['2026-04-10T00:00:00', '5'],
  ['2026-05-01T00:00:00', '9'],
]
const half: [string, string][] = [
  ['2026-04-01T00:00:00', '0'],
  ['2026-04-16T00:00:00', '15'],
]
const meters = counters({ good: '100', big: '1000', zero: '0', none: [], back, half })
const ref = (device: string): { device: string; point: string } => ({ device, point: 'e' })
const metered = (
  sub: Record<string, string[]>,
  main?: string,
  remainder: SplitMethod = { by: 'equal' },
): SplitMethod => ({
  by: 'metered',
  meters: Object.fromEntries(Object.entries(sub).map(([party, devices]) => [party, devices.map(ref)])),
  remainder,
  ...(main === undefined ? {} : { main: ref(main) }),
})
const star = (method: SplitMethod): Rule[] => [{ category: '*', method }]
const priceless: TariffComponent[] = [{ id: 'x', kind: 'spot', series: 'nowhere' }]

/** What a metered cost of a meter gives by these rules. */
const one = (device: string, rules: Rule[], components = PER_KWH, more: Bundle = {}): string =>
  Object.values(
    items([
      meters,
      premises(rules),
      { tariffs: [tariff(components)], meteredCosts: [meteredCost('el', device)] },
      more,
    ]),
  )[0]!

describe('codes', () => {
  test('each can be seen', () => {
    const seen = [
      one('none', star({ by: 'equal' })),
      one('back', star({ by: 'equal' })),
      one('half', star({ by: 'equal' })),
      one('good', star({ by: 'equal' }), priceless),
      one('good', [], PER_KWH, { agreements: [{ id: 'sopimus', premises: 'talo', parties: ['a'], versions: [] }] }),
      one('good', []),
      one('good', star(metered({ b: ['big'] }))),
      one('good', star({ by: 'usage' })),
    ].map((text) => text.split(': ')[1])
    expect(seen).toEqual([...BLOCK_CODES])
  })
  test('of several the first is shown', () => {
    const nobody: Bundle = {
      agreements: [{ id: 'sopimus', premises: 'talo', parties: ['a'], versions: [version([])] }],
    }
    nobody.agreements![0]!.versions[0]!.approvals = []
    expect(one('half', [], priceless)).toBe('null: too-much-estimated')
    expect(one('good', [], priceless, nobody)).toBe('null: no-price')
    expect(one('good', star(metered({ b: ['none'] })), PER_KWH, nobody)).toBe('100.00: no-agreement')
    expect(one('good', [{ category: 'other', method: metered({ b: ['none'] }) }])).toBe('100.00: no-rule')
    // The main meter's before the sub-meters', these in agreement order, each with its own first code.
    expect(one('good', star(metered({ c: ['none'], b: ['back'] }, 'half')))).toBe('100.00: too-much-estimated')
    expect(one('good', star(metered({ c: ['none'], b: ['good', 'back'] }, 'good')))).toBe('100.00: counter-went-back')
    // A nested meter's before what the outer quantities say.
    expect(one('good', star(metered({ b: ['big'] }, undefined, metered({ c: ['none'] }))))).toBe('100.00: no-readings')
    // A nested excess before an outer lack of weight.
    const mix: SplitMethod = {
      by: 'mix',
      parts: [
        { weight: '1', method: { by: 'usage' } },
        { weight: '1', method: metered({ b: ['big'] }) },
      ],
    }
    expect(one('good', star(mix))).toBe('100.00: submeters-exceed-main')
  })
  test('a meter in a part of no cents counts all the same', () => {
    const mix: SplitMethod = {
      by: 'mix',
      parts: [
        { weight: '1', method: { by: 'equal' } },
        { weight: '0', method: metered({ b: ['none'] }) },
      ],
    }
    expect(one('good', star(mix))).toBe('100.00: no-readings')
  })
  test('exactly a fifth estimated is let pass', () => {
    const days = (last: number): Bundle =>
      counters({
        m: [
          ['2026-04-01T00:00:00', '0'],
          [`2026-04-${last}T00:00:00`, String(last - 1)],
        ],
      })
    const cost = { tariffs: [tariff(PER_KWH)], meteredCosts: [meteredCost('el', 'm')] }
    expect(items([premises(), days(25), cost])['metered:el']).toBe('30.00: a 10.00 b 10.00 c 10.00')
    expect(items([premises(), days(24), cost])['metered:el']).toBe('null: too-much-estimated')
  })
  test('a zero quantity is measured by time', () => {
    const still = counters({
      m: [
        ['2026-04-01T00:00:00', '5'],
        ['2026-04-16T00:00:00', '5'],
      ],
    })
    const cost = { tariffs: [tariff(PER_KWH)], meteredCosts: [meteredCost('el', 'm')] }
    const [item] = settled([premises(), still, cost]).items
    expect(item).toMatchObject({ blocked: 'too-much-estimated', estimated: '0.5' })
  })
  test('a segment without agreement or rule blocks only itself; blocked items have no part in statements', () => {
    const versions = [
      version(star({ by: 'equal' }), { from: '2026-04-11', to: '2026-04-21' }),
      version([], { version: 2, from: '2026-04-21' }),
    ]
    const bundle = {
      ...premises(),
      agreements: [{ id: 'x', premises: 'talo', parties: ['a', 'b', 'c'], versions }],
      invoices: [invoice('i', '30.00')],
    }
    expect(items([bundle])).toEqual({
      'invoice:i': '10.00: no-agreement',
      'invoice:i@2026-04-11': '10.00: a 3.34 b 3.33 c 3.33',
      'invoice:i@2026-04-21': '10.00: no-rule',
    })
    const { statements, blocked } = settled([bundle])
    expect(statements.map(({ net }) => net)).toEqual(['3.34', '3.33', '3.33'])
    expect(blocked.map(({ item, code }) => `${item} ${code}`)).toEqual([
      'invoice:i no-agreement',
      'invoice:i@2026-04-21 no-rule',
    ])
  })
})
