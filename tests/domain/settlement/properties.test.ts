// What holds for any premises: sums, order, segments, months, replay, time zone of the process.
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Bundle, Rule, SplitMethod, TariffComponent, When } from '#domain/registry/bundle.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import { ZERO, add, fraction } from '#domain/quantity/fraction.ts'
import { monthOfIndex } from '#domain/quantity/local-date.ts'
import { parseCents } from '#domain/quantity/money.ts'
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import { replayExplanation } from '#domain/settlement/replay.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { World } from '#tests/cases/world.ts'
import { sha256 } from '#tests/cases/world.ts'
import { PARTIES, invoice, meteredCost, premises, version, world } from './build.ts'

const MONTHS = ['2026-02', '2026-03', '2026-04', '2026-10']
const DEVICES = ['m0', 'm1', 'm2', 'm3']
const party = fc.constantFrom(...PARTIES)
const day = fc.integer({ min: 1, max: 28 })
const date = fc
  .tuple(fc.constantFrom('2026-01', ...MONTHS, '2026-11'), day)
  .map(([month, d]) => `${month}-${String(d).padStart(2, '0')}`)
const span = fc
  .tuple(date, fc.option(date))
  .map(([a, b]) => (b === null || a === b ? { from: a, to: null } : a < b ? { from: a, to: b } : { from: b, to: a }))
const decimal = (max: number, places: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((n) => (n / 10 ** places).toFixed(places))
const money = fc.integer({ min: -500_000, max: 500_000 }).map((n) => (n / 100).toFixed(2))
const vat = fc.constantFrom(
  { category: 'S' as const, rate: '25.5' },
  { category: 'S' as const, rate: '14.0' },
  { category: 'E' as const, rate: '0' },
)
/** Worlds where everything is blocked teach little. */
const mostly = fc.integer({ min: 1, max: 5 }).map((n) => n > 1)
const ref = fc.constantFrom(...DEVICES).map((device) => ({ device, point: 'e' }))

const { method } = fc.letrec<{ method: SplitMethod }>((tie) => ({
  method: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.record({ by: fc.constant('equal' as const) }),
    fc.record({ by: fc.constant('fixed' as const), shares: fc.dictionary(party, decimal(100, 2)) }),
    fc.record({ by: fc.constant('area' as const), useWeights: fc.constantFrom({}, { storage: '0.5' }) }),
    fc.record({ by: fc.constant('headcount' as const) }),
    fc.record({ by: fc.constant('usage' as const), devices: fc.constant(DEVICES) }),
    fc.record({ by: fc.constant('ownership' as const) }),
    fc.record({ by: fc.constant('direct' as const), party }),
    fc.record(
      {
        by: fc.constant('metered' as const),
        main: ref,
        meters: fc.dictionary(party, fc.array(ref, { minLength: 1, maxLength: 2 }), { maxKeys: 2 }),
        remainder: tie('method'),
        allowEstimated: mostly,
      },
      { requiredKeys: ['by', 'meters', 'remainder'] },
    ),
    fc.record({
      by: fc.constant('mix' as const),
      parts: fc.array(fc.record({ weight: decimal(10, 1), method: tie('method') }), { minLength: 1, maxLength: 3 }),
    }),
  ) as fc.Arbitrary<SplitMethod>,
}))
const ANY: Rule = { category: '*', method: { by: 'fixed', shares: { a: '1', b: '2', c: '4' } } }
const rule: fc.Arbitrary<Rule> = fc.record({ category: fc.constantFrom('*', 'cleaning', 'electricity'), method })

