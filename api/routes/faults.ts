// Faults: reported by people who are signed in, listed, one with all that happened, each step; their custody, times and waste.
import { IdParams, Streamed } from '#contract/common.ts'
import {
  CustodyQuery,
  FaultExportQuery,
  FaultMade,
  FaultPage,
  FaultQuery,
  FaultShown,
  FaultStepWanted,
  FaultTimes,
  FaultTimesQuery,
  FaultWanted,
  WasteShown,
  type FaultVerb,
} from '#contract/faults.ts'
import { ALARM } from '#domain/alarms/alarm.ts'
import { FAULT, keeperOf, OPEN_FAULT_STATES } from '#domain/faults/fault.ts'
import { timesOf, type FaultForTimes } from '#domain/faults/statistics.ts'
import { Failure } from '#domain/failure.ts'
import type { PaperQuery } from '#domain/ports/papers.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { dutiesOf } from '#api/access/bodies.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { hasRole } from '#api/access/who.ts'
import { csvText } from '#api/documents/csv.ts'
import { logExport } from '#api/documents/log-export.ts'
import { custodyRows, faultRows } from '#api/faults/fault-tables.ts'
import { faultShown, faultSummary, findFault, noNames } from '#api/faults/fault-shown.ts'
import { invoiceOf, type Faults, type StoredFault } from '#api/faults/faults.ts'
import { faultWaste } from '#api/faults/waste.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { dateOf, iso, notFound, pageOfQuery, problems } from './answers.ts'

/** Pages of the store that one page of the list looks through for what it filters. */
const MAX_PAGES = 20
const PAGE = 200
/** Steps that only those take who do the work; the others check themselves. */
const WORK: ReadonlySet<FaultVerb> = new Set(['accept', 'take', 'decline', 'work', 'done', 'reopen', 'close'])

type Filters = { premises?: Id; device?: Id; space?: Id; state?: string; whose?: string; q?: string }

