// Models out and in: what both know comes back as it was, with `full` everything; hostile files are refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classOfDevice } from '#domain/models/classes.ts'
import { nameOfUnit, unitOfName } from '#domain/models/units.ts'
import type { Device, Point, Premises, Space } from '#domain/registry/bundle.ts'
import { demoFacts } from '#sim/demo/demo-bundle.ts'
import { readJsonLd, readTurtle } from '#api/models/read-model.ts'
import { MODEL_FORMATS } from '#domain/models/write-model.ts'
import { evaluated, LIMITS, tableOfText, written } from './round-trip.ts'

/** What Brick and RealEstateCore know of a premises. */
const sharedOfSpace = ({ id, name, storey, areaM2 }: Space) => ({ id, name, storey, areaM2 })
const sharedOfPoint = ({ key, name, unit, kind, interval }: Point) => ({
  key,
  name,
  unit: unit === undefined || nameOfUnit(unit) === null ? undefined : unitOfName(nameOfUnit(unit)!),
  // That a point is computed, and how, is not told there.
  kind: kind === 'virtual' ? undefined : kind,
  interval,
})
const shared = (premises: Premises, devices: Device[]) => ({
  name: premises.name,
  spaces: (premises.spaces ?? []).map(sharedOfSpace),
  devices: devices.map((device) => ({
    id: device.id,
    name: device.name,
    space: device.space ?? undefined,
    class: classOfDevice(device),
    serial: device.serial,
    manufacturer: device.manufacturer,
    model: device.model,
    points: (device.points ?? []).map(sharedOfPoint),
  })),
})
const bare = ({ id, name, timeZone, landlord }: Premises): Premises => ({ id, name, timeZone, landlord })
const nameOf = (one: unknown): string => {
  const { id, key } = (one ?? {}) as { id?: string; key?: string }
  return id ?? key ?? ''
}
/** Without what is not there, keys and things in the order of their names. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => {
      if (Array.isArray(one))
        return one.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))
      if (typeof one !== 'object' || one === null) return one
      return Object.fromEntries(
        Object.entries(one)
          .filter(([, given]) => given !== null)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      )
    }),
  )

const demo = demoFacts(Date.parse('2025-01-01T00:00:00+02:00'))
const building = demo.premises![0]!
const devices = demo.devices!.filter(({ premises }) => premises === building.id)

for (const format of MODEL_FORMATS) {
  test(`the demonstration as ${format} and back: nothing of what both know is lost`, async () => {
    const { bundle, problems } = evaluated(
      await tableOfText(written(building, devices, format, false), format),
      bare(building),
    )
    expect(problems.filter(({ severity, code }) => severity === 'error' || code === 'not-understood')).toEqual([])
    const back = shared(bundle.premises![0]!, bundle.devices!)
    const counted = shared(building, devices)
    expect(plain(back)).toEqual(plain(counted))
    expect(back.devices.length).toBeGreaterThan(20)
  })
  test(`the demonstration as full ${format} and back is the same bundle`, async () => {
    const { bundle, problems } = evaluated(
      await tableOfText(written(building, devices, format, true), format),
      bare(building),
    )
    expect(problems).toEqual([])
    expect(plain(bundle)).toEqual(plain({ premises: [building], devices }))
  })
  test(`what is known already is not changed by reading it back (${format})`, async () => {
    const { bundle } = evaluated(
      await tableOfText(written(building, devices, format, false), format),
      building,
      devices,
    )
    expect(bundle.premises).toBeUndefined()
    expect(plain(bundle.devices)).toEqual(plain(devices))
  })
}

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)
const text = fc
  .stringMatching(/^[A-Za-zÅÄÖåäö"\\<>{}#^`|@_é漢][A-Za-zÅÄÖåäö0-9 "'\\<>{}#@^_é漢.,:-]{0,30}[A-Za-z0-9]$/)
  .map((one) => one.replaceAll(/\s+/g, ' ').replace(/^@/, 'a'))
const names = fc
  .record({ fi: text, sv: text, en: text }, { requiredKeys: [] })
  .map((one) => (Object.keys(one).length === 0 ? undefined : one))
const space = fc.record({
  id,
  name: names,
  storey: fc.option(text, { nil: undefined }),
  use: fc.constantFrom('exclusive', 'common', 'technical'),
  areaM2: fc.integer({ min: 0, max: 999_999 }).map((cents) => `${Number((cents / 100).toFixed(2))}`),
})
const point = fc.record({
  key: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,20}$/),
  name: names,
  unit: fc.constantFrom('kWh', 'kW', '°C', '%', 'm3', 'V', 'A', 'ppm', 'lx', 'lux', 'Pa', 'l/h', 'furlong', undefined),
  kind: fc.constantFrom('counter', 'gauge', 'state', undefined),
})
const unique = <T>(all: fc.Arbitrary<T>, of: (one: T) => string, maxLength: number) =>
  fc.uniqueArray(all, { selector: of, maxLength })
const home = unique(space, (one) => one.id, 6).chain((spaces) =>
  fc.record({
    premises: fc
      .record({ id, name: names.map((given) => given ?? { fi: 'Talo' }), address: fc.option(text, { nil: undefined }) })
      .map((one) => ({ ...one, timeZone: 'Europe/Helsinki', landlord: 'kunta', spaces }) as Premises),
    devices: unique(
      fc.record({
        id,
        name: names,
        space:
          spaces.length === 0 ? fc.constant(undefined) : fc.constantFrom(undefined, ...spaces.map((one) => one.id)),
        type: fc.constantFrom('room-sensor', 'electricity-meter', 'heat-pump', undefined),
        brick: fc.constantFrom('Chiller', 'brick:Boiler', 'a class', undefined),
        serial: fc.option(text, { nil: undefined }),
        manufacturer: fc.option(text, { nil: undefined }),
        model: fc.option(text, { nil: undefined }),
        points: unique(point, (one) => one.key, 5),
      }),
      (one) => one.id,
      5,
    ),
  }),
)

test('random premises as full models come back as they were, in both forms', async () => {
  await fc.assert(
    fc.asyncProperty(home, fc.constantFrom(...MODEL_FORMATS), async ({ premises, devices: made }, format) => {
      const given = made.map((device) => ({ ...device, premises: premises.id })) as Device[]
      const { bundle, problems } = evaluated(await tableOfText(written(premises, given, format, true), format), {
        id: premises.id,
        name: { fi: 'Vanha' },
        timeZone: 'Europe/Oslo',
        landlord: 'muu',
      })
      expect(problems.filter(({ code }) => code !== 'unknown-class' && code !== 'unknown-unit')).toEqual([])
      const [back] = bundle.premises!
      expect(plain({ ...back, name: { ...back!.name }, spaces: back!.spaces ?? [] })).toEqual(
        plain({ ...premises, name: { fi: 'Vanha', ...premises.name } }),
      )
      // Points and types that a model of another could have been given by its class are not given to what says its own.
      expect(plain((bundle.devices ?? []).map((device) => ({ points: [], ...device })))).toEqual(plain(given))
    }),
    { numRuns: 60 },
  )
})

test('what is no model, or too much of one, is refused with what is wrong', async () => {
  const refusal = (work: () => unknown): Promise<unknown> =>
    Promise.resolve()
      .then(work)
      .then(
        () => 'read',
        (error: Error & { code: string }) => `${error.code}: ${error.message}`,
      )
  expect(await refusal(() => readTurtle('@prefix a: <urn:a:> . a:b a:c', LIMITS))).toMatch(
    /^invalid-body: The file is no Turtle: .*line 1/,
  )
  expect(await refusal(() => readTurtle('<urn:a> <urn:b> [], [], [], [] .', { triples: 3 }))).toBe(
    'too-large: The model has more than 3 statements. Split it, by building or by system.',
  )
  expect(await refusal(() => readTurtle(`<urn:a> <urn:b> "${'x'.repeat(1_000_001)}" .`, LIMITS))).toMatch(
    /^too-large: A text of the model/,
  )
  expect(await refusal(() => readTurtle(`<urn:a> <urn:b> ${'[ <urn:c> '.repeat(40_000)}`, LIMITS))).toMatch(
    /^(too-large|invalid-body): /,
  )
  expect(await refusal(() => readTurtle('<urn:a> <urn:b> << <urn:a> <urn:b> <urn:c> >> .', LIMITS))).toMatch(
    /^invalid-body/,
  )
  expect(
    await refusal(() => readJsonLd('{"@context":"https://example.com/context.jsonld","@id":"urn:a"}', LIMITS)),
  ).toMatch(
    /^invalid-body: The model names the context https:\/\/example\.com\/context\.jsonld, which would have to be fetched/,
  )
  expect(await refusal(() => readJsonLd('['.repeat(100_000), LIMITS))).toBe(
    'invalid-body: The JSON is nested more than 60 deep.',
  )
  expect(await refusal(() => readJsonLd('{"@context": 5}', LIMITS))).toMatch(/^invalid-body: The file is no JSON-LD/)
  expect(await refusal(() => readJsonLd('{', LIMITS))).toMatch(/^invalid-body: The file is no JSON/)
})

test('circles, foreign words and unknown classes are told, not lost', async () => {
  const table = await tableOfText(`@prefix b: <https://brickschema.org/schema/Brick#> . @prefix e: <http://e#> .
    e:r a b:Room ; b:isPartOf e:s . e:s a b:Room ; b:isPartOf e:r . e:x a b:Flux_Capacitor ; b:hasLocation e:r ; b:feeds e:r ; <http://e#power> 3 .
    e:p a b:Energy_Sensor ; b:isPointOf e:x ; b:hasUnit <http://qudt.org/vocab/unit/FURLONG> . e:y a <http://e#Thing> .`)
  const { bundle, problems } = evaluated(table, {
    id: 'talo',
    name: { fi: 'Talo' },
    timeZone: 'Europe/Helsinki',
    landlord: 'kunta',
  })
  expect(
    problems
      .map(({ code, message }) => [code, /: (.*)\.$/.exec(message)?.[1] ?? ''])
      .filter(([code]) => code === 'not-understood')
      .map(([, what]) => what),
  ).toEqual(
    expect.arrayContaining([
      'brick:feeds (1 times)',
      'http://e#power (1 times)',
      'class http://e#Thing (1 times)',
      'circle of parts (2 times)',
    ]),
  )
  expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['unknown-class', 'unknown-unit']))
  expect(bundle.devices).toEqual([
    { id: 'x', premises: 'talo', space: 'r', brick: 'Flux_Capacitor', points: [{ key: 'p', unit: 'FURLONG' }] },
  ])
})

test('a JSON-LD file that names our context or leaves words without meaning is read, and the words are told', async () => {
  const table = await tableOfText(
    JSON.stringify({
      '@context': 'urn:samtila:model:context',
      '@id': 'http://e#r',
      '@type': 'rec:Room',
      'rdfs:label': 'Aula',
      colour: 'red',
    }),
    'rec',
  )
  expect(table.rows.map((row) => row.filter((cell) => cell !== '').join(' '))).toEqual([
    'left JSON-LD colour 1',
    'space r Aula Room http://e#r',
  ])
})

test('a model of very many points is read whole', async () => {
  const points = Array.from({ length: 140_000 }, (_one, i) => `e:p${i} a b:Temperature_Sensor ; b:isPointOf e:d .`)
  const table = await tableOfText(
    `@prefix b: <https://brickschema.org/schema/Brick#> . @prefix e: <http://e#> .\ne:d a b:VAV .\n${points.join('\n')}`,
  )
  expect(table.rows.length).toBe(140_001)
})
