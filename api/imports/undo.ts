// Undoes an import: what it made goes, what it changed is as before, each as a new version; what others changed since stays theirs.
import { setImmediate } from 'node:timers/promises'
import { Failure, type Problem } from '#domain/failure.ts'
import { IMPORT } from '#domain/imports/import.ts'
import { WITHDRAWN_READING, type Before, type ClosedMonth } from '#domain/imports/undo.ts'
import type { ObjectChange, Records, Withdrawn } from '#domain/ports/records.ts'
import { MAX_PAGE_READINGS, type Quality, type Telemetry, type Value } from '#domain/ports/telemetry.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { READINGS_PER_COMMIT, valueOf } from '#domain/registry/import-readings.ts'
import { ALL, LIST_PAGE } from '#domain/registry/list-all.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { plansWithdrawn } from '#api/plans/plans-of-import.ts'
import { hashOf } from './before.ts'
import { monthsClosedAfter, premisesOf } from './closed-months.ts'
import { removeMade, withoutMappings } from './mappings.ts'
import { mustBe, paperOf, type Imports, type StoredImport } from './imports.ts'
import { mustChangeAll, mustImportKind } from './rights.ts'

export type UndoWish = {
  /** Undo the rest although others changed some of it. */
  leaveChanged: boolean
  /** Undo although closed months rest on it: they get adjustments. */
  acceptAdjustments: boolean
}
type Put = { device: string; point: string; at: number; value: Value; quality: Quality }
type Plan = {
  objects: ObjectChange[]
  withdrawn: Withdrawn
  prices: { series: string; rows: { at: number; interval: string; price: string }[] }[]
  readings: Put[]
  bundle: Bundle
  problems: Problem[]
}

/**
 * @throws Failure 'conflict' with the places that others changed meanwhile, or with the closed months that rest on it, when the
 * wish does not say what to do then.
 */
export async function undoImport(
  identity: Identity,
  id: string,
  wish: UndoWish,
  imports: Imports,
  { records, telemetry, broker, now }: RouteParts,
): Promise<{ stored: StoredImport; closedMonths: ClosedMonth[] }> {
  const stored = await imports.find(identity, id)
  mustBe(stored, 'taken')
  mustImportKind(identity, stored.body.kind)
  if (stored.body.before === null) throw new Failure('conflict', 'This import keeps nothing to be undone.')
  const before = await imports.jsonOf<Before>(identity, stored.body.before)
  const plan = await planOf(before, records, telemetry)
  if (plan.problems.length > 0 && !wish.leaveChanged)
    throw new Failure(
      'conflict',
      `Others have changed ${plan.problems.length} of these since. Undo the rest, or nothing.`,
      {
        problems: plan.problems.slice(0, 100),
      },
    )
  await mustChangeAll(identity, plan.bundle, records)
  const closedMonths = await monthsClosedAfter(
    await premisesOf(plan.bundle, records),
    stored.body.takenAt ?? 0,
    records,
  )
  if (closedMonths.length > 0 && !wish.acceptAdjustments)
    throw new Failure('conflict', 'Closed months rest on it: they stay, and get adjustments. Say that you want that.', {
      problems: closedMonths.map(({ premises, period }) => ({
        pointer: `/premises/${premises}/${period}`,
        code: 'closed-month',
        message: `${period} of ${premises} is closed.`,
      })),
    })
  await putBack(plan.readings, telemetry, now())
  const body = { ...stored.body, undoneAt: now(), undoneBy: identity.name }
  const files = stored.files
  await records.changePapers(
    {
      papers: [
        { kind: IMPORT, paper: paperOf(stored, body, 'undone'), expectedVersion: stored.version, files },
        ...(await plansWithdrawn(id, plan.bundle.premises ?? [], records)),
      ],
      objects: { objects: plan.objects, prices: plan.prices, withdrawn: plan.withdrawn },
      connectors: await withoutMappings(before.mappings ?? [], records),
    },
    actorOf(identity),
    'import.undo',
  )
  await removeMade(before.connectors ?? [], records, actorOf(identity))
  if ((before.mappings ?? []).length + (before.connectors ?? []).length > 0) broker.refreshConnectors()
  for (const { kind, id: device } of plan.withdrawn.objects ?? [])
    if (kind === 'devices' && (await records.credentialsOf(device)).length > 0)
      await records.revokeCredentials(device, now(), actorOf(identity))
  return { stored: await imports.find(identity, id), closedMonths }
}

async function planOf(before: Before, records: Records, telemetry: Telemetry): Promise<Plan> {
  const plan: Plan = { objects: [], withdrawn: {}, prices: [], readings: [], bundle: {}, problems: [] }
  await planObjects(before, records, telemetry, plan)
  await planPrices(before, records, plan)
  plan.withdrawn = { ...plan.withdrawn, usage: before.usage }
  if (before.usage.length > 0) plan.bundle.usage = before.usage
  for (const one of before.readings) {
    await planReadings(one, records, telemetry, plan)
    await setImmediate()
  }
  return plan
}

