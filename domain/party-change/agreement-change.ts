// The agreement that goes on with one party more or less: it replaces the one in force, and needs the approval of all.
import { inForceRuns } from '#domain/agreement/in-force.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { metersOf } from '#domain/settlement/methods/split.ts'
import type {
  Agreement,
  AgreementTerms,
  AgreementVersion,
  Bundle,
  Id,
  LocalDate,
  PointRef,
  Rule,
  SplitMethod,
} from '#domain/registry/bundle.ts'
import { newId } from '#domain/registry/succession.ts'
import { walkMethod } from '#domain/registry/methods.ts'
import type { Effect, Plan } from './party-change.ts'

export type Standing = { agreement: Agreement; version: AgreementVersion }

/** The agreement in force on a day. */
export function standingOn(facts: Bundle, premises: Id, from: LocalDate): Standing | null {
  const here = (facts.agreements ?? []).filter((agreement) => agreement.premises === premises)
  const day = dayNumber(from)
  return inForceRuns(here, day, day + 1)[0]?.inForce ?? null
}

export function withParty(
  { agreement, version }: Standing,
  facts: Bundle,
  joins: Id,
  from: LocalDate,
  effects: Effect[],
): Plan['agreement'] {
  for (const { category, method } of version.rules)
    if ([...walkMethod(method)].some((place) => place.method.by === 'fixed'))
      effects.push({
        code: 'rule-without-share',
        kind: 'agreements',
        id: agreement.id,
        values: { category, organisation: joins },
      })
  return replacing(
    { agreement, version },
    facts,
    [...agreement.parties, joins],
    version.rules,
    version.terms,
    from,
    joins,
    effects,
  )
}

export function withoutParty(
  { agreement, version }: Standing,
  facts: Bundle,
  leaves: Id,
  landlord: Id,
  from: LocalDate,
  effects: Effect[],
): Plan['agreement'] {
  const rules = version.rules.map(({ category, method }): Rule => {
    const place = (): void =>
      void effects.push({
        code: 'rule-to-landlord',
        kind: 'agreements',
        id: agreement.id,
        values: { category, organisation: landlord },
      })
    return { category, method: methodWithout(method, leaves, landlord, place) }
  })
  const parties = agreement.parties.filter((party) => party !== leaves)
  return replacing(
    { agreement, version },
    facts,
    parties,
    rules,
    termsWithout(version.terms, leaves),
    from,
    leaves,
    effects,
  )
}

/** The sub-meters by which a party's part is measured. */
export const subMetersOf = ({ agreement, version }: Standing, party: Id): PointRef[] => {
  const refs = version.rules.flatMap(({ method }) =>
    [...walkMethod(method)].flatMap(({ method: one }) =>
      one.by === 'metered' && Object.hasOwn(one.meters, party)
        ? metersOf(
            { by: 'metered', meters: { [party]: one.meters[party]! }, remainder: { by: 'equal' } },
            agreement.parties,
          )
        : [],
    ),
  )
  return [...new Map(refs.map(({ ref }) => [`${ref.device} ${ref.point}`, ref])).values()]
}

function replacing(
  { agreement, version }: Standing,
  facts: Bundle,
  parties: Id[],
  rules: Rule[],
  terms: AgreementTerms | undefined,
  from: LocalDate,
  by: Id,
  effects: Effect[],
): Plan['agreement'] {
  const id = newId(agreement.id, by, new Map((facts.agreements ?? []).map((one) => [one.id, one])))
  effects.push({
    code: 'agreement-replaced',
    kind: 'agreements',
    id: agreement.id,
    values: { agreement: id, from, parties: parties.join(' ') },
  })
  const { versions: _, parties: _parties, id: _id, ...head } = agreement
  return {
    agreement: { ...head, id, parties },
    version: { from, to: version.to, rules, ...(terms === undefined ? {} : { terms }) },
    replaces: agreement.id,
  }
}

function methodWithout(method: SplitMethod, leaves: Id, landlord: Id, toLandlord: () => void): SplitMethod {
  switch (method.by) {
    case 'fixed': {
      const { [leaves]: gone, ...shares } = method.shares
      if (gone !== undefined && Object.keys(shares).length === 0) break
      return { ...method, shares }
    }
    case 'direct':
      if (method.party === leaves) break
      return method
    case 'metered': {
      const remainder = methodWithout(method.remainder, leaves, landlord, toLandlord)
      const { [leaves]: _, ...meters } = method.meters
      return Object.keys(meters).length === 0 && method.main === undefined
        ? remainder
        : { ...method, meters, remainder }
    }
    case 'mix':
      return {
        ...method,
        parts: method.parts.map((part) => ({
          ...part,
          method: methodWithout(part.method, leaves, landlord, toLandlord),
        })),
      }
    default:
      return method
  }
  toLandlord()
  return { by: 'direct', party: landlord }
}

function termsWithout(terms: AgreementTerms | undefined, leaves: Id): AgreementTerms | undefined {
  if (terms === undefined) return undefined
  const { accounts, responsibilities, ...rest } = terms
  return {
    ...rest,
    ...(accounts === undefined ? {} : { accounts: accounts.filter(({ party }) => party !== leaves) }),
    ...(responsibilities === undefined
      ? {}
      : {
          responsibilities: responsibilities.map((row) => ({
            ...row,
            tasks: Object.fromEntries(Object.entries(row.tasks).filter(([, holder]) => holder !== leaves)),
          })),
        }),
  }
}
