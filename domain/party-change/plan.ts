// START HERE: what it changes when a party joins or leaves, to be looked at before it is done. Nothing is stored.
import type { Problem } from '#domain/failure.ts'
import type { Bundle, Device, Id, LocalDate, MeteredCost, Premises, RecurringCost } from '#domain/registry/bundle.ts'
import { newId } from '#domain/registry/succession.ts'
import { standingOn, subMetersOf, withoutParty, withParty } from './agreement-change.ts'
import { buyOut } from './buy-out.ts'
import type { BuyOut, Effect, Join, Leave, Plan } from './party-change.ts'

export type Planned = { ok: true; plan: Plan } | { ok: false; problems: Problem[] }
const problem = (pointer: string, code: string, message: string): Planned => ({
  ok: false,
  problems: [{ pointer, code, message }],
})

/** Tenancies and a headcount from a date on, and an agreement with the newcomer that all are to approve. */
export function planJoin(facts: Bundle, premises: Premises, { organisation, from, spaces, people }: Join): Planned {
  const unknown = spaces.findIndex((space) => !(premises.spaces ?? []).some(({ id }) => id === space))
  if (unknown >= 0)
    return problem(`/spaces/${unknown}`, 'unknown-id', `These premises have no space ${spaces[unknown]}.`)
  const standing = standingOn(facts, premises.id, from)
  const isParty = standing?.agreement.parties.includes(organisation) === true
  if (isParty && spaces.length === 0 && people === undefined)
    return problem(
      '/organisation',
      'duplicate',
      `${organisation} is a party already; give the spaces or people that it adds.`,
    )
  const effects: Effect[] = []
  const tell = (code: Effect['code'], values: Record<string, string>): void =>
    void effects.push({ code, kind: 'premises', id: premises.id, values })
  for (const space of spaces) tell('tenancy-begins', { space, organisation, from })
  if (people !== undefined) tell('headcount-begins', { organisation, people, from })
  const changed: Premises = {
    ...premises,
    tenancies: [...(premises.tenancies ?? []), ...spaces.map((space) => ({ space, organisation, from, to: null }))],
    ...(people === undefined
      ? {}
      : {
          headcounts: [
            ...(premises.headcounts ?? []).flatMap((row) =>
              row.organisation === organisation ? endedAt(row, from) : [row],
            ),
            { organisation, people, from, to: null },
          ],
        }),
  }
  const agreement = standing === null || isParty ? null : withParty(standing, facts, organisation, from, effects)
  const changes = spaces.length === 0 && people === undefined ? {} : { premises: [changed] }
  return { ok: true, plan: { changes, effects, agreement, buyOuts: [], closing: [], expectedVersions: new Map() } }
}

/** Its rows end at the date; devices are bought out at book value, its costs go on with another, and an agreement without it is to be approved. */
export function planLeave(
  facts: Bundle,
  premises: Premises,
  { organisation, from, costsTo, buyers = {} }: Leave,
): Planned {
  const { landlord } = premises
  if (organisation === landlord)
    return problem('/organisation', 'not-allowed', 'The landlord does not leave its own premises: it is succeeded.')
  if (costsTo === organisation) return problem('/costsTo', 'not-allowed', 'Its costs go to somebody else.')
  const self = Object.entries(buyers).find(([, buyer]) => buyer === organisation)
  if (self !== undefined) return problem(`/buyers/${self[0]}`, 'not-allowed', 'A buyer is somebody else.')
  const effects: Effect[] = []
  const buyOuts: BuyOut[] = []
  const devices = (facts.devices ?? [])
    .filter((device) => device.premises === premises.id)
    .flatMap((device) =>
      leftDevice(device, { organisation, from, buyer: buyers[device.id], landlord }, effects, buyOuts),
    )
  const payer = costsTo ?? landlord
  const news = new Map<string, number>()
  const changes: Bundle = {
    premises: leftPremises(premises, organisation, from, effects),
    devices,
    meteredCosts: continued(
      'meteredCosts',
      facts.meteredCosts ?? [],
      premises.id,
      organisation,
      payer,
      from,
      effects,
      news,
    ),
    recurringCosts: continued(
      'recurringCosts',
      facts.recurringCosts ?? [],
      premises.id,
      organisation,
      payer,
      from,
      effects,
      news,
    ),
  }
  for (const invoice of facts.invoices ?? [])
    if (invoice.premises === premises.id && invoice.payer === organisation && invoice.serviceTo > from)
      effects.push({ code: 'invoice-stays', kind: 'invoices', id: invoice.id, values: { organisation } })
  const standing = standingOn(facts, premises.id, from)
  const isParty = standing?.agreement.parties.includes(organisation) === true
  const agreement =
    standing === null || !isParty ? null : withoutParty(standing, facts, organisation, landlord, from, effects)
  const closing = standing === null ? [] : subMetersOf(standing, organisation)
  if (effects.length === 0)
    return problem(
      '/organisation',
      'unknown-id',
      `${organisation} holds, owns, pays and shares nothing here from ${from} on.`,
    )
  return { ok: true, plan: { changes, effects, agreement, buyOuts, closing, expectedVersions: news } }
}

