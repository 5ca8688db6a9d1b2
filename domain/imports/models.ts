// A building model (Brick, RealEstateCore): its rows complete the spaces, devices and points of a premises; what is not understood is told.
import { classOfDevice, isKnownClass, isPlainSpace, typeOfClass } from '#domain/models/classes.ts'
import { nameOfUnit } from '#domain/models/units.ts'
import type { Device, Names, Point, Premises, Space } from '#domain/registry/bundle.ts'
import { isId, isPointKey } from '#domain/registry/check-values.ts'
import { idOfText } from './cells.ts'
import { PREMISES_FIELD, textField } from './fields.ts'
import { ROWS_PER_STEP, type ImportRules, type Sheet } from './rules.ts'
import type { RowReader } from './row-reader.ts'

const WHAT = ['premises', 'space', 'device', 'point', 'left'] as const
const SETTLED: readonly string[] = ['counter', 'interval']

type Draft = {
  row: RowReader
  device: Device
  points: Map<string, Point>
  class: string | null
  main: string | null
  isNew: boolean
}
type Place = {
  row: number
  premises: Premises
  spaces: Map<string, Space>
  given: Set<string>
  changed: boolean
  note: Note
}

export const MODEL_RULES: ImportRules = {
  fields: [
    { key: 'what', form: 'choice', choices: WHAT, required: true, words: [] },
    { ...PREMISES_FIELD, words: [] },
    textField('id', []),
    textField('name', []),
    textField('nameSv', []),
    textField('nameEn', []),
    textField('of', []),
    textField('storey', []),
    textField('space', []),
    textField('class', []),
    { key: 'areaM2', form: 'decimal', words: [] },
    textField('unit', []),
    { key: 'pointKind', form: 'choice', choices: ['counter', 'interval', 'gauge', 'state'], words: [] },
    { key: 'interval', form: 'choice', choices: ['PT15M', 'PT1H'], words: [] },
    textField('serial', []),
    textField('manufacturer', []),
    textField('model', []),
    textField('mainMeter', []),
    textField('facts', []),
    textField('count', []),
  ],
  *read(sheet) {
    const places = new Map<string, Place>()
    const drafts = new Map<string, Draft>()
    const notes = createNotes()
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      const what = row.choice('what')
      if (what === 'left') {
        tellLeft(row)
        continue
      }
      const premises = row.premises()
      if (what === null || premises === null) continue
      const place = places.getOrInsertComputed(premises.id, () => ({
        row: row.row,
        premises,
        spaces: new Map((premises.spaces ?? []).map((space) => [space.id, space])),
        given: new Set(),
        changed: false,
        note: notes.note,
      }))
      if (what === 'premises') readPremises(row, place)
      else if (what === 'space') readSpace(row, place)
      else if (what === 'device') readDevice(row, place, sheet, drafts)
      else readPoint(row, place, sheet, drafts)
    }
    notes.tell()
    yield
    sheet.bundle.premises = []
    for (const { row, premises, spaces, changed } of places.values()) {
      if (!changed) continue
      sheet.origin.set(`/premises/${sheet.bundle.premises.length}`, row)
      sheet.bundle.premises.push({ ...premises, ...(spaces.size === 0 ? {} : { spaces: [...spaces.values()] }) })
    }
    for (const draft of drafts.values()) setMainMeter(draft, drafts, sheet)
    sheet.bundle.devices = [...drafts.values()].map((draft, i) => {
      sheet.origin.set(`/devices/${i}`, draft.row.row)
      return deviceOf(draft)
    })
  },
}

type Note = (row: RowReader, field: string, code: string, message: string) => void
/** What is true of many rows is told once, at the first of them, with how many they are. */
function createNotes(): { note: Note; tell(): void } {
  const notes = new Map<string, { row: RowReader; field: string; code: string; message: string; times: number }>()
  return {
    note(row, field, code, message) {
      notes.getOrInsertComputed(`${code} ${message}`, () => ({ row, field, code, message, times: 0 })).times += 1
    },
    tell() {
      for (const { row, field, code, message, times } of notes.values())
        row.tell(field, code, times === 1 ? `${message}.` : `${message} (${times} rows).`, 'warning')
    },
  }
}

function tellLeft(row: RowReader): void {
  const [what, count] = [row.text('class') ?? '', row.text('count') ?? '1']
  row.tell(
    'class',
    'not-understood',
    `Not taken, because there is no place for it here: ${what} (${count} times).`,
    'warning',
  )
}

