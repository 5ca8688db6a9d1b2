// An occurrence in words: what, where, and what was seen. Pure: names come in.
import type { Severity } from '#domain/alarms/rule.ts'
import type { Language, Names } from '#domain/registry/bundle.ts'
import { formatInstant } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { formatDecimal, withUnit } from '#domain/writing/number.ts'
import type { Worded } from '#domain/writing/worded.ts'
import type { OccurrenceKind, Reason } from './occurrence.ts'
import { notificationWords as en } from './words/en.ts'
import { notificationWords as fi } from './words/fi.ts'
import { notificationWords as sv } from './words/sv.ts'

export type NotificationWords = Worded<typeof fi>
export const NOTIFICATION_WORDS: Record<Language, NotificationWords> = { fi, sv, en }

/** What a person may know of an occurrence, looked up with the sight of the organisation as whose member they are told. */
export type Described = {
  kind: OccurrenceKind
  severity: Severity
  /** Milliseconds since 1970. */
  at: number
  reason: Reason
  step: number | null
  /** The rule's name, or the reporter's words; null where there are none. */
  what: Names | null
  value: { value: string; unit: string | null; limit: string | null } | null
  premises: { id: string; name: Names; timeZone: string } | null
  device: { id: string; name: Names | null } | null
  space: { id: string; name: Names | null } | null
  /** It is over, by now. */
  isOver: boolean
  /** Below the dashboard's address. */
  path: string
}

/** "Critical alarm: No data". */
export function titleOf(
  { kind, severity, what }: Pick<Described, 'kind' | 'severity' | 'what'>,
  language: Language,
): string {
  const words = NOTIFICATION_WORDS[language]
  const head = kind === 'alarm-raised' ? words.raised[severity] : words.kinds[kind]
  const name = what === null ? '' : oneLine(pickName(what, language, '').text)
  return name === '' ? head : words.titled(head, name)
}

/** "Town house, Heat meter 1 (Heat room)"; empty where it concerns no place. */
export function placeOf(
  { premises, device, space }: Pick<Described, 'premises' | 'device' | 'space'>,
  language: Language,
): string {
  const parts = [
    ...(premises === null ? [] : [pickName(premises.name, language, premises.id).text]),
    ...(device === null ? [] : [pickName(device.name, language, device.id).text]),
    ...(space === null ? [] : [pickName(space.name, language, space.id).text]),
  ]
  return oneLine(parts.join(', '))
}

/** When it was, what was seen beside its limit, why this person is told, whether it is over by now. */
export function detailsOf(described: Described, language: Language, zone: string): string[] {
  const words = NOTIFICATION_WORDS[language]
  const { value, at, premises, isOver, kind, reason, step } = described
  const write = (text: string, unit: string | null): string => withUnit(language, formatDecimal(language, text), unit)
  return [
    formatInstant(language, at, premises?.timeZone ?? zone),
    ...(value === null
      ? []
      : [
          value.limit === null
            ? words.value(write(value.value, value.unit))
            : words.valueLimit(write(value.value, value.unit), write(value.limit, value.unit)),
        ]),
    ...(reason === 'subscribed' ? [] : [step !== null && step > 0 ? words.escalated : words.reasons[reason]]),
    ...(isOver && kind !== 'alarm-cleared' && kind !== 'fault-done' && kind !== 'system-back' ? [words.over] : []),
  ]
}

/** A text from outside is one line of a mail, never a header or a line of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
