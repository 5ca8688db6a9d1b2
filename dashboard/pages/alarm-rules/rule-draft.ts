// A rule as it is typed: every field a text, all kinds side by side, so that changing the kind loses nothing; and the rule that it makes.
import type { AlarmRuleShown, AlarmRuleWanted } from '#contract/alarm-rules.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'

export type Condition = AlarmRuleWanted['condition']
export type Kind = Condition['kind']
export type Target = AlarmRuleWanted['target']
type When = NonNullable<AlarmRuleWanted['season']>
export type Severity = AlarmRuleWanted['severity']

export const KINDS: readonly Kind[] = [
  'threshold',
  'no-data',
  'rate',
  'stuck',
  'out-of-range',
  'off-hours',
  'night-base-load',
  'counter-back',
  'peak-forecast',
  'budget-forecast',
  'main-against-subs',
  'missing-price',
  'expression',
]
/** Kinds that speak of the premises, or name their meters themselves: there is no device to choose. */
export const OF_PREMISES: readonly Kind[] = ['peak-forecast', 'budget-forecast', 'main-against-subs', 'missing-price']
export const WITH_POINT: readonly Kind[] = [
  'threshold',
  'rate',
  'stuck',
  'out-of-range',
  'off-hours',
  'night-base-load',
  'counter-back',
]
export const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const
export type Unit = (typeof UNITS)[number]
const UNIT_MS: Record<Unit, number> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 }
export type Length = { count: string; unit: Unit }
export type WhenDraft = { months: readonly number[]; days: readonly number[]; from: string; to: string }
/** `to` is the last day, as people say it; the rule holds the first day that is over. */
export type MaintenanceDraft = { from: string; to: string; reason: string }
type Words = { fi: string; sv: string; en: string }

export type RuleDraft = {
  kind: Kind
  point: string
  above: string
  below: string
  hysteresis: string
  lasting: Length
  by: string
  within: Length
  level: string
  hours: readonly WhenDraft[]
  overUsual: string
  over: string
  category: string
  party: string
  /** Meters as `device/point`. */
  meter: string
  subs: readonly string[]
  interval: 'PT15M' | 'PT1H'
  expression: string
  target: { kind: Target['kind']; type: string; space: string; device: string }
  severity: Severity
  latching: boolean
  flapping: AlarmRuleWanted['flapping'] | null
  season: WhenDraft | null
  maintenance: readonly MaintenanceDraft[]
  name: Words
  advice: Words
}
const NO_WORDS: Words = { fi: '', sv: '', en: '' }
const MINUTES = (count: string): Length => ({ count, unit: 'minutes' })
const WORKING_HOURS: WhenDraft = { months: [], days: [1, 2, 3, 4, 5], from: '07:00', to: '17:00' }
export const ALWAYS: WhenDraft = { months: [], days: [], from: '', to: '' }

export const EMPTY_DRAFT: RuleDraft = {
  kind: 'threshold',
  point: '',
  above: '',
  below: '',
  hysteresis: '',
  lasting: MINUTES('15'),
  by: '',
  within: MINUTES('10'),
  level: '',
  hours: [WORKING_HOURS],
  overUsual: '',
  over: '10',
  category: '',
  party: '',
  meter: '',
  subs: [],
  interval: 'PT15M',
  expression: '',
  target: { kind: 'premises', type: '', space: '', device: '' },
  severity: 'warning',
  latching: false,
  flapping: null,
  season: null,
  maintenance: [],
  name: NO_WORDS,
  advice: NO_WORDS,
}

export type Need =
  | 'name'
  | 'point'
  | 'limit'
  | 'number'
  | 'duration'
  | 'target'
  | 'meter'
  | 'subs'
  | 'expression'
  | 'hours'
  | 'dates'
/** What is missing, by the field that must be mended. */
export type Missing = { field: string; need: Need }

