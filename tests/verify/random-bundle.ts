// Random but valid facts that reach for the rules' edges: meters that fall, roll over and are changed, gaps, months with a doubled or
// missing hour, versions inside a month, every component and method nested. The same seed gives the same bundle.
import type {
  Agreement,
  AgreementVersion,
  Bundle,
  Device,
  Point,
  PointRef,
  ReadingRows,
  SplitMethod,
  Tariff,
  TariffComponent,
  Vat,
} from '#domain/registry/bundle.ts'

const DAY_MS = 86_400_000
const QUARTER_MS = 900_000
const ZONES = [
  'Europe/Helsinki',
  'Europe/Helsinki',
  'Europe/Helsinki',
  'Europe/Stockholm',
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
]
const MONTHS = ['2026-03', '2026-10', '2026-02', '2025-12', '2024-02', '2026-06']
const CATEGORIES = ['electricity', 'heat', 'cleaning', 'equipment']

/** Small pseudo-random numbers (mulberry32) with the choices a generator needs. */
export class Dice {
  private state: number
  constructor(seed: number) {
    this.state = seed >>> 0
  }
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1))
  }
  chance(probability: number): boolean {
    return this.fraction() < probability
  }
  pick<T>(list: readonly T[]): T {
    const one = list[this.whole(0, list.length - 1)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.chance(0.5))
  }
  decimal(most: number, decimals: number): string {
    const digits = this.whole(0, decimals)
    return (this.whole(0, most * 10 ** digits) / 10 ** digits).toFixed(digits)
  }
  cents(most: number, negative = false): string {
    return `${negative && this.chance(0.2) ? '-' : ''}${this.whole(0, most)}.${String(this.whole(0, 99)).padStart(2, '0')}`
  }
}

const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
const instant = (ms: number): string => new Date(ms).toISOString()

export type RandomWorld = { bundle: Bundle; later: Bundle; premises: string; months: [string, string] }

