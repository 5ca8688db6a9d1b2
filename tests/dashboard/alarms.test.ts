// Alarm rules as sentences and as drafts, the filters of the address, and the times that an alarm's page works with.
import { describe, expect, test } from 'vitest'
import { readAlarmFilter } from '#dashboard/pages/alarms/alarm-filter.ts'
import { alarmSpan } from '#dashboard/pages/alarms/alarm-span.ts'
import { snoozeUntil } from '#dashboard/pages/alarms/snooze-times.ts'
import {
  draftOf,
  EMPTY_DRAFT,
  KINDS,
  lengthOf,
  ruleOf,
  type RuleDraft,
} from '#dashboard/pages/alarm-rules/rule-draft.ts'
import { trialDays } from '#dashboard/pages/alarm-rules/trial-days.ts'
import type { AlarmRuleShown } from '#contract/alarm-rules.ts'
import type { AlarmRule } from '#domain/alarms/rule.ts'
import { suggestions } from '#domain/alarms/suggested.ts'
import { durationText, reasonText, ruleSentences, type AlarmNames } from '#domain/writing/alarm-sentence.ts'
import { LANGUAGES, type Language } from '#domain/writing/language.ts'
import { alarmWords as en } from '#domain/writing/words/alarm-en.ts'
import { alarmWords as fi } from '#domain/writing/words/alarm-fi.ts'
import { alarmWords as sv } from '#domain/writing/words/alarm-sv.ts'

const HOUR_MS = 3_600_000
const POINTS: Record<Language, string> = { fi: 'hiilidioksidi', sv: 'koldioxid', en: 'carbon dioxide' }
const namesIn = (language: Language): AlarmNames => ({
  language,
  words: { fi, sv, en }[language],
  point: () => ({ name: POINTS[language], unit: 'ppm' }),
  device: (id) => id,
  space: (id) => id,
  type: (id) => id,
  category: (id) => id,
})
const plain = (text: string) => text.replaceAll(/\s/g, ' ')
const said = (rule: Pick<AlarmRule, 'condition'> & Partial<AlarmRule>, language: Language): string =>
  plain(ruleSentences({ on: true, target: { kind: 'premises' }, ...rule }, namesIn(language)).join(' '))

describe('a rule as sentences', () => {
  test('when it raises, when that ends, what it watches, when it does not', () => {
    const rule: Pick<AlarmRule, 'condition'> & Partial<AlarmRule> = {
      condition: { kind: 'threshold', point: 'co2', above: '1200', hysteresis: '100.5', for: 'PT15M' },
      target: { kind: 'device', device: 'air-1' },
      season: { months: [5, 6, 7, 8, 9], days: [1, 2, 3, 4, 5], from: '07:00', to: '17:00' },
      maintenance: [{ from: '2026-12-01', to: '2026-12-04' }],
      latching: true,
      on: false,
    }
    expect(said(rule, 'fi')).toBe(
      'Hälytä, kun hiilidioksidi on yli 1 200 ppm vähintään 15 minuutin ajan. Hälytys päättyy, kun arvo on enintään 1 099,5 ppm. Koskee laitetta ”air-1”. Valvoo vain toukokuu–syyskuu, ma–pe, klo 07.00–17.00. Ei hälytä huollon aikana 1.12.2026–3.12.2026. Hälytys pysyy voimassa, kunnes joku päättää sen. Sääntö ei ole käytössä.',
    )
    expect(said(rule, 'sv')).toMatch(/^Larma när koldioxid är över 1 200 ppm i minst 15 minuter\. Larmet upphör när/)
    expect(said(rule, 'en')).toMatch(/^Raise an alarm when carbon dioxide is above 1,200 ppm for at least 15 minutes\./)
  })

  test('both limits, silence, differences of meters', () => {
    expect(
      said({ condition: { kind: 'threshold', point: 't', above: '26', below: '18', hysteresis: '1' } }, 'fi'),
    ).toMatch(/on yli 26 ppm tai alle 18 ppm\. Hälytys päättyy, kun arvo on taas välillä 19 ppm–25 ppm\./)
    expect(said({ condition: { kind: 'no-data' } }, 'sv')).toBe(
      'Larma när enheten inte har sänt något under tre av sina väntade sändningsintervall. Gäller alla enheter i lokalen.',
    )
    const meters = {
      main: { device: 'em', point: 'energy' },
      subs: ['a', 'b'].map((device) => ({ device, point: 'energy' })),
    }
    expect(said({ condition: { kind: 'main-against-subs', ...meters, overPercent: '5' } }, 'fi')).toMatch(
      /päämittarissa ”em” ja alamittareissa ”a” ja ”b” eroaa yli 5 %/,
    )
  })

  test('every suggested rule can be said in every language, and no sentence has a hole', () => {
    const device = (type: string, keys: string[]) => ({
      id: type,
      premises: 'p',
      type,
      expectedInterval: 'PT1M',
      points: keys.map((key) => ({ key, kind: 'gauge' as const })),
    })
    const found = suggestions(
      'p',
      [
        device('room-sensor', ['co2', 'battery', 'leak', 'temperature']),
        device('electricity-meter', ['energy', 'power']),
      ],
      '2026-11-22',
      true,
    )
    expect(found.length).toBeGreaterThan(3)
    for (const { rule } of found)
      for (const language of LANGUAGES) {
        const text = said(rule, language)
        expect(text).toMatch(/^(Hälytä, kun|Larma när|Raise an alarm when) .+\.$/)
        expect(text).not.toMatch(/undefined|null|NaN| {2}/)
      }
  })

  test('durations and reasons', () => {
    expect(plain(durationText(fi, 'P1DT2H30M'))).toBe('1 vuorokauden 2 tunnin 30 minuutin')
    expect(plain(durationText(sv, 'P1W'))).toBe('7 dygn')
    expect(durationText(en, 'soon')).toBe('soon')
    const reason = { point: 'co2', value: '1340.5', limit: '1200', unit: 'ppm', at: null }
    expect(plain(reasonText('threshold', reason, namesIn('fi')))).toBe('hiilidioksidi 1 340,5 ppm, raja 1 200 ppm')
    expect(reasonText('no-data', { ...reason, point: null, value: null }, namesIn('en'))).toBe('the device is silent')
  })
})

