// Transfers and loans of devices: an owner offers, the receiver's signatory accepts or declines, a loan comes back.
import { IdParams } from '#contract/common.ts'
import { TransferOffer, TransferPage, TransferQuery, TransferReason, TransferShown } from '#contract/transfers.ts'
import { TRANSFER, type Transfer } from '#domain/lifecycle/transfer.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { identityOf, type Identity } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { createTransfers, mayDo, type Ground, type StoredTransfer } from '#api/transfers/transfers.ts'
import { isoOrNull, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['transfers']
const ACTS = {
  acceptance: { act: 'accept', who: ['signatory'], summary: 'Accept it for your own organisation' },
  refusal: { act: 'decline', who: ['signatory'], summary: 'Decline it for your own organisation, with the reason' },
  withdrawal: { act: 'withdraw', who: ['manager'], summary: 'Take back what your organisation has offered' },
  return: {
    act: 'return',
    who: ['manager'],
    summary: 'The lender has it back; before its day, the role of holder comes back today',
  },
} as const

export function addTransferRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const transfers = createTransfers(parts)

  const shownOf = (
    identity: Identity,
    { device, premises, documents }: Ground,
    body: Transfer,
    stored: StoredTransfer | null,
  ): TransferShown => ({
    id: stored?.id ?? null,
    state: (stored?.state ?? 'preview') as TransferShown['state'],
    version: stored?.version ?? 0,
    device: body.device,
    deviceName: device.value.name ?? null,
    premises: premises.id,
    premisesName: premises.name,
    timeZone: premises.timeZone,
    giver: body.giver,
    wanted: body.wanted,
    figures: body.figures,
    documents,
    events: body.events,
    reason: body.reason,
    dueAt: isoOrNull(stored?.dueAt ?? null),
    may: stored === null ? [] : mayDo(identity, stored),
  })
  const shown = async (identity: Identity, id: Id): Promise<TransferShown> => {
    const stored = await transfers.get(identity, id)
    return shownOf(identity, await transfers.groundOf(stored.body.device), stored.body, stored)
  }

  app.get(
    '/transfers',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Transfers and loans that concern you, the newest first',
        querystring: TransferQuery,
        response: { 200: TransferPage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { device, state } = request.query
      const page = await records.listPapers({ organisation: identity.organisation }, TRANSFER, {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(state === undefined ? {} : { states: [state] }),
        ...(device === undefined ? {} : { text: device }),
      })
      const items: TransferShown[] = []
      for (const stored of page.items)
        if (device === undefined || stored.body.device === device)
          items.push(shownOf(identity, await transfers.groundOf(stored.body.device), stored.body, stored))
      return { items, next: page.next }
    },
  )

  app.post(
    '/transfers',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary: 'See what a transfer or loan of your device comes to, or offer it to the receiver',
        body: TransferOffer,
        response: { 200: TransferShown, 201: TransferShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { device, wanted, apply } = request.body
      const planned = await transfers.preview(identity, device, wanted)
      if (!apply) return shownOf(identity, planned.ground, planned.transfer, null)
      const id = await transfers.offer(identity, planned)
      return reply.code(201).send(await shown(identity, id))
    },
  )

  app.get(
    '/transfers/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One transfer or loan, with price, book value, and what encumbers it',
        params: IdParams,
        response: { 200: TransferShown, ...problems },
      },
    },
    async (request, reply) => {
      const found = await shown(identityOf(request), request.params.id)
      setEtag(reply, found.version)
      return found
    },
  )

  for (const [path, { act, who, summary }] of Object.entries(ACTS)) {
    app.post(
      `/transfers/:id/${path}`,
      {
        config: { who: [...who] },
        schema: {
          tags,
          summary,
          params: IdParams,
          body: TransferReason,
          response: { 200: TransferShown, ...problems },
        },
      },
      async (request) => {
        const identity = identityOf(request)
        const stored = await transfers.get(identity, request.params.id)
        await transfers.act(identity, stored, act, request.body.reason ?? null)
        return shown(identity, stored.id)
      },
    )
  }
}
