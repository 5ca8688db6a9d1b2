// Turns a folder's buildings and series into a bundle: premises of their own, devices, tariffs, agreements, metered costs.
import type { Agreement, Bundle, Device, MeteredCost, Premises, Rule } from '#domain/registry/bundle.ts'
import type { SimReading } from '#sim/fleet.ts'
import { AGENCY, commonFacts, OWNER, PARTIES, TOWN } from './invented.ts'
import { convertSeries, isPrice } from './metrics.ts'
import type { Building, Series } from './read-series.ts'

export type PlannedPremises = { id: string; building: string; months: string[]; notes: string[] }
export type Plan = { bundle: Bundle; readings: Map<string, SimReading[]>; premises: PlannedPremises[] }

const UNKNOWN_AREA_M2 = 100
/** Data sets whose first row says that an hour is labelled at its end (their year starts with 01:00). */
const END_LABELS = new Set(['NREL RSF 2011'])

/** An id here: the source's name in lower case, every other character a hyphen. */
export const idOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63) || 'x'

/** The metrics that are settled, in order of preference per category: the first that a building has is its main meter. */
const MAINS = [
  {
    category: 'electricity',
    keys: ['building_total_kwh', 'electricity_kwh'],
    tariff: (fi: boolean) => (fi ? 'replay-fi-electricity' : 'replay-electricity'),
  },
  { category: 'heat', keys: ['heat_energy_total_kwh'], tariff: () => 'replay-heat' },
  { category: 'water', keys: ['water_total_l'], tariff: () => 'replay-water' },
] as const
/** Sub-meters of a main meter and the party that each serves; the rest of the building is the remainder. */
const SUBMETERS: Record<string, string> = { plug_loads_kwh: AGENCY, data_center_kwh: TOWN, lighting_kwh: OWNER }

export function makePlan(buildings: ReadonlyMap<string, Building>, allSeries: readonly Series[]): Plan {
  const byBuilding = Map.groupBy(
    allSeries.filter((series) => !isPrice(series)),
    (series) => series.building,
  )
  const plan: Plan = { bundle: commonFacts(allSeries), readings: new Map(), premises: [] }
  for (const [building, series] of byBuilding) addBuilding(plan, building, buildings.get(building), series)
  return plan
}

function addBuilding(plan: Plan, name: string, known: Building | undefined, series: readonly Series[]): void {
  const premises = `replay-${idOf(name)}`.slice(0, 63)
  const timeZone = known?.timeZone ?? (name === 'FI' ? 'Europe/Helsinki' : 'UTC')
  const devices = new Map<string, Device>()
  const notes: string[] = []
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const each of series) {
    const id = `replay-${idOf(each.device)}`.slice(0, 63)
    const { point, readings, note } = convertSeries(each, END_LABELS.has(known?.dataset ?? ''))
    const device = devices.get(id) ?? {
      id,
      name: { en: each.device },
      premises,
      space: null,
      ownership: [{ from: '2000-01-01', to: null, shares: { [OWNER]: '1' } }],
      points: [],
    }
    device.points?.push(point)
    devices.set(id, device)
    const collected = plan.readings.get(id) ?? []
    plan.readings.set(id, collected.concat(readings))
    if (note !== null) notes.push(`${point.key}: ${note}`)
    if (each.missing > 0) notes.push(`${each.metric}: ${each.missing} rows said missing`)
    if (point.kind !== 'counter' && point.kind !== 'interval') continue
    for (const { at } of readings) {
      first = Math.min(first, at)
      // A counter's reading at midnight ends the month before; an interval's begins the month after.
      last = Math.max(last, point.kind === 'counter' ? at - 1 : at)
    }
  }
  // A device's readings go out in order of time, whatever points they are of; rows of one instant keep their order.
  for (const id of devices.keys()) plan.readings.get(id)?.sort((a, b) => a.at - b.at)
  const months = Number.isFinite(first) ? monthsOf(first, last, timeZone) : []
  const from = `${months[0] ?? '2000-01'}-01`
  const costs = meteredCosts(premises, name, [...devices.values()], from)
  plan.bundle.premises?.push(premisesOf(premises, name, known, timeZone, from))
  plan.bundle.devices?.push(...devices.values())
  plan.bundle.meteredCosts?.push(...costs)
  if (costs.length > 0) plan.bundle.agreements?.push(agreementOf(premises, [...devices.values()], from))
  plan.premises.push({
    id: premises,
    building: name,
    months: costs.length > 0 ? months : [],
    notes: [...new Set(notes)],
  })
}

