// The demonstration's bundle: whole on any day, growing with time, and the committed file is what the script makes.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEVICE_TYPES } from '#domain/device-types/library.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { checkBundle } from '#domain/registry/check-bundle.ts'
import { NO_FACTS } from '#domain/registry/facts.ts'
import { backfill } from '#sim/backfill.ts'
import { demoAdditions, demoBundle, demoFleet, demoStart } from '#sim/demo/demo-bundle.ts'
import { formatDemo, makeDemo } from '#sim/demo/make-demo.ts'

const DAYS = [
  '2026-11-22T10:00:00Z',
  '2026-03-31T22:30:00Z',
  '2027-01-01T00:00:00Z',
  '2028-02-29T12:00:00Z',
  '2026-10-25T00:30:00Z',
]

describe.each(DAYS)('at %s', (text) => {
  const now = new Date(text)
  const bundle = demoBundle(now)

  it('passes every check of an import', () => {
    expect(checkBundle(bundle, NO_FACTS)).toEqual([])
  })

  it('has devices of types and Brick classes that the library knows', () => {
    const known = new Set(DEVICE_TYPES.flatMap(({ id, brick }) => [`type ${id}`, `class ${brick}`]))
    for (const { id, type, brick } of bundle.devices ?? []) {
      expect(known, id).toContain(`type ${type}`)
      if (brick !== undefined) expect(known, id).toContain(`class ${brick}`)
    }
  })

  it('starts on the first of a month and holds 13 whole months of prices, invoices and usage', () => {
    const start = Temporal.Instant.fromEpochMilliseconds(demoStart(now)).toZonedDateTimeISO('Europe/Helsinki')
    const today = Temporal.Instant.from(text).toZonedDateTimeISO('Europe/Helsinki')
    expect([start.day, start.hour, start.minute]).toEqual([1, 0, 0])
    expect(
      start.toPlainDate().toPlainYearMonth().until(today.toPlainDate().toPlainYearMonth(), { largestUnit: 'month' })
        .months,
    ).toBe(13)
    const prices = bundle.priceSeries?.[0]?.values ?? []
    expect(Date.parse(prices[0]?.[0] ?? '')).toBe(start.epochMilliseconds)
    for (let i = 1; i < prices.length; i++)
      expect(Date.parse(prices[i]?.[0] ?? '') - Date.parse(prices[i - 1]?.[0] ?? '')).toBe(900_000)
    expect(Date.parse(prices.at(-1)?.[0] ?? '')).toBeGreaterThan(now.getTime() + 28 * 86_400_000)
    for (let month = 0; month < 13; month++) {
      const first = start.add({ months: month }).toPlainDate().toString()
      expect(bundle.invoices?.filter((invoice) => invoice.serviceFrom === first).length).toBeGreaterThanOrEqual(4)
    }
    expect(bundle.usage?.every((row) => Date.parse(row.to) <= now.getTime())).toBe(true)
    expect(bundle.usage?.length).toBeGreaterThan(3000)
  })
})

describe('as time goes on', () => {
  const now = new Date('2026-11-22T10:00:00Z')
  const later = new Date('2026-12-03T08:00:00Z')
  const start = demoStart(now)

  it('a later call with the first start keeps every fact and adds', () => {
    const [one, two] = [demoBundle(now, start), demoBundle(later, start)]
    for (const kind of [
      'organisations',
      'premises',
      'devices',
      'tariffs',
      'agreements',
      'meteredCosts',
      'recurringCosts',
    ] as const)
      expect(two[kind]).toEqual(one[kind])
    for (const kind of ['invoices', 'usage'] as const) {
      const texts = new Set((two[kind] ?? []).map((each) => JSON.stringify(each)))
      expect((one[kind] ?? []).filter((each) => !texts.has(JSON.stringify(each)))).toEqual([])
      expect(texts.size).toBeGreaterThan((one[kind] ?? []).length)
    }
  })

  it('additions and what was there make the whole', () => {
    const added = demoAdditions(now.getTime(), later, start)
    const whole = demoBundle(later, start)
    const before = demoBundle(now, start)
    expect((before.invoices?.length ?? 0) + (added.invoices?.length ?? 0)).toBe(whole.invoices?.length)
    expect((before.usage?.length ?? 0) + (added.usage?.length ?? 0)).toBe(whole.usage?.length)
  })
})

describe('the file', () => {
  it('is what make-demo.ts writes', () => {
    expect(readFileSync('devices-sim/demo/virastotalo.json', 'utf8')).toBe(formatDemo(makeDemo()))
  })

  it('describes the building of the brief', () => {
    const demo: Bundle = makeDemo()
    const [premises] = demo.premises ?? []
    expect(premises?.demonstration).toBe(true)
    expect(premises?.spaces?.length).toBeGreaterThanOrEqual(40)
    expect(new Set(premises?.spaces?.map((space) => space.storey)).size).toBe(3)
    expect(demo.devices?.length).toBeGreaterThanOrEqual(60)
    expect(
      demo.devices?.every((device) => device.simulated === true && device.name?.fi && device.name.sv && device.name.en),
    ).toBe(true)
    expect(
      demo.devices?.filter((device) => Object.keys(device.ownership?.[0]?.shares ?? {}).length > 1).length,
    ).toBeGreaterThan(5)
    const categories = new Set(
      (demo.agreements ?? []).flatMap((agreement) =>
        agreement.versions.map((version) => version.rules.at(-1)?.category),
      ),
    )
    expect([...categories]).toEqual(['*'])
  })
})

describe('backfill', () => {
  it('gives ascending readings of every device, with the truth on every quarter', async () => {
    const now = new Date('2026-11-22T10:00:00Z')
    const fleet = demoFleet(demoBundle(now))
    const from = Date.parse('2026-10-24T21:00:00Z')
    const to = Date.parse('2026-10-25T22:00:00Z')
    const devices = new Set<string>()
    const last = new Map<string, number>()
    const main: { at: number; value: number }[] = []
    for await (const batch of backfill(fleet, from, to)) {
      devices.add(batch.device)
      for (const { point, at, value } of batch.readings) {
        const name = `${batch.device}/${point}`
        expect(at).toBeGreaterThan(last.get(name) ?? 0)
        last.set(name, at)
        if (name === 'em-main/energy') main.push({ at, value: value as number })
      }
    }
    expect(devices.size).toBe(fleet.devices.length)
    // The local day has 25 hours: 100 quarters, 101 boundaries.
    expect(main).toHaveLength(101)
    const used = Math.round((main.at(-1)?.value ?? 0) * 1000) - Math.round((main[0]?.value ?? 0) * 1000)
    expect(used).toBe(fleet.truth('em-main', 'energy', from, to))
  })
})
