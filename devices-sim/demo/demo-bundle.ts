// The demonstration as a bundle for the day on which it runs: fixed facts with their dates, and the past months' prices,
// invoices, usage records and the meter that was changed.
import { readFileSync } from 'node:fs'
import type { Bundle, Invoice, UsageRecord, Vat } from '#domain/registry/bundle.ts'
import { createFleet, type Fleet } from '#sim/fleet.ts'
import { createLocalClock } from '#sim/local-clock.ts'
import { hashName, randomAt } from '#sim/random.ts'
import { isShared } from '#sim/models/sessions.ts'
import { resolveDates } from './relative-dates.ts'
import { spotPrices } from './spot-prices.ts'

export const DEMO_SEED = 2026
export const DEMO_PREMISES = 'virastotalo'
const TIME_ZONE = 'Europe/Helsinki'
const PAST_MONTHS = 13
/** The sub-meter that was replaced: when, and with which readings is worked out from what it had counted. */
const CHANGED_METER = { device: 'em-vero', point: 'energy', month: 5, at: '14T09:30:00Z' }

const monthOf = (at: number): Temporal.PlainYearMonth =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toPlainYearMonth()
const firstInstant = (month: Temporal.PlainYearMonth): number =>
  month.toPlainDate({ day: 1 }).toZonedDateTime(TIME_ZONE).epochMilliseconds

/** The first instant of the demonstration when it is first started at `now`: the local month 13 months before. Keep it: later starts need the same. */
export const demoStart = (now: Date): number => firstInstant(monthOf(now.getTime()).subtract({ months: PAST_MONTHS }))

/**
 * The whole demonstration at `now`, a pure function of both instants. `start` (ms) is that of the first start, so that a later
 * call gives the same facts and only adds what happened since. Prices reach to the end of next month. Without readings.
 */
export function demoBundle(now: Date, start: number = demoStart(now)): Bundle {
  return { ...demoFacts(start), ...demoAdditions(start, now, start) }
}

/** What the passing of time adds from `from` (ms) to `now`: prices, invoices, usage records. */
export function demoAdditions(from: number, now: Date, start: number): Bundle {
  const to = now.getTime()
  const prices = spotPrices(DEMO_SEED, from, firstInstant(monthOf(to).add({ months: 2 })))
  return {
    priceSeries: [{ id: 'demo-spot', unit: 'EUR/MWh', values: prices }],
    invoices: invoices(start, from, to),
    usage: usage(demoFleet(demoFacts(start)), from, to),
  }
}

/** The simulated devices of the demonstration, as they have counted since its start. */
export const demoFleet = (bundle: Bundle): Fleet => createFleet(bundle, { seed: DEMO_SEED })

/** The facts with absolute dates and the meter change filled in: all but what the passing of time adds. */
export function demoFacts(start: number): Bundle {
  const month = monthOf(start)
  const template: Bundle = JSON.parse(readFileSync(new URL('./virastotalo.json', import.meta.url), 'utf8'))
  const facts = resolveDates(template, month.toString())
  const point = facts.devices
    ?.find((device) => device.id === CHANGED_METER.device)
    ?.points?.find((each) => each.key === CHANGED_METER.point)
  if (point !== undefined) {
    const at = `${month.add({ months: CHANGED_METER.month }).toString()}-${CHANGED_METER.at}`
    const final = demoFleet(facts).show(CHANGED_METER.device, CHANGED_METER.point, Date.parse(at))
    point.meterChanges = [{ at, final: String(final), initial: '0' }]
  }
  return facts
}