export function randomWorld(seed: number): RandomWorld {
  const dice = new Dice(seed)
  const first = dice.pick(MONTHS)
  const firstDay = `${first}-01`
  const second = addDays(firstDay, 32).slice(0, 7)
  const span = { from: addDays(firstDay, -40), to: addDays(firstDay, 75) }
  const dateIn = (): string => addDays(firstDay, dice.whole(-20, 62))
  const timeZone = dice.pick(ZONES)
  const parties = ['a', 'b', 'c', 'd', 'e'].slice(0, dice.whole(1, 5))
  const organisations = [...parties, 'outsider']
  const anyone = (): string => dice.pick(organisations)

  const rowsOf = <T>(make: (from: string, to: string | null) => T): T[] => {
    const cuts = [addDays(span.from, -5), ...Array.from({ length: dice.whole(0, 2) }, dateIn)].toSorted()
    return [...new Set(cuts)].flatMap((from, index, all) => {
      const next = all[index + 1] ?? (dice.chance(0.3) ? addDays(span.to, 9) : null)
      return dice.chance(0.88) ? [make(from, next)] : []
    })
  }
  const vat = (): Vat =>
    dice.chance(0.7)
      ? { category: 'S', rate: dice.pick(['25.5', '13.5', '10', '24', '25.500']) }
      : { category: dice.pick(['Z', 'E', 'O', 'AE'] as const), rate: '0' }

  const spaces = Array.from({ length: dice.whole(1, 6) }, (_, index) => ({
    id: `s${index}`,
    storey: '1',
    use: dice.pick(['exclusive', 'exclusive', 'exclusive', 'common', 'technical'] as const),
    ...(dice.chance(0.6) ? { type: dice.pick(['office', 'storage']) } : {}),
    areaM2: dice.decimal(300, 2),
  }))
  const ownership = (): NonNullable<Device['ownership']> =>
    rowsOf((from, to) => ({
      from,
      to,
      shares: Object.fromEntries([
        [anyone(), dice.pick(['1', '0.5', '60', '33.333'])],
        [anyone(), dice.pick(['1', '2', '40'])],
      ]),
    }))

  const point = (key: string): Point => {
    const water = key === 'volume'
    const interval = dice.chance(0.35)
    return {
      key,
      unit: water ? dice.pick(['l', 'm3']) : dice.pick(['Wh', 'kWh', 'kWh', 'kWh', 'MWh', 'GJ']),
      kind: interval ? 'interval' : 'counter',
      ...(interval ? { interval: dice.pick(['PT15M', 'PT1H'] as const) } : {}),
      ...(!interval && dice.chance(0.3) ? { rollover: '10000' } : {}),
      ...(dice.chance(0.3) ? { multiplier: dice.pick(['40', '0.5', '1.25', '1000']) } : {}),
    }
  }
  const devices: Device[] = Array.from({ length: dice.whole(2, 5) }, (_, index) => ({
    id: `m${index}`,
    premises: 'talo',
    points: [point('energy')],
    ...(dice.chance(0.6) ? { ownership: ownership() } : {}),
    ...(dice.chance(0.4)
      ? {
          acquisition: {
            cost: dice.cents(9000),
            residual: '0.00',
            date: addDays(firstDay, dice.whole(-400, 40)),
            usefulLifeMonths: dice.whole(1, 60),
            payer: anyone(),
            ...(dice.chance(0.3) ? { category: dice.pick(CATEGORIES) } : {}),
            vat: vat(),
          },
        }
      : {}),
  }))
  const refs: PointRef[] = devices.map(({ id }) => ({ device: id, point: 'energy' }))

  const method = (depth: number): SplitMethod => {
    const choice = dice.whole(0, depth > 2 ? 6 : 9)
    if (choice === 0)
      return {
        by: 'fixed',
        shares: Object.fromEntries(dice.some(parties).map((party) => [party, dice.decimal(90, 1)])),
      }
    if (choice === 1) return { by: 'equal' }
    if (choice === 2)
      return dice.chance(0.5)
        ? { by: 'area' }
        : { by: 'area', useWeights: { storage: dice.pick(['0.5', '0', '1.75']) } }
    if (choice === 3) return { by: 'headcount' }
    if (choice === 4)
      return dice.chance(0.4) ? { by: 'usage' } : { by: 'usage', devices: dice.some(devices).map(({ id }) => id) }
    if (choice === 5) return { by: 'ownership' }
    if (choice === 6) return { by: 'direct', party: dice.pick(parties) }
    if (choice === 7)
      return {
        by: 'mix',
        parts: Array.from({ length: dice.whole(1, 3) }, () => ({
          weight: dice.decimal(70, 1),
          method: method(depth + 1),
        })),
      }
    return {
      by: 'metered',
      ...(dice.chance(0.4) ? { main: dice.pick(refs) } : {}),
      meters: Object.fromEntries(
        dice
          .some(parties)
          .map((party) => [party, dice.chance(0.3) ? [dice.pick(refs), dice.pick(refs)] : [dice.pick(refs)]]),
      ),
      remainder: method(depth + 1),
      ...(dice.chance(0.6) ? { allowEstimated: true } : {}),
    }
  }
  const version = (number: number): AgreementVersion => {
    const from = number === 1 ? span.from : dateIn()
    return {
      version: number,
      from,
      to: dice.chance(0.75) ? null : addDays(from, dice.whole(5, 60)),
      rules: [...CATEGORIES, '*'].filter(() => dice.chance(0.8)).map((category) => ({ category, method: method(0) })),
      approvals: (dice.chance(0.9) ? parties : dice.some(parties)).map((organisation) => ({
        organisation,
        decision: '§ 1',
      })),
    }
  }
  const agreement = (id: string, its: string[], versions: AgreementVersion[]): Agreement => ({
    id,
    premises: 'talo',
    parties: its,
    versions,
  })
  const agreements = [
    agreement(
      'sopimus',
      parties,
      Array.from({ length: dice.whole(1, 3) }, (_, index) => version(index + 1)),
    ),
  ]

  const component = (index: number): TariffComponent => {
    const id = `c${index}`
    const kind = dice.whole(0, 5)
    if (kind === 0) return { id, kind: 'energy', price: dice.decimal(1, 5) }
    if (kind === 1) {
      const times = dice.chance(0.7)
        ? {
            from: dice.pick(['07:00', '22:00', '00:00', '02:45', '03:15']),
            to: dice.pick(['22:00', '07:00', '00:00', '03:00', '03:15']),
          }
        : {}
      return {
        id,
        kind: 'energy',
        price: dice.decimal(1, 4),
        when: {
          ...(dice.chance(0.4) ? { months: [3, 10, 11, 12, 1, 2] } : {}),
          ...(dice.chance(0.5) ? { days: dice.pick([[1, 2, 3, 4, 5], [6, 7], [7]]) } : {}),
          ...times,
        },
      }
    }
    if (kind === 2)
      return {
        id,
        kind: 'spot',
        series: 'spot',
        ...(dice.chance(0.5) ? { factor: dice.pick(['1.1', '0.5']) } : {}),
        ...(dice.chance(0.5) ? { margin: '0.0035' } : {}),
      }
    if (kind === 3) {
      const low = dice.whole(1, 400)
      return {
        id,
        kind: 'stepped',
        steps: [
          { upTo: String(low), price: dice.decimal(1, 3) },
          { upTo: String(low + dice.whole(1, 900)), price: dice.decimal(1, 3) },
          { price: dice.decimal(1, 3) },
        ].slice(dice.whole(0, 2)),
      }
    }
    if (kind === 4)
      return {
        id,
        kind: 'peak',
        price: dice.decimal(5, 2),
        ...(dice.chance(0.5) ? { minimum: dice.decimal(9, 1) } : {}),
      }
    return { id, kind: 'fixed', amount: dice.decimal(60, 2) }
  }
  const cut = addDays(firstDay, dice.whole(1, 62))
  const tariffs: Tariff[] = [
    {
      id: 'tariffi',
      unit: dice.pick(['kWh', 'kWh', 'MWh', 'GJ']),
      versions: dice.chance(0.5)
        ? [
            {
              from: span.from,
              to: null,
              vat: vat(),
              components: Array.from({ length: dice.whole(1, 4) }, (_, index) => component(index)),
            },
          ]
        : [
            {
              from: dice.chance(0.9) ? addDays(span.from, -60) : firstDay,
              to: cut,
              vat: vat(),
              components: Array.from({ length: dice.whole(1, 3) }, (_, index) => component(index)),
            },
            {
              from: dice.chance(0.9) ? cut : addDays(cut, 2),
              to: null,
              vat: vat(),
              components: Array.from({ length: dice.whole(1, 3) }, (_, index) => component(index)),
            },
          ],
    },
  ]

  const spotValues: NonNullable<NonNullable<Bundle['priceSeries']>[number]['values']> = []
  const zoneEdge = Date.parse(`${firstDay}T00:00:00Z`)
  for (let at = zoneEdge - 14 * 3_600_000; at < zoneEdge + 76 * DAY_MS; at += 3_600_000) {
    if (dice.chance(0.9997)) spotValues.push([instant(at), 'PT1H', (dice.whole(-2000, 30_000) / 100).toFixed(2)])
    if (dice.chance(0.1))
      spotValues.push([
        instant(at + QUARTER_MS * dice.whole(0, 3)),
        'PT15M',
        (dice.whole(-2000, 30_000) / 100).toFixed(2),
      ])
  }

  const readings = devices.flatMap((device): ReadingRows[] => {
    const declared = device.points?.[0]
    if (declared === undefined || dice.chance(0.04)) return []
    return [
      {
        device: device.id,
        point: 'energy',
        values:
          declared.kind === 'interval'
            ? intervalValues(dice, declared, zoneEdge)
            : counterValues(dice, declared, zoneEdge),
      },
    ]
  })

  const usage = Array.from({ length: dice.whole(0, 12) }, () => {
    const from = zoneEdge + dice.whole(-3, 66) * DAY_MS + dice.whole(0, 95) * QUARTER_MS
    return {
      device: dice.pick(devices).id,
      organisation: anyone(),
      from: instant(from),
      to: instant(from + dice.whole(1, 300) * 600_000),
    }
  })

  const bundle: Bundle = {
    organisations: organisations.map((id) => ({ id, name: { fi: id } })),
    premises: [
      {
        id: 'talo',
        name: { fi: 'Talo' },
        timeZone,
        landlord: anyone(),
        spaces,
        tenancies: spaces
          .filter((space) => space.use === 'exclusive')
          .flatMap((space) => rowsOf((from, to) => ({ space: space.id, organisation: anyone(), from, to }))),
        headcounts: parties.flatMap((party) =>
          rowsOf((from, to) => ({ organisation: party, people: dice.whole(0, 30), from, to })),
        ),
      },
    ],
    devices,
    priceSeries: [{ id: 'spot', unit: 'EUR/MWh', values: spotValues }],
    tariffs,
    agreements,
    meteredCosts: refs.slice(0, dice.whole(1, 2)).map((meter, index) => {
      const from = dice.chance(0.7) ? span.from : dateIn()
      return {
        id: `mc${index}`,
        premises: 'talo',
        category: dice.pick(CATEGORIES),
        meter,
        tariff: 'tariffi',
        payer: anyone(),
        from,
        to: dice.chance(0.7) ? null : addDays(from, dice.whole(1, 50)),
        allowEstimated: dice.chance(0.7),
      }
    }),
    recurringCosts: Array.from({ length: dice.whole(0, 2) }, (_, index) => {
      const from = dateIn()
      return {
        id: `rc${index}`,
        premises: 'talo',
        category: dice.pick(CATEGORIES),
        amount: dice.decimal(900, 2),
        vat: vat(),
        payer: anyone(),
        from,
        to: dice.chance(0.5) ? null : addDays(from, dice.whole(1, 50)),
        ...(dice.chance(0.4) ? { device: dice.pick(devices).id } : {}),
      }
    }),
    invoices: Array.from({ length: dice.whole(0, 4) }, (_, index) => {
      const from = addDays(firstDay, dice.whole(-60, 50))
      return {
        id: `i${index}`,
        premises: 'talo',
        category: dice.pick(CATEGORIES),
        net: dice.cents(5000, true),
        vat: vat(),
        payer: anyone(),
        serviceFrom: from,
        serviceTo: addDays(from, dice.whole(1, 100)),
        device: dice.chance(0.4) ? dice.pick(devices).id : null,
      }
    }),
    usage,
    readings,
  }
  const invoice = bundle.invoices?.[0]
  const later: Bundle = {
    ...(invoice === undefined ? {} : { invoices: [{ ...invoice, net: dice.cents(5000, true) }] }),
    readings: readings.slice(0, 1).map((rows) => ({
      ...rows,
      values: rows.values.slice(5, 7).map(([at, value]): [string, string] => [at, String(Number(value) + 1)]),
    })),
    premises: (bundle.premises ?? []).map((one) => ({ ...one, headcounts: (one.headcounts ?? []).slice(1) })),
  }
  return { bundle, later, premises: 'talo', months: [first, second] }
}