describe('a rule as it is typed', () => {
  const whole: RuleDraft = {
    ...EMPTY_DRAFT,
    point: 'co2',
    above: '1 200,5',
    hysteresis: '100',
    name: { fi: 'Ilma', sv: '', en: '' },
    maintenance: [{ from: '2026-12-01', to: '2026-12-03', reason: '' }],
  }
  test('becomes the rule that it says, and comes back as it was', () => {
    const { rule, missing } = ruleOf(whole, true)
    expect(missing).toEqual([])
    expect(rule).toEqual({
      name: { fi: 'Ilma' },
      on: true,
      severity: 'warning',
      target: { kind: 'premises' },
      condition: { kind: 'threshold', point: 'co2', above: '1200.5', hysteresis: '100', for: 'PT15M' },
      maintenance: [{ from: '2026-12-01', to: '2026-12-04' }],
    })
    const back = ruleOf(draftOf({ ...rule, id: 'r' } as AlarmRuleShown), true)
    expect(back).toEqual({ rule, missing: [] })
  })
  test('says what is missing, where', () => {
    const fields = (draft: Partial<RuleDraft>) =>
      ruleOf({ ...EMPTY_DRAFT, ...draft }, true).missing.map(({ field }) => field)
    expect(fields({})).toEqual(['point', 'name'])
    expect(fields({ point: 'co2' })).toEqual(['above', 'name'])
    expect(fields({ point: 'co2', above: 'paljon' })).toEqual(['above', 'above', 'name'])
    expect(fields({ kind: 'no-data', target: { ...EMPTY_DRAFT.target, kind: 'type' } })).toEqual(['target', 'name'])
    expect(fields({ ...whole, maintenance: [{ from: '2026-12-02', to: '2026-12-01', reason: '' }] })).toEqual([
      'maintenance-0',
    ])
    for (const kind of KINDS) expect(ruleOf({ ...EMPTY_DRAFT, kind }, true).missing.length).toBeGreaterThan(0)
  })
  test('a length is read in the largest whole unit', () => {
    expect(lengthOf('PT90M')).toEqual({ count: '90', unit: 'minutes' })
    expect(lengthOf('PT120M')).toEqual({ count: '2', unit: 'hours' })
    expect(lengthOf('P1W')).toEqual({ count: '7', unit: 'days' })
    expect(lengthOf(undefined)).toEqual({ count: '', unit: 'minutes' })
  })
})

test('the filters of the address', () => {
  const read = (query: string) => readAlarmFilter((key) => new URLSearchParams(query).get(key))
  expect(read('')).toEqual({ standing: 'true' })
  expect(read('state=all&severity=major,critical&device=d-1&q=')).toEqual({ severity: 'major,critical', device: 'd-1' })
  expect(read('state=ours&severity=strange')).toEqual({ standing: 'true', mine: 'true' })
})

test('silenced until the morning of the premises, across a change of the clock', () => {
  const saturday = Date.parse('2026-10-24T18:00:00Z')
  const until = (choice: Parameters<typeof snoozeUntil>[0], own = '') =>
    snoozeUntil(choice, own, saturday, 'Europe/Helsinki')
  expect(until('hour')).toBe(saturday + HOUR_MS)
  // The clock goes back in the night to Sunday: eight by the clock is nine hours after midnight.
  expect(until('monday')).toBe(Date.parse('2026-10-26T06:00:00Z'))
  expect(until('own', '2026-10-25T12:30')).toBe(Date.parse('2026-10-25T10:30:00Z'))
  expect(until('tomorrow')).toBe(Date.parse('2026-10-25T06:00:00Z'))
  expect(until('own', '2026-10-24T12:00')).toBeNull()
  expect(until('own')).toBeNull()
})

test('the chart of an alarm begins before it and ends with it, or now', () => {
  const raisedAt = Date.parse('2026-11-22T10:00:00Z')
  const standing = alarmSpan({ raisedAt, at: null, over: null }, raisedAt + HOUR_MS)
  expect(standing.from).toBe(raisedAt - 3 * HOUR_MS)
  expect(standing.to).toBe(raisedAt + HOUR_MS + 60_000)
  const over = alarmSpan({ raisedAt, at: raisedAt - HOUR_MS, over: raisedAt + 5 * HOUR_MS }, raisedAt + 99 * HOUR_MS)
  expect(over.from).toBe(raisedAt - 7 * HOUR_MS)
  expect(over.to).toBeGreaterThan(raisedAt + 7 * HOUR_MS)
})

test('alarms that would have been are counted by local day', () => {
  const alarm = (raisedAt: string) => ({ raisedAt }) as Parameters<typeof trialDays>[0]['alarms'][number]
  const days = trialDays(
    {
      from: '2026-11-20T10:00:00.000Z',
      to: '2026-11-22T10:00:00.000Z',
      alarms: [alarm('2026-11-20T23:30:00.000Z'), alarm('2026-11-21T10:00:00.000Z')],
    },
    'Europe/Helsinki',
  )
  expect(days.map(({ date, count }) => [date, count])).toEqual([
    ['2026-11-20', 0],
    ['2026-11-21', 2],
    ['2026-11-22', 0],
  ])
})
