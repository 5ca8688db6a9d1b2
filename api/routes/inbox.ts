// The inbox: unknown devices and proposed points, accepted, ignored or dismissed by technicians of the landlord.
import {
  AcceptedAnswer,
  PointsDecided,
  ProposedPointList,
  ProposedPointQuery,
  ProposedPointsDecided,
  UnknownIds,
  UnknownPage,
  UnknownQuery,
  UnknownsAccepted,
  UnknownsChanged,
  type UnknownShown,
} from '#contract/inbox.ts'
import { Failure } from '#domain/failure.ts'
import { announcedOf } from '#domain/inbox/announced-points.ts'
import { pointOfProposal } from '#domain/inbox/point-of-proposal.ts'
import type { Suggestion } from '#domain/inbox/suggest-device.ts'
import { UNKNOWN_DEVICE, type UnknownPaper, type UnknownState } from '#domain/inbox/unknown-device.ts'
import type { Page, ProposedPoint, Scope } from '#domain/ports/records.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, identityOf, isOperator, scopeOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import type { Inbox } from '#api/inbox/inbox.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { iso, isoOrNull, notFound, pageOfQuery, problems } from './answers.ts'

/** Pages that are read to fill one when the filters leave most of them out. */
const MAX_ROUNDS = 40
const MAX_PROPOSED = 1_000

