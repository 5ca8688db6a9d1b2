// Devices and gateways: a row makes a device, or changes what it names of a known one and leaves the rest as it is.
import { pointsOfType } from '#domain/device-types/device-type.ts'
import { findDeviceType, readDeviceType } from '#domain/device-types/library.ts'
import { parseDurationMs } from '#domain/quantity/instant.ts'
import type { Device, DeviceRole, Names, OwnershipRow, Point, RoleRow } from '#domain/registry/bundle.ts'
import { isPointKey } from '#domain/registry/check-values.ts'
import { decimalOfCell, plainWord } from './cells.ts'
import { PREMISES_FIELD, textField } from './fields.ts'
import { createGatewayConnectors } from './gateway-connectors.ts'
import { createGatewayKeys } from './gateway-keys.ts'
import { ROWS_PER_STEP, type ImportRules, type Sheet } from './rules.ts'
import { createFinder, type Finder, type RowReader } from './row-reader.ts'

const ROLE_FIELDS = ['holder', 'maintainer', 'payer', 'dataHolder', 'user'] as const satisfies DeviceRole[]
const POINT_KINDS: readonly string[] = ['counter', 'interval', 'gauge', 'state']
/** Points that one cell may list. */
const POINTS_LIMIT = 200

export const DEVICE_RULES: ImportRules = {
  fields: [
    {
      key: 'id',
      form: 'id',
      required: true,
      words: ['tunnus', 'laitetunnus', 'laite', 'beteckning', 'device', 'device id', 'identifier'],
    },
    textField('name', ['nimi', 'laitteen nimi', 'name fi', 'nimi fi']),
    textField('nameSv', ['namn', 'name sv', 'nimi sv', 'nimi ruotsiksi', 'namn på svenska', 'name in swedish']),
    textField('nameEn', ['name en', 'nimi en', 'nimi englanniksi', 'namn på engelska', 'name in english']),
    { ...PREMISES_FIELD, words: ['kiinteistö', 'toimitila', 'rakennus', 'building', 'fastighet', 'lokal', 'byggnad'] },
    { key: 'space', form: 'id', words: ['tila', 'huone', 'room', 'utrymme', 'rum'] },
    textField('type', [
      'tyyppi',
      'laitetyyppi',
      'laji',
      'laitelaji',
      'typ',
      'enhetstyp',
      'slag',
      'device type',
      'kind',
    ]),
    textField('brick', ['brick class', 'brick-luokka', 'brick-klass']),
    textField('serial', ['sarjanumero', 'serienummer', 'serial number', 'sn']),
    textField('manufacturer', ['valmistaja', 'tillverkare', 'make', 'brand']),
    textField('model', ['malli', 'modell']),
    textField('owners', [
      'omistaja',
      'omistajat',
      'omistus',
      'omistusosuudet',
      'omistajat ja osuudet',
      'ägare',
      'ägarandelar',
      'ägare och andelar',
      'owner',
      'ownership',
      'owner shares',
      'owners and shares',
    ]),
    { key: 'holder', form: 'organisation', words: ['haltija', 'innehavare'] },
    {
      key: 'maintainer',
      form: 'organisation',
      words: ['ylläpitäjä', 'huoltaja', 'huolto', 'underhållare', 'underhåll'],
    },
    { key: 'payer', form: 'organisation', words: ['maksaja', 'betalare'] },
    {
      key: 'dataHolder',
      form: 'organisation',
      words: ['tiedon haltija', 'datahållare', 'datainnehavare', 'innehavare av data', 'data holder'],
    },
    { key: 'user', form: 'organisation', words: ['käyttäjä', 'användare'] },
    {
      key: 'from',
      form: 'date',
      words: [
        'alkaen',
        'alkaa',
        'käyttöönotto',
        'käyttöönottopäivä',
        'från',
        'börjar',
        'ibruktagning',
        'in use from',
        'start',
        'starts',
      ],
    },
    textField('interval', ['lähetysväli', 'sändningsintervall', 'expected interval', 'sending interval']),
    textField('gateway', [
      'yhdyskäytävä',
      'liitin',
      'yhdyskäytävä tai liitin',
      'nätsluss',
      'koppling',
      'nätsluss eller koppling',
      'gateway id',
      'connector',
      'gateway or connector',
    ]),
    textField('key', [
      'avain',
      'avain yhdyskäytävässä',
      'laiteavain',
      'laitteen avain yhdyskäytävässä',
      'nyckel',
      'nyckel i nätslussen',
      'enhetens nyckel i nätslussen',
      'device key',
      'device key behind the gateway',
      'eui',
      'deveui',
      'dev eui',
      'ieee',
    ]),
    textField('codec', [
      'tulkinta',
      'viestien muoto',
      'tolkning',
      'meddelandeformat',
      'payload family',
      'payload family of the gateway',
      'protocol',
    ]),
    textField('topicFilter', [
      'aihe',
      'aiheet',
      'mqtt-aihe',
      'mqtt-aiheet',
      'ämne',
      'ämnen',
      'mqtt-ämne',
      'mqtt-ämnen',
      'topic',
      'mqtt topic',
      'mqtt topics',
    ]),
    textField('points', ['pisteet', 'mittauspisteet', 'suureet', 'mätpunkter', 'metrics']),
  ],
  *read(sheet) {
    const find = createFinder(sheet.known)
    const gateways = createGatewayConnectors(sheet.known.connectors)
    const read: [RowReader, Device][] = []
    const devices: Device[] = []
    const rowOf = new Map<string, number>()
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      const device = deviceOf(row, sheet, find)
      if (device === null) continue
      const twin = rowOf.get(device.id)
      if (twin !== undefined) {
        row.tell(
          'id',
          'duplicate-id',
          `Row ${twin} is the same device ${device.id}. Leave one of them out, or give it another id.`,
        )
        continue
      }
      rowOf.set(device.id, row.row)
      gateways.read(row, device)
      read.push([row, device])
      sheet.origin.set(`/devices/${devices.length}`, row.row)
      devices.push(device)
    }
    // A gateway may stand below the devices behind it.
    const keys = createGatewayKeys([...sheet.known.connectors, ...gateways.made.map(({ connector }) => connector)])
    for (const [row, device] of read) keys.read(row, device)
    sheet.connectors.push(...gateways.made)
    tellSerials(devices, rowOf, sheet)
    sheet.bundle.devices = devices
    sheet.mappings.push(...keys.mappings)
  },
}

