// What the replay invents around real series: parties and tariffs; the Finnish tariff takes the folder's own exchange prices.
import type { Bundle, PriceSeries, Tariff, TariffComponent, TariffVersion } from '#domain/registry/bundle.ts'
import type { Series } from './read-series.ts'

export const OWNER = 'replay-owner'
export const AGENCY = 'replay-agency'
export const TOWN = 'replay-town'
export const PARTIES = [OWNER, AGENCY, TOWN]
const SPOT = 'replay-fi-spot'
const VAT = { category: 'S', rate: '25.5', basis: 'invented for the replay' } as const

/** Invented parties and tariffs; the spot prices are those of the folder. */
export function commonFacts(allSeries: readonly Series[]): Bundle {
  const prices = priceSeries(allSeries)
  return {
    organisations: [
      {
        id: OWNER,
        name: { fi: 'Toiston omistaja (esimerkki)', sv: 'Ägare (exempel)', en: 'Replay owner (example)' },
        kind: 'company',
      },
      {
        id: AGENCY,
        name: { fi: 'Toistovirasto (esimerkki)', sv: 'Ämbetsverk (exempel)', en: 'Replay agency (example)' },
        kind: 'agency',
      },
      {
        id: TOWN,
        name: { fi: 'Toistokunta (esimerkki)', sv: 'Kommun (exempel)', en: 'Replay town (example)' },
        kind: 'municipality',
      },
    ],
    premises: [],
    devices: [],
    priceSeries: prices === null ? [] : [prices],
    tariffs: [
      tariff('replay-electricity', 'kWh', [
        { id: 'energy', kind: 'energy', price: '0.1150' },
        { id: 'base', kind: 'fixed', amount: '25.00' },
      ]),
      ...(prices === null ? [tariff('replay-fi-electricity', 'kWh', FINNISH_FIXED)] : [spotTariff(prices)]),
      tariff('replay-heat', 'MWh', [
        { id: 'energy', kind: 'energy', price: '78.40' },
        { id: 'capacity', kind: 'fixed', amount: '42.00' },
      ]),
      tariff('replay-water', 'm3', [
        { id: 'water', kind: 'stepped', steps: [{ upTo: '10', price: '1.90' }, { price: '2.10' }] },
        { id: 'waste-water', kind: 'energy', price: '2.80' },
        { id: 'base', kind: 'fixed', amount: '6.00' },
      ]),
    ],
    agreements: [],
    meteredCosts: [],
  }
}

const tariff = (id: string, unit: string, components: TariffComponent[]): Tariff => ({
  id,
  unit,
  versions: [{ from: '2000-01-01', to: null, vat: VAT, components }],
})
const FINNISH_PARTS: TariffComponent[] = [
  { id: 'transfer-day', kind: 'energy', price: '0.0312', when: { from: '07:00', to: '22:00' } },
  { id: 'transfer-night', kind: 'energy', price: '0.0156', when: { from: '22:00', to: '07:00' } },
  { id: 'electricity-tax', kind: 'energy', price: '0.02253' },
  { id: 'base', kind: 'fixed', amount: '9.90' },
]
const FINNISH_FIXED: TariffComponent[] = [{ id: 'energy', kind: 'energy', price: '0.0799' }, ...FINNISH_PARTS]

/** Exchange price in the months for which the folder has prices (nearly whole ones), a fixed price in all others. */
function spotTariff(prices: PriceSeries): Tariff {
  const hours = new Map<string, Set<number>>()
  for (const [instant] of prices.values ?? []) {
    const at = Date.parse(instant)
    const month = Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO('Europe/Helsinki')
      .toPlainDate()
      .toPlainYearMonth()
      .toString()
    const known = hours.get(month) ?? new Set()
    hours.set(month, known.add(Math.floor(at / 3_600_000)))
  }
  const covered = [...hours].filter(([, each]) => each.size >= 27 * 24).map(([month]) => month)
  const versions: TariffVersion[] = []
  let from = '2000-01-01'
  for (const month of covered.sort()) {
    const start = `${month}-01`
    const end = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 1 }).toString()
    const last = versions.at(-1)
    if (last !== undefined && last.to === start && last.components[0]?.kind === 'spot') last.to = end
    else {
      if (from !== start) versions.push({ from, to: start, vat: VAT, components: FINNISH_FIXED })
      versions.push({
        from: start,
        to: end,
        vat: VAT,
        components: [{ id: 'spot', kind: 'spot', series: SPOT, margin: '0.0042' }, ...FINNISH_PARTS],
      })
    }
    from = end
  }
  versions.push({ from, to: null, vat: VAT, components: FINNISH_FIXED })
  return { id: 'replay-fi-electricity', unit: 'kWh', versions }
}

function priceSeries(allSeries: readonly Series[]): PriceSeries | null {
  const rows = allSeries
    .filter(
      (series) =>
        series.unit === 'EUR/MWh' && (series.metric === 'spot_price_60min' || series.metric === 'spot_price_15min'),
    )
    .flatMap((series) =>
      series.rows.map(([at, value]) => ({ at, value, interval: series.metric.endsWith('15min') ? 'PT15M' : 'PT1H' })),
    )
  if (rows.length === 0) return null
  return {
    id: SPOT,
    unit: 'EUR/MWh',
    values: rows.map(({ at, value, interval }) => [new Date(at).toISOString().replace('.000Z', 'Z'), interval, value]),
  }
}
