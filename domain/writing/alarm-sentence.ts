// An alarm rule as sentences, and why an alarm was raised, in the reader's language. Pure: words and names come in.
import type { AlarmReason } from '#domain/alarms/alarm.ts'
import type { AlarmCondition, AlarmRule, ConditionKind } from '#domain/alarms/rule.ts'
import type { Decimal, When } from '#domain/registry/bundle.ts'
import { add, formatExact, parseDecimalFraction, subtract } from '#domain/quantity/fraction.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import { LOCALES, type Language } from './language.ts'
import { formatDate } from './date.ts'
import { formatDecimal, withUnit } from './number.ts'
import type { AlarmWords } from './words/alarm-words.ts'

export type AlarmNames = {
  language: Language
  words: AlarmWords
  /** A point's name in the middle of a sentence, and its unit. */
  point: (key: string) => { name: string; unit: string | null }
  device: (id: string) => string
  space: (id: string) => string
  type: (id: string) => string
  category: (id: string) => string
}

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const PERCENT = '%'
const POWER = 'kW'

/** "PT1H30M" as "1 tunnin 30 minuutin"; a text that is no duration comes back as it is. */
export const durationText = (words: AlarmWords, duration: string): string => {
  const match = DURATION.exec(duration)
  if (match === null) return duration
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const { durations } = words.rule
  const inDays = weeks * 7 + days
  const parts = [
    ...(inDays > 0 ? [durations.days(inDays)] : []),
    ...(hours > 0 ? [durations.hours(hours)] : []),
    ...(minutes > 0 ? [durations.minutes(minutes)] : []),
    ...(seconds > 0 ? [durations.seconds(seconds)] : []),
  ]
  return parts.join(' ')
}

/** What a rule does, sentence by sentence: when it raises, when that ends, what it watches, and when it does not. */
export const ruleSentences = (rule: Omit<AlarmRule, 'name' | 'severity' | 'advice'>, names: AlarmNames): string[] => {
  const { rule: words } = names.words
  return [
    ...conditionSentences(rule.condition, names),
    targetSentence(rule, names),
    ...(rule.season === undefined ? [] : [words.season(whenText(rule.season, names))]),
    ...(rule.maintenance === undefined || rule.maintenance.length === 0
      ? []
      : [words.maintenance(rule.maintenance.map(({ from, to }) => spanText(from, to, names)).join(', '))]),
    ...(rule.latching === true ? [words.latching] : []),
    ...(rule.on ? [] : [words.off]),
  ]
}

/** "Raise an alarm when …", and when that ends where it does not end at its limit. */
export const conditionSentences = (condition: AlarmCondition, names: AlarmNames): string[] => {
  const ends = endSentence(condition, names)
  return [conditionSentence(condition, names), ...(ends === null ? [] : [ends])]
}
const conditionSentence = (condition: AlarmCondition, names: AlarmNames): string => {
  const { raise, lasting } = names.words.rule
  const clause = clauseOf(condition, names)
  const lasts = condition.kind === 'no-data' || condition.kind === 'stuck' || !('for' in condition)
  return raise(
    lasts || condition.for === undefined ? clause : lasting(clause, durationText(names.words, condition.for)),
  )
}

const clauseOf = (condition: AlarmCondition, names: AlarmNames): string => {
  const { rule } = names.words
  const { name, unit } = 'point' in condition ? names.point(condition.point) : { name: '', unit: null }
  const level = (decimal: Decimal, of = unit) => withUnit(names.language, formatDecimal(names.language, decimal), of)
  const percent = (decimal: Decimal) => level(decimal, PERCENT)
  switch (condition.kind) {
    case 'threshold': {
      const { above, below } = condition
      if (above !== undefined && below !== undefined) return rule.beyond(name, level(above), level(below))
      return above === undefined ? rule.below(name, level(below ?? '')) : rule.above(name, level(above))
    }
    case 'rate':
      return rule.rate(name, level(condition.by), durationText(names.words, condition.within))
    case 'no-data':
      return condition.for === undefined ? rule.silentUsual : rule.silent(durationText(names.words, condition.for))
    case 'stuck':
      return rule.stuck(name, durationText(names.words, condition.for))
    case 'out-of-range':
      return rule.outOfRange(name)
    case 'off-hours':
      return rule.offHours(name, level(condition.above), hoursText(condition.hours, names))
    case 'night-base-load': {
      const { above, overUsualPercent: over } = condition
      if (above !== undefined && over !== undefined) return rule.nightBoth(name, level(above), percent(over))
      return above === undefined ? rule.nightOverUsual(name, percent(over ?? '')) : rule.nightAbove(name, level(above))
    }
    case 'budget-forecast':
      return condition.category === undefined
        ? rule.budget(percent(condition.overPercent))
        : rule.budgetOf(names.category(condition.category), percent(condition.overPercent))
    case 'peak-forecast':
      return (condition.interval === 'PT1H' ? rule.peakHour : rule.peakQuarter)(
        names.device(condition.meter.device),
        level(condition.above, POWER),
      )
    case 'main-against-subs':
      return rule.mainAgainstSubs(
        names.device(condition.main.device),
        listText(
          condition.subs.map(({ device }) => rule.quoted(names.device(device))),
          names,
        ),
        percent(condition.overPercent),
      )
    case 'counter-back':
      return rule.counterBack(name)
    case 'missing-price':
      return rule.missingPrice
    case 'expression':
      return rule.expression(condition.expression)
  }
}

