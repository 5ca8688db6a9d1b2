// What was found as it is shown: each hit is read again through the eyes of whoever asks, so nothing is told that its own page would not tell.
import type { SearchHit, SearchKind } from '#contract/search.ts'
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { ALARM_RULE } from '#domain/alarms/rule.ts'
import { DEVICE_DOCUMENT } from '#domain/device-documents/device-document.ts'
import { DOCUMENT } from '#domain/documents/document.ts'
import { FAULT } from '#domain/faults/fault.ts'
import type { Found } from '#domain/ports/search.ts'
import type { Id, Space } from '#domain/registry/bundle.ts'
import { createAlarmSight } from '#api/alarms/sight.ts'
import type { Identity } from '#api/access/identity.ts'
import { createDeviceDocuments } from '#api/device-documents/device-documents.ts'
import type { RouteParts } from '#api/parts.ts'

/** The kinds of the index that a kind of the search stands for. */
export const INDEXED: Readonly<Record<SearchKind, readonly string[]>> = {
  premises: ['premises'],
  spaces: ['spaces'],
  devices: ['devices'],
  documents: [DEVICE_DOCUMENT, DOCUMENT],
  faults: [FAULT],
  alarms: [ALARM],
  alarmRules: [ALARM_RULE],
  agreements: ['agreements'],
  organisations: ['organisations'],
  invoices: ['invoices'],
}

const PLAIN = { name: null, title: null, premises: null, device: null, space: null, sort: null, number: null, tags: [] }
type Shown = SearchHit | null

export function createHits(parts: RouteParts, identity: Identity) {
  const { records } = parts
  const scope = { organisation: identity.organisation }
  const mayReadAlarm = createAlarmSight(records, scope)
  const documents = createDeviceDocuments(parts)
  const spacesOf = new Map<Id, ReadonlyMap<Id, Space>>()

  const spaceHit = async ({ id, premises }: Found): Promise<Shown> => {
    const place = premises ?? ''
    if (!spacesOf.has(place)) {
      const spaces = (await records.getObject(scope, 'premises', place))?.value.spaces ?? []
      spacesOf.set(place, new Map(spaces.map((space) => [space.id, space])))
    }
    const space = spacesOf.get(place)?.get(id.slice(place.length + 1))
    if (space === undefined) return null
    const { name = null, type = null, storey = null, tags = [] } = space
    return { ...PLAIN, kind: 'spaces', id: space.id, name, premises, space: space.id, sort: type, number: storey, tags }
  }

  const SHOWN: { [K in SearchKind]: (found: Found) => Promise<Shown> } = {
    spaces: spaceHit,
    premises: async ({ id }) => {
      const found = await records.getObject(scope, 'premises', id)
      if (found === null) return null
      const { name, address = null } = found.value
      return { ...PLAIN, kind: 'premises', id, name, premises: id, number: address }
    },
    devices: async ({ id }) => {
      const found = await records.getObject(scope, 'devices', id)
      if (found === null) return null
      const { name = null, premises, space = null, type = null, serial = null, tags = [] } = found.value
      return { ...PLAIN, kind: 'devices', id, name, premises, device: id, space, sort: type, number: serial, tags }
    },
    organisations: async ({ id }) => {
      const found = await records.getObject(scope, 'organisations', id)
      if (found === null) return null
      const { name, kind: sort = null, businessId: number = null } = found.value
      return { ...PLAIN, kind: 'organisations', id, name, sort, number }
    },
    agreements: async ({ id }) => {
      const found = await records.getObject(scope, 'agreements', id)
      if (found === null) return null
      return { ...PLAIN, kind: 'agreements', id, name: found.value.name ?? null, premises: found.value.premises }
    },
    invoices: async ({ id }) => {
      const found = await records.getObject(scope, 'invoices', id)
      if (found === null) return null
      const { premises, supplier, number = null, category, device = null } = found.value
      return { ...PLAIN, kind: 'invoices', id, title: supplier ?? id, premises, device, sort: category, number }
    },
    documents: async ({ kind, id }) => {
      if (kind === DEVICE_DOCUMENT) {
        const found = await documents.get(identity, id).catch(() => null)
        if (found === null || found.stored.state === 'removed') return null
        const { of, title, kind: sort, versions } = found.stored.body
        const about = 'device' in of ? { device: of.device } : { space: of.space }
        const file = versions.at(-1)?.name ?? null
        return {
          ...PLAIN,
          kind: 'documents',
          id,
          title,
          premises: found.thing.premises.id,
          ...about,
          sort,
          number: file,
        }
      }
      const found = await records.getPaper(scope, DOCUMENT, id)
      if (found === null) return null
      const { number, type, premises, seller, buyer } = found.body.document
      const title = `${number} · ${seller.name} → ${buyer.name}`
      return { ...PLAIN, kind: 'documents', id, title, premises: premises.id, sort: type, number }
    },
    faults: async ({ id }) => {
      const found = await records.getPaper(scope, FAULT, id)
      if (found === null) return null
      const { what, choice, device, space } = found.body
      const title = what === '' ? (choice ?? id) : what
      return { ...PLAIN, kind: 'faults', id, title, premises: found.premises, device, space, sort: found.state }
    },
    alarms: async ({ id }) => {
      const found = await records.getPaper<Alarm>(scope, ALARM, id)
      if (found === null || !(await mayReadAlarm(found.body))) return null
      const { name, device } = found.body
      return { ...PLAIN, kind: 'alarms', id, name, premises: found.premises, device, sort: found.state }
    },
    alarmRules: async ({ id }) => {
      const found = await records.getPaper(scope, ALARM_RULE, id)
      if (found === null) return null
      return { ...PLAIN, kind: 'alarmRules', id, name: found.body.name, premises: found.premises, sort: found.state }
    },
  }
  return (kind: SearchKind, found: Found): Promise<Shown> => SHOWN[kind](found)
}
