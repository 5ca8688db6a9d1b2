// Rules that fit what is installed in a premises: listed, and switched on at one go.
import type { AlarmRuleSuggested } from '#contract/alarm-rules.ts'
import { suggestions } from '#domain/alarms/suggested.ts'
import { ALARM_RULE } from '#domain/alarms/rule.ts'
import { watchedDevices } from '#domain/alarms/watched.ts'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkChange, rulePaper, targetName, type RuleView } from './rules.ts'

type Parts = Pick<RouteParts, 'records'>

export async function suggestedFor({ records }: Parts, view: RuleView): Promise<AlarmRuleSuggested[]> {
  const premises = view.premises.id
  const costs = await records.listObjects({ organisation: null }, 'meteredCosts', { premises, limit: 1 })
  const found = suggestions(premises, view.devices, view.today, costs.items.length > 0)
  const { items } = await records.listPapers({ organisation: null }, ALARM_RULE, {
    ids: found.map(({ id }) => id),
    limit: found.length + 1,
  })
  const there = new Set(items.map(({ id }) => id))
  return found.map(({ id, rule }) => ({
    id,
    rule,
    targetName: targetName(rule, view),
    devices: watchedDevices(rule, view.devices, view.today).length,
    there: there.has(id),
  }))
}

/** Makes those that are not there yet, or of these the named ones; gives their ids. @throws Failure 'not-allowed', 'not-found'. */
export async function takeSuggested(
  parts: Parts,
  identity: Identity,
  view: RuleView,
  only: readonly Id[] | null,
): Promise<Id[]> {
  const all = await suggestedFor(parts, view)
  for (const id of only ?? [])
    if (!all.some((one) => one.id === id)) throw new Failure('not-found', `No rule ${id} is suggested here.`)
  const wanted = all.filter(({ id, there }) => !there && (only === null || only.includes(id)))
  for (const { rule } of wanted) checkChange(identity, rule, view)
  if (wanted.length > 0)
    await parts.records.changePapers(
      { papers: wanted.map(({ id, rule }) => rulePaper(id, view.premises.id, rule, 0)) },
      actorOf(identity),
      'alarm-rule.make',
    )
  return wanted.map(({ id }) => id)
}
