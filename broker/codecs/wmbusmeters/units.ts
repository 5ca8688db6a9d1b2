// Units of wmbusmeters: the last part of a key names the unit (its documentation of drivers and units).

const SUFFIXES = new Map(
  Object.entries({
    kwh: 'kWh',
    mj: 'MJ',
    gj: 'GJ',
    kvarh: 'kvarh',
    kvah: 'kV·Ah',
    m3c: 'm3·°C',
    kw: 'kW',
    w: 'W',
    kvar: 'kvar',
    kva: 'kV·A',
    m3ch: 'm3·°C/h',
    m3: 'm3',
    l: 'l',
    m3h: 'm3/h',
    lh: 'l/h',
    c: '°C',
    k: 'K',
    f: '°F',
    v: 'V',
    a: 'A',
    hz: 'Hz',
    pa: 'Pa',
    bar: 'bar',
    rh: '%',
    pct: '%',
    ppm: 'ppm',
    ppb: 'ppb',
    lux: 'lx',
    hca: 'hca',
    s: 's',
    min: 'min',
    h: 'h',
    d: 'd',
    month: 'month',
    y: 'a',
    m: 'm',
    kg: 'kg',
    deg: '°',
    rad: 'rad',
  }),
)
const DATES = new Set(['date', 'datetime', 'time', 'ut', 'utc', 'lt'])

/** The unit of a key, or null when it has none (a counter, a factor, a text). */
export function unitOfKey(key: string): string | null {
  return SUFFIXES.get(suffixOf(key)) ?? null
}

/** Whether the key holds a date or time of the meter's calendar (no offset from UTC, so no instant). */
export function isDateKey(key: string): boolean {
  return DATES.has(suffixOf(key)) || /(?:^|_)(?:date|datetime)_\d+$/.test(key)
}

function suffixOf(key: string): string {
  return key.slice(key.lastIndexOf('_') + 1)
}
