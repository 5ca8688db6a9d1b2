// A party joins, leaves or is succeeded by another body: previewed with all effects, then done as one act.
import { randomBytes } from 'node:crypto'
import { PremisesParams } from '#contract/premises.ts'
import { PartyChangeAnswer, PartyChangeList, PartyChangeWanted, type Hindrance } from '#contract/party-changes.ts'
import { Failure } from '#domain/failure.ts'
import { PARTY_CHANGE, type ClosingReading, type PartyChange, type Plan } from '#domain/party-change/party-change.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Bundle, Id, Names, Premises } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import { mustSettle, premisesForCosts } from '#api/access/may-settle.ts'
import { hasRole } from '#api/access/who.ts'
import { createProposals } from '#api/agreements/proposals.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { monthWith } from '#api/party-changes/figures.ts'
import { closingReadings, hindrancesOf, planOf } from '#api/party-changes/plans.ts'
import { gatherFacts } from '#api/settlement/gather.ts'
import { newestOf } from '#api/settlement/ledger-rows.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { iso, problems } from './answers.ts'

const PATH = '/premises/:id/party-changes'
/** Acts of one premises that a list shows, the newest first. */
const SHOWN = 200

export function addPartyChangeRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records, telemetry, now } = parts
  const proposals = createProposals(parts)
  const tags = ['party-changes']

  app.get(
    PATH,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Who joined, left or was succeeded, with what was done, the newest first',
        params: PremisesParams,
        response: { 200: PartyChangeList, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { id } = await premisesForCosts(identity, request.params.id, records)
      const { items } = await records.listPapers({ organisation: identity.organisation }, PARTY_CHANGE, {
        premises: id,
        newestFirst: true,
        limit: SHOWN,
      })
      return { items: items.map((paper) => ({ id: paper.id, ...paper.body })) }
    },
  )

  app.post(
    PATH,
    {
      config: { who: ['controller', 'manager', 'admin'] },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Look at what it changes when a party joins, leaves or is succeeded, or do it',
        params: PremisesParams,
        body: PartyChangeWanted,
        response: { 200: PartyChangeAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      await mustSettle(identity, premises, records)
      const wanted = request.body
      const { act } = wanted
      if (wanted.apply) mayApply(identity, premises, wanted)
      const period = act.from.slice(0, 7)
      const ledger = await records.ledger(premises.id)
      const facts = await gatherFacts(parts, premises.id, [period], null)
      const planned = await planOf(act, facts, premises, parts)
      if (!planned.ok) throw impossible(planned.problems)
      const { plan } = planned
      const closing = await closingReadings(plan, wanted, premises, parts)
      const hindrances = [
        ...(await leftAlready(act, plan, premises)),
        ...hindrancesOf(act, plan, closing, facts, ledger),
      ]
      if (wanted.apply && hindrances.length > 0)
        throw new Failure('conflict', hindrances.map(({ message }) => message).join(' '))
      const month = wanted.apply ? null : await monthWith(plan, premises.id, period, settlements, parts)
      const closed = [...new Set(ledger.map((entry) => entry.period))].filter(
        (one) => newestOf(ledger, one)?.status === 'closed',
      )
      const last = wanted.apply || act.act === 'succession' ? undefined : closed.sort().at(-1)
      const early = last === undefined ? null : await planOf({ ...act, from: `${last}-01` }, facts, premises, parts)
      const lastClosed =
        last === undefined || early?.ok !== true
          ? null
          : await monthWith(early.plan, premises.id, last, settlements, parts)
      const done = wanted.apply ? await apply(identity, premises, wanted, plan, closing, facts) : null
      const organisations: Record<Id, Names> = {}
      const ids = [...new Set([...(facts.organisations ?? []).map((one) => one.id), act.organisation])]
      for await (const { id, name } of listAll(records, 'organisations', { ids })) organisations[id] = name
      return {
        applied: wanted.apply,
        effects: seenBy(identity, plan.effects, premises, facts),
        hindrances,
        closing,
        buyOuts: plan.buyOuts,
        agreement: plan.agreement,
        month,
        lastClosed,
        proposal: done?.proposal ?? null,
        id: done?.id ?? null,
        names: namesOf(plan, premises, facts),
        organisations,
      }
    },
  )

  /** Who has left has nothing here that could end once more; a second act would only be a second record and draft. */
  const leftAlready = async (act: PartyChangeWanted['act'], plan: Plan, premises: Premises): Promise<Hindrance[]> => {
    if (act.act !== 'leave' || Object.values(plan.changes).some((list) => list.length > 0)) return []
    const { items } = await records.listPapers({ organisation: null }, PARTY_CHANGE, {
      premises: premises.id,
      newestFirst: true,
      limit: SHOWN,
    })
    const before = items.find(({ body }) => body.act.act === 'leave' && body.act.organisation === act.organisation)
    if (before === undefined) return []
    return [
      {
        code: 'left-already',
        message: `${act.organisation} has left already, from ${before.body.act.from}; the agreement without it is to be approved.`,
        values: [before.body.act.from],
      },
    ]
  }

  /** All in one transaction: facts, the draft of the agreement, the record. Closing readings are stored before; alone they change no fact. */
  const apply = async (
    identity: Identity,
    premises: Premises,
    { act, readings = [] }: PartyChangeWanted,
    plan: Plan,
    closing: ClosingReading[],
    facts: Bundle,
  ): Promise<{ id: Id; proposal: Id | null }> => {
    const drafted = plan.agreement === null ? null : await proposals.drafted(identity, plan.agreement)
    const id = `party-change-${randomBytes(8).toString('hex')}`
    const body: PartyChange = {
      act,
      by: identity.organisation,
      at: iso(now()),
      effects: plan.effects,
      buyOuts: plan.buyOuts,
      closing,
      proposal: drafted?.id ?? null,
    }
    const parties = (facts.agreements ?? []).flatMap((agreement) =>
      agreement.premises === premises.id ? agreement.parties : [],
    )
    const audience = [
      ...new Set([
        premises.landlord,
        ...parties,
        act.organisation,
        ...(act.act === 'succession' ? [act.successor] : []),
      ]),
    ]
    const record: PaperChange = {
      kind: PARTY_CHANGE,
      paper: { id, premises: premises.id, audience, state: 'done', dueAt: null, body },
      expectedVersion: 0,
    }
    const values = readings.map(({ device, point, value }) => {
      const demanded = closing.find((one) => one.device === device && one.point === point)
      if (demanded === undefined)
        throw new Failure('invalid-body', `No closing reading of ${device}/${point} is demanded.`)
      return { device, point, quality: 'manual' as const, values: [[demanded.at, value]] as [string, string][] }
    })
    const versions = new Map([...(await versionsAsRead(plan.changes, facts, records)), ...plan.expectedVersions])
    const result = await importBundle(
      { ...plan.changes, ...(values.length === 0 ? {} : { readings: values }) },
      {
        records,
        telemetry,
        now: now(),
        actor: actorOf(identity),
        action: `party.${act.act}`,
        expectedVersions: versions,
        beside: { papers: [record, ...(drafted === null ? [] : [drafted.change])] },
      },
    )
    if (!result.ok) throw impossible(result.problems)
    return { id, proposal: drafted?.id ?? null }
  }
}

