// An agreement when one of its parties is succeeded: parties belong to the agreement, so it ends at the date and a new one goes on.
import type {
  Agreement,
  AgreementTerms,
  AgreementVersion,
  Approval,
  Id,
  PointRef,
  SplitMethod,
} from '#domain/registry/bundle.ts'
import { passShares } from './succession-rows.ts'
import type { SuccessionOrder } from './succession-rows.ts'

/**
 * The agreement as it will be (cut at the date), and the one that continues it with the successor in the party's place; either may be
 * all there is. Rules, version numbers and the other parties' approvals go on unchanged; the party's own approval binds the
 * successor, because its duties pass by law, and its decision names the body that made it.
 */
export const passAgreement = (
  agreement: Agreement,
  order: SuccessionOrder,
  newId: Id,
): { before: Agreement | null; after: Agreement | null } => {
  const { organisation, from } = order
  const later = agreement.versions.filter((version) => version.to === null || version.to > from)
  if (!agreement.parties.includes(organisation) || later.length === 0) return { before: agreement, after: null }
  const earlier = agreement.versions.filter((version) => version.from < from)
  const after = passParties(agreement, later, order)
  if (earlier.length === 0) return { before: null, after }
  return {
    before: {
      ...agreement,
      versions: earlier.map((version) =>
        version.to === null || version.to > from ? { ...version, to: from } : version,
      ),
    },
    after: { ...after, id: newId },
  }
}

const passParties = (
  agreement: Agreement,
  versions: readonly AgreementVersion[],
  order: SuccessionOrder,
): Agreement => ({
  ...agreement,
  parties: agreement.parties.includes(order.successor)
    ? agreement.parties.filter((party) => party !== order.organisation)
    : agreement.parties.map((party) => (party === order.organisation ? order.successor : party)),
  versions: versions.map((version) => ({
    ...version,
    from: version.from < order.from ? order.from : version.from,
    rules: version.rules.map((rule) => ({ ...rule, method: passMethod(rule.method, order) })),
    ...(version.terms === undefined ? {} : { terms: passTerms(version.terms, order) }),
    ...(version.approvals === undefined ? {} : { approvals: passApprovals(version.approvals, order) }),
  })),
})

/** The successor's own approval stands before the one it takes over. */
const passApprovals = (approvals: readonly Approval[], { organisation, successor }: SuccessionOrder): Approval[] => {
  const own = approvals.some((approval) => approval.organisation === successor)
  return approvals.flatMap((approval) => {
    if (approval.organisation !== organisation) return [approval]
    const decision = approval.decision === undefined ? `(${organisation})` : `${approval.decision} (${organisation})`
    return own ? [] : [{ ...approval, organisation: successor, decision }]
  })
}

/** Tasks pass like the party's other duties; accounts too, where the successor has none of its own for the category. */
const passTerms = (terms: AgreementTerms, { organisation, successor }: SuccessionOrder): AgreementTerms => {
  const passed = (id: Id): Id => (id === organisation ? successor : id)
  const { responsibilities, accounts } = terms
  const ownAccounts = new Set((accounts ?? []).filter(({ party }) => party === successor).map((one) => one.category))
  return {
    ...terms,
    ...(responsibilities === undefined
      ? {}
      : {
          responsibilities: responsibilities.map(({ of, tasks }) => ({
            of,
            tasks: Object.fromEntries(Object.entries(tasks).map(([task, id]) => [task, passed(id)])),
          })),
        }),
    ...(accounts === undefined
      ? {}
      : {
          accounts: accounts
            .filter(({ party, category }) => party !== organisation || !ownAccounts.has(category))
            .map((one) => ({ ...one, party: passed(one.party) })),
        }),
  }
}

const passMethod = (method: SplitMethod, order: SuccessionOrder): SplitMethod => {
  switch (method.by) {
    case 'fixed':
      return { ...method, shares: passShares(method.shares, order) }
    case 'direct':
      return method.party === order.organisation ? { ...method, party: order.successor } : method
    case 'metered':
      return { ...method, meters: passMeters(method.meters, order), remainder: passMethod(method.remainder, order) }
    case 'mix':
      return { ...method, parts: method.parts.map((part) => ({ ...part, method: passMethod(part.method, order) })) }
    default:
      return method
  }
}

const passMeters = (
  meters: Record<Id, PointRef[]>,
  { organisation, successor }: SuccessionOrder,
): Record<Id, PointRef[]> => {
  if (!Object.hasOwn(meters, organisation)) return meters
  const joint = [
    ...(meters[organisation] ?? []),
    ...(Object.hasOwn(meters, successor) ? (meters[successor] ?? []) : []),
  ]
  const entries = Object.entries(meters).filter(([id]) => id !== successor)
  return Object.fromEntries(entries.map(([id, refs]) => (id === organisation ? [successor, joint] : [id, refs])))
}
