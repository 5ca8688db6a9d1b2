// Accepting unknown devices: the devices with their points, the mappings of their connectors and the papers, in one transaction.
import { Failure } from '#domain/failure.ts'
import type { Problem } from '#domain/failure.ts'
import type { Actor, Connector, Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { Device, Id, Point } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { UNKNOWN_DEVICE } from './unknown-device.ts'
import type { UnknownPaper } from './unknown-device.ts'

/** The most keys that one connector maps. */
export const MAPPED_KEYS = 5_000

/** One unknown device and what it becomes: a new device, or one that is there already (`existing`). */
export type Accepted = { paper: UnknownPaper } & (
  | { device: Omit<Device, 'premises' | 'points'> & { points: Point[] } }
  | { existing: Id }
)
type Parts = { records: Records; telemetry: Telemetry; now: number; actor: Actor }

/**
 * Stores all of them or none; gives the problems by JSON Pointer into the list (`/0/device/space`).
 * @throws Failure 'changed-meanwhile' when somebody else was quicker, 'conflict' when a connector's mapping is full.
 */
export async function acceptUnknown(
  accepted: readonly Accepted[],
  { records, telemetry, now, actor }: Parts,
): Promise<{ ok: true; devices: Id[] } | { ok: false; problems: Problem[] }> {
  const connectors = new Map((await records.listConnectors({ organisation: null })).map((one) => [one.id, one]))
  const maps = new Map<Id, Connector['deviceMap']>()
  const devices: Device[] = []
  const places: number[] = []
  const problems: Problem[] = []
  const ids: Id[] = []
  for (const [place, one] of accepted.entries()) {
    const { connector: connectorId, key } = one.paper.body
    const connector = connectors.get(connectorId)
    if (connector === undefined) {
      problems.push(problem(place, '/id', 'unknown-id', `its connector ${connectorId} is gone`))
      continue
    }
    let id: Id
    if ('existing' in one) {
      id = one.existing
      const known = await records.getObject({ organisation: null }, 'devices', id)
      if (known?.value.premises !== connector.premises)
        problems.push(problem(place, '/existing', 'unknown-id', `there is no device ${id} in ${connector.premises}`))
    } else {
      id = one.device.id
      devices.push({ ...one.device, premises: connector.premises })
      places.push(place)
    }
    ids.push(id)
    const map = maps.get(connectorId) ?? { ...connector.deviceMap }
    maps.set(connectorId, { ...map, [key]: id })
  }
  if (problems.length > 0) return { ok: false, problems }
  for (const [id, map] of maps)
    if (Object.keys(map).length > MAPPED_KEYS)
      throw new Failure('conflict', `The connector ${id} would map more than ${MAPPED_KEYS} keys. Make another one.`)

  const result = await importBundle(
    { devices },
    {
      records,
      telemetry,
      now,
      actor,
      action: 'inbox.accept',
      expectedVersions: new Map(devices.map(({ id }) => [`devices/${id}`, 0])),
      beside: {
        papers: accepted.map(({ paper }, index) => {
          const { id, premises, audience, dueAt, body, version } = paper
          const device = ids[index] ?? null
          return {
            kind: UNKNOWN_DEVICE,
            paper: { id, premises, audience, dueAt, state: 'accepted', body: { ...body, device } },
            expectedVersion: version,
          }
        }),
        connectors: [...maps].map(([id, deviceMap]) => {
          const { version, ...connector } = connectors.get(id) as Connector & { version: number }
          return { connector: { ...connector, deviceMap }, expectedVersion: version }
        }),
      },
    },
  )
  if (result.ok) return { ok: true, devices: ids }
  return { ok: false, problems: result.problems.map((one) => ({ ...one, pointer: pointerOf(one.pointer, places) })) }
}

const problem = (place: number, pointer: string, code: string, message: string): Problem => ({
  pointer: `/${place}${pointer}`,
  code,
  message,
})

/** `/devices/1/space` of the bundle is the `device/space` of the accepted one that gave the bundle's second device. */
function pointerOf(pointer: string, places: readonly number[]): string {
  const match = /^\/devices\/(\d+)(.*)$/.exec(pointer)
  return match === null ? pointer : `/${places[Number(match[1])] ?? 0}/device${match[2] ?? ''}`
}
