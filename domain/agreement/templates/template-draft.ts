// Drafts to start from: an office, a joint service point, a customer service area with sharing groups of its own; filled for what is really there.
import type { AgreementHead, VersionContent } from '#domain/agreement/content.ts'
import type {
  Bundle,
  Id,
  LocalDate,
  Names,
  PointRef,
  RemainderBand,
  Rule,
  SplitMethod,
} from '#domain/registry/bundle.ts'
import { situationOf, subMeters, tenantsOf, type Situation } from './premises-situation.ts'
import { responsibilitiesOf } from './responsibilities.ts'

export const TEMPLATES = ['office', 'joint-service-point', 'customer-service-area'] as const
export type Template = (typeof TEMPLATES)[number]
export type TemplateDraft = { agreement: AgreementHead; version: VersionContent; replaces?: Id }

/** Types of devices whose meters divide a cost category. */
const METERS: Record<string, string> = { electricity: 'electricity-meter', heat: 'heat-meter', water: 'water-meter' }
/** Spaces that the bodies at a service point have in common use. */
const SERVICE_SPACES = ['customer-service', 'lobby', 'booth', 'service']
const COMMENT_DAYS = 14
const REMINDER_DAYS = 5
const ESTIMATED_MOST = '0.2'
const REMAINDER_MOST = '0.15'

/** The premises must be among the facts. An agreement of the same parties gets a new version, one of others is replaced. */
export function templateDraft(template: Template, facts: Bundle, premises: Id, from: LocalDate): TemplateDraft {
  const situation = situationOf(facts, premises, from)
  if (situation === null) throw new Error(`the facts hold no premises ${premises}`)
  const rules = rulesOf(template, situation, facts)
  const standing = (facts.agreements ?? []).find(
    (agreement) => agreement.premises === premises && agreement.versions.some(({ to }) => to === null || to > from),
  )
  const sameParties = standing !== undefined && isSame(standing.parties, situation.parties)
  const parties = sameParties ? standing.parties : situation.parties
  const responsibilities = responsibilitiesOf(situation)
  const remainderBands = rules.flatMap(({ category, method }): RemainderBand[] =>
    method.by === 'metered' ? [{ of: { category }, least: '0', most: REMAINDER_MOST }] : [],
  )
  return {
    agreement: sameParties
      ? {
          id: standing.id,
          ...(standing.name === undefined ? {} : { name: standing.name }),
          premises,
          parties,
          commentDays: standing.commentDays ?? COMMENT_DAYS,
        }
      : { id: newId(premises, from, facts), name: nameOf(situation), premises, parties, commentDays: COMMENT_DAYS },
    version: {
      from,
      to: null,
      rules,
      terms: {
        reminderDays: REMINDER_DAYS,
        estimates: { most: ESTIMATED_MOST, beyond: 'block' },
        ...(remainderBands.length === 0 ? {} : { remainderBands }),
        ...(responsibilities.length === 0 ? {} : { responsibilities }),
      },
    },
    ...(standing === undefined || sameParties ? {} : { replaces: standing.id }),
  }
}

const isSame = (a: readonly Id[], b: readonly Id[]): boolean => a.length === b.length && a.every((id) => b.includes(id))

function rulesOf(template: Template, situation: Situation, facts: Bundle): Rule[] {
  const area: SplitMethod = situation.hasStorage ? { by: 'area', useWeights: { storage: '0.5' } } : { by: 'area' }
  const people: SplitMethod = situation.hasHeadcounts ? { by: 'headcount' } : area
  const mixed: SplitMethod = situation.hasHeadcounts
    ? {
        by: 'mix',
        parts: [
          { weight: '60', method: area },
          { weight: '40', method: { by: 'headcount' } },
        ],
      }
    : area
  const rest = template === 'office' ? area : mixed
  const metered = Object.keys(METERS).flatMap((category) => meteredRule(category, rest, situation, facts))
  switch (template) {
    case 'office':
      return firstOf([
        ...metered,
        ...has(situation, 'waste', people),
        ...ownRules(situation),
        { category: '*', method: area },
      ])
    case 'joint-service-point':
      return firstOf([
        ...metered,
        { category: 'lobby', method: { by: 'equal' } },
        ...has(situation, 'security', { by: 'equal' }),
        ...ownRules(situation),
        { category: '*', method: mixed },
      ])
    case 'customer-service-area': {
      // A group shares among its own members by equal fixed shares, so that who is not at the counter pays nothing of it.
      const group = tenantsOf(situation, SERVICE_SPACES)
      const shared: SplitMethod =
        group.length === 0
          ? { by: 'equal' }
          : { by: 'fixed', shares: Object.fromEntries(group.map((party) => [party, '1'])) }
      return firstOf([
        ...metered,
        { category: 'lobby', method: shared },
        { category: 'security', method: shared },
        ...has(situation, 'cleaning', area),
        ...has(situation, 'waste', people),
        ...ownRules(situation),
        { category: '*', method: area },
      ])
    }
  }
}

