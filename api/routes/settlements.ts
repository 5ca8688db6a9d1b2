// Settlements of a premises: list, month, explanation, and the steps of its life.
import { createPublicKey, verify } from 'node:crypto'
import { Type } from 'typebox'
import { Explanation } from '#contract/explanation.ts'
import { PremisesMonthParams, PremisesParams } from '#contract/premises.ts'
import {
  Chain,
  CountersignatureWanted,
  ExplanationParams,
  Force,
  PartyResponseWanted,
  Settlement,
  SettlementDetails,
  SettlementsQuery,
  SettlementSummaries,
} from '#contract/settlements.ts'
import { Failure } from '#domain/failure.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Id, Names } from '#domain/registry/bundle.ts'
import type { Settlement as SettlementForm } from '#domain/settlement/settlement.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { mustSettle, premisesForCosts } from '#api/access/may-settle.ts'
import { hasRole } from '#api/access/who.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { chainFileOf, chainOf, proofOf } from '#api/settlement/proof.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { notFound, problems } from './answers.ts'

const Answered = Type.Object({ recorded: Type.Literal(true) }, { additionalProperties: false })
const File = Type.Object({}, { additionalProperties: true, description: 'docs/PROOF.md' })
const MONTH = '/premises/:id/settlements/:period'

