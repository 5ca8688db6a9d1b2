// The quarters that a tariff's `when` matches: months, weekdays and local clock times.
import type { When } from '#domain/registry/bundle.ts'
import { weekday } from '#domain/quantity/local-date.ts'
import { QUARTERS_OF_DAY } from '#domain/quantity/quarters.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'

/** Clock quarter of `07:15`, up to `24:00`; null when it is not on a quarter. */
export function parseClockQuarter(text: string): number | null {
  const m = /^(\d{2}):(00|15|30|45)$/.exec(text)
  if (m === null) return null
  const quarter = Number(m[1]) * 4 + Number(m[2]) / 15
  return quarter <= QUARTERS_OF_DAY ? quarter : null
}

/** 1 for each quarter that matches. `to` before `from` wraps: what comes after midnight belongs to the day on which it falls. */
export function quartersWhen(when: When, quarters: Quarters): Uint8Array {
  const mask = new Uint8Array(quarters.count)
  const month = Number(quarters.month.slice(5))
  if (when.months !== undefined && !when.months.includes(month)) return mask
  const from = when.from === undefined ? 0 : parseClockQuarter(when.from)!
  const to = when.to === undefined ? QUARTERS_OF_DAY : parseClockQuarter(when.to)!
  const byClock = Uint8Array.from({ length: QUARTERS_OF_DAY }, (_, clock) =>
    Number(from === to || (from < to ? from <= clock && clock < to : clock >= from || clock < to)),
  )
  const byDay = Uint8Array.from({ length: quarters.dayFirst.length - 1 }, (_, day) =>
    Number(when.days === undefined || when.days.includes(weekday(quarters.firstDay + day))),
  )
  for (let q = 0; q < quarters.count; q += 1) mask[q] = byClock[quarters.clock[q]!]! & byDay[quarters.day[q]!]!
  return mask
}