/** One rule per category: the first. */
const firstOf = (rules: readonly Rule[]): Rule[] =>
  rules.filter(({ category }, i) => rules.findIndex((rule) => rule.category === category) === i)
const has = ({ categories }: Situation, category: string, method: SplitMethod): Rule[] =>
  categories.has(category) ? [{ category, method }] : []

/** Devices that count who used them are split by use, what is owned together by ownership. */
function ownRules({ devices, categories }: Situation): Rule[] {
  const of = (type: string): Id[] => devices.filter((device) => device.type === type).map(({ id }) => id)
  const byUse = (category: string, type: string): Rule[] => {
    const used = of(type)
    return used.length > 0 && categories.has(category) ? [{ category, method: { by: 'usage', devices: used } }] : []
  }
  const owned = devices.some(({ acquisition, ownership }) => acquisition !== undefined && (ownership ?? []).length > 0)
  return [
    ...byUse('booth-service', 'video-booth'),
    ...byUse('meeting-rooms', 'meeting-room'),
    ...byUse('ev-charging', 'ev-charger'),
    ...byUse('ev-equipment', 'ev-charger'),
    ...(owned ? [{ category: 'equipment', method: { by: 'ownership' as const } }] : []),
  ]
}

/** By sub-meters where parties have some, else like the rest. */
function meteredRule(category: string, rest: SplitMethod, situation: Situation, facts: Bundle): Rule[] {
  const costs = (facts.meteredCosts ?? []).filter(
    (cost) => cost.premises === situation.premises.id && cost.category === category,
  )
  const mains = new Set(costs.map(({ meter }) => meter.device))
  const meters = agreedMeters(category, situation, facts) ?? subMeters(situation, METERS[category] ?? '', mains)
  if (Object.keys(meters).length > 0 && costs.length > 0)
    return [{ category, method: { by: 'metered', meters, remainder: rest } }]
  return situation.categories.has(category) ? [{ category, method: rest }] : []
}

/** Whose meter is whose has often been agreed before: the newest such rule of the premises, as far as its parties are still there. */
function agreedMeters(
  category: string,
  { premises, parties }: Situation,
  facts: Bundle,
): Record<Id, PointRef[]> | null {
  const methods = (facts.agreements ?? [])
    .filter((agreement) => agreement.premises === premises.id)
    .flatMap(({ versions }) => versions)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))
    .flatMap(({ rules }) => rules.filter((rule) => rule.category === category).map(({ method }) => method))
  const agreed = methods.find((method) => method.by === 'metered')
  if (agreed === undefined) return null
  const meters = Object.entries(agreed.meters).filter(([party]) => parties.includes(party))
  return meters.length === 0 ? null : Object.fromEntries(meters)
}

const newId = (premises: Id, from: LocalDate, facts: Bundle): Id => {
  const taken = new Set((facts.agreements ?? []).map(({ id }) => id))
  const base = `${premises.slice(0, 50)}-${from.slice(0, 4)}`
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!taken.has(id)) return id
  }
}

const nameOf = ({ premises: { name, id } }: Situation): Names => ({
  fi: `Kustannustenjakosopimus: ${name.fi ?? name.sv ?? name.en ?? id}`,
  sv: `Avtal om kostnadsfördelning: ${name.sv ?? name.fi ?? name.en ?? id}`,
  en: `Cost-sharing agreement: ${name.en ?? name.fi ?? name.sv ?? id}`,
})
