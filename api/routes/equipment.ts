// The equipment of premises: book value and parts on any day, the plan of replacements, and a co-owner's exit from all it shares.
import { IdParams } from '#contract/common.ts'
import { EquipmentQuery, EquipmentShown, ExitAnswer, ExitWanted } from '#contract/equipment.ts'
import { Failure } from '#domain/failure.ts'
import { equipmentOn } from '#domain/lifecycle/equipment.ts'
import { lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import { hasMoneyFacts } from '#domain/lifecycle/money-facts.ts'
import { TRANSFER } from '#domain/lifecycle/transfer.ts'
import { buyOut } from '#domain/party-change/buy-out.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Stored } from '#domain/ports/records.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import { identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { createTransfers } from '#api/transfers/transfers.ts'
import { todayOf } from '#api/views/today.ts'
import { dateOf, notFound, problems } from './answers.ts'

const tags = ['equipment']
const PAGE = 200

export function addEquipmentRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, limits } = parts
  const transfers = createTransfers(parts)

  const devicesOf = async (identity: Identity, premises: Id): Promise<{ all: Stored<Device>[]; more: boolean }> => {
    const all: Stored<Device>[] = []
    for (let after: string | undefined; all.length < limits.equipmentLines;) {
      const page = await records.listObjects({ organisation: identity.organisation }, 'devices', {
        premises,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      })
      all.push(...page.items)
      if (page.next === null) return { all, more: false }
      after = page.next
    }
    return { all: all.slice(0, limits.equipmentLines), more: true }
  }
  /** Devices of which it owns a part, together with others, on a day. */
  const sharedOn = (all: readonly Stored<Device>[], own: Id | null, date: string): Device[] =>
    all.flatMap(({ value }) => {
      const owners = rolesOn(value, date).filter(({ role }) => role === 'owner')
      const is = owners.length > 1 && owners.some(({ organisation }) => organisation === own)
      return is && lifecycleOn(value, date) !== 'retired' ? [value] : []
    })

  app.get(
    '/premises/:id/equipment',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Devices with book value and each owner’s part on a day, and the replacements by year',
        params: IdParams,
        querystring: EquipmentQuery,
        response: { 200: EquipmentShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await records.getObject(scopeOf(request), 'premises', request.params.id)
      if (premises === null) throw notFound()
      const { at, facts } = request.query
      const date = at === undefined ? await todayOf(premises.value.id, parts) : dateOf(at, 'at')
      const { all, more } = await devicesOf(identity, premises.value.id)
      const { lines, ...sums } = equipmentOn(
        all.map(({ value }) => value),
        date,
      )
      return {
        at: date,
        lines: lines.flatMap((line, i) => {
          const { value, hidden = [] } = all[i]!
          if (facts !== undefined && (facts === 'with') !== hasMoneyFacts(value)) return []
          return [{ ...line, name: value.name ?? null, hidden: hidden.includes('money') }]
        }),
        ...sums,
        shared: sharedOn(all, identity.organisation, date).length,
        more,
      }
    },
  )

  app.post(
    '/premises/:id/ownership-exits',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary:
          'A co-owner leaves what it owns with others: seen first, then an offer for each device, which its buyer answers',
        params: IdParams,
        body: ExitWanted,
        response: { 200: ExitAnswer, 201: ExitAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const own = identity.organisation
      const premises = await records.getObject(scopeOf(request), 'premises', request.params.id)
      if (premises === null) throw notFound()
      if (own === null) throw new Failure('not-allowed', 'An owner leaves by itself; the operator does not.')
      const { from, buyers = {}, apply } = request.body
      dateOf(from, 'from')
      const shared = sharedOn((await devicesOf(identity, premises.value.id)).all, own, from)
      const items: ExitAnswer['items'] = []
      for (const device of shared)
        items.push(await exitOf(identity, own, device, premises.value, { from, buyers, apply }))
      const sum = (of: 'shareValue' | 'price'): string =>
        formatCents(items.reduce((total, item) => total + (parseCents(item[of] ?? '0') ?? 0n), 0n))
      return reply
        .code(apply ? 201 : 200)
        .send({ applied: apply, items, shareValue: sum('shareValue'), price: sum('price') })
    },
  )

  const exitOf = async (
    identity: Identity,
    own: Id,
    device: Device,
    { landlord }: Premises,
    { from, buyers, apply }: { from: string; buyers: Record<Id, Id>; apply: boolean },
  ): Promise<ExitAnswer['items'][number]> => {
    const receiver = buyers[device.id] ?? buyOut(device, own, from, undefined, landlord)?.buyOut.buyer ?? landlord
    const line = { device: device.id, name: device.name ?? null, buyer: receiver }
    const waiting = await waitingTransfer(device.id, own)
    try {
      const planned = await transfers.preview(identity, device.id, { kind: 'transfer', receiver, from })
      const { share, bookValue, shareValue, price } = planned.transfer.figures
      const transfer = waiting ?? (apply ? await transfers.offer(identity, planned) : null)
      return { ...line, share, bookValue, shareValue, price, transfer, waiting: waiting !== null, hindrance: null }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const nothing = { share: null, bookValue: null, shareValue: null, price: null, transfer: waiting }
      return { ...line, ...nothing, waiting: waiting !== null, hindrance: error.message }
    }
  }
  const waitingTransfer = async (device: Id, giver: Id): Promise<Id | null> => {
    const query = { states: ['offered'], text: device, limit: PAGE }
    const { items } = await records.listPapers({ organisation: giver }, TRANSFER, query)
    const found = items.find(
      ({ body }) => body.device === device && body.giver === giver && body.wanted.kind === 'transfer',
    )
    return found?.id ?? null
  }
}
