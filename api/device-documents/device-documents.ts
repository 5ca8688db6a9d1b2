// Documents of devices and spaces: who sees and who changes them is decided by whose the thing is on the day.
import {
  audienceOf,
  DEVICE_DOCUMENT,
  keepsThing,
  type DeviceDocument,
  type DocumentVersion,
} from '#domain/device-documents/device-document.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredFile, StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { bodiesOf } from '#api/access/bodies.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound } from '#api/routes/answers.ts'
import { todayOf } from '#api/views/today.ts'

const ALL = { organisation: null }
export type StoredDocument = StoredPaper<DeviceDocument>
/** What a document is about, as the asker sees it; `keeps`: the asker's organisation keeps it today. */
export type Thing = ({ device: Device } | { space: Id }) & { premises: Premises; keeps: boolean }
export type WantedOf = { device: Id } | { premises: Id; space: Id }
export const DOCUMENT_ROLES = ['manager', 'technician'] as const

export function createDeviceDocuments(parts: Pick<RouteParts, 'records' | 'limits' | 'now'>) {
  const { records, limits, now } = parts

  /** @throws Failure 'not-found' for what is not there or not theirs to see. */
  const thingOf = async ({ organisation }: Identity, of: WantedOf): Promise<Thing> => {
    const scope = { organisation }
    const device = 'device' in of ? await records.getObject(scope, 'devices', of.device) : null
    const place = 'device' in of ? device?.value.premises : of.premises
    const premises = place === undefined ? null : await records.getObject(scope, 'premises', place)
    if (premises === null) throw notFound()
    const today = await todayOf(premises.value.id, parts)
    const bodies = organisation === null ? null : await bodiesOf(organisation, records)
    if (device !== null) {
      const whole = (await records.getObject(ALL, 'devices', device.value.id))?.value ?? device.value
      const keeps = bodies === null || keepsThing({ device: whole }, bodies, today)
      return { device: device.value, premises: premises.value, keeps }
    }
    const space = 'space' in of ? of.space : ''
    if (!(premises.value.spaces ?? []).some(({ id }) => id === space)) throw notFound()
    const keeps = bodies === null || keepsThing({ space, premises: premises.value }, bodies, today)
    return { space, premises: premises.value, keeps }
  }
  const ofStored = ({ body, premises }: StoredDocument): WantedOf =>
    'device' in body.of ? body.of : { premises: premises ?? '', space: body.of.space }
  const thingOfStored = (identity: Identity, stored: StoredDocument): Promise<Thing> =>
    thingOf(identity, ofStored(stored))
  const isSeen = ({ body }: StoredDocument, { keeps }: Thing): boolean => body.classification !== 'owner' || keeps

  /** Who may change the device or keeps the space. */
  const mayChange = async (identity: Identity, thing: Thing): Promise<boolean> => {
    if (!hasRole(identity, [...DOCUMENT_ROLES, 'admin'])) return false
    if (!('device' in thing)) return thing.keeps
    try {
      await checkMayChange(identity, { devices: [thing.device] }, records)
      return true
    } catch {
      return false
    }
  }
  const mustChange = async (identity: Identity, thing: Thing): Promise<void> => {
    if (!(await mayChange(identity, thing)))
      throw new Failure(
        'not-allowed',
        'Documents are kept by who owns, holds or maintains the device, or has the space.',
      )
  }
  const version = (identity: Identity, file: { digest: string; name: string; note?: string }): DocumentVersion => ({
    digest: file.digest,
    name: file.name,
    at: iso(now()),
    by: identity.name,
    ...(file.note === undefined ? {} : { note: file.note }),
  })
  const store = async (
    identity: Identity,
    premises: Id,
    body: DeviceDocument,
    before: StoredDocument | null,
    { state = 'kept', action }: { state?: 'kept' | 'removed'; action: string },
  ): Promise<Id> => {
    if (body.versions.length > limits.documentVersions)
      throw new Failure('too-large', `A document has ${limits.documentVersions} versions at most. Make a new one.`)
    const id = before?.id ?? createId('document')
    const paper = { id, premises, audience: audienceOf(body), state, dueAt: null, body }
    const files = [...new Set(body.versions.map(({ digest }) => digest))]
    await records.changePapers(
      { papers: [{ kind: DEVICE_DOCUMENT, paper, expectedVersion: before?.version ?? 0, files }] },
      actorOf(identity),
      action,
    )
    return id
  }

  return {
    thingOf,
    thingOfStored,
    mayChange,

    /** Those of a device, a space or premises that the asker sees, the newest first. */
    async list(
      identity: Identity,
      wanted: { device?: Id; premises?: Id; space?: Id },
      page: { limit: number; after?: string },
    ): Promise<{ items: { stored: StoredDocument; thing: Thing }[]; next: string | null }> {
      const found = await records.listPapers(ALL, DEVICE_DOCUMENT, {
        ...page,
        states: ['kept'],
        newestFirst: true,
        ...(wanted.premises === undefined ? {} : { premises: wanted.premises }),
        ...(wanted.device === undefined ? {} : { text: wanted.device }),
      })
      const things = new Map<string, Thing | null>()
      const items: { stored: StoredDocument; thing: Thing }[] = []
      for (const stored of found.items) {
        const { of } = stored.body
        if (wanted.device !== undefined && !('device' in of && of.device === wanted.device)) continue
        if (wanted.space !== undefined && !('space' in of && of.space === wanted.space)) continue
        const key = JSON.stringify(ofStored(stored))
        if (!things.has(key)) things.set(key, await thingOfStored(identity, stored).catch(() => null))
        const thing = things.get(key)
        if (thing != null && isSeen(stored, thing)) items.push({ stored, thing })
      }
      return { items, next: found.next }
    },

    /** @throws Failure 'not-found' when it is not theirs to see. */
    async get(identity: Identity, id: Id): Promise<{ stored: StoredDocument; thing: Thing }> {
      const stored = await records.getPaper(ALL, DEVICE_DOCUMENT, id)
      if (stored === null) throw notFound()
      const thing = await thingOfStored(identity, stored)
      if (!isSeen(stored, thing)) throw notFound()
      return { stored, thing }
    },

    async add(
      identity: Identity,
      of: WantedOf,
      head: Omit<DeviceDocument, 'of' | 'versions'>,
      file: { digest: string; name: string; note?: string },
    ): Promise<Id> {
      const thing = await thingOf(identity, of)
      await mustChange(identity, thing)
      const about = 'device' in of ? of : { space: of.space }
      const body: DeviceDocument = { of: about, ...head, versions: [version(identity, file)] }
      return store(identity, thing.premises.id, body, null, { action: 'document.add' })
    },

    /** A new version in place of the last, which stays in the history. */
    async replace(
      identity: Identity,
      { stored, thing }: { stored: StoredDocument; thing: Thing },
      file: { digest: string; name: string; note?: string },
    ): Promise<void> {
      await mustChange(identity, thing)
      const body = { ...stored.body, versions: [...stored.body.versions, version(identity, file)] }
      await store(identity, thing.premises.id, body, stored, { action: 'document.replace' })
    },

    async change(
      identity: Identity,
      { stored, thing }: { stored: StoredDocument; thing: Thing },
      head: Omit<DeviceDocument, 'of' | 'versions'>,
    ): Promise<void> {
      await mustChange(identity, thing)
      const body: DeviceDocument = { of: stored.body.of, ...head, versions: stored.body.versions }
      await store(identity, thing.premises.id, body, stored, { action: 'document.change' })
    },

    async remove(identity: Identity, { stored, thing }: { stored: StoredDocument; thing: Thing }): Promise<void> {
      await mustChange(identity, thing)
      await store(identity, thing.premises.id, stored.body, stored, { state: 'removed', action: 'document.remove' })
    },

    /** @throws Failure 'not-found' for a number that it does not have. */
    async file({ body }: StoredDocument, number: number): Promise<{ file: StoredFile; name: string }> {
      const one = body.versions[number - 1]
      const file = one === undefined ? null : await records.getFile(ALL, one.digest)
      if (one === undefined || file === null) throw notFound()
      return { file, name: one.name }
    },
  }
}