type Rule = Omit<AlarmRuleWanted, 'premises'>
/** The rule that a draft makes; `missing` is empty where it is whole. A name may be missing in `unnamed` uses. */
export const ruleOf = (draft: RuleDraft, on: boolean): { rule: Rule | null; missing: Missing[] } => {
  const missing: Missing[] = []
  const need = (field: string, what: Need) => void missing.push({ field, need: what })
  const decimal = (
    field: 'above' | 'below' | 'hysteresis' | 'by' | 'level' | 'overUsual' | 'over',
    wanted: boolean,
  ) => {
    const typed = typedDecimal(draft[field])
    if (typed === '' && !wanted) return undefined
    if (/^-?\d{1,18}(\.\d{1,18})?$/.test(typed)) return typed
    need(field, 'number')
    return undefined
  }
  const length = (field: 'lasting' | 'within', wanted: boolean): string | undefined => {
    const { count, unit } = draft[field]
    if (count.trim() === '' && !wanted) return undefined
    if (/^[1-9]\d{0,4}$/.test(count.trim())) return durationOf(Number(count), unit)
    need(field, 'duration')
    return undefined
  }
  const condition = conditionOf(draft, { decimal, length, need })
  const target = targetOf(draft, need)
  const name = wordsOf(draft.name)
  if (Object.keys(name).length === 0) need('name', 'name')
  const maintenance = draft.maintenance.flatMap(({ from, to, reason }, i) => {
    if (from === '' || to === '' || to < from) {
      need(`maintenance-${i}`, 'dates')
      return []
    }
    return [{ from, to: addDays(to, 1), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }]
  })
  const advice = wordsOf(draft.advice)
  const season = draft.season === null ? null : whenOf(draft.season)
  if (condition === null || target === null) return { rule: null, missing }
  return {
    rule: {
      name,
      on,
      severity: draft.severity,
      target,
      condition,
      ...(draft.latching ? { latching: true } : {}),
      ...(draft.flapping === null || draft.flapping === undefined ? {} : { flapping: draft.flapping }),
      ...(season === null || Object.keys(season).length === 0 ? {} : { season }),
      ...(maintenance.length === 0 ? {} : { maintenance }),
      ...(Object.keys(advice).length === 0 ? {} : { advice }),
    },
    missing,
  }
}

type Readers = {
  decimal: (
    field: 'above' | 'below' | 'hysteresis' | 'by' | 'level' | 'overUsual' | 'over',
    wanted: boolean,
  ) => string | undefined
  length: (field: 'lasting' | 'within', wanted: boolean) => string | undefined
  need: (field: string, what: Need) => void
}
/** Null where something is missing. */
const conditionOf = (draft: RuleDraft, { decimal, length, need }: Readers): Condition | null => {
  const point = draft.point
  if (WITH_POINT.includes(draft.kind) && point === '') {
    need('point', 'point')
    return null
  }
  const lasting = (): { for?: string } => {
    const duration = length('lasting', false)
    return duration === undefined ? {} : { for: duration }
  }
  switch (draft.kind) {
    case 'threshold': {
      const [above, below, hysteresis] = [
        decimal('above', false),
        decimal('below', false),
        decimal('hysteresis', false),
      ]
      if (above === undefined && below === undefined) {
        need('above', 'limit')
        return null
      }
      return {
        kind: 'threshold',
        point,
        ...(above === undefined ? {} : { above }),
        ...(below === undefined ? {} : { below }),
        ...(hysteresis === undefined || Number(hysteresis) === 0 ? {} : { hysteresis }),
        ...lasting(),
      }
    }
    case 'rate': {
      const [by, within] = [decimal('by', true), length('within', true)]
      return by === undefined || within === undefined ? null : { kind: 'rate', point, by, within }
    }
    case 'no-data':
      return { kind: 'no-data', ...lasting() }
    case 'stuck': {
      const duration = length('lasting', true)
      return duration === undefined ? null : { kind: 'stuck', point, for: duration }
    }
    case 'out-of-range':
      return { kind: 'out-of-range', point, ...lasting() }
    case 'off-hours': {
      const above = decimal('level', true)
      const hours = draft.hours.map(whenOf).filter((when) => Object.keys(when).length > 0)
      if (hours.length === 0) need('hours', 'hours')
      return above === undefined || hours.length === 0 ? null : { kind: 'off-hours', point, above, hours, ...lasting() }
    }
    case 'night-base-load': {
      const [above, overUsualPercent] = [decimal('level', false), decimal('overUsual', false)]
      if (above === undefined && overUsualPercent === undefined) {
        need('level', 'limit')
        return null
      }
      return {
        kind: 'night-base-load',
        point,
        ...(above === undefined ? {} : { above }),
        ...(overUsualPercent === undefined ? {} : { overUsualPercent }),
      }
    }
    case 'budget-forecast': {
      const overPercent = decimal('over', true)
      return overPercent === undefined
        ? null
        : {
            kind: 'budget-forecast',
            ...(draft.party === '' ? {} : { party: draft.party }),
            ...(draft.category === '' ? {} : { category: draft.category }),
            overPercent,
          }
    }
    case 'peak-forecast': {
      const above = decimal('level', true)
      const meter = pointRef(draft.meter)
      if (meter === null) need('meter', 'meter')
      return above === undefined || meter === null
        ? null
        : { kind: 'peak-forecast', meter, above, interval: draft.interval }
    }
    case 'main-against-subs': {
      const overPercent = decimal('over', true)
      const main = pointRef(draft.meter)
      const subs = draft.subs.flatMap((sub) => pointRef(sub) ?? [])
      if (main === null) need('meter', 'meter')
      if (subs.length === 0) need('subs', 'subs')
      return overPercent === undefined || main === null || subs.length === 0
        ? null
        : { kind: 'main-against-subs', main, subs, overPercent }
    }
    case 'counter-back':
      return { kind: 'counter-back', point }
    case 'missing-price':
      return { kind: 'missing-price' }
    case 'expression': {
      const expression = draft.expression.trim()
      if (expression !== '') return { kind: 'expression', expression, ...lasting() }
      need('expression', 'expression')
      return null
    }
  }
}
const targetOf = ({ kind, target }: RuleDraft, need: Readers['need']): Target | null => {
  if (OF_PREMISES.includes(kind) || target.kind === 'premises') return { kind: 'premises' }
  const { type, space, device } = target
  if (target.kind === 'type' && type !== '') return { kind: 'type', type }
  if (target.kind === 'space' && space !== '') return { kind: 'space', space }
  if (target.kind === 'device' && device !== '') return { kind: 'device', device }
  need('target', 'target')
  return null
}

