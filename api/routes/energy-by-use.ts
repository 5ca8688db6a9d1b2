// Energy and water of premises today by what they are used for: each use from the meters of its devices, the rest from the main meters.
import { IdParams } from '#contract/common.ts'
import { EnergyByUse } from '#contract/energy-by-use.ts'
import { metersByUse, type Medium } from '#domain/metering/energy-use.ts'
import { meterKey, meterTree, type MeterNode } from '#domain/metering/meter-tree.ts'
import type { Scope } from '#domain/ports/records.ts'
import { compare, formatRounded, multiply, subtract, sum, ZERO, type Fraction } from '#domain/quantity/fraction.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { consumptionToday, TODAY_MONTHS, TODAY_STEPS, todaySoFar } from '#api/views/consumption-today.ts'
import { metersBehind } from '#api/views/meter-steps.ts'
import { hiddenReadings } from '#api/views/points.ts'
import { mustBeFew } from '#api/views/step-edges.ts'
import { iso, notFound, problems } from './answers.ts'

const UNITS: Record<Medium, 'kWh' | 'm3'> = { electricity: 'kWh', heat: 'kWh', water: 'm3' }
const DECIMALS = 3
type Amount = { soFar: Fraction | null; expected: Fraction | null }

export function addEnergyByUseRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, limits, now } = parts
  app.get(
    '/premises/:id/energy-by-use',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['premises'],
        summary: 'Energy and water today so far by use, beside the same weekday of the last four weeks',
        params: IdParams,
        response: { 200: EnergyByUse, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const premises = (await records.getObject(scope, 'premises', request.params.id))?.value
      if (premises === undefined) throw notFound()
      const { timeZone } = premises
      const hidden = await hiddenReadings(records, scope, premises.id)
      const devices: Device[] = []
      for await (const device of listAll(records, 'devices', { premises: premises.id }, scope))
        if (!hidden.has(device.id)) devices.push(device)
      const media = metersByUse(meterTree(devices))
      const asked = new Map(
        media
          .flatMap(({ mains, uses }) => [...mains, ...uses.flatMap(({ meters }) => meters)])
          .map((node) => [meterKey(node.ref), node]),
      )
      const { from, to } = todaySoFar(now(), timeZone)
      const known = new Map<string, Amount>()
      if (asked.size > 0) {
        const behind = [...asked.values()].reduce((count, { point }) => count + metersBehind(point), 0)
        mustBeFew(behind, asked.size, TODAY_MONTHS, TODAY_STEPS, limits.consumptionSteps)
        for (const [key, node] of asked) known.set(key, await amountOf(node, timeZone, scope))
      }
      /** Null where one of them is unknown or counts in another unit. */
      const total = (nodes: readonly MeterNode[], unit: string): Amount => {
        const all = (which: keyof Amount): Fraction | null => {
          const amounts = nodes.map(({ ref, point }) => {
            const amount = known.get(meterKey(ref))?.[which] ?? null
            const factor = unitFactor(point.unit ?? '', unit)
            return amount === null || factor === null ? null : multiply(amount, factor)
          })
          return amounts.every((one) => one !== null) ? sum(amounts) : null
        }
        return { soFar: all('soFar'), expected: all('expected') }
      }
      return {
        timeZone,
        from: iso(from),
        to: iso(to),
        media: media.map(({ medium, mains, uses }) => {
          const unit = UNITS[medium]
          const whole = mains.length === 0 ? null : total(mains, unit)
          const ofUses = uses.flatMap(({ meters }) => meters)
          // Nothing is left over where the main meters themselves are of a use.
          const isAllUsed = uses.length === 0 || mains.every((main) => ofUses.includes(main))
          const rest = whole === null || isAllUsed ? null : restOf(whole, total(ofUses, unit))
          return {
            medium,
            unit,
            total: whole === null ? null : written(whole),
            uses: uses.map(({ use, meters }) => ({
              use,
              meters: meters.map(({ ref }) => ({ device: ref.device, point: ref.point })),
              ...written(total(meters, unit)),
            })),
            rest: rest === null || rest.soFar === null ? null : written(rest),
          }
        }),
      }
    },
  )

  const amountOf = async ({ device, point }: MeterNode, timeZone: string, scope: Scope): Promise<Amount> => {
    const { soFar, expected } = await consumptionToday(device, point, timeZone, scope, parts)
    return { soFar, expected }
  }
}

const restOf = (whole: Amount, used: Amount): Amount => {
  const without = (a: Fraction | null, b: Fraction | null): Fraction | null => {
    if (a === null || b === null) return null
    const left = subtract(a, b)
    return compare(left, ZERO) < 0 ? null : left
  }
  return { soFar: without(whole.soFar, used.soFar), expected: without(whole.expected, used.expected) }
}
const written = ({ soFar, expected }: Amount) => ({
  soFar: soFar === null ? null : formatRounded(soFar, DECIMALS),
  expected: expected === null ? null : formatRounded(expected, DECIMALS),
})
