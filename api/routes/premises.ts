// Premises: list with what is going on there, one with its spaces and tenancies, and the first page of all.
import { Premises as PremisesBody } from '#contract/bundle.ts'
import { IdParams } from '#contract/common.ts'
import { Overview, type Need } from '#contract/overview.ts'
import {
  PremisesOneQuery,
  PremisesPage,
  PremisesQuery,
  PremisesRecorded,
  type PremisesSummary,
} from '#contract/premises.ts'
import { UNKNOWN_DEVICE } from '#domain/inbox/unknown-device.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { LocalDate, Premises } from '#domain/registry/bundle.ts'
import type { Scope } from '#domain/ports/records.ts'
import { identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { costsSeen } from '#api/access/may-settle.ts'
import { hasRole } from '#api/access/who.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { createPremisesFacts } from '#api/views/premises-facts.ts'
import { premisesSummary } from '#api/views/premises-summary.ts'
import { dateOf, instantOf, iso, notFound, pageOfQuery, problems, setEtag, shown } from './answers.ts'
import { addChange, addHistory, covering } from './objects.ts'

/** Premises on the overview; more are found by the list. */
const MAX_OVERVIEW = 200
const MAX_COUNTED = 1000

export function addPremisesRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records, now } = parts
  const facts = createPremisesFacts(records)
  app.addHook('onClose', async () => facts.stop())
  const summariesOf = async (premises: readonly Premises[], identity: Identity): Promise<PremisesSummary[]> => {
    const costs = await costsSeen(identity, premises, records)
    return inTurn(premises, async (one) => {
      const { summary, lastMonth } = await premisesSummary(one, parts, facts)
      return { ...summary, month: costs.has(one.id) ? await settlements.glance(one, lastMonth) : null }
    })
  }

  app.get(
    '/premises',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['premises'],
        summary: 'Premises that the organisation sees',
        querystring: PremisesQuery,
        response: { 200: PremisesPage, ...problems },
      },
    },
    async (request) => {
      const { q } = request.query
      const page = await records.listObjects(scopeOf(request), 'premises', {
        ...pageOfQuery(request.query),
        ...(q === undefined ? {} : { text: q }),
      })
      const premises = page.items.map(({ value }) => value)
      return { items: await summariesOf(premises, identityOf(request)), next: page.next }
    },
  )
  app.get(
    '/premises/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['premises'],
        summary: 'One premises; with `at` only the tenancies and headcounts of that date',
        params: IdParams,
        querystring: PremisesOneQuery,
        response: { 200: PremisesRecorded, ...problems },
      },
    },
    async (request, reply) => {
      const { at, knownAt } = request.query
      const stored = await records.getObject(
        scopeOf(request),
        'premises',
        request.params.id,
        knownAt === undefined ? undefined : instantOf(knownAt, 'knownAt'),
      )
      if (stored === null) throw notFound()
      setEtag(reply, stored.version)
      const whole = shown(stored)
      const [summary] = await summariesOf([stored.value], identityOf(request))
      if (summary === undefined) throw notFound()
      return {
        ...(at === undefined ? whole : { ...whole, ...rowsOn(stored.value, dateOf(at, 'at')) }),
        summary,
      }
    },
  )
  const noun = { app, parts, path: '/premises', kind: 'premises' as const, tag: 'premises' }
  addChange(noun, PremisesBody)
  addHistory(noun)

  app.get(
    '/overview',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['overview'],
        summary: 'All premises at a glance, and what needs someone',
        response: { 200: Overview, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const { items } = await records.listObjects(scope, 'premises', { limit: MAX_OVERVIEW })
      const premises = await summariesOf(
        items.map(({ value }) => value),
        identityOf(request),
      )
      const technician = hasRole(identityOf(request), ['technician'])
      return {
        premises,
        needs: [...premises.flatMap(needsOf), ...(technician ? await technicalNeeds(scope) : [])],
        generatedAt: iso(now()),
      }
    },
  )

  /** What waits in quarantine, proposed points and unknown devices, by premises. */
  const technicalNeeds = async (scope: Scope): Promise<Need[]> => {
    const [quarantine, proposed, unknown] = await Promise.all([
      records.listQuarantine(scope, { limit: MAX_COUNTED }),
      records.listProposedPoints(scope, { limit: MAX_COUNTED }),
      records.listPapers(scope, UNKNOWN_DEVICE, { states: ['waiting'], limit: MAX_COUNTED }),
    ])
    const ids = [...new Set(proposed.map(({ device }) => device))]
    const placeOf = new Map<string, string>()
    if (ids.length > 0)
      for await (const device of listAll(records, 'devices', { ids }, scope)) placeOf.set(device.id, device.premises)
    return [
      ...countBy(
        'quarantine',
        quarantine.items.map(({ premises }) => premises),
      ),
      ...countBy(
        'proposed-points',
        proposed.map(({ device }) => placeOf.get(device) ?? null),
      ),
      ...countBy(
        'unknown-devices',
        unknown.items.map(({ premises }) => premises),
      ),
    ]
  }
}

function countBy(kind: Need['kind'], places: (string | null)[]): Need[] {
  const counts = new Map<string, number>()
  for (const place of places) if (place !== null) counts.set(place, (counts.get(place) ?? 0) + 1)
  return [...counts].map(([premises, count]) => ({ kind, premises, count }))
}

function needsOf({ id, devices, month }: PremisesSummary): Need[] {
  const needs: Need[] = []
  const silent = devices.stale + devices.offline
  if (silent > 0) needs.push({ kind: 'stale-devices', premises: id, count: silent })
  if (month !== null) {
    const { period, blocked, status } = month
    if (blocked > 0) needs.push({ kind: 'blocked-items', premises: id, count: blocked, period })
    else if (status === 'draft') needs.push({ kind: 'month-to-issue', premises: id, count: 1, period })
    if (status === 'issued') needs.push({ kind: 'month-to-accept', premises: id, count: 1, period })
  }
  return needs
}

function rowsOn({ tenancies, headcounts }: Premises, at: LocalDate): Pick<Premises, 'tenancies' | 'headcounts'> {
  return { tenancies: covering(tenancies ?? [], at), headcounts: covering(headcounts ?? [], at) }
}

/** One after the other: a page of premises must not flood the stores. */
async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = []
  for (const item of items) results.push(await work(item))
  return results
}