/** At which value a threshold with hysteresis ends; null where it ends at its limit. */
const endSentence = (condition: AlarmCondition, names: AlarmNames): string | null => {
  if (condition.kind !== 'threshold' || condition.hysteresis === undefined) return null
  const { unit } = names.point(condition.point)
  const width = parseDecimalFraction(condition.hysteresis)
  const moved = (limit: Decimal | undefined, move: typeof add): string | null => {
    const from = limit === undefined ? null : parseDecimalFraction(limit)
    const exact = from === null || width === null ? null : formatExact(move(from, width))
    return exact === null ? null : withUnit(names.language, formatDecimal(names.language, exact), unit)
  }
  const [high, low] = [moved(condition.above, subtract), moved(condition.below, add)]
  const { endsBelow, endsAbove, endsBetween } = names.words.rule
  if (high !== null && low !== null) return endsBetween(low, high)
  return high === null ? (low === null ? null : endsAbove(low)) : endsBelow(high)
}

const targetSentence = (
  { target, condition }: Pick<AlarmRule, 'target' | 'condition'>,
  { words, ...names }: AlarmNames,
): string => {
  switch (target.kind) {
    case 'premises':
      if ('point' in condition || condition.kind === 'expression') return words.rule.targetWithPoint
      return condition.kind === 'no-data' ? words.rule.targetEvery : words.rule.targetPremises
    case 'type':
      return words.rule.targetType(names.type(target.type))
    case 'space':
      return words.rule.targetSpace(names.space(target.space))
    case 'device':
      return words.rule.targetDevice(names.device(target.device))
  }
}

/** Months, weekdays and hours: "touko–syyskuu, ma–pe, klo 7.00–17.00". */
const whenText = (when: When, { language, words }: AlarmNames): string => {
  const month = (n: number) => dateName(language, { month: 'long' }, Date.UTC(2026, n - 1, 15))
  // 2026-06-01 is a Monday.
  const day = (n: number) => dateName(language, { weekday: 'short' }, Date.UTC(2026, 5, n, 12))
  const time = (text: string) => (language === 'en' ? text : text.replace(':', '.'))
  const { monthSpan, hours, allDays } = words.rule
  const spans = (numbers: readonly number[], name: (n: number) => string) =>
    runsOf(numbers)
      .map(([from, to]) => (from === to ? name(from) : monthSpan(name(from), name(to))))
      .join(', ')
  const parts = [
    ...(when.months === undefined || when.months.length === 0 ? [] : [spans(when.months, month)]),
    ...(when.days === undefined || when.days.length === 0 ? [] : [spans(when.days, day)]),
    ...(when.from === undefined && when.to === undefined
      ? []
      : [hours(time(when.from ?? '00:00'), time(when.to ?? '24:00'))]),
  ]
  return parts.length === 0 ? allDays : parts.join(', ')
}
const hoursText = (hours: readonly When[], names: AlarmNames): string =>
  hours.map((when) => whenText(when, names).replace(', ', ' ')).join('; ')

/** Consecutive numbers as runs: [1, 2, 3, 5] is 1–3 and 5. */
const runsOf = (numbers: readonly number[]): [number, number][] => {
  const runs: [number, number][] = []
  for (const n of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === n - 1) last[1] = n
    else runs.push([n, n])
  }
  return runs
}
const dateName = (language: Language, options: Intl.DateTimeFormatOptions, ms: number): string =>
  new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(ms)
/** `to` is the first day that is over. */
const spanText = (from: string, to: string, { language }: AlarmNames): string => {
  const last = formatDay(dayNumber(to) - 1)
  return last <= from ? formatDate(language, from) : `${formatDate(language, from)}–${formatDate(language, last)}`
}
const listText = (parts: readonly string[], { language }: AlarmNames): string =>
  new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(parts)

/** Why it was raised: "1 340 ppm, raja 1 200 ppm"; the point's name before it where there is one. */
export const reasonText = (
  kind: ConditionKind,
  reason: AlarmReason,
  names: Omit<AlarmNames, 'space' | 'type' | 'category' | 'device'>,
): string => {
  const { words, language } = names
  const written = (text: string) => withUnit(language, formatDecimal(language, text), reason.unit)
  const [value, limit] = [reason.value, reason.limit].map((text) => (text === null ? '–' : written(text)))
  const said = words.reasons[kind](value ?? '–', limit ?? '–')
  return reason.point === null || reason.value === null ? said : `${names.point(reason.point).name} ${said}`
}