export function addInboxRoutes(app: ApiApp, parts: RouteParts, inbox: Inbox): void {
  const { records, telemetry, now } = parts

  /** The papers of these ids, all of them seen and of premises that the asker may put devices into. */
  const papersOf = async (identity: Identity, ids: readonly string[]): Promise<UnknownPaper[]> => {
    if (new Set(ids).size !== ids.length) throw new Failure('invalid-body', 'One id is named twice.')
    const scope: Scope = { organisation: identity.organisation }
    const { items } = await records.listPapers(scope, UNKNOWN_DEVICE, { ids, limit: ids.length })
    const found = new Map(items.map((paper) => [paper.id, paper]))
    return Promise.all(
      ids.map(async (id, index) => {
        const paper = found.get(id)
        const premises = paper?.premises == null ? null : await records.getObject(scope, 'premises', paper.premises)
        if (paper === undefined || premises === null)
          throw new Failure('not-found', NOTHING_HERE, {
            problems: [{ pointer: `/${index}`, code: 'not-found', message: NOTHING_HERE }],
          })
        if (!isOperator(identity) && premises.value.landlord !== identity.organisation)
          throw new Failure('not-allowed', 'Devices are taken in by the landlord of the premises or by the operator.')
        return paper
      }),
    )
  }

  app.get(
    '/inbox',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags: ['inbox'],
        summary:
          'Unknown devices behind gateways and bridges, the newest first, with what they send and what they probably are',
        querystring: UnknownQuery,
        response: { 200: UnknownPage, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const { premises, connector, gateway, state = 'waiting', q } = request.query
      const { limit, after } = pageOfQuery(request.query)
      const items: UnknownPaper[] = []
      let next: string | null = after ?? null
      for (let round = 0; round < MAX_ROUNDS && items.length < limit; round++) {
        const page: Page<UnknownPaper> = await records.listPapers(scope, UNKNOWN_DEVICE, {
          states: [state],
          newestFirst: true,
          limit: limit - items.length,
          ...(premises === undefined ? {} : { premises }),
          ...(q === undefined ? {} : { text: q }),
          ...(next === null ? {} : { after: next }),
        })
        for (const paper of page.items)
          if (
            (connector === undefined || paper.body.connector === connector) &&
            (gateway === undefined || paper.body.gateway === gateway)
          )
            items.push(paper)
        next = page.next
        if (next === null) break
      }
      const suggestions = await inbox.suggest(items)
      return { items: items.map((paper, index) => unknownShown(paper, suggestions[index] as Suggestion)), next }
    },
  )

  app.post(
    '/inbox/accept',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags: ['inbox'],
        summary:
          'Take unknown devices in, all or none: devices, points and mappings; what they sent before is read again',
        body: UnknownsAccepted,
        response: { 200: AcceptedAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { items } = request.body
      const papers = await papersOf(
        identity,
        items.map(({ id }) => id),
      )
      const wanted = items.map(({ version, existing, device }, index) => {
        const paper = papers[index] as UnknownPaper
        if (version !== undefined && version !== paper.version)
          throw new Failure('changed-meanwhile', `${paper.body.key} has sent something new since. Look at it again.`)
        if (paper.state === 'accepted')
          throw new Failure('conflict', `${paper.body.key} is taken in already, as ${paper.body.device}.`)
        return { paper, ...(existing === undefined ? {} : { existing }), ...(device === undefined ? {} : { device }) }
      })
      const result = await inbox.accept(wanted, actorOf(identity))
      if (!result.ok)
        throw new Failure('invalid-bundle', 'The devices would not be right; nothing was changed.', {
          problems: result.problems.map((one) => ({ ...one, pointer: `/items${one.pointer}` })),
        })
      return {
        accepted: papers.map(({ id }, index) => ({ id, device: result.devices[index] ?? '' })),
        replayed: result.replayed,
      }
    },
  )

  const addStateRoute = (path: string, summary: string, from: UnknownState, to: UnknownState, action: string): void =>
    void app.post(
      path,
      {
        config: { who: ['technician', 'manager'] },
        schema: { tags: ['inbox'], summary, body: UnknownIds, response: { 200: UnknownsChanged, ...problems } },
      },
      async (request) => {
        const identity = identityOf(request)
        const papers = (await papersOf(identity, request.body.ids)).filter(({ state }) => state === from)
        if (papers.length === 0) return { changed: 0 }
        const changes = papers.map(({ id, premises, audience, dueAt, body, version }) => ({
          kind: UNKNOWN_DEVICE,
          paper: { id, premises, audience, dueAt, body, state: to },
          expectedVersion: version,
        }))
        await records.changePapers({ papers: changes }, actorOf(identity), action)
        return { changed: papers.length }
      },
    )
  addStateRoute(
    '/inbox/ignore',
    'Ignore unknown devices: what they send is no longer kept',
    'waiting',
    'ignored',
    'inbox.ignore',
  )
  addStateRoute('/inbox/restore', 'Stop ignoring unknown devices', 'ignored', 'waiting', 'inbox.restore')

  app.get(
    '/inbox/proposed-points',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags: ['inbox'],
        summary: 'Points that known devices send undeclared, by device',
        querystring: ProposedPointQuery,
        response: { 200: ProposedPointList, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const { premises } = request.query
      const proposed = await records.listProposedPoints(scope, { limit: MAX_PROPOSED })
      const byDevice = Map.groupBy(proposed, ({ device }) => device)
      const ids = [...byDevice.keys()]
      const devices =
        ids.length === 0 ? [] : (await records.listObjects(scope, 'devices', { ids, limit: MAX_PROPOSED })).items
      const announced = await announcedOf(records, ids)
      return {
        items: devices
          .filter(({ value }) => premises === undefined || value.premises === premises)
          .map(({ value, version }) => ({
            device: value.id,
            deviceName: value.name ?? null,
            premises: value.premises,
            version,
            points: (byDevice.get(value.id) ?? []).map((sent) => {
              const told = announced(value.id, sent.key)
              const { unit = null, kind, name = null } = pointOfProposal(sent, value, told)
              return {
                key: sent.key,
                name,
                unit,
                deviceClass: told?.deviceClass ?? null,
                sample: sent.sample,
                kind: (kind ?? 'gauge') as 'gauge',
                firstAt: iso(sent.firstAt),
                lastAt: iso(sent.lastAt),
              }
            }),
          })),
        more: proposed.length >= MAX_PROPOSED,
      }
    },
  )

  app.post(
    '/inbox/proposed-points',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags: ['inbox'],
        summary: 'Accept or dismiss proposed points of many devices, all or none',
        body: ProposedPointsDecided,
        response: { 200: PointsDecided, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const scope = scopeOf(request)
      const { devices: decided } = request.body
      const devices: Device[] = []
      const versions = new Map<string, number>()
      const done: { device: Id; keys: string[] }[] = []
      let accepted = 0
      let dismissed = 0
      for (const [index, { device: id, accept = [], acceptAll = false, dismiss = [] }] of decided.entries()) {
        const stored = await records.getObject(scope, 'devices', id)
        if (stored === null) throw notFound()
        await checkMayChange(identity, { devices: [stored.value] }, records)
        const list = await records.listProposedPoints(scope, { device: id, limit: MAX_PROPOSED })
        const proposed = new Map(list.map((point): [string, ProposedPoint] => [point.key, point]))
        const announced = await announcedOf(records, [id])
        const wanted = acceptAll ? list.map(({ key }) => ({ key })).filter(({ key }) => !dismiss.includes(key)) : accept
        const points = wanted.map((point: (typeof accept)[number], place) => {
          const { key, unit, kind, name } = point
          const sent = proposed.get(key)
          if (sent === undefined)
            throw new Failure('invalid-body', `${id} proposes no point ${key}.`, {
              problems: [
                { pointer: `/devices/${index}/accept/${place}/key`, code: 'unknown-point', message: 'is not proposed' },
              ],
            })
          return pointOfProposal(sent, stored.value, announced(id, key), {
            ...(unit === undefined ? {} : { unit }),
            ...(kind === undefined ? {} : { kind }),
            ...(name === undefined ? {} : { name }),
          })
        })
        const declared = new Set((stored.value.points ?? []).map(({ key }) => key))
        const fresh = points.filter(({ key }) => !declared.has(key))
        if (fresh.length > 0) {
          devices.push({ ...stored.value, points: [...(stored.value.points ?? []), ...fresh] })
          versions.set(`devices/${id}`, stored.version)
        }
        accepted += points.length
        dismissed += dismiss.length
        done.push({ device: id, keys: [...points.map(({ key }) => key), ...dismiss] })
      }
      if (devices.length > 0) {
        const how = { actor: actorOf(identity), action: 'accept-points', expectedVersions: versions }
        const result = await importBundle({ devices }, { records, telemetry, now: now(), ...how })
        if (!result.ok)
          throw new Failure('invalid-bundle', 'The devices would not be right with these points.', {
            problems: result.problems,
          })
      }
      for (const { device, keys } of done) if (keys.length > 0) await records.deleteProposedPoints(device, keys)
      return { accepted, dismissed }
    },
  )
}

function unknownShown({ id, version, state, premises, body }: UnknownPaper, suggestion: Suggestion): UnknownShown {
  const kinds = new Map(suggestion.points.map(({ key, kind }) => [key, kind]))
  const { moreTopics: _moreTopics, points, firstAt, lastAt, ...rest } = body
  return {
    ...rest,
    id,
    version,
    state: state as UnknownState,
    premises: premises ?? '',
    points: points.map((point) => ({
      ...point,
      kind: (kinds.get(point.key) ?? 'gauge') as 'gauge',
      firstAt: isoOrNull(point.firstAt),
      lastAt: isoOrNull(point.lastAt),
    })),
    firstAt: iso(firstAt),
    lastAt: iso(lastAt),
    suggestion: {
      id: suggestion.id,
      name: suggestion.name,
      type: suggestion.type,
      brick: suggestion.brick,
      space: suggestion.space,
    },
  }
}