/** A succession reaches into every premises; who asks for one of them sees what changes there. */
function seenBy(identity: Identity, effects: Plan['effects'], premises: Premises, facts: Bundle): Plan['effects'] {
  if (identity.organisation === null) return effects
  const here = ({ kind, id }: Plan['effects'][number]): boolean =>
    kind === 'organisations' ||
    (kind === 'premises' ? id === premises.id : (facts[kind] ?? []).some((object) => object.id === id))
  return effects.filter(here)
}

/** Names of what the plan speaks of, where there are any. */
function namesOf({ effects, buyOuts, closing }: Plan, premises: Premises, facts: Bundle): Record<string, Names> {
  const devices = new Set([
    ...effects.flatMap(({ kind, id }) => (kind === 'devices' ? [id] : [])),
    ...buyOuts.map(({ device }) => device),
    ...closing.map(({ device }) => device),
  ])
  const named: [string, Names | undefined][] = [
    ...(facts.devices ?? []).flatMap(({ id, name }): [string, Names | undefined][] =>
      devices.has(id) ? [[`devices/${id}`, name]] : [],
    ),
    ...(premises.spaces ?? []).map(({ id, name }): [string, Names | undefined] => [`spaces/${id}`, name]),
    ...(facts.agreements ?? []).map(({ id, name }): [string, Names | undefined] => [`agreements/${id}`, name]),
  ]
  return Object.fromEntries(named.filter((one): one is [string, Names] => one[1] !== undefined))
}

/** The versions that the plan rests on. @throws Failure 'changed-meanwhile' when one has changed since it was read. */
async function versionsAsRead(
  changes: Bundle,
  facts: Bundle,
  records: RouteParts['records'],
): Promise<Map<string, number>> {
  const versions = new Map<string, number>()
  for (const kind of ['premises', 'devices', 'meteredCosts', 'recurringCosts'] as const)
    for (const { id } of changes[kind] ?? []) {
      const stored = await records.getObject({ organisation: null }, kind, id)
      const read = facts[kind]?.find((one) => one.id === id)
      if (stored === null || read === undefined) continue
      if (JSON.stringify(stored.value) !== JSON.stringify(read))
        throw new Failure('changed-meanwhile', `${id} in ${kind} has changed meanwhile; look at the effects again.`)
      versions.set(`${kind}/${id}`, stored.version)
    }
  return versions
}

const impossible = (found: Failure['problems']): Failure =>
  new Failure('invalid-bundle', 'It is not possible like this; nothing was changed.', { problems: found })

/** Facts of the premises are the landlord's to change; a succession reaches into all premises and is the operator's. */
function mayApply(identity: Identity, premises: Premises, { act }: PartyChangeWanted): void {
  if (act.act === 'succession') {
    if (identity.organisation === null && hasRole(identity, ['admin'])) return
    throw new Failure(
      'not-allowed',
      'A succession reaches into every premises: an administrator of the platform does it.',
    )
  }
  if (identity.organisation === premises.landlord && hasRole(identity, ['manager', 'admin'])) return
  throw new Failure(
    'not-allowed',
    'Who joins or leaves is entered by a manager of the landlord; the agreement is approved by all.',
  )
}
