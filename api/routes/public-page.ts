// The public page of a premises: off until the landlord's manager opens it; without signing in, the same for everybody, and kept for an hour.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Nothing } from '#contract/common.ts'
import {
  PublicFigures,
  PublicPageParams,
  PublicPageState,
  PublicPageWanted,
  type PublicFigures as Figures,
} from '#contract/public-page.ts'
import { PremisesParams } from '#contract/premises.ts'
import { floorOf } from '#domain/costs/floor-and-people.ts'
import { LEAST_PARTIES, MOST_PERCENT, PUBLIC_PAGE, publicMonths } from '#domain/costs/public-figures.ts'
import { Failure } from '#domain/failure.ts'
import { formatRounded } from '#domain/quantity/fraction.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { hasRole } from '#api/access/who.ts'
import { isDelicate } from '#api/devices/delicate.ts'
import type { CostMonths } from '#api/costs/cost-months.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { keepNewest } from '#api/settlement/keep-newest.ts'
import { monthNow } from '#api/year/budgets.ts'
import { paperIdOf } from '#api/year/year-access.ts'
import { notFound, problems } from './answers.ts'

const ALL = { organisation: null }
const MONTHS = 24
const HOUR_MS = 3_600_000
/** Premises whose page is kept in memory. */
const PAGES_KEPT = 100
const FRESH = `public, max-age=${HOUR_MS / 1000}`
const RULE = { leastParties: LEAST_PARTIES, mostPercent: Number(MOST_PERCENT) }
const idOf = (premises: Id): Id => paperIdOf('public-page', [premises])

export function addPublicPageRoutes(app: ApiApp, parts: RouteParts, costMonths: CostMonths): void {
  const { records, now, limits } = parts
  const pages = keepNewest<{ figures: Figures; etag: string }>(PAGES_KEPT)
  const stateOf = async (premises: Id) => records.getPaper(ALL, PUBLIC_PAGE, idOf(premises))
  const tags = ['public page']

  app.get(
    '/public/premises/:id',
    {
      config: {
        who: 'open',
        // A key of its own: who looks at the page has not used up what the sign-in counts, and the other way round.
        rateLimit: {
          max: limits.publicPagesPerMinute,
          keyGenerator: (request: FastifyRequest) => `public page ${request.ip}`,
        },
      },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'What the shared equipment of a premises costs and uses, where its landlord shows it',
        params: PublicPageParams,
        response: { 200: PublicFigures, 304: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const [page, premises] = [await stateOf(id), (await records.getObject(ALL, 'premises', id))?.value]
      // What is not shown is answered like what does not exist.
      if (page?.body.open !== true || premises === undefined) throw notFound()
      reply.header('cache-control', FRESH)
      const key = `${id} ${page.version} ${Math.floor(now() / HOUR_MS)}`
      const { figures, etag } = await pages.get(key, async () => {
        const made = await figuresOf(parts, costMonths, premises)
        return { figures: made, etag: `"${createHash('sha256').update(JSON.stringify(made)).digest('base64url')}"` }
      })
      reply.header('etag', etag)
      const known = request.headers['if-none-match']?.split(',').some((one) => one.trim() === etag) ?? false
      return known ? reply.code(304).send(null) : figures
    },
  )
  app.get(
    '/premises/:id/public-page/preview',
    {
      config: { who: ['manager'] },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Exactly what the public page shows, or would if it were opened; for the landlord’s manager',
        params: PremisesParams,
        response: { 200: PublicFigures, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      if (!mayOpen(identity, premises)) throw new Failure('not-allowed', 'This is for the landlord’s manager.')
      return figuresOf(parts, costMonths, premises)
    },
  )

  app.get(
    '/premises/:id/public-page',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Whether the public page is shown',
        params: PremisesParams,
        response: { 200: PublicPageState, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const open = (await stateOf(premises.id))?.body.open === true
      return { open, mayChange: mayOpen(identity, premises), ...RULE }
    },
  )
  app.put(
    '/premises/:id/public-page',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary: 'Shows the public page, or takes it away; for the landlord’s manager',
        params: PremisesParams,
        body: PublicPageWanted,
        response: { 200: PublicPageState, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      if (!mayOpen(identity, premises)) throw new Failure('not-allowed', 'This is for the landlord’s manager.')
      const { open } = request.body
      const paper = {
        id: idOf(premises.id),
        premises: premises.id,
        audience: 'premises' as const,
        state: open ? 'open' : 'closed',
        dueAt: null,
        body: { open },
      }
      const action = open ? 'public-page.open' : 'public-page.close'
      await records.changePapers({ papers: [{ kind: PUBLIC_PAGE, paper }] }, actorOf(identity), action)
      return { open, mayChange: true, ...RULE }
    },
  )
}

/** The landlord's consent is its manager's word; the operator gives nobody's consent. */
const mayOpen = (identity: Identity, { landlord }: Premises): boolean =>
  identity.organisation === landlord && hasRole(identity, ['manager'])

async function figuresOf(parts: RouteParts, costMonths: CostMonths, premises: Premises): Promise<Figures> {
  const last = monthIndex(monthNow(parts, premises))
  const months = Array.from({ length: MONTHS }, (_, i) => monthOfIndex(last - MONTHS + 1 + i))
  const isHidden = await hiddenItems(parts, premises.id)
  const found = await costMonths.of(premises, months, 'quantities')
  const closed = found
    .filter(({ settlement }) => settlement.status === 'closed')
    .map(({ settlement, lines }) => ({ month: settlement.period, lines }))
  const floor = floorOf(premises, months.at(-1) ?? '', null)
  return {
    name: premises.name,
    address: premises.address ?? null,
    floorM2: floor === null ? null : formatRounded(floor, 0),
    ...RULE,
    months: publicMonths(closed, isHidden).map(({ month, sums }) => ({
      month,
      sums: sums.map(({ category, euros, line }) => ({
        category,
        euros: euros.toString(),
        use:
          line?.quantity == null
            ? null
            : { unit: line.quantity.unit, quantity: formatRounded(line.quantity.amount, 1) },
      })),
    })),
  }
}

/** Items about something protected, kept from the parties, or that secures the premises: by their device. */
async function hiddenItems({ records }: RouteParts, premises: Id): Promise<(item: string) => boolean> {
  const devices = new Set<Id>()
  for await (const device of listAll(records, 'devices', { premises })) if (isDelicate(device)) devices.add(device.id)
  const costs = new Set<string>([...devices].map((id) => `depreciation:${id}`))
  for await (const { id, meter } of listAll(records, 'meteredCosts', { premises }))
    if (devices.has(meter.device)) costs.add(`metered:${id}`)
  for await (const { id, device } of listAll(records, 'recurringCosts', { premises }))
    if (device != null && devices.has(device)) costs.add(`recurring:${id}`)
  for await (const { id, device } of listAll(records, 'invoices', { premises }))
    if (device != null && devices.has(device)) costs.add(`invoice:${id}`)
  return (item) => costs.has(item.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, ''))
}