type Dated = { from: LocalDate; to: LocalDate | null }
/** The row up to the date; what would begin later is gone. */
function endedAt<T extends Dated>(row: T, from: LocalDate): T[] {
  if (row.to !== null && row.to <= from) return [row]
  return row.from >= from ? [] : [{ ...row, to: from }]
}

function leftPremises(premises: Premises, organisation: Id, from: LocalDate, effects: Effect[]): Premises[] {
  const { tenancies = [], headcounts = [] } = premises
  const reaches = (row: Dated & { organisation: Id }): boolean =>
    row.organisation === organisation && (row.to === null || row.to > from)
  for (const { space } of tenancies.filter(reaches))
    effects.push({ code: 'tenancy-ends', kind: 'premises', id: premises.id, values: { space, organisation, from } })
  if (headcounts.some(reaches))
    effects.push({ code: 'headcount-ends', kind: 'premises', id: premises.id, values: { organisation, from } })
  if (![...tenancies, ...headcounts].some(reaches)) return []
  const end = <T extends Dated & { organisation: Id }>(rows: T[]): T[] =>
    rows.flatMap((row) => (row.organisation === organisation ? endedAt(row, from) : [row]))
  return [
    {
      ...premises,
      ...(premises.tenancies === undefined ? {} : { tenancies: end(tenancies) }),
      ...(premises.headcounts === undefined ? {} : { headcounts: end(headcounts) }),
    },
  ]
}

function leftDevice(
  device: Device,
  { organisation, from, buyer, landlord }: { organisation: Id; from: LocalDate; buyer: Id | undefined; landlord: Id },
  effects: Effect[],
  buyOuts: BuyOut[],
): Device[] {
  const sold = buyOut(device, organisation, from, buyer, landlord)
  if (sold !== null) {
    buyOuts.push(sold.buyOut)
    const { share, financed } = sold.buyOut
    const values = { organisation, buyer: sold.buyOut.buyer, share, from }
    if (share !== '0') effects.push({ code: 'ownership-passes', kind: 'devices', id: device.id, values })
    if (financed) effects.push({ code: 'payer-passes', kind: 'devices', id: device.id, values })
  }
  const { roles = [] } = device
  const ending = roles.filter((row) => row.organisation === organisation && (row.to === null || row.to > from))
  if (ending.length > 0) {
    const values = { organisation, from, roles: [...new Set(ending.map(({ role }) => role))].join(' ') }
    effects.push({ code: 'roles-end', kind: 'devices', id: device.id, values })
  }
  if (sold === null && ending.length === 0) return []
  const left = sold?.device ?? device
  return [
    ending.length === 0
      ? left
      : { ...left, roles: roles.flatMap((row) => (row.organisation === organisation ? endedAt(row, from) : [row])) },
  ]
}

/** Costs that it pays end at the date, and go on with another payer; the prices stay. */
function continued<T extends MeteredCost | RecurringCost>(
  kind: 'meteredCosts' | 'recurringCosts',
  costs: readonly T[],
  premises: Id,
  organisation: Id,
  payer: Id,
  from: LocalDate,
  effects: Effect[],
  news: Map<string, number>,
): T[] {
  const taken = new Map(costs.map((cost) => [cost.id, cost]))
  return costs.flatMap((cost): T[] => {
    if (cost.premises !== premises || cost.payer !== organisation || (cost.to !== null && cost.to <= from)) return []
    if (cost.from >= from) {
      effects.push({ code: 'cost-continues', kind, id: cost.id, values: { cost: cost.id, payer, from: cost.from } })
      return [{ ...cost, payer }]
    }
    const next = { ...cost, id: newId(cost.id, payer, taken), payer, from }
    news.set(`${kind}/${next.id}`, 0)
    effects.push({ code: 'cost-continues', kind, id: cost.id, values: { cost: next.id, payer, from } })
    if (kind === 'meteredCosts' && !from.endsWith('-01'))
      effects.push({ code: 'cut-inside-month', kind, id: cost.id, values: { from } })
    return [{ ...cost, to: from }, next]
  })
}
