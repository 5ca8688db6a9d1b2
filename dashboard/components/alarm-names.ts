// Names that the sentences of alarms and rules need: of points, devices, types, spaces and cost categories.
import { useQueries } from '@tanstack/react-query'
import type { Names } from '#contract/common.ts'
import type { AlarmRuleShown } from '#contract/alarm-rules.ts'
import type { AlarmShown } from '#contract/alarms.ts'
import type { DeviceTypeShown } from '#contract/device-types.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { durationText, reasonText, type AlarmNames } from '#domain/writing/alarm-sentence.ts'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useDeviceTypes } from './device-types.ts'

export type RuleParts = Pick<AlarmRuleShown, 'target' | 'condition'> & { targetName?: Names | null }
/** Meters beyond these are named by their id. */
const DEVICES_NAMED = 12

/** The names that a rule's sentences speak of. */
export const useRuleNames = ({ target, condition, targetName }: RuleParts): AlarmNames => {
  const words = useWords(alarmWords)
  const { text, language } = useText()
  const { all: types, nameOf: typeName } = useDeviceTypes()
  const wanted = devicesOf({ target, condition }).slice(0, DEVICES_NAMED)
  const devices = useQueries({ queries: wanted.map((id) => deviceQuery(id)) }).flatMap(({ data }) => data ?? [])
  const own = target.kind === 'device' ? devices.find(({ id }) => id === target.device) : undefined
  const named = pickName(targetName, language, '').text
  return {
    language,
    words,
    point: (key) => {
      const declared = own?.points?.find((point) => point.key === key)
      const known = pointOf(types, key, own?.type ?? (target.kind === 'type' ? target.type : null))
      const name = pickName(declared?.name ?? known?.name, language, '').text
      return {
        name: lowerFirst(name === '' ? wordOf(text.pointKeys, key) : name),
        unit: declared?.unit ?? known?.unit ?? null,
      }
    },
    device: (id) => pickName(devices.find((device) => device.id === id)?.name, language, id).text,
    space: (id) => (named === '' ? id : named),
    type: (id) => lowerFirst(typeName(id)),
    category: (id) => wordOf(text.categories, id),
  }
}

/** Why an alarm was raised, as a short text that begins with the point. */
export const useAlarmReason = (): ((alarm: AlarmShown) => string) => {
  const words = useWords(alarmWords)
  const { language } = useText()
  return (alarm) => {
    const { condition, point, pointName, value, limit, unit } = alarm
    if (!isKind(words.reasons, condition)) return words.kinds.expression
    if (condition === 'no-data' && alarm.affectedCount > 1) return words.reasons.noDataMany(String(alarm.affectedCount))
    const silentFor = condition === 'no-data' && limit !== null ? durationText(words, limit) : null
    if (silentFor !== null && silentFor !== limit) return words.reasons.noDataSince(silentFor)
    return reasonText(
      condition,
      { point, value, limit, unit, at: null },
      { language, words, point: (key) => ({ name: pickName(pointName, language, key).text, unit }) },
    )
  }
}
type ReasonKind = Exclude<keyof AlarmNames['words']['reasons'], 'noDataSince' | 'noDataMany'>
const isKind = (reasons: AlarmNames['words']['reasons'], kind: string): kind is ReasonKind =>
  kind !== 'noDataSince' && kind !== 'noDataMany' && Object.hasOwn(reasons, kind)

/** The devices that a rule names. */
const devicesOf = ({ target, condition }: RuleParts): string[] => [
  ...(target.kind === 'device' ? [target.device] : []),
  ...(condition.kind === 'peak-forecast' ? [condition.meter.device] : []),
  ...(condition.kind === 'main-against-subs'
    ? [condition.main.device, ...condition.subs.map(({ device }) => device)]
    : []),
]
/** A point by its key: of the type, or of the first type that has it. */
export const pointOf = (types: readonly DeviceTypeShown[], key: string, type: string | null) => {
  const own = types.find(({ id }) => id === type)?.points.find((point) => point.key === key)
  return own ?? types.flatMap(({ points }) => points).find((point) => point.key === key)
}

/** "Hiilidioksidi" in the middle of a sentence; "CO₂" stays as it is. */
const lowerFirst = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLocaleLowerCase() + name.slice(1) : name