/** The local months from the first to the last instant. */
function monthsOf(first: number, last: number, timeZone: string): string[] {
  const month = (at: number): Temporal.PlainYearMonth =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth()
  const months: string[] = []
  for (let each = month(first); Temporal.PlainYearMonth.compare(each, month(last)) <= 0; each = each.add({ months: 1 }))
    months.push(each.toString())
  return months
}

/** A building of which the area is known is shared half by the agency, a third by the town, the rest common. */
function premisesOf(id: string, name: string, known: Building | undefined, timeZone: string, from: string): Premises {
  const area = known?.areaM2 ?? UNKNOWN_AREA_M2
  const part = (of: number): string => (area * of).toFixed(1)
  return {
    id,
    name: { en: `${name} (real series${known === undefined ? '' : `, ${known.use || known.dataset}`})` },
    timeZone,
    landlord: OWNER,
    spaces: [
      { id: 'agency', use: 'exclusive', areaM2: part(0.5), name: { en: 'Agency' } },
      { id: 'town', use: 'exclusive', areaM2: part(0.3), name: { en: 'Town' } },
      { id: 'owner', use: 'exclusive', areaM2: part(0.05), name: { en: 'Owner' } },
      { id: 'common', use: 'common', areaM2: part(0.15), name: { en: 'Common' } },
    ],
    tenancies: [
      { space: 'agency', organisation: AGENCY, from, to: null },
      { space: 'town', organisation: TOWN, from, to: null },
      { space: 'owner', organisation: OWNER, from, to: null },
    ],
  }
}

function meteredCosts(premises: string, building: string, devices: readonly Device[], from: string): MeteredCost[] {
  return MAINS.flatMap(({ category, keys, tariff }) => {
    for (const key of keys) {
      const device = devices.find((each) =>
        each.points?.some((point) => point.key === key && (point.kind === 'counter' || point.kind === 'interval')),
      )
      if (device === undefined) continue
      return [
        {
          id: `${premises.slice(0, 50)}-${category}`,
          premises,
          category,
          meter: { device: device.id, point: key },
          tariff: tariff(building.startsWith('FI')),
          payer: OWNER,
          from,
          to: null,
        },
      ]
    }
    return []
  })
}

function agreementOf(premises: string, devices: readonly Device[], from: string): Agreement {
  const submeters = devices.flatMap((device) =>
    (device.points ?? []).flatMap((point) =>
      point.key in SUBMETERS
        ? [{ party: SUBMETERS[point.key] ?? OWNER, meter: { device: device.id, point: point.key } }]
        : [],
    ),
  )
  const rules: Rule[] = [{ category: '*', method: { by: 'area' } }]
  if (submeters.length > 0) {
    const meters = Object.fromEntries(submeters.map(({ party, meter }) => [party, [meter]]))
    rules.unshift({ category: 'electricity', method: { by: 'metered', meters, remainder: { by: 'area' } } })
  }
  return {
    id: `${premises.slice(0, 52)}-agreement`,
    premises,
    parties: PARTIES,
    versions: [
      {
        version: 1,
        from,
        to: null,
        rules,
        approvals: PARTIES.map((organisation) => ({ organisation, decision: 'replay' })),
      },
    ],
  }
}