/** What stands under our own name as facts; checked against the schema of the bundle before it is taken. */
function factsOf<T extends object>(row: RowReader): Partial<T> {
  const text = row.raw('facts')
  if (text === '') return {}
  try {
    const facts: unknown = JSON.parse(text)
    if (typeof facts === 'object' && facts !== null && !Array.isArray(facts)) {
      const {
        id: _id,
        key: _key,
        premises: _premises,
        points: _points,
        spaces: _spaces,
        ...rest
      } = facts as Record<string, unknown>
      return rest as Partial<T>
    }
  } catch {
    // Told below: it is not JSON.
  }
  row.tell('facts', 'invalid-json', 'The facts are no JSON object. Leave them empty, or export the model again.')
  return {}
}

function namesOf(row: RowReader, before: Names | undefined): { name?: Names } {
  const [fi, sv, en] = [row.text('name'), row.text('nameSv'), row.text('nameEn')]
  const names = {
    ...before,
    ...(fi === null ? {} : { fi }),
    ...(sv === null ? {} : { sv }),
    ...(en === null ? {} : { en }),
  }
  return Object.keys(names).length === 0 ? {} : { name: names }
}

/** Key order does not matter for what is the same. */
const isSame = (a: object | undefined, b: object): boolean => a !== undefined && sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

function readPremises(row: RowReader, place: Place): void {
  const address = row.text('of')
  const { name = place.premises.name } = namesOf(row, place.premises.name)
  const changed: Premises = {
    ...place.premises,
    ...factsOf<Premises>(row),
    name,
    ...(address === null ? {} : { address }),
  }
  if (row.failed() || isSame(place.premises, changed)) return
  place.premises = changed
  place.row = row.row
  place.changed = true
}

function readSpace(row: RowReader, place: Place): void {
  const id = idOf(row)
  const [storey, areaM2, name] = [row.text('storey'), row.decimal('areaM2'), row.text('class') ?? 'Space']
  if (areaM2?.startsWith('-') === true) row.tell('areaM2', 'out-of-range', 'An area is not below zero.')
  if (id === null || row.failed()) return
  if (place.given.has(id)) {
    row.tell('id', 'duplicate', `Another space of the model is ${id} too. Give this one another id, or leave it out.`)
    return
  }
  place.given.add(id)
  const before = place.spaces.get(id)
  if (areaM2 === null && before === undefined)
    place.note(
      row,
      'areaM2',
      'missing',
      'The model has no area of the space: it is taken with 0 m². Give the area before costs are split by it',
    )
  const space: Space = {
    use: 'exclusive',
    ...(isPlainSpace(name) ? {} : { type: idOfText(name) }),
    ...before,
    ...factsOf<Space>(row),
    id,
    ...namesOf(row, before?.name),
    ...(storey === null ? {} : { storey }),
    areaM2: areaM2 ?? before?.areaM2 ?? '0',
  }
  if (row.failed() || isSame(before, space)) return
  place.spaces.set(id, space)
  place.changed = true
}

function idOf(row: RowReader, key = 'id'): string | null {
  const text = row.text(key)
  if (text === null) return null
  if (isId(text)) return text
  row.tell(key, 'invalid-id', `“${text.slice(0, 80)}” is no id. Use letters a–z, digits and hyphens.`)
  return null
}

/** Others' models call everything `ahu-1`: an id that another premises has is told apart by the premises. */
function idHere(id: string, { premises }: Place, { known }: Sheet): string {
  const before = known.devices.get(id)
  return before === undefined || before.premises === premises.id
    ? id
    : `${premises.id.slice(0, 30)}-${id}`.slice(0, 63).replace(/-+$/, '')
}

