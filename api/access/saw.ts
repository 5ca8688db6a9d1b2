// Who saw what is delicate: one line of the audit log, written before the answer goes out.
import type { FastifyRequest } from 'fastify'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from './identity.ts'

/** The same person who looks at the same thing again within this time adds no line. */
const SAME_LOOK_MS = 60 * 60 * 1000
/** Looks that are remembered; who looks again after that only adds a line too many. */
const MAX_LOOKS = 20_000

export type Look = { kind: string; id: string; premises: Id | null }
export type Saw = (identity: Identity, look: Look) => Promise<void>

/** What of a route is written down; null: this time nothing. */
export type SawRule = string | ((request: FastifyRequest, identity: Identity) => Look | null)

/** Looks are remembered in memory: after a start each adds a line anew. */
export const createSaw = (records: Pick<Records, 'appendAudit'>, now: () => number): Saw => {
  const looks = new Map<string, number>()
  return async (identity, { kind, id, premises }) => {
    const key = JSON.stringify([identity.kind, identity.id, identity.organisation, kind, id])
    const last = looks.get(key)
    if (last !== undefined && now() - last < SAME_LOOK_MS) return
    if (looks.size >= MAX_LOOKS) looks.delete(looks.keys().next().value ?? '')
    looks.delete(key)
    looks.set(key, now())
    try {
      await records.appendAudit(actorOf(identity), 'saw', kind, id, premises, '')
    } catch (error) {
      looks.delete(key)
      throw error
    }
  }
}

/** What a request looks at by the rule of its route: the object of its path, or all of them. */
export const lookOf = (request: FastifyRequest, identity: Identity, rule: SawRule): Look | null => {
  if (typeof rule !== 'string') return rule(request, identity)
  const params = request.params as Record<string, string>
  const { premises } = request.query as { premises?: string }
  const isPremises = request.routeOptions.url?.includes('/premises/:id') === true
  return {
    kind: rule,
    id: Object.values(params).join('/') || 'all',
    premises: isPremises ? (params['id'] ?? null) : (premises ?? null),
  }
}