const TAXED: Vat = { category: 'S', rate: '25.5', basis: 'Yleinen verokanta / allmän skattesats (AVL 84 §)' }
/** Invoices that come again: category, supplier, payer, cents on average, in which months of the year, for how many months. */
const INVOICES: {
  id: string
  category: string
  supplier: string
  payer: string
  meanCents: number
  months: number[]
  covers: number
  device?: string
}[] = [
  {
    id: 'jatehuolto',
    category: 'waste',
    supplier: 'Koillisen Jätehuolto (esimerkki)',
    payer: 'kuusamo',
    meanCents: 31_840,
    months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    covers: 1,
  },
  {
    id: 'tulostus',
    category: 'printing',
    supplier: 'Koillistieto Oy (esimerkki)',
    payer: 'vero',
    meanCents: 18_960,
    months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    covers: 1,
  },
  {
    id: 'kokoustilat',
    category: 'meeting-rooms',
    supplier: 'Kokousväline Oy (esimerkki)',
    payer: 'kuusamo',
    meanCents: 14_500,
    months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    covers: 1,
  },
  {
    id: 'lataus',
    category: 'ev-charging',
    supplier: 'Latausoperaattori (esimerkki)',
    payer: 'kuusamo',
    meanCents: 9_900,
    months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    covers: 1,
  },
  {
    id: 'hissihuolto',
    category: 'maintenance',
    supplier: 'Nostin Oy (esimerkki)',
    payer: 'kuusamo',
    meanCents: 48_700,
    months: [3, 6, 9, 12],
    covers: 3,
    device: 'lift-1',
  },
  {
    id: 'lumityot',
    category: 'snow',
    supplier: 'Rukan Talohuolto Oy (esimerkki)',
    payer: 'kuusamo',
    meanCents: 126_000,
    months: [1, 2, 3, 4, 11, 12],
    covers: 1,
  },
  {
    id: 'ikkunanpesu',
    category: 'cleaning',
    supplier: 'Kirkas Oy (esimerkki)',
    payer: 'kuusamo',
    meanCents: 212_000,
    months: [6],
    covers: 1,
  },
  {
    id: 'ruokalan-laitehuolto',
    category: 'canteen',
    supplier: 'Keittiöhuolto Oy (esimerkki)',
    payer: 'kuusamo',
    meanCents: 36_400,
    months: [2, 8],
    covers: 1,
  },
]

/** The invoices whose service ended within (from, to], each dated by the month it covers. */
function invoices(start: number, from: number, to: number): Invoice[] {
  const list: Invoice[] = []
  for (let month = monthOf(start); firstInstant(month.add({ months: 1 })) <= to; month = month.add({ months: 1 })) {
    if (firstInstant(month.add({ months: 1 })) <= from) continue
    for (const each of INVOICES) {
      if (!each.months.includes(month.month)) continue
      const key = hashName(DEMO_SEED, each.id)
      const cents = Math.round(each.meanCents * (0.82 + 0.36 * randomAt(key, month.year * 12 + month.month)))
      list.push({
        id: `${each.id}-${month.toString()}`,
        premises: DEMO_PREMISES,
        category: each.category,
        net: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
        vat: TAXED,
        payer: each.payer,
        serviceFrom: month
          .subtract({ months: each.covers - 1 })
          .toPlainDate({ day: 1 })
          .toString(),
        serviceTo: month.add({ months: 1 }).toPlainDate({ day: 1 }).toString(),
        device: each.device ?? null,
        number: `${month.year}${String(month.month).padStart(2, '0')}${String(1 + (key % 8999)).padStart(4, '0')}`,
        supplier: each.supplier,
      })
    }
  }
  return list
}

/** The sessions of booths, meeting rooms and chargers that ended within (from, to]. */
function usage(fleet: Fleet, from: number, to: number): UsageRecord[] {
  const clock = createLocalClock(TIME_ZONE)
  const instant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')
  const records: UsageRecord[] = []
  for (const device of fleet.devices.filter(isShared)) {
    for (let day = clock.day(from); day <= clock.day(to); day++) {
      for (const session of fleet.sessions(device.id, day)) {
        if (session.to <= from || session.to > to) continue
        records.push({
          device: device.id,
          organisation: session.organisation,
          from: instant(session.from),
          to: instant(session.to),
        })
      }
    }
  }
  return records
}