const component: fc.Arbitrary<TariffComponent> = fc.oneof(
  fc.record({
    id: fc.constant('e'),
    kind: fc.constant('energy' as const),
    price: decimal(1, 5),
    when: fc.constantFrom<When[]>({}, { from: '22:00', to: '07:00' }, { days: [6, 7] }),
  }),
  fc.record({
    id: fc.constant('s'),
    kind: fc.constant('stepped' as const),
    steps: fc
      .tuple(decimal(500, 1), decimal(1, 4), decimal(1, 4))
      .map(([upTo, a, b]) => [{ upTo, price: a }, { price: b }]),
  }),
  fc.record({ id: fc.constant('p'), kind: fc.constant('peak' as const), price: decimal(5, 2), minimum: decimal(5, 0) }),
  fc.record({ id: fc.constant('f'), kind: fc.constant('fixed' as const), amount: decimal(50, 3) }),
  fc.record({
    id: fc.constant('x'),
    kind: fc.constant('spot' as const),
    series: fc.constant('spot'),
    margin: decimal(1, 4),
  }),
)

/** Prices of all of March and some of the others, so that some spot costs are blocked. */
const spot: Bundle = {
  priceSeries: [
    {
      id: 'spot',
      unit: 'EUR/MWh',
      values: Array.from({ length: 800 }, (_, h) => [
        new Date(Date.UTC(2026, 1, 28, 21 + h)).toISOString(),
        'PT1H',
        ((h * 37) % 101) - 20,
      ]),
    },
  ],
}

const anyWorld: fc.Arbitrary<Bundle> = fc
  .record({
    rules: fc.tuple(fc.array(rule, { maxLength: 2 }), mostly).map(([rules, all]) => (all ? [...rules, ANY] : rules)),
    laterRules: fc.option(
      fc.tuple(
        span,
        fc.array(rule, { maxLength: 2 }).map((rules) => [...rules, ANY]),
      ),
    ),
    areas: fc.array(fc.tuple(decimal(100, 1), fc.constantFrom('office', 'storage'), span, party), { maxLength: 6 }),
    headcounts: fc.array(fc.record({ organisation: party, people: fc.integer({ min: 0, max: 9 }), span }), {
      maxLength: 4,
    }),
    invoices: fc.array(
      fc.record({
        net: money,
        vat,
        payer: fc.constantFrom(...PARTIES, 'z'),
        span,
        device: fc.constantFrom(null, ...DEVICES),
        category: fc.constantFrom('cleaning', 'rent'),
      }),
      { maxLength: 6 },
    ),
    recurring: fc.array(fc.record({ amount: money, vat, payer: party, span }), { maxLength: 2 }),
    costs: fc.array(fc.record({ device: fc.constantFrom(...DEVICES), span, allowEstimated: mostly }), {
      maxLength: 3,
    }),
    versions: fc.tuple(
      fc.option(date),
      fc.array(component, { minLength: 1, maxLength: 3 }),
      fc.array(component, { minLength: 1, maxLength: 3 }),
      vat,
      vat,
    ),
    ownership: fc.tuple(decimal(9, 0), decimal(9, 0), date),
    usage: fc.array(fc.tuple(fc.constantFrom(...DEVICES), party, date, fc.integer({ min: 1, max: 5000 })), {
      maxLength: 6,
    }),
    readings: fc.array(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 33_000_000 }), fc.integer({ min: 0, max: 400_000 })), {
        minLength: 2,
        maxLength: 12,
      }),
      { minLength: 4, maxLength: 4 },
    ),
  })
  .map((seed) => {
    const base = premises(seed.rules, {
      spaces: seed.areas.map(([areaM2, type], i) => ({ id: `s${i}`, use: 'exclusive' as const, type, areaM2 })),
      tenancies: seed.areas.map(([, , held, organisation], i) => ({ space: `s${i}`, organisation, ...held })),
      headcounts: seed.headcounts.map(({ span: held, ...row }) => ({ ...row, ...held })),
    })
    if (seed.laterRules !== null)
      base.agreements![0]!.versions.push(version(seed.laterRules[1], { version: 2, ...seed.laterRules[0] }))
    const [change, first, second, vatA, vatB] = seed.versions
    const distinct = (list: TariffComponent[]): TariffComponent[] =>
      list.map((of, i) => ({ ...of, id: `${of.id}${i}` }))
    const versions =
      change === null
        ? [{ from: '2026-01-01', to: null, vat: vatA, components: distinct(first) }]
        : [
            { from: '2026-01-01', to: change, vat: vatA, components: distinct(first) },
            { from: change, to: null, vat: vatB, components: distinct(second) },
          ].filter(({ from, to }) => from !== to)
    const [one, zeroOrMore, sold] = seed.ownership
    const other = one === '0' && zeroOrMore === '0' ? '1' : zeroOrMore
    return {
      ...base,
      ...spot,
      tariffs: [{ id: 't', unit: 'kWh', versions }],
      devices: DEVICES.map((id, i) => ({
        id,
        premises: 'talo',
        points: [
          i === 3
            ? { key: 'e', kind: 'interval', interval: 'PT1H' as const, unit: 'kWh' }
            : { key: 'e', kind: 'counter', unit: i === 2 ? 'MWh' : 'kWh', rollover: '400' },
        ],
        ownership: [
          { from: '2025-01-01', to: sold, shares: { a: one, b: other } },
          { from: sold, to: null, shares: { c: '1' } },
        ],
        ...(i === 0
          ? {
              acquisition: {
                cost: '1000.01',
                date: '2026-01-15',
                usefulLifeMonths: 3,
                payer: 'b',
                vat: { category: 'O' as const, rate: '0' },
              },
            }
          : {}),
      })),
      invoices: seed.invoices.map(({ span: service, ...of }, i) =>
        invoice(`i${i}`, of.net, { ...of, serviceFrom: service.from, serviceTo: service.to ?? '2026-12-24' }),
      ),
      recurringCosts: seed.recurring.map(({ span: held, ...of }, i) => ({
        id: `r${i}`,
        premises: 'talo',
        category: 'rent',
        ...of,
        ...held,
      })),
      meteredCosts: seed.costs.map(({ device, span: held, allowEstimated }, i) =>
        meteredCost(`c${i}`, device, { ...held, allowEstimated }),
      ),
      usage: seed.usage.map(([device, organisation, from, minutes]) => {
        const start = Date.parse(`${from}T08:00:00Z`)
        return {
          device,
          organisation,
          from: new Date(start).toISOString(),
          to: new Date(start + minutes * 60_000).toISOString(),
        }
      }),
      readings: seed.readings.map((rows, i) => {
        // Mostly rising, on the hour for the interval point, in seconds for counters.
        const start = Date.UTC(2026, 0, 20) / 1000
        let value = 0
        return {
          device: DEVICES[i]!,
          point: 'e',
          values: rows
            .toSorted((a, b) => a[0] - b[0])
            .map(([second, step]): [string, string] => {
              value = step % 50 === 0 ? Math.max(0, value - step / 2000) : value + step / 2000
              const at = i === 3 ? Math.floor((start + second) / 3600) * 3600 : start + second
              return [new Date(at * 1000).toISOString(), i === 3 ? (step / 1000).toFixed(4) : value.toFixed(4)]
            }),
        }
      }),
    }
  })