export function addFaultRoutes(app: ApiApp, parts: RouteParts, faults: Faults): void {
  const { records, limits, now } = parts
  const tags = ['faults']

  const storeQuery = ({ premises, device, state, q }: Filters): Omit<PaperQuery, 'limit'> => ({
    ...(premises === undefined ? {} : { premises }),
    ...(state === undefined
      ? {}
      : { states: state === 'open' ? OPEN_FAULT_STATES : state === 'ended' ? ['done', 'closed'] : [state] }),
    ...(q === undefined ? (device === undefined ? {} : { text: `"${device}"` }) : { text: q }),
    newestFirst: true,
  })
  /** The bodies whose faults are the asker's own today, those that it succeeded among them. */
  const ownBodies = ({ organisation }: Identity, { whose = 'all' }: Filters): Promise<ReadonlySet<Id>> =>
    whose === 'all' || organisation === null
      ? Promise.resolve(new Set())
      : dutiesOf(organisation, records, localDate(now(), 'UTC'))
  const isWanted = ({ device, space, whose = 'all' }: Filters, own: ReadonlySet<Id>, fault: StoredFault): boolean => {
    const { body, state } = fault
    if (body.joinedInto !== null) return false
    if (device !== undefined && body.device !== device) return false
    if (space !== undefined && body.space !== space) return false
    if (whose === 'all') return true
    return own.has(keeperOf(body)?.organisation ?? '') && (whose === 'ours' || state === 'offered')
  }
  /** All that the filters let through, up to the limit of one export. */
  const allOf = async (identity: Identity, filters: Filters): Promise<StoredFault[]> => {
    const own = await ownBodies(identity, filters)
    const found: StoredFault[] = []
    let after: string | null | undefined
    for (let seen = 0; after !== null && seen < limits.faultsCounted; seen += PAGE) {
      const page: { items: StoredFault[]; next: string | null } = await records.listPapers(
        { organisation: identity.organisation },
        FAULT,
        { ...storeQuery(filters), limit: PAGE, ...(after === undefined ? {} : { after }) },
      )
      found.push(...page.items.filter((one) => isWanted(filters, own, one)))
      after = page.next
    }
    return found
  }
  const seen = async (identity: Identity, id: Id): Promise<StoredFault> => {
    const found = await findFault(records, identity, id)
    if (found === null) throw notFound()
    return found
  }

  app.get(
    '/faults',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Faults that the organisation sees, the newest first',
        querystring: FaultQuery,
        response: { 200: FaultPage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { limit, after: start } = pageOfQuery(request.query)
      const known = noNames()
      const own = await ownBodies(identity, request.query)
      const items = []
      let after = start ?? null
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const page: { items: StoredFault[]; next: string | null } = await records.listPapers(scopeOf(request), FAULT, {
          ...storeQuery(request.query),
          limit: limit - items.length,
          ...(after === null ? {} : { after }),
        })
        for (const fault of page.items)
          if (isWanted(request.query, own, fault)) items.push(await faultSummary(parts, identity, fault, known))
        after = page.next
        if (after === null || items.length >= limit) break
      }
      return { items, next: after }
    },
  )

  app.get(
    '/faults/export',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The filtered list with who had each fault and how long, as CSV or JSON',
        querystring: FaultExportQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { format = 'csv', language = 'fi', ...filters } = request.query
      const known = noNames()
      const found = []
      for (const fault of await allOf(identity, filters))
        found.push({ fault, summary: await faultSummary(parts, identity, fault, known) })
      await logExport(records, identity, `faults.${format}`, filters.premises ?? 'all', filters.premises ?? null)
      reply.header('content-disposition', `attachment; filename="faults.${format}"`)
      if (format === 'json')
        return reply.type('application/json').send({
          format: 'samtila-faults',
          version: 1,
          faults: found.map(({ fault, summary }) => ({
            ...summary,
            custody: fault.body.custody,
            work: fault.body.work,
          })),
        })
      return reply.type('text/csv; charset=utf-8').send(csvText(faultRows(found, language), language))
    },
  )

  app.get(
    '/faults/statistics',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'How quickly each organisation answers and repairs: median and ninth decile, by the clock and in working hours',
        querystring: FaultTimesQuery,
        response: { 200: FaultTimes, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { premises, from, to } = request.query
      const known = noNames()
      const counted: FaultForTimes[] = []
      for (const fault of await allOf(identity, premises === undefined ? {} : { premises })) {
        const { timeZone } = await faultSummary(parts, identity, fault, known)
        const begin = from === undefined ? -Infinity : dayStart(dayNumber(dateOf(from, 'from')), timeZone)
        const end = to === undefined ? Infinity : dayStart(dayNumber(dateOf(to, 'to')), timeZone)
        if (fault.createdAt >= begin && fault.createdAt < end) counted.push({ ...fault, timeZone })
      }
      const items = []
      for (const one of timesOf(counted, now())) {
        const organisation = await records.getObject({ organisation: null }, 'organisations', one.organisation)
        items.push({ ...one, name: organisation?.value.name ?? { fi: one.organisation } })
      }
      return { items }
    },
  )

  app.get(
    '/faults/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One fault with all that happened, and the steps that one may take now',
        params: IdParams,
        response: { 200: FaultShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const shown = await faultShown(parts, identity, await seen(identity, request.params.id))
      if (shown.contacts.length > 0)
        await parts.saw(identity, { kind: 'reporter-contact', id: shown.id, premises: shown.premises })
      return shown
    },
  )

  app.get(
    '/faults/:id/custody',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Who had it from when to when and what they did, whole, as CSV or JSON',
        params: IdParams,
        querystring: CustodyQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const fault = await seen(identity, request.params.id)
      const { format = 'json', language = 'fi' } = request.query
      const shown = await faultShown(parts, identity, fault)
      await logExport(records, identity, `fault-custody.${format}`, fault.id, fault.premises)
      reply.header('content-disposition', `attachment; filename="${fault.id}.${format}"`)
      if (format === 'csv')
        return reply.type('text/csv; charset=utf-8').send(csvText(custodyRows(shown, language), language))
      const { may: _may, handTo: _handTo, contacts: _contacts, categories: _categories, ...facts } = shown
      return reply.type('application/json').send({ format: 'samtila-fault-custody', version: 1, fault: facts })
    },
  )

  app.get(
    '/faults/:id/waste',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What the device used beyond its own usual use since the fault began: an estimate in kWh and euros',
        params: IdParams,
        response: { 200: WasteShown, ...problems },
      },
    },
    async (request) => {
      const fault = await seen(identityOf(request), request.params.id)
      const { device } = fault.body
      const stored = device === null ? null : await records.getObject(scopeOf(request), 'devices', device)
      // Readings that one may not see are not told by their sum either.
      if (device !== null && (stored === null || stored.hidden?.includes('readings') === true))
        return { known: false as const, reason: 'no-meter' as const }
      const waste = await faultWaste(parts, fault)
      return waste.known ? { ...waste, from: iso(waste.from), to: iso(waste.to) } : waste
    },
  )

  app.post(
    '/faults',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Report a fault; one on a device that has an open fault joins it',
        body: FaultWanted,
        response: { 201: FaultMade, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const scope = scopeOf(request)
      const { device: deviceId, space, what = '', choice = null, files = [], alarm, apart = false } = request.body
      const from = alarm === undefined ? null : await records.getPaper(scope, ALARM, alarm)
      if (alarm !== undefined && from === null) throw notFound()
      if (from?.body.fault != null)
        throw new Failure('conflict', `A fault was made of this alarm already: ${from.body.fault}.`)
      const wanted = deviceId ?? from?.body.device ?? null
      const device = wanted === null ? null : await records.getObject(scope, 'devices', wanted)
      if (wanted !== null && device === null) throw notFound()
      const premises = device?.value.premises ?? request.body.premises ?? from?.premises
      if (premises == null) throw new Failure('invalid-body', 'Say of which device or premises.')
      const place = await records.getObject(scope, 'premises', premises)
      if (place === null) throw notFound()
      if (space !== undefined && !(place.value.spaces ?? []).some(({ id }) => id === space)) throw notFound()
      if (what.trim() === '' && choice === null && from === null)
        throw new Failure('invalid-body', 'Say what is wrong, in words or by a choice.', {
          problems: [{ pointer: '/what', code: 'missing', message: 'say what is wrong' }],
        })
      const { fault, joined } = await faults.report(
        {
          premises,
          device: wanted,
          space: space ?? null,
          what: what.trim(),
          choice,
          source: from === null ? 'person' : 'alarm',
          alarm: alarm ?? null,
          language: request.body.language ?? identity.user?.language ?? 'fi',
          files,
          followers: [],
          same: null,
          apart,
        },
        actorOf(identity),
      )
      return reply.code(201).send({ fault: await faultShown(parts, identity, fault), joined })
    },
  )

  app.post(
    '/faults/:id/steps',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Accept, decline, take, write, record work, finish, reopen, close, join, split, or record a cost',
        params: IdParams,
        body: FaultStepWanted,
        response: { 200: FaultShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const fault = await seen(identity, request.params.id)
      await checkMayStep(identity, fault, request.body)
      return faultShown(parts, identity, await faults.step(fault, request.body, actorOf(identity)))
    },
  )

  async function checkMayStep(identity: Identity, fault: StoredFault, wanted: FaultStepWanted): Promise<void> {
    const { step } = wanted
    if (step === 'message') return
    if (WORK.has(step)) {
      if (hasRole(identity, ['technician', 'manager'])) return
      throw new Failure('not-allowed', 'This is for technicians and managers.')
    }
    const landlord = (await records.getObject({ organisation: null }, 'premises', fault.premises ?? ''))?.value.landlord
    const own = identity.organisation
    const isOurs = own === null || own === landlord || keeperOf(fault.body)?.organisation === own
    const roles = step === 'cost' ? (['controller', 'manager'] as const) : (['manager'] as const)
    if (!isOurs || !hasRole(identity, roles))
      throw new Failure(
        'not-allowed',
        `This is for a ${roles.join(' or a ')} of who has the fault, or of the landlord.`,
      )
    if (wanted.step === 'cost')
      await checkMayChange(identity, { invoices: [invoiceOf(fault, wanted, identity)] }, records)
    if (wanted.step === 'join') await seen(identity, wanted.with)
  }
}