function deviceOf(row: RowReader, { known }: Sheet, find: Finder): Device | null {
  const id = row.id('id')
  const premises = row.premises()
  const space = row.id('space')
  const [name, nameSv, nameEn] = [row.text('name'), row.text('nameSv'), row.text('nameEn')]
  const plain = {
    type: typeOf(row.text('type')),
    brick: row.text('brick'),
    serial: row.text('serial'),
    manufacturer: row.text('manufacturer'),
    model: row.text('model'),
  }
  const from = row.date('from') ?? known.today
  const before = id === null ? undefined : known.devices.get(id)
  if (before !== undefined && premises !== null && before.premises !== premises.id)
    row.tell('id', 'known-elsewhere', `${id} is a device of ${before.premises}. Give this one another id.`)
  if (space !== null && premises !== null && !(premises.spaces ?? []).some((one) => one.id === space))
    row.tell('space', 'unknown-id', `${premises.id} has no space ${space}. Import the spaces first, or leave it empty.`)
  const ownership = ownershipOf(row, find, from, before)
  const roles = rolesOf(row, from, before)
  const points = pointsOf(row, plain.type, before)
  const interval = row.text('interval')
  if (interval !== null && parseDurationMs(interval) === null)
    row.tell('interval', 'invalid-interval', `“${interval.slice(0, 40)}” is no duration. Write it as PT15M or PT1H.`)
  if (row.failed() || id === null || premises === null) return null
  const names: Names = {
    ...before?.name,
    ...(name === null ? {} : { fi: name }),
    ...(nameSv === null ? {} : { sv: nameSv }),
    ...(nameEn === null ? {} : { en: nameEn }),
  }
  const library = findDeviceType(plain.type)
  const given = Object.fromEntries(Object.entries(plain).filter(([, text]) => text !== null)) as Partial<Device>
  return {
    // What the type says, where neither the row nor the device says otherwise.
    ...(library === null ? {} : { brick: library.brick, expectedInterval: library.expectedInterval }),
    ...before,
    id,
    ...(Object.keys(names).length === 0 ? {} : { name: names }),
    premises: premises.id,
    ...(space === null ? {} : { space }),
    ...given,
    ...(ownership === undefined ? {} : { ownership }),
    ...(roles === undefined ? {} : { roles }),
    ...(points === undefined ? {} : { points }),
    ...(interval === null ? {} : { expectedInterval: interval }),
  }
}

/** The id of a type of the library where the cell has its id or its name; else what stands there. */
const typeOf = (text: string | null): string | null => (text === null ? null : (readDeviceType(text)?.id ?? text))

