// Readings by hand: one value that a person saw on a meter, with a photo; kept as an import of one row, and undone like one.
import { IdParams } from '#contract/common.ts'
import { ManualReading, ManualReadingTaken } from '#contract/manual-readings.ts'
import { Failure } from '#domain/failure.ts'
import { decimalOfCell } from '#domain/imports/cells.ts'
import { IMPORT, type ImportBody } from '#domain/imports/import.ts'
import { doubtsOf, type Around, type Noted } from '#domain/imports/manual-reading.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { Bundle, Id } from '#domain/registry/bundle.ts'
import type { Reading, Telemetry } from '#domain/ports/telemetry.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { findBefore } from '#api/imports/before.ts'
import { audienceOf } from '#api/imports/imports.ts'
import { mustChangeAll } from '#api/imports/rights.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf, iso, notFound, problems } from './answers.ts'

const DAY_MS = 86_400_000
/** How far back and ahead the neighbours of a reading are looked for. */
const AROUND_MS = 400 * DAY_MS

export function addManualReadingRoutes(app: ApiApp, { records, telemetry, now }: RouteParts): void {
  app.post(
    '/devices/:id/readings',
    {
      config: { who: ['technician', 'manager', 'controller'] },
      schema: {
        tags: ['imports'],
        summary: 'Records a reading taken by hand (quality manual); 409 with what is odd about it, unless `sure`',
        params: IdParams,
        body: ManualReading,
        response: { 201: ManualReadingTaken, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { point: key, value: typed, at: text, note, photo, sure = false } = request.body
      const stored = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (stored === null) throw notFound()
      const device = stored.value
      const point = device.points?.find((one) => one.key === key)
      if (point === undefined || (point.kind !== 'counter' && point.kind !== 'gauge'))
        throw new Failure('invalid-body', `${device.id} has no point ${key} that is read by hand.`, {
          problems: [{ pointer: '/point', code: 'unknown-point', message: 'is no counter or gauge of the device' }],
        })
      const at = text === undefined ? now() : instantOf(text, 'at')
      const doubts = doubtsOf(point, typed, at, await around(telemetry, device.id, key, at), now(), device.meter)
      const open = doubts.filter((doubt) => !(sure && doubt.sure))
      if (open.length > 0)
        throw new Failure('conflict', open.map(({ message }) => message).join(' '), {
          problems: open.map(({ code, message, sure: may }) => ({ pointer: may ? '/value' : '/', code, message })),
        })
      const value = decimalOfCell(typed) ?? typed
      const bundle: Bundle = {
        readings: [{ device: device.id, point: key, quality: 'manual', values: [[iso(at), value]] }],
      }
      await mustChangeAll(identity, bundle, records)
      const found = await findBefore(bundle, { records, telemetry })
      const putFile = (name: string, mediaType: string, content: string): Promise<string> =>
        records.putFile({ name, mediaType, bytes: Buffer.from(content) })
      const row = `device;point;at;value;quality;note\r\n${device.id};${key};${iso(at)};${value};manual;"${(note ?? '').replaceAll('"', '""')}"\r\n`
      const [file, before] = [
        await putFile(`${device.id}-${key}.csv`, 'text/csv', row),
        await putFile('before.json', 'application/json', JSON.stringify(found.before)),
      ]
      const body: ImportBody = {
        kind: 'readings',
        file: {
          name: `${device.id} ${key} ${value}`,
          digest: file,
          bytes: row.length,
          form: 'csv',
          encoding: 'utf-8',
          rows: 1,
          header: ['device', 'point', 'at', 'value', 'quality', 'note'],
          fingerprint: 'by-hand',
        },
        work: null,
        before,
        counts: {
          created: 0,
          changed: 0,
          unchanged: 0,
          readings: found.before.readings.length,
          readingsKnown: 1 - found.before.readings.length,
        },
        madeDevices: 0,
        takenAt: now(),
        takenBy: identity.name,
        undoneAt: null,
        undoneBy: null,
        failure: null,
      }
      const id = createId('import')
      const result = await importBundle(bundle, {
        records,
        telemetry,
        now: now(),
        actor: actorOf(identity),
        action: 'reading.manual',
        beside: {
          papers: [
            {
              kind: IMPORT,
              paper: {
                id,
                premises: device.premises,
                audience: audienceOf(identity),
                state: 'taken',
                dueAt: null,
                body,
              },
              expectedVersion: 0,
              files: [file, before, ...(photo === undefined ? [] : [photo])],
            },
          ],
        },
      })
      if (!result.ok)
        throw new Failure('invalid-body', result.problems[0]?.message ?? '', { problems: result.problems })
      return reply.status(201).send({ import: id, at: iso(at), value })
    },
  )
}

async function around(telemetry: Telemetry, device: Id, point: string, at: number): Promise<Around> {
  const series = telemetry.findSeries(device, point)
  const nothing: Around = { previous: null, earlier: null, next: null, same: null }
  if (series === null) return nothing
  const noted = (reading: Reading | undefined): Noted | null => {
    if (reading === undefined || typeof reading.value === 'boolean' || typeof reading.value === 'string') return null
    return { at: reading.at, value: typeof reading.value === 'object' ? reading.value.decimal : reading.value }
  }
  const [next] = await telemetry.readings(series, at + 1, at + AROUND_MS, 1)
  const [same] = await telemetry.readings(series, at, at + 1, 1)
  // The newest before: in days that grow, because readings are asked from the oldest on.
  let last: Reading[] = []
  for (let days = 1; days <= 400 && last.length < 2; days *= 4) {
    const page = await telemetry.readings(series, at - days * DAY_MS, at, 100_000)
    last = page.filter(({ value }) => typeof value !== 'string').slice(-2)
  }
  return {
    previous: noted(last.at(-1)),
    earlier: last.length < 2 ? null : noted(last[0]),
    next: noted(next),
    same: noted(same),
  }
}
