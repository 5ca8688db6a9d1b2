// Proposed points of devices whose type takes its points without asking: taken soon after they are first sent.
import { announcedOf } from '#domain/inbox/announced-points.ts'
import { pointOfProposal } from '#domain/inbox/point-of-proposal.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { Failure } from '#domain/failure.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { RouteParts } from '#api/parts.ts'

/** So that the points of a device's first messages are taken together. */
const PATIENCE_MS = 2_000
const PAGE = 200
const MOST = 1_000
const EVERYTHING = { organisation: null }
const SELF: Actor = { kind: 'system', id: 'device-types', name: 'Device types', organisation: null }

/** Begins with what is proposed already. Gives the way to stop. */
export function startTakingPoints({ records, telemetry, broker, now, log }: RouteParts): () => Promise<void> {
  const waiting = new Set<Id>()
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> = Promise.resolve()
  const wake = (): void => {
    timer ??= setTimeout(() => {
      timer = null
      working = working.then(takeAll)
    }, PATIENCE_MS).unref()
  }
  const unfollow = broker.onProposals((devices) => {
    for (const id of devices) waiting.add(id)
    wake()
  })
  working = records
    .listProposedPoints(EVERYTHING, { limit: MOST })
    .then((left) => {
      for (const { device } of left) waiting.add(device)
      if (waiting.size > 0) wake()
    })
    .catch((error: unknown) => log.warn('proposed points wait', { error: String(error) }))

  async function takeAll(): Promise<void> {
    const ids = [...waiting]
    waiting.clear()
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = ids.slice(from, from + PAGE)
      try {
        const { items } = await records.listObjects(EVERYTHING, 'devices', { ids: page, limit: PAGE })
        const takers = items.filter(({ value }) => findDeviceType(value.type)?.takesPoints === true)
        const announced = await announcedOf(
          records,
          takers.map(({ value }) => value.id),
        )
        for (const { value: device, version } of takers) await take(device.id, version, announced)
      } catch (error) {
        // A person was quicker, or the records are away: the next reading proposes what is still missing.
        log.warn('points are not taken by themselves', { error: error instanceof Failure ? error.code : String(error) })
      }
    }
  }

  async function take(id: Id, version: number, announced: Awaited<ReturnType<typeof announcedOf>>): Promise<void> {
    const stored = await records.getObject(EVERYTHING, 'devices', id)
    const proposed = await records.listProposedPoints(EVERYTHING, { device: id, limit: MOST })
    if (stored === null || stored.version !== version || proposed.length === 0) return
    const device = stored.value
    const declared = new Set((device.points ?? []).map(({ key }) => key))
    const fresh = proposed.filter(({ key }) => !declared.has(key))
    const points = fresh.map((sent) => pointOfProposal(sent, device, announced(id, sent.key)))
    const result = await importBundle(
      { devices: [{ ...device, points: [...(device.points ?? []), ...points] }] },
      {
        records,
        telemetry,
        now: now(),
        actor: SELF,
        action: 'accept-points',
        expectedVersions: new Map([[`devices/${id}`, version]]),
      },
    )
    if (result.ok)
      await records.deleteProposedPoints(
        id,
        proposed.map(({ key }) => key),
      )
    else log.warn('points are not taken by themselves', { device: id, problems: result.problems })
  }

  return async () => {
    unfollow()
    if (timer !== null) clearTimeout(timer)
    await working
  }
}
