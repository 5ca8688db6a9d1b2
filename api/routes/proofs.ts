// What others need to check a closed month without us: the proof file, the chain, the parties' countersignatures.
import { createPublicKey, verify } from 'node:crypto'
import { Streamed } from '#contract/common.ts'
import { PremisesMonthParams, PremisesParams } from '#contract/premises.ts'
import { Chain, CountersignatureWanted, Recorded } from '#contract/settlements.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { logExport } from '#api/documents/log-export.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { chainFileOf, chainOf, proofOf } from '#api/settlement/proof.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { problems } from './answers.ts'
import { MONTH } from './settlements.ts'

export function addProofRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  const tags = ['settlements']

  app.get(
    `${MONTH}/proof`,
    {
      config: { who: 'viewer' },
      handlerTimeout: 600_000,
      schema: {
        tags,
        summary: 'Everything that a closed month rests on, to be verified without us',
        params: PremisesMonthParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { period } = request.params
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const proof = await proofOf(premises.id, period, parts)
      await logExport(records, identity, 'proof', `${premises.id}-${period}`, premises.id)
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
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await logExport(records, identity, 'chain', premises.id, premises.id)
      reply.header('content-disposition', `attachment; filename="chain-${premises.id}.json"`)
      return chainFileOf(premises.id, parts)
    },
  )

  app.post(
    `${MONTH}/countersignatures`,
    {
      config: { who: ['signatory'] },
      schema: {
        tags,
        summary: 'A party’s own signature under the digest of a closed month',
        params: PremisesMonthParams,
        body: CountersignatureWanted,
        response: { 201: Recorded, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { party, publicKey, signature } = request.body
      if (identity.organisation !== party)
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