const durationOf = (count: number, unit: Unit): string =>
  unit === 'days' ? `P${count}D` : `PT${count}${unit === 'hours' ? 'H' : unit === 'minutes' ? 'M' : 'S'}`
/** A duration in the largest unit that is whole. */
export const lengthOf = (duration: string | undefined): Length => {
  const match =
    duration === undefined ? null : /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)
  if (match === null) return MINUTES('')
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const ms = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000
  const unit = UNITS.findLast((one) => ms >= UNIT_MS[one] && ms % UNIT_MS[one] === 0) ?? 'seconds'
  return { count: String(ms / UNIT_MS[unit]), unit }
}
const whenOf = ({ months, days, from, to }: WhenDraft): When => ({
  ...(months.length === 0 ? {} : { months: [...months] }),
  ...(days.length === 0 ? {} : { days: [...days] }),
  ...(from === '' ? {} : { from }),
  ...(to === '' ? {} : { to }),
})
const whenDraft = ({ months = [], days = [], from = '', to = '' }: When): WhenDraft => ({ months, days, from, to })
const wordsOf = (words: Words): { fi?: string; sv?: string; en?: string } =>
  Object.fromEntries(
    Object.entries(words)
      .map(([language, text]) => [language, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  )
const pointRef = (text: string): { device: string; point: string } | null => {
  const [device = '', point = ''] = text.split('/')
  return device === '' || point === '' ? null : { device, point }
}
const refText = ({ device, point }: { device: string; point: string }): string => `${device}/${point}`

/** The draft of a rule that is kept. */
export const draftOf = (rule: AlarmRuleShown): RuleDraft => {
  const { condition: c, target } = rule
  return {
    ...EMPTY_DRAFT,
    kind: c.kind,
    point: 'point' in c ? c.point : '',
    above: c.kind === 'threshold' ? (c.above ?? '') : '',
    below: c.kind === 'threshold' ? (c.below ?? '') : '',
    hysteresis: c.kind === 'threshold' ? (c.hysteresis ?? '') : '',
    lasting: 'for' in c ? lengthOf(c.for) : MINUTES(''),
    by: c.kind === 'rate' ? c.by : '',
    within: c.kind === 'rate' ? lengthOf(c.within) : EMPTY_DRAFT.within,
    level: c.kind === 'off-hours' || c.kind === 'night-base-load' || c.kind === 'peak-forecast' ? (c.above ?? '') : '',
    hours: c.kind === 'off-hours' ? c.hours.map(whenDraft) : EMPTY_DRAFT.hours,
    overUsual: c.kind === 'night-base-load' ? (c.overUsualPercent ?? '') : '',
    over: c.kind === 'budget-forecast' || c.kind === 'main-against-subs' ? c.overPercent : EMPTY_DRAFT.over,
    category: c.kind === 'budget-forecast' ? (c.category ?? '') : '',
    party: c.kind === 'budget-forecast' ? (c.party ?? '') : '',
    meter: c.kind === 'peak-forecast' ? refText(c.meter) : c.kind === 'main-against-subs' ? refText(c.main) : '',
    subs: c.kind === 'main-against-subs' ? c.subs.map(refText) : [],
    interval: c.kind === 'peak-forecast' ? c.interval : 'PT15M',
    expression: c.kind === 'expression' ? c.expression : '',
    target: {
      kind: target.kind,
      type: target.kind === 'type' ? target.type : '',
      space: target.kind === 'space' ? target.space : '',
      device: target.kind === 'device' ? target.device : '',
    },
    severity: rule.severity,
    latching: rule.latching === true,
    flapping: rule.flapping ?? null,
    season: rule.season === undefined ? null : whenDraft(rule.season),
    maintenance: (rule.maintenance ?? []).map(({ from, to, reason = '' }) => ({ from, to: addDays(to, -1), reason })),
    name: { ...NO_WORDS, ...rule.name },
    advice: { ...NO_WORDS, ...rule.advice },
  }
}
