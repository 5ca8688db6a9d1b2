// Alarm rules: as they are shown, and kept.
import type { AlarmRuleShown, AlarmRuleWanted } from '#contract/alarm-rules.ts'
import { checkRule } from '#domain/alarms/check-rule.ts'
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import { watchedDevices } from '#domain/alarms/watched.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id, Names, Premises } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { devicesWithReadings, mayChangeRule } from '#api/access/may-alarm.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound } from '#api/routes/answers.ts'
import { localDate } from '#api/views/premises-summary.ts'

/** Rules of one premises; more are a mistake of a program. */
export const MAX_RULES = 2_000

/** What rules of one premises are shown with; made for one answer and asker. */
export type RuleView = {
  premises: Premises
  /** All devices there: whether they are watched is no secret, their names may be. */
  devices: readonly Device[]
  /** Those that the asker sees, with their readings. */
  seen: readonly Device[]
  today: string
}
export async function ruleView(
  { records, now }: Pick<RouteParts, 'records' | 'now'>,
  identity: Identity,
  id: Id,
): Promise<RuleView> {
  const stored = await records.getObject({ organisation: identity.organisation }, 'premises', id)
  if (stored === null) throw notFound()
  const seen = await devicesWithReadings(records, identity.organisation, id)
  const devices = identity.organisation === null ? seen : await devicesWithReadings(records, null, id)
  return { premises: stored.value, devices, seen, today: localDate(now(), stored.value.timeZone) }
}

export const ruleOf = ({ premises: _premises, ...rule }: AlarmRuleWanted): AlarmRule => rule as AlarmRule

export function ruleShown(
  paper: StoredPaper<AlarmRule>,
  view: RuleView,
  identity: Identity,
  standing: number,
): AlarmRuleShown {
  const { body, id, version, changedAt, changedBy } = paper
  return {
    id,
    premises: view.premises.id,
    version,
    ...body,
    targetName: targetName(body, view),
    devices: watchedDevices(body, view.devices, view.today).length,
    standing,
    mayChange: mayChangeRule(identity, body, view.premises, view.devices, view.today),
    changedAt: iso(changedAt),
    changedBy,
  }
}

/** What a rule watches, by name; null where the asker does not see its name, or it has none. */
export function targetName({ target }: Pick<AlarmRule, 'target'>, { premises, seen }: RuleView): Names | null {
  switch (target.kind) {
    case 'premises':
      return premises.name
    case 'type': {
      const name = findDeviceType(target.type)?.name
      return name === undefined ? null : { ...name }
    }
    case 'space':
      return premises.spaces?.find(({ id }) => id === target.space)?.name ?? null
    case 'device':
      return seen.find(({ id }) => id === target.device)?.name ?? null
  }
}

/** Makes or changes a rule. @throws Failure 'not-allowed', 'invalid-body', 'conflict', 'changed-meanwhile'. */
export async function saveRule(
  { records }: Pick<RouteParts, 'records'>,
  identity: Identity,
  { id, rule, before, view }: { id: Id; rule: AlarmRule; before: StoredPaper<AlarmRule> | null; view: RuleView },
): Promise<number> {
  checkChange(identity, rule, view)
  if (before !== null) checkChange(identity, before.body, view)
  else {
    const { items } = await records.listPapers({ organisation: null }, ALARM_RULE, {
      premises: view.premises.id,
      limit: MAX_RULES,
    })
    if (items.length >= MAX_RULES) throw new Failure('conflict', `There are ${MAX_RULES} rules already.`)
  }
  const problems = checkRule(rule, view.premises, view.seen)
  if (problems.length > 0)
    throw new Failure('invalid-body', 'The rule could not watch anything; nothing was changed.', { problems })
  const { versions } = await records.changePapers(
    { papers: [rulePaper(id, view.premises.id, rule, before?.version ?? 0)] },
    actorOf(identity),
    before === null ? 'alarm-rule.make' : 'alarm-rule.change',
  )
  return versions[0] ?? 0
}

export const rulePaper = (id: Id, premises: Id, rule: AlarmRule, expectedVersion: number) => ({
  kind: ALARM_RULE,
  paper: {
    id,
    premises,
    audience: 'premises' as const,
    state: rule.on ? 'on' : 'off',
    dueAt: null,
    body: rule,
  },
  expectedVersion,
})

/** @throws Failure 'not-allowed' with what would be needed. */
export function checkChange(identity: Identity, rule: AlarmRule, { premises, devices, today }: RuleView): void {
  if (!mayChangeRule(identity, rule, premises, devices, today))
    throw new Failure(
      'not-allowed',
      'Rules are for the landlord’s managers, and for those of an owner or the holder of everything that the rule watches.',
    )
}