function readDevice(row: RowReader, place: Place, sheet: Sheet, drafts: Map<string, Draft>): void {
  const given = idOf(row)
  const space = idOf(row, 'space')
  const name = row.text('class')
  const [serial, manufacturer, model, main] = [
    row.text('serial'),
    row.text('manufacturer'),
    row.text('model'),
    row.text('mainMeter'),
  ]
  const facts = factsOf<Device>(row)
  if (given === null || row.failed()) return
  const id = idHere(given, place, sheet)
  if (drafts.has(id)) {
    row.tell(
      'id',
      'duplicate-id',
      `Another device of the model is ${id} too. Give this one another id, or leave it out.`,
    )
    return
  }
  if (space !== null && !place.spaces.has(space))
    row.tell(
      'space',
      'unknown-id',
      `${place.premises.id} has no space ${space}. Take the space too, or leave it empty.`,
    )
  if (row.failed()) return
  if (row.raw('count') === 'stand-in')
    row.tell(
      'id',
      'stand-in',
      `The model gives points to a place, not to a device: ${id} stands for the device that measures there.`,
      'warning',
    )
  else if (name !== null && !isKnownClass(name))
    place.note(
      row,
      'class',
      'unknown-class',
      `brick:${name} is not known here. It is kept as the Brick class; choose a type yourself`,
    )
  const before = sheet.known.devices.get(id)
  // A class that says no more than what is known does not replace it.
  // What comes with our own facts says everything about itself.
  const whole = row.raw('facts') !== ''
  const says =
    !whole && name !== null && name !== 'Equipment' && (before === undefined || classOfDevice(before) !== name)
  const device: Device = {
    ...before,
    ...facts,
    id,
    premises: place.premises.id,
    ...namesOf(row, before?.name),
    ...(space === null ? {} : { space }),
    ...(says ? { brick: name } : {}),
    ...(serial === null ? {} : { serial }),
    ...(manufacturer === null ? {} : { manufacturer }),
    ...(model === null ? {} : { model }),
  }
  drafts.set(id, {
    row,
    device,
    points: new Map((before?.points ?? []).map((point) => [point.key, point])),
    class: whole ? null : name,
    main: main === null ? null : idHere(main, place, sheet),
    isNew: before === undefined,
  })
}

function readPoint(row: RowReader, place: Place, sheet: Sheet, drafts: Map<string, Draft>): void {
  const [of, key] = [row.text('of'), row.text('id')]
  const [unit, kind, interval] = [row.text('unit'), row.choice('pointKind'), row.choice('interval')]
  const facts = factsOf<Point>(row)
  if (row.failed() || of === null || key === null) return
  if (!isPointKey(key)) {
    row.tell('id', 'invalid-id', `“${key.slice(0, 80)}” is no key of a point. Use letters, digits and _ . : -`)
    return
  }
  const draft = drafts.get(idHere(of, place, sheet))
  if (draft === undefined) {
    row.tell('of', 'unknown-id', `The device ${of} is not taken, so its point is not either. Leave this row out too.`)
    return
  }
  const before = draft.points.get(key)
  const points = draft.points
  if (unit !== null && facts.unit === undefined && nameOfUnit(unit) === null)
    place.note(row, 'unit', 'unknown-unit', `The unit ${unit} is not known here; it is kept as it is written`)
  if (unit !== null && before?.unit !== undefined && nameOfUnit(before.unit) !== nameOfUnit(unit))
    row.tell(
      'unit',
      'other-unit',
      `The point is in ${before.unit} here and stays so; the model says ${unit}.`,
      'warning',
    )
  points.set(key, {
    ...(unit === null ? {} : { unit }),
    ...(kind === null || before?.kind !== undefined
      ? {}
      : {
          kind: kind as NonNullable<Point['kind']>,
          ...(interval === null ? {} : { interval: interval as 'PT15M' | 'PT1H' }),
        }),
    ...before,
    ...facts,
    key,
    ...namesOf(row, before?.name),
  })
}

/** Brick knows main and sub-meters as devices, we know their points: those that count the same unit, if there is one of each. */
function setMainMeter(draft: Draft, drafts: ReadonlyMap<string, Draft>, { known }: Sheet): void {
  const { main, row, points } = draft
  if (main === null) return
  const settled = (all: Iterable<Point>): Point[] => [...all].filter(({ kind }) => SETTLED.includes(kind ?? ''))
  const mains = settled(drafts.get(main)?.points.values() ?? known.devices.get(main)?.points ?? [])
  const own = settled(points.values())
  if ([...points.values()].some(({ mainMeter }) => mainMeter?.device === main)) return
  const pairs = own.flatMap((point) =>
    mains.filter(({ unit }) => unit === point.unit).map((other) => ({ point, other })),
  )
  const [pair] = pairs
  if (pairs.length === 1 && pair !== undefined)
    points.set(pair.point.key, { ...pair.point, mainMeter: { device: main, point: pair.other.key } })
  else
    row.tell(
      'mainMeter',
      'ambiguous',
      `The model says that ${main} is its main meter; which points belong together is not told. Choose it on the page of the device.`,
      'warning',
    )
}

function deviceOf({ device, points, class: name, isNew }: Draft): Device {
  const list = [...points.values()]
  const type = isNew && device.type === undefined && name !== null ? typeOfClass(name, list) : null
  return {
    ...device,
    ...(type === null
      ? {}
      : {
          type: type.id,
          ...(device.expectedInterval === undefined ? { expectedInterval: type.expectedInterval } : {}),
        }),
    ...(list.length === 0 ? {} : { points: list }),
  }
}
