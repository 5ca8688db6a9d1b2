// Finnish public holidays and the eves on which offices are closed, computed for any year.

export type Holiday = {
  date: string
  name: string
  /** A day off by custom or collective agreement, not by law. */ eve: boolean
}

const DAY_MS = 86_400_000

/** Easter Sunday as days since 1970-01-01 (Gregorian computus by century corrections). */
function easterDay(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const leapSkips = century - Math.floor(century / 4)
  const moonShift = Math.floor((8 * century + 13) / 25)
  const epact = (19 * golden + leapSkips - moonShift + 15) % 30
  const fullMoon = epact - (epact === 29 || (epact === 28 && golden > 10) ? 1 : 0)
  const march21 = Date.UTC(year, 2, 21) / DAY_MS
  const moonDay = march21 + fullMoon
  // The Sunday after the full moon: 1970-01-01 was a Thursday, so Sundays are the days ≡ 3 (mod 7).
  return moonDay + 7 - ((moonDay - 3) % 7)
}

/** The first day of the weekday (1 Monday … 7 Sunday) at or after a date, as days since 1970-01-01. */
function weekdayFrom(year: number, month: number, day: number, weekday: number): number {
  const start = Date.UTC(year, month - 1, day) / DAY_MS
  const startWeekday = ((start + 3) % 7) + 1
  return start + ((weekday - startWeekday + 7) % 7)
}

const isoDate = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The holidays of one year in date order (Act 388/1937 and the church holidays; eves are marked). */
export function finnishHolidays(year: number): Holiday[] {
  const easter = easterDay(year)
  const fixed = (month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY_MS
  const midsummer = weekdayFrom(year, 6, 20, 6)
  const days: [number, string, boolean][] = [
    [fixed(1, 1), 'uudenvuodenpäivä', false],
    [fixed(1, 6), 'loppiainen', false],
    [easter - 2, 'pitkäperjantai', false],
    [easter, 'pääsiäispäivä', false],
    [easter + 1, 'toinen pääsiäispäivä', false],
    [fixed(5, 1), 'vappu', false],
    [easter + 39, 'helatorstai', false],
    [easter + 49, 'helluntaipäivä', false],
    [midsummer - 1, 'juhannusaatto', true],
    [midsummer, 'juhannuspäivä', false],
    [weekdayFrom(year, 10, 31, 6), 'pyhäinpäivä', false],
    [fixed(12, 6), 'itsenäisyyspäivä', false],
    [fixed(12, 24), 'jouluaatto', true],
    [fixed(12, 25), 'joulupäivä', false],
    [fixed(12, 26), 'tapaninpäivä', false],
  ]
  return days.sort((a, b) => a[0] - b[0]).map(([day, name, eve]) => ({ date: isoDate(day), name, eve }))
}

/** Whether offices are open on a local day (days since 1970-01-01): Monday to Friday, no holiday and no eve. */
export function createWorkdays(): (day: number) => boolean {
  const closed = new Map<number, Set<number>>()
  return (day) => {
    const weekday = (((day + 3) % 7) + 7) % 7
    if (weekday >= 5) return false
    const year = new Date(day * DAY_MS).getUTCFullYear()
    let days = closed.get(year)
    if (days === undefined) {
      days = new Set(finnishHolidays(year).map((holiday) => Date.parse(holiday.date) / DAY_MS))
      closed.set(year, days)
    }
    return !days.has(day)
  }
}
