// The rules that a variant of a what-if tries: given, by a key, or those of a proposal; checked like those of an agreement.
import type { WhatIfVariant, WhatIfWanted } from '#contract/what-if.ts'
import { templateDraft } from '#domain/agreement/templates/template-draft.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import type { Bundle, Premises, Rule } from '#domain/registry/bundle.ts'
import type { Variant } from '#domain/settlement/what-if.ts'
import type { Identity } from '#api/access/identity.ts'
import { problemsOfContent } from '#api/agreements/check-content.ts'
import { createProposals } from '#api/agreements/proposals.ts'
import type { RouteParts } from '#api/parts.ts'

const NO_GROUND = { taken: false, stored: null, replaced: null, basedOn: { agreement: 0, replaced: null } }

/**
 * The variants with their rules.
 * @throws Failure 'invalid-body' with pointers into the body, 'not-found' for a proposal that the identity doesn't see.
 */
export async function variantsOf(
  identity: Identity,
  premises: Premises,
  { from, variants }: WhatIfWanted,
  facts: Bundle,
  parts: RouteParts,
): Promise<Variant[]> {
  const found: Problem[] = []
  const resolved = await Promise.all(
    variants.map(async (wanted, i): Promise<Variant> => {
      const given = [wanted.key, wanted.rules, wanted.proposal].filter((one) => one !== undefined)
      const pointer = `/variants/${i}`
      if (given.length !== 1) {
        found.push({ pointer, code: 'choose-one', message: 'Give one of key, rules and proposal.' })
        return { name: wanted.name }
      }
      const variant = await variantOf(identity, premises, wanted, facts, from, parts)
      if (wanted.rules !== undefined)
        found.push(...(await problemsOfRules(identity, premises, variant, facts, parts, pointer)))
      return variant
    }),
  )
  if (found.length > 0)
    throw new Failure('invalid-body', 'Some of the rules can not be tried; nothing was computed.', { problems: found })
  return resolved
}

async function variantOf(
  identity: Identity,
  premises: Premises,
  { name, key, rules, parties, proposal }: WhatIfVariant,
  facts: Bundle,
  from: string,
  parts: RouteParts,
): Promise<Variant> {
  if (proposal !== undefined) {
    const { body } = await createProposals(parts).get(identity, proposal)
    const { agreement, version } = body.content
    if (agreement.premises !== premises.id)
      throw new Failure('invalid-body', `The proposal ${proposal} is about other premises.`)
    return { name, rules: version.rules, parties: agreement.parties }
  }
  if (rules !== undefined) return { name, rules, ...(parties === undefined ? {} : { parties }) }
  switch (key) {
    case 'area':
    case 'headcount':
    case 'equal':
      return { name, rules: [{ category: '*', method: { by: key } }] }
    case 'metered':
      return { name, rules: meteredRules(facts, premises, from) }
    default:
      return { name }
  }
}

/** Sub-meters where parties have some, the rest by area: the office template, whatever else it says. */
function meteredRules(facts: Bundle, premises: Premises, from: string): Rule[] {
  const { rules } = templateDraft('office', facts, premises.id, `${from}-01`).version
  return rules.filter(({ category, method }) => method.by === 'metered' || category === '*')
}

/** What hinders the rules in an agreement of these parties, without what only its dates would. */
async function problemsOfRules(
  identity: Identity,
  premises: Premises,
  { rules = [], parties }: Variant,
  facts: Bundle,
  { records }: RouteParts,
  pointer: string,
): Promise<Problem[]> {
  const agreed = (facts.agreements ?? []).flatMap((agreement) => agreement.parties)
  const agreement = { id: 'what-if', premises: premises.id, parties: [...(parties ?? new Set(agreed))] }
  const content = { agreement, number: 1, version: { from: '1970-01-01', to: null, rules: [...rules] } }
  const all = await problemsOfContent(content, NO_GROUND, identity.organisation ?? premises.landlord, records)
  return all
    .filter((one) => one.pointer.startsWith('/version/rules') || one.pointer.startsWith('/agreement/parties'))
    .map((one) => ({ ...one, pointer: `${pointer}${one.pointer.replace(/^\/(version|agreement)/, '')}` }))
}