/** A counter as found in the field: irregular steps, now and then a fall, a roll-over, a meter change, an early end. */
function counterValues(dice: Dice, point: Point, edge: number): ReadingRows['values'] {
  const values: ReadingRows['values'] = []
  const dense = dice.chance(0.3)
  let value = dice.chance(0.3) && point.rollover !== undefined ? 9000 + dice.whole(0, 900) : dice.whole(0, 4000)
  const until = edge + (dice.chance(0.7) ? 76 : dice.whole(10, 62)) * DAY_MS
  let at =
    edge +
    dice.whole(-60, dice.chance(0.9) ? -1 : 20) * DAY_MS +
    dice.whole(0, 95) * QUARTER_MS * (dice.chance(0.5) ? 1 : 0)
  const change = dice.chance(0.2) ? edge + dice.whole(0, 55) * DAY_MS + dice.whole(0, 86_399) * 1000 : null
  while (at < until) {
    if (change !== null && at > change && point.meterChanges === undefined) {
      point.meterChanges = [{ at: instant(change), final: String(value + 1), initial: dice.pick(['0', '12.5']) }]
      value = dice.whole(13, 20)
    }
    values.push([instant(at), dice.chance(0.5) ? value.toFixed(dice.whole(0, 7)) : value])
    if (dice.chance(0.02)) values.push([instant(at), value + 0.25])
    value += dice.whole(0, 4000) / 100
    if (dice.chance(0.004)) value -= 50
    if (point.rollover !== undefined && value >= 10_000) value -= 10_000
    if (value < 0) value = 0
    at += dense
      ? QUARTER_MS * dice.whole(1, 16) + (dice.chance(0.2) ? dice.whole(0, 899_999) : 0)
      : dice.whole(1, 20) * DAY_MS + dice.whole(0, 86_399_999)
  }
  return values
}

/** Values of an interval point with gaps, and some that are sent twice. */
function intervalValues(dice: Dice, point: Point, edge: number): ReadingRows['values'] {
  const step = point.interval === 'PT1H' ? 4 * QUARTER_MS : QUARTER_MS
  const values: ReadingRows['values'] = []
  const missing = dice.pick([0, 0.02, 0.1, 0.3])
  const gapFrom = edge + dice.whole(-1, 70) * DAY_MS
  const gapTo = gapFrom + (dice.chance(0.3) ? dice.whole(1, 35) * DAY_MS : 0)
  for (let at = edge - DAY_MS; at < edge + 66 * DAY_MS; at += step) {
    if (dice.chance(missing) || (at >= gapFrom && at < gapTo)) continue
    values.push([instant(at), dice.decimal(5, 7)])
    if (dice.chance(0.002)) values.push([instant(at), dice.decimal(5, 3)])
  }
  return values
}