/** `kunta 60; virasto 40`, `kunta:2, virasto:1` or one owner alone. What was before ends on the day from which this holds. */
function ownershipOf(
  row: RowReader,
  find: Finder,
  from: string,
  before: Device | undefined,
): OwnershipRow[] | undefined {
  const text = row.text('owners')
  if (text === null) return undefined
  const shares: Record<string, string> = {}
  for (const part of text.split(/[;|]|,(?=\s*\p{L})/u)) {
    const match = /^\s*(.+?)(?:[\s:=]+([\d.,]+)\s*%?)?\s*$/u.exec(part)
    const owner = match === null ? undefined : (find.organisation(match[1]!) ?? find.organisation(part.trim()))
    const share = match?.[2] === undefined ? '1' : decimalOfCell(match[2])
    if (owner === undefined) {
      row.tell(
        'owners',
        'unknown-id',
        `No organisation is known as “${(match?.[1] ?? part).slice(0, 80)}”. Write shares as: kunta 60; virasto 40.`,
      )
      return undefined
    }
    if (share === null || share === '0' || Object.hasOwn(shares, owner.id)) {
      row.tell(
        'owners',
        'invalid-number',
        `The share of ${owner.id} is no number above zero, or stands twice. Write shares as: kunta 60; virasto 40.`,
      )
      return undefined
    }
    shares[owner.id] = share
  }
  const stored = before?.ownership ?? []
  const open = stored.find(({ to }) => to === null)
  if (open !== undefined && sameShares(open.shares, shares)) return stored
  const kept = stored
    .filter((one) => one.from < from)
    .map((one) => (one.to === null || one.to > from ? { ...one, to: from } : one))
  return [...kept, { from, to: null, shares }]
}
const sameShares = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([id, share]) => b[id] === share)

function rolesOf(row: RowReader, from: string, before: Device | undefined): RoleRow[] | undefined {
  let roles: RoleRow[] | undefined
  for (const role of ROLE_FIELDS) {
    const organisation = row.organisation(role)
    if (organisation === null) continue
    const stored: RoleRow[] = roles ?? before?.roles ?? []
    roles = stored.some((one) => one.role === role && one.organisation === organisation && one.to === null)
      ? stored
      : [
          ...stored.flatMap((one): RoleRow[] =>
            one.role !== role || (one.to !== null && one.to <= from)
              ? [one]
              : one.from < from
                ? [{ ...one, to: from }]
                : [],
          ),
          { role, organisation, from, to: null },
        ]
  }
  return roles
}

/** `energy kWh counter; power kW gauge; load kWh interval PT15M`; without it those of the type, and those that it has stay. */
function pointsOf(row: RowReader, type: string | null, before: Device | undefined): Point[] | undefined {
  const text = row.text('points')
  if (text === null) {
    const library = findDeviceType(type)
    return library === null || (before?.points ?? []).length > 0 ? undefined : pointsOfType(library)
  }
  const points = new Map((before?.points ?? []).map((point) => [point.key, point]))
  const parts = text
    .split(/[;|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.length > POINTS_LIMIT)
    row.tell('points', 'out-of-range', `More than ${POINTS_LIMIT} points stand in one cell.`)
  for (const part of parts.slice(0, POINTS_LIMIT)) {
    const point = pointOf(part)
    if (point === null) {
      row.tell(
        'points',
        'unknown-point',
        `“${part.slice(0, 80)}” is no point. Write key, unit and kind: energy kWh counter; load kWh interval PT15M.`,
      )
      return undefined
    }
    points.set(point.key, { ...points.get(point.key), ...point })
  }
  return [...points.values()]
}
function pointOf(part: string): Point | null {
  const [key = '', ...words] = part.split(/[\s:]+/)
  const interval = words.find((word) => word === 'PT15M' || word === 'PT1H') as Point['interval']
  const kind = words.find((word) => POINT_KINDS.includes(word.toLowerCase()))?.toLowerCase()
  const units = words.filter((word) => word !== interval && word.toLowerCase() !== kind)
  if (!isPointKey(key) || units.length > 1) return null
  const [unit] = units
  return {
    key,
    ...(unit === undefined ? {} : { unit }),
    ...(kind === undefined ? (interval === undefined ? {} : { kind: 'interval' }) : { kind }),
    ...(interval === undefined ? {} : { interval }),
  }
}

/** Two devices with one serial number are usually one device written twice. */
function tellSerials(devices: readonly Device[], rowOf: ReadonlyMap<string, number>, { known, tell }: Sheet): void {
  const owner = new Map<string, string>()
  const keyOf = (device: Device): string => `${plainWord(device.manufacturer ?? '')}/${plainWord(device.serial ?? '')}`
  const news = new Set(devices.map(({ id }) => id))
  for (const device of known.devices.values())
    if (device.serial !== undefined && !news.has(device.id)) owner.set(keyOf(device), device.id)
  for (const device of devices) {
    if (device.serial === undefined) continue
    const key = keyOf(device)
    const other = owner.get(key)
    if (other !== undefined)
      tell(
        rowOf.get(device.id) ?? 0,
        'serial',
        'duplicate',
        `${other} has the serial number ${device.serial} too.`,
        'warning',
      )
    owner.set(key, device.id)
  }
}
