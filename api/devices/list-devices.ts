// Devices by what is asked for: the store answers by its indexes; presence, and what holds on the day, is looked at here.
import { isToBeHeard, lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import type { Device, Id, LifecycleState, LocalDate } from '#domain/registry/bundle.ts'
import type { ObjectQuery, Scope, Stored } from '#domain/ports/records.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import { lifecycleFacet, roleFacet, tagFacet } from '#domain/search/findable.ts'
import type { PresenceWord, RouteParts } from '#api/parts.ts'
import { todayOf } from '#api/views/today.ts'

export type DeviceFilter = {
  premises?: Id
  space?: Id
  type?: string
  tag?: string
  owner?: Id
  holder?: Id
  maintainer?: Id
  lifecycle?: LifecycleState
  state?: PresenceWord
  q?: string
}
const ROLES = ['owner', 'holder', 'maintainer'] as const
type Parts = Pick<RouteParts, 'records' | 'broker' | 'now'>

/** What the store is asked: a little more than fits, where a day decides. */
const queryOf = ({ premises, space, type, tag, lifecycle, q, ...roles }: DeviceFilter): Omit<ObjectQuery, 'limit'> => {
  const facets = [
    ...(tag === undefined ? [] : [tagFacet(tag)]),
    ...(lifecycle === undefined ? [] : [lifecycleFacet(lifecycle)]),
    ...ROLES.flatMap((role) => (roles[role] === undefined ? [] : [roleFacet(role, roles[role])])),
  ]
  return {
    ...(premises === undefined ? {} : { premises }),
    ...(space === undefined ? {} : { space }),
    ...(type === undefined ? {} : { type }),
    ...(facets.length === 0 ? {} : { facets }),
    ...(q === undefined || q.trim() === '' ? {} : { text: q }),
  }
}

/** Bodies and ids that are read at once, and how often for one answer. */
const BODIES_AT_ONCE = 200
const IDS_AT_ONCE = 2_000
const MAX_ROUNDS = 50

/** Made for one answer: the dates of premises are asked for once. */
export function createDeviceList(parts: Parts, scope: Scope) {
  const { records, broker } = parts
  const todays = new Map<Id, LocalDate>()
  const todayIn = async (premises: Id): Promise<LocalDate> => {
    const known = todays.get(premises)
    if (known !== undefined) return known
    const today = await todayOf(premises, parts)
    todays.set(premises, today)
    return today
  }
  const fits = async (device: Device, filter: DeviceFilter): Promise<boolean> => {
    if (
      filter.state === undefined &&
      filter.lifecycle === undefined &&
      ROLES.every((role) => filter[role] === undefined)
    )
      return true
    const today = await todayIn(device.premises)
    const state = lifecycleOn(device, today)
    if (filter.lifecycle !== undefined && state !== filter.lifecycle) return false
    if (filter.state !== undefined && (broker.presence(device.id).state !== filter.state || !isToBeHeard(state)))
      return false
    const wanted = ROLES.filter((role) => filter[role] !== undefined)
    if (wanted.length === 0) return true
    const held = rolesOn(device, today)
    return wanted.every((role) => held.some((row) => row.role === role && row.organisation === filter[role]))
  }

  /** The ids in order, of which presence and nothing else was looked at; `next` goes on behind what was looked at. */
  const candidates = async (
    filter: DeviceFilter,
    { after, limit }: { after?: string | undefined; limit?: number },
  ): Promise<{ ids: Id[]; next: Id | null }> => {
    const found = await records.objectIds(scope, 'devices', {
      ...queryOf(filter),
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
    })
    const { state } = filter
    return {
      ids: state === undefined ? found : found.filter((id) => broker.presence(id).state === state),
      next: found.length === limit ? (found.at(-1) ?? null) : null,
    }
  }

  return {
    todayIn,

    /** A page in the order of ids; `next` goes on even where a page holds fewer than asked. */
    async page(
      filter: DeviceFilter,
      { limit, after }: { limit: number; after?: string },
    ): Promise<{ items: Stored<Device>[]; next: string | null }> {
      const items: Stored<Device>[] = []
      if (filter.state !== undefined) {
        let from = after
        for (let round = 0; round < MAX_ROUNDS; round++) {
          const { ids, next } = await candidates(filter, { after: from, limit: IDS_AT_ONCE })
          for (let at = 0; at < ids.length; at += limit) {
            const chunk = ids.slice(at, at + limit)
            const page = await records.listObjects(scope, 'devices', { ids: chunk, limit: chunk.length })
            for (const stored of page.items) {
              if (!(await fits(stored.value, filter))) continue
              if (items.length === limit) return { items, next: items.at(-1)?.value.id ?? null }
              items.push(stored)
            }
          }
          if (next === null) return { items, next: null }
          from = next
        }
        return { items, next: from ?? null }
      }
      let next = after ?? null
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const page = await records.listObjects(scope, 'devices', {
          ...queryOf(filter),
          limit: limit - items.length,
          ...(next === null ? {} : { after: next }),
        })
        for (const stored of page.items) if (await fits(stored.value, filter)) items.push(stored)
        next = page.next
        if (next === null || items.length >= limit) break
      }
      return { items, next }
    },

    /** The ids of all that fit, at most `limit`; null when there are more. */
    async ids(filter: DeviceFilter, limit: number): Promise<Id[] | null> {
      const { ids } = await candidates(filter, {})
      const exact = filter.state ?? filter.lifecycle ?? filter.owner ?? filter.holder ?? filter.maintainer
      if (exact === undefined) return ids.length > limit ? null : ids
      const fitting: Id[] = []
      for (let at = 0; at < ids.length && fitting.length <= limit; at += BODIES_AT_ONCE) {
        const chunk = ids.slice(at, at + BODIES_AT_ONCE)
        const page = await records.listObjects(scope, 'devices', { ids: chunk, limit: chunk.length })
        for (const { value } of page.items) if (await fits(value, filter)) fitting.push(value.id)
      }
      return fitting.length > limit ? null : fitting
    },
  }
}