export function addSettlementRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records, limits } = parts
  const tags = ['settlements']

  app.get(
    '/premises/:id/settlements',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Months at a glance',
        params: PremisesParams,
        querystring: SettlementsQuery,
        response: { 200: SettlementSummaries, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const [from, to] = [monthIndex(request.query.from), monthIndex(request.query.to)]
      if (to < from) throw new Failure('bad-request', 'to is a month not before from; both are in.')
      if (to - from >= limits.settlementMonths)
        throw new Failure('bad-request', `Ask for ${limits.settlementMonths} months at most.`)
      const months = Array.from({ length: to - from + 1 }, (_, i) => monthOfIndex(from + i))
      return { items: await settlements.list(premises.id, months) }
    },
  )
  app.get(
    MONTH,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The settlement of a month: as frozen, else the draft',
        params: PremisesMonthParams,
        response: { 200: Settlement, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      return settlements.show(premises.id, request.params.period)
    },
  )
  app.get(
    `${MONTH}/details`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The settlement with what the parties said, and what hinders its next step',
        params: PremisesMonthParams,
        response: { 200: SettlementDetails, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const details = await settlements.details(premises, request.params.period)
      return {
        ...details,
        organisations: await organisationNames(details.settlement),
        itemNames: await itemNames(premises.id, details.settlement),
      }
    },
  )
  app.get(
    `${MONTH}/explanations/:item`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The whole way from readings to cents of one item',
        params: ExplanationParams,
        response: { 200: Explanation, ...problems },
      },
    },
    async (request) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const explanation = await settlements.explain(premises.id, request.params.period, request.params.item)
      if (explanation === null) throw notFound()
      return explanation
    },
  )
  app.post(
    `${MONTH}/issue`,
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags,
        summary: 'Freeze the draft and show it to the parties',
        params: PremisesMonthParams,
        body: Force,
        response: { 200: Settlement, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      return settlements.issue(premises, request.params.period, actorOf(identity))
    },
  )
  app.post(
    `${MONTH}/close`,
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags,
        summary: 'Close the month for good; with `force` without the acceptances',
        params: PremisesMonthParams,
        body: Force,
        response: { 200: Settlement, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      const { force, reason } = request.body
      if (force === true && !hasRole(identity, ['admin']))
        throw new Failure('not-allowed', 'Only an administrator may waive the acceptances.')
      if (force === true && (reason ?? '').trim() === '')
        throw new Failure('invalid-body', 'Say the reason: it is shown to every party.', {
          problems: [{ pointer: '/reason', code: 'required', message: 'is missing' }],
        })
      return settlements.close(
        premises,
        request.params.period,
        actorOf(identity),
        force === true ? { reason: reason ?? '' } : null,
      )
    },
  )
  app.post(
    `${MONTH}/responses`,
    {
      config: { who: ['controller', 'signatory'] },
      schema: {
        tags,
        summary: 'Accept, dispute or comment, on the whole or on one item',
        params: PremisesMonthParams,
        body: PartyResponseWanted,
        response: { 201: Answered, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { party, item, answer, text } = request.body
      if (identity.organisation !== party)
        throw new Failure('not-allowed', 'Everyone answers for their own organisation.')
      if (answer === 'disputed' && (text ?? '').trim() === '')
        throw new Failure('invalid-body', 'Say what is disputed.', {
          problems: [{ pointer: '/text', code: 'required', message: 'is missing' }],
        })
      await settlements.respond(
        premises.id,
        request.params.period,
        { party, item, answer, text: text ?? '' },
        actorOf(identity),
      )
      return reply.code(201).send({ recorded: true as const })
    },
  )
  app.get(
    `${MONTH}/proof`,
    {
      config: { who: 'viewer' },
      handlerTimeout: 600_000,
      schema: {
        tags,
        summary: 'Everything that a closed month rests on, to be verified without us',
        params: PremisesMonthParams,
        response: { 200: File, ...problems },
      },
    },
    async (request, reply) => {
      const { period } = request.params
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      const proof = await proofOf(premises.id, period, parts)
      reply.header('content-disposition', `attachment; filename="proof-${premises.id}-${period}.json"`)
      return proof
    },
  )
  app.get(
    '/premises/:id/chain',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The chain of closed months, held against what is stored',
        params: PremisesParams,
        response: { 200: Chain, ...problems },
      },
    },
    async (request) => chainOf((await premisesForCosts(identityOf(request), request.params.id, records)).id, parts),
  )
  app.get(
    '/premises/:id/chain/file',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The chain as a file to keep, without facts',
        params: PremisesParams,
        response: { 200: File, ...problems },
      },
    },
    async (request, reply) => {
      const premises = await premisesForCosts(identityOf(request), request.params.id, records)
      reply.header('content-disposition', `attachment; filename="chain-${premises.id}.json"`)
      return chainFileOf(premises.id, parts)
    },
  )
  app.post(
    `${MONTH}/countersignatures`,
    {
      config: { who: ['signatory', 'admin'] },
      schema: {
        tags,
        summary: 'A party’s own signature under the digest of a closed month',
        params: PremisesMonthParams,
        body: CountersignatureWanted,
        response: { 201: Answered, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { party, publicKey, signature } = request.body
      if (identity.organisation !== null && identity.organisation !== party)
        throw new Failure('not-allowed', 'Everyone signs for their own organisation.')
      const settlement = await settlements.show(premises.id, request.params.period)
      if (settlement.status !== 'closed' || settlement.digest === null)
        throw new Failure('settlement-state', 'Only a closed month can be signed.')
      if (!settlement.statements.some((statement) => statement.party === party))
        throw new Failure('invalid-body', `${party} is no party of this settlement.`)
      if (!signatureHolds(settlement.digest, publicKey, signature))
        throw new Failure('invalid-body', 'The signature is not of this digest by this key.', {
          problems: [{ pointer: '/signature', code: 'signature', message: 'does not hold' }],
        })
      const { digest, period } = settlement
      await records.addCountersignature(
        { premises: premises.id, period, digest, party, publicKey, signature, at: parts.now(), by: identity.name },
        actorOf(identity),
      )
      return reply.code(201).send({ recorded: true as const })
    },
  )

  const organisationNames = async (settlement: SettlementForm): Promise<Record<Id, Names>> => {
    const ids = new Set([
      ...settlement.statements.map(({ party }) => party),
      ...settlement.items.map(({ payer }) => payer),
    ])
    const names: Record<Id, Names> = {}
    for await (const { id, name } of listAll(records, 'organisations', { ids: [...ids] })) names[id] = name
    return names
  }
  /** Metered costs and depreciation are known by their device. */
  const itemNames = async (premises: Id, settlement: SettlementForm): Promise<Record<string, Names>> => {
    const deviceOf = new Map<string, Id>()
    for await (const cost of listAll(records, 'meteredCosts', { premises }))
      deviceOf.set(`metered:${cost.id}`, cost.meter.device)
    const wanted = new Map<string, Id>()
    for (const { id } of settlement.items) {
      const plain = id.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')
      const device = plain.startsWith('depreciation:') ? plain.slice('depreciation:'.length) : deviceOf.get(plain)
      if (device !== undefined) wanted.set(id, device)
    }
    const names = new Map<Id, Names>()
    if (wanted.size > 0)
      for await (const { id, name } of listAll(records, 'devices', { ids: [...new Set(wanted.values())] }))
        if (name !== undefined) names.set(id, name)
    return Object.fromEntries(
      [...wanted].flatMap(([item, device]): [string, Names][] =>
        names.has(device) ? [[item, names.get(device) ?? {}]] : [],
      ),
    )
  }
}

/** Ed25519 over the digest's ASCII text; the key as SPKI or as its 32 bytes. */
function signatureHolds(digest: string, publicKey: string, signature: string): boolean {
  try {
    const bytes = Buffer.from(publicKey, 'base64')
    const spki = bytes.length === 32 ? Buffer.concat([SPKI_HEAD, bytes]) : bytes
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(digest, 'ascii'), key, Buffer.from(signature, 'base64'))
    )
  } catch {
    return false // not a key
  }
}
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