const cents = (text: string): bigint => parseCents(text)!
const total = (texts: readonly string[]): bigint => texts.reduce((sum, text) => sum + cents(text), 0n)
const RUNS = { numRuns: 60 }
const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe('any premises', () => {
  test('every share, statement and transfer adds up', () => {
    let shared = 0
    let blocked = 0
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...MONTHS), (bundle, month) => {
        const { settlement, vat: groups } = world(bundle).draft('talo', month)
        const open = settlement.items.filter((item) => item.blocked === null)
        shared += open.length
        blocked += settlement.blocked.length
        for (const item of open) expect(total(item.shares.map(({ net }) => net))).toBe(cents(item.net!))
        expect(settlement.items.filter((item) => item.blocked !== null).flatMap(({ shares }) => shares)).toEqual([])
        expect(settlement.blocked.map(({ item }) => item)).toEqual(
          settlement.items.filter((item) => item.blocked !== null).map(({ id }) => id),
        )
        expect(total(settlement.statements.map(({ net }) => net))).toBe(total(open.map(({ net }) => net!)))
        for (const { net, vat: tax, gross } of settlement.statements) expect(cents(net) + cents(tax)).toBe(cents(gross))
        // What an organisation gets and gives in transfers is what it paid less what it bears.
        for (const organisation of [...PARTIES, 'z']) {
          const paid = groups
            .filter(({ payer }) => payer === organisation)
            .reduce((sum, group) => sum + group.netCents + group.vatCents, 0n)
          const bears = groups
            .filter((group) => group.party === organisation)
            .reduce((sum, group) => sum + group.netCents + group.vatCents, 0n)
          const got = total(settlement.transfers.filter(({ to }) => to === organisation).map(({ gross }) => gross))
          const gave = total(settlement.transfers.filter(({ from }) => from === organisation).map(({ gross }) => gross))
          expect(got - gave).toBe(paid - bears)
        }
        for (const { gross } of settlement.transfers) expect(cents(gross) > 0n).toBe(true)
      }),
      RUNS,
    )
    // The worlds are worth looking at.
    expect(shared).toBeGreaterThan(50)
    expect(blocked).toBeGreaterThan(10)
  })

  test('an explanation, through JSON, replays to the cents and contradicts itself nowhere', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...MONTHS), (bundle, month) => {
        const { settlement, explanations } = world(bundle).draft('talo', month)
        const told = JSON.parse(JSON.stringify(explanations(sha256))) as ReturnType<typeof explanations>
        for (const [i, explanation] of told.entries()) {
          const { shares, contradictions } = replayExplanation(explanation)
          expect(contradictions).toEqual([])
          expect(shares).toEqual(new Map(settlement.items[i]!.shares.map(({ party: of, net }) => [of, cents(net)])))
        }
      }),
      RUNS,
    )
  })

  test('the segments of a month add up to the item', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...MONTHS), (bundle, month) => {
        for (const told of world(bundle).draft('talo', month).explanations(sha256)) {
          if ('of' in told || told.net === null) continue
          expect(told.segments.reduce((sum, segment) => sum + BigInt(segment.cents), 0n)).toBe(BigInt(told.net.cents))
        }
      }),
      RUNS,
    )
  })

  test('the order of every list that means nothing changes nothing', () => {
    fc.assert(
      fc.property(
        anyWorld,
        fc.constantFrom(...MONTHS),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (bundle, month, dice) => {
          const shuffled = shuffle(bundle, () => dice.next().value as number)
          expect(bytes(world(shuffled), month)).toBe(bytes(world(bundle), month))
        },
      ),
      RUNS,
    )
  })

  test('importing the same twice changes nothing', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...MONTHS), (bundle, month) => {
        expect(bytes(world(bundle, bundle), month)).toBe(bytes(world(bundle), month))
      }),
      { numRuns: 40 },
    )
  })

  test('the time zone of the process changes nothing', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...MONTHS), (bundle, month) => {
        const seen = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Europe/Helsinki'].map((name) => {
          process.env['TZ'] = name
          return bytes(world(bundle), month)
        })
        expect(new Set(seen).size).toBe(1)
      }),
      { numRuns: 25 },
    )
    process.env['TZ'] = 'America/St_Johns'
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(210)
  })

  test('closed months that nothing touched give no adjustments, and what is touched is posted once', () => {
    fc.assert(
      fc.property(anyWorld, money, (bundle, net) => {
        const made = world(bundle)
        if (made.draft('talo', '2026-02').settlement.blocked.length > 0) return
        made.close('talo', '2026-02')
        expect(adjusted(made.draft('talo', '2026-03').settlement)).toEqual([])
        const late = invoice('late', net, { serviceFrom: '2026-02-03', serviceTo: '2026-02-20', category: 'late' })
        made.import({ invoices: [late] })
        const march = made.draft('talo', '2026-03').settlement
        const posted = march.items.filter(({ source, blocked }) => source === 'adjustment' && blocked === null)
        const fresh = world({
          ...made.bundle,
          invoices: [late],
          recurringCosts: [],
          meteredCosts: [],
          devices: [],
        }).draft('talo', '2026-02').settlement.items
        if (fresh.some(({ blocked }) => blocked !== null)) return
        expect(total(posted.map((item) => item.net!))).toBe(cents(net))
        if (march.blocked.length > 0) return
        made.close('talo', '2026-03')
        expect(adjusted(made.draft('talo', '2026-04').settlement)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

test('the months of an invoice add up to the invoice, whatever its days', () => {
  fc.assert(
    fc.property(money, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 500 }), (net, start, length) => {
      const at = (days: number): string => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)
      const made = world(premises(), {
        invoices: [invoice('i', net, { serviceFrom: at(start), serviceTo: at(start + length) })],
      })
      made.bundle.agreements![0]!.versions[0]!.from = '2020-01-01'
      const months = Array.from({ length: 32 }, (_, i) => monthOfIndex(2026 * 12 + i))
      const parts = months.flatMap((month) => made.draft('talo', month).settlement.items.map((item) => item.net!))
      expect(total(parts)).toBe(cents(net))
    }),
    { numRuns: 60 },
  )
})

test('exact amounts add up too: every weight of an area split is in its facts', () => {
  fc.assert(
    fc.property(anyWorld, (bundle) => {
      const of = world({ ...bundle, agreements: premises([{ category: '*', method: { by: 'area' } }]).agreements! })
      for (const told of of.draft('talo', '2026-03').explanations(sha256)) {
        if ('of' in told || told.split === null || told.split.by !== 'area') continue
        const days = told.split.facts.reduce(
          (sum, fact) => add(sum, fact.fact === 'space' ? fraction(BigInt(fact.days)) : ZERO),
          ZERO,
        )
        const spaces = new Set(told.split.facts.map((fact) => (fact.fact === 'space' ? fact.space : '')))
        const length = BigInt((Date.parse(told.to) - Date.parse(told.from)) / 86_400_000)
        // Each exclusive space is held, or stands vacant for the landlord, on every day.
        expect(days).toEqual(fraction(length * BigInt(spaces.size)))
      }
    }),
    { numRuns: 40 },
  )
})

function bytes(of: World, month: string): string {
  const { settlement, explanations } = of.draft('talo', month)
  return canonicalJson([settlement, sortFacts(explanations(sha256))])
}
/** Facts behind weights stand in the order of their lists; nothing rests on it. */
function sortFacts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortFacts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'facts' && Array.isArray(member)
        ? member.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
        : sortFacts(member),
    ]),
  )
}
function adjusted({ items }: Settlement): string[] {
  return items.filter(({ source }) => source === 'adjustment').map(({ id }) => id)
}