async function planObjects(before: Before, records: Records, telemetry: Telemetry, plan: Plan): Promise<void> {
  const gone: { kind: ObjectChange['kind']; id: string; expectedVersion: number }[] = []
  for (const [kind, entries] of Map.groupBy(before.objects, (entry) => entry.kind)) {
    const concerned: object[] = []
    for (let i = 0; i < entries.length; i += LIST_PAGE) {
      const chunk = entries.slice(i, i + LIST_PAGE)
      const { items } = await records.listObjects(ALL, kind, { ids: chunk.map(({ id }) => id), limit: LIST_PAGE })
      const stored = new Map(items.map((item) => [item.value.id, item]))
      for (const entry of chunk) {
        const now = stored.get(entry.id)
        const why =
          now === undefined
            ? 'is gone'
            : hashOf(now.value) !== entry.after
              ? 'was changed since'
              : kind === 'devices' && entry.version === 0 && telemetry.seriesOfDevice(entry.id).length > 0
                ? 'has sent readings since'
                : null
        if (now === undefined || why !== null) {
          plan.problems.push({
            pointer: `/${kind}/${entry.id}`,
            code: 'changed-meanwhile',
            message: `${entry.id} ${why}.`,
          })
          continue
        }
        concerned.push(now.value)
        if (entry.version === 0) gone.push({ kind, id: entry.id, expectedVersion: now.version })
        else {
          const history = await records.objectHistory(ALL, kind, entry.id)
          const value = history.find(({ version }) => version === entry.version)?.value
          if (value !== undefined)
            plan.objects.push({ kind, id: entry.id, value, expectedVersion: now.version } as ObjectChange)
        }
      }
      await setImmediate()
    }
    Object.assign(plan.bundle, { [kind]: concerned })
  }
  plan.withdrawn = { ...plan.withdrawn, objects: gone }
}

async function planPrices(before: Before, records: Records, plan: Plan): Promise<void> {
  const withdrawn: { series: string; rows: { at: number; interval: string }[] }[] = []
  for (const { series, rows } of before.prices) {
    const [from, to] = [
      rows.reduce((least, { at }) => Math.min(least, at), Infinity),
      rows.reduce((most, { at }) => Math.max(most, at), 0),
    ]
    const known = new Map(
      (await records.prices(series, from, to + 1)).map((row) => [`${row.at} ${row.interval}`, row.price]),
    )
    const own = rows.filter((row) => known.get(`${row.at} ${row.interval}`) === row.price)
    if (own.length < rows.length)
      plan.problems.push({
        pointer: `/priceSeries/${series}`,
        code: 'changed-meanwhile',
        message: `${rows.length - own.length} prices of ${series} were changed since.`,
      })
    withdrawn.push({ series, rows: own.filter((row) => row.before === null) })
    plan.prices.push({
      series,
      rows: own.flatMap(({ at, interval, before: price }) => (price === null ? [] : [{ at, interval, price }])),
    })
    const stored = await records.getObject(ALL, 'priceSeries', series)
    if (stored !== null)
      plan.bundle.priceSeries = [...(plan.bundle.priceSeries ?? []).filter(({ id }) => id !== series), stored.value]
  }
  // A series that the import made and that is still there is left: prices of others may be in it.
  plan.withdrawn = {
    ...plan.withdrawn,
    prices: withdrawn,
  }
}

async function planReadings(
  { device, point: key, rows }: Before['readings'][number],
  records: Records,
  telemetry: Telemetry,
  plan: Plan,
): Promise<void> {
  const stored = await records.getObject(ALL, 'devices', device)
  const point = stored?.value.points?.find((one) => one.key === key)
  const series = telemetry.findSeries(device, key)
  if (stored === null || series === null) return
  const wanted = new Map(rows.map((row) => [row.at, row]))
  let from = rows.reduce((least, { at }) => Math.min(least, at), Infinity)
  const end = rows.reduce((most, { at }) => Math.max(most, at), 0) + 1
  let changed = 0
  for (;;) {
    const page = await telemetry.readings(series, from, end, MAX_PAGE_READINGS)
    for (const { at, value } of page) {
      const row = wanted.get(at)
      if (row === undefined) continue
      if (!same(value, valueOf(point, row.value))) changed += 1
      else if (row.before === null)
        plan.readings.push({ device, point: key, at, value: WITHDRAWN_READING, quality: 'suspect' })
      else
        plan.readings.push({
          device,
          point: key,
          at,
          value: valueOf(point, row.before.value),
          quality: row.before.quality,
        })
    }
    const last = page.at(-1)
    if (last === undefined || page.length < MAX_PAGE_READINGS) break
    from = last.at + 1
  }
  if (changed > 0)
    plan.problems.push({
      pointer: `/readings/${device}/${key}`,
      code: 'changed-meanwhile',
      message: `${changed} readings of ${device}/${key} were changed since.`,
    })
  plan.bundle.readings = [...(plan.bundle.readings ?? []), { device, point: key, values: [] }]
}
const same = (a: Value, b: Value): boolean =>
  typeof a === 'object' && typeof b === 'object' ? a.decimal === b.decimal : a === b

async function putBack(readings: readonly Put[], telemetry: Telemetry, now: number): Promise<void> {
  for (let i = 0; i < readings.length; i += READINGS_PER_COMMIT) {
    for (const { device, point, at, value, quality } of readings.slice(i, i + READINGS_PER_COMMIT))
      telemetry.add(telemetry.seriesOf(device, point), at, value, quality, now, false)
    await telemetry.commit()
  }
}
