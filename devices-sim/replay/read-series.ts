// Reads the tidy CSV form: ts_*.csv with ts_utc,building_id,device_id,metric,value,unit,quality, and buildings.csv.
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** One metric of one device of one building, in the order of the file; `missing` counts rows that say so and have no value. */
export type Series = {
  building: string
  device: string
  metric: string
  unit: string
  rows: [at: number, value: string][]
  missing: number
}
export type Building = { id: string; dataset: string; use: string; areaM2: number | null; timeZone: string }

const HEADER = 'ts_utc,building_id,device_id,metric,value,unit,quality'
const MAX_ROWS = 20_000_000
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** All series of a folder's ts_*.csv files. Throws with file and line where the form is broken. */
export async function readSeries(folder: string): Promise<Series[]> {
  const files = readdirSync(folder)
    .filter((name) => name.startsWith('ts_') && name.endsWith('.csv'))
    .sort()
  const all = new Map<string, Series>()
  let count = 0
  for (const file of files) {
    let number = 0
    for await (const line of createInterface({
      input: createReadStream(join(folder, file)),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      number++
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line
      if (text === '') continue
      if (number === 1) {
        if (text !== HEADER) throw new Error(`${file}: the first line must be ${HEADER}`)
        continue
      }
      if (++count > MAX_ROWS) throw new Error(`${folder} has more than ${MAX_ROWS} rows: replay it in parts`)
      addRow(all, parseCsvLine(text), `${file} line ${number}`)
    }
  }
  return [...all.values()]
}

function addRow(all: Map<string, Series>, cells: string[], place: string): void {
  const [ts = '', building = '', device = '', metric = '', value = '', unit = '', quality = ''] = cells
  if (cells.length !== 7 || device === '' || metric === '') throw new Error(`${place}: seven columns are needed`)
  if (!INSTANT.test(ts)) throw new Error(`${place}: ${ts} is no instant with offset`)
  const name = `${building}\n${device}\n${metric}`
  let series = all.get(name)
  if (series === undefined) all.set(name, (series = { building, device, metric, unit, rows: [], missing: 0 }))
  if (quality === 'missing' || value === '') series.missing++
  else series.rows.push([Date.parse(ts), value])
}

/** Cells of one line; a quoted cell may hold commas and doubled quotes. */
export function parseCsvLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i]
    if (quoted && char === '"' && line[i + 1] === '"') {
      cell += '"'
      i++
    } else if (char === '"') quoted = !quoted
    else if (char === ',' && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  return [...cells, cell]
}

/** buildings.csv by id; empty without the file. */
export function readBuildings(folder: string): Map<string, Building> {
  const file = join(folder, 'buildings.csv')
  if (!existsSync(file)) return new Map()
  const [header = '', ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  const columns = parseCsvLine(header)
  const buildings = new Map<string, Building>()
  for (const line of lines.filter((each) => each !== '')) {
    const cells = parseCsvLine(line)
    const cell = (name: string): string => (cells[columns.indexOf(name)] ?? '').trim()
    const id = cell('building_id')
    const area = Number(cell('sqm'))
    buildings.set(id, {
      id,
      dataset: cell('dataset'),
      use: cell('sub_use') || cell('use'),
      areaM2: area > 0 ? area : null,
      timeZone: timeZoneOf(id, cell('timezone_used')),
    })
  }
  return buildings
}

/** Where the source gives only UTC or an offset, the country at the start of the building's id decides. */
const COUNTRY_ZONES: Record<string, string> = {
  FI: 'Europe/Helsinki',
  DK: 'Europe/Copenhagen',
  ES: 'Europe/Madrid',
  BE: 'Europe/Brussels',
}

/** A time zone that Temporal knows: the one used, a fixed offset as Etc/GMT±h, or the country's. */
export function timeZoneOf(building: string, used: string): string {
  if (/^[A-Z][A-Za-z]+\/[A-Za-z_/]+$/.test(used)) return used
  const fixed = /^UTC([+-])(\d\d):00 fixed$/.exec(used)
  // POSIX turns the sign round: seven hours behind UTC is Etc/GMT+7.
  if (fixed !== null) return `Etc/GMT${fixed[1] === '-' ? '+' : '-'}${Number(fixed[2])}`
  return COUNTRY_ZONES[building.split('-')[0] ?? ''] ?? 'UTC'
}