/** Objects, tenancies, headcounts, spaces, versions, approvals, usage and readings in another order; rules, parties and parts keep theirs. */
function shuffle(bundle: Bundle, dice: () => number): Bundle {
  const mixed = <T>(list: readonly T[] | undefined): T[] =>
    (list ?? [])
      .map((value) => ({ value, key: dice() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ value }) => value)
  const objects = Object.fromEntries(OBJECT_KINDS.map((kind) => [kind, mixed<unknown>(bundle[kind])])) as Bundle
  return {
    ...objects,
    premises: mixed(bundle.premises).map((of) => ({
      ...of,
      spaces: mixed(of.spaces),
      tenancies: mixed(of.tenancies),
      headcounts: mixed(of.headcounts),
    })),
    agreements: mixed(bundle.agreements).map((of) => ({
      ...of,
      versions: mixed(of.versions).map((v) => ({ ...v, approvals: mixed(v.approvals) })),
    })),
    tariffs: mixed(bundle.tariffs).map((of) => ({ ...of, versions: mixed(of.versions) })),
    devices: mixed(bundle.devices).map((of) => ({ ...of, ownership: mixed(of.ownership) })),
    priceSeries: mixed(bundle.priceSeries).map((of) => ({ ...of, values: mixed(of.values) })),
    usage: mixed(bundle.usage),
    readings: uniqueReadings(bundle.readings).map((of) => ({ ...of, values: mixed(of.values) })),
  }
}
/** Of two values with one instant the later listed stands, so only it may be moved about. */
function uniqueReadings(rows: Bundle['readings']): NonNullable<Bundle['readings']> {
  return (rows ?? []).map((of) => ({ ...of, values: [...new Map(of.values.map((row) => [row[0], row])).values()] }))
}
