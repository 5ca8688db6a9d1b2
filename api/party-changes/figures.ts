// What an act does to the figures: the month of its date by days, and the last closed month had it been so all the month.
import type { PartyMonth } from '#contract/party-changes.ts'
import { adopted } from '#domain/agreement/proposal.ts'
import type { Plan } from '#domain/party-change/party-change.ts'
import { OBJECT_KINDS, type Bundle, type Id, type ObjectKind, type ObjectOf } from '#domain/registry/bundle.ts'
import { factsOf } from '#domain/registry/facts.ts'
import { readingsOfVariants } from '#domain/settlement/what-if.ts'
import type { RouteParts } from '#api/parts.ts'
import { frozenOf, gatherFacts, readingsFor } from '#api/settlement/gather.ts'
import type { Settlements } from '#api/settlement/settlements.ts'

/** The month with the plan carried out and its agreement approved by all, against how it stands; null when it has no items. */
export async function monthWith(
  plan: Plan,
  premises: Id,
  period: string,
  settlements: Settlements,
  parts: RouteParts,
): Promise<PartyMonth | null> {
  const known = await gatherFacts(parts, premises, [period], null)
  const facts = carriedOut(plan, known)
  const variants = [{ name: 'then' }]
  const readings = await readingsFor(parts, readingsOfVariants(facts, premises, [period], variants), null)
  const outcome = await settlements.whatIf({
    facts,
    premises,
    months: [await settlements.show(premises, period)],
    frozen: frozenOf(await parts.records.ledger(premises)),
    variants,
    readings,
  })
  const month = outcome.variants[0]!.months[0]!
  return month.categories.length === 0 ? null : month
}

/** The facts as they would be, the agreement in force. */
function carriedOut({ changes, agreement }: Plan, known: Bundle): Bundle {
  const after = withChanges(known, changes)
  if (agreement === null) return after
  const approvals = agreement.agreement.parties.map((organisation) => ({
    organisation,
    decision: '',
    at: '',
    by: '',
    text: '',
  }))
  const replaced = (after.agreements ?? []).find(({ id }) => id === agreement.replaces) ?? null
  return withChanges(after, adopted({ ...agreement, number: 1 }, null, replaced, approvals).bundle)
}

function withChanges(known: Bundle, changes: Bundle): Bundle {
  const news = factsOf(changes)
  const merged = OBJECT_KINDS.map((kind): [ObjectKind, ObjectOf<ObjectKind>[]] => {
    const before = (known[kind] ?? []).filter(({ id }) => !news[kind].has(id))
    return [kind, [...before, ...news[kind].values()]]
  })
  return { ...known, ...Object.fromEntries(merged) }
}
