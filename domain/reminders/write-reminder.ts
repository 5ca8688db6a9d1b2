// One e-mail with everything that a person is reminded of, in that person's language. Pure.
import type { Language, Names } from '#domain/registry/bundle.ts'
import { formatDate, formatInstant, formatMonth } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import type { Worded } from '#domain/writing/worded.ts'
import type { ToTell } from './due.ts'
import { reminderWords as en } from './words/en.ts'
import { reminderWords as fi } from './words/fi.ts'
import { reminderWords as sv } from './words/sv.ts'

/** Devices that one line names. */
const MOST_NAMES = 10
const WORDS: Record<Language, Worded<typeof fi>> = { fi, sv, en }

export type RemindedOf = ToTell & { premisesName: Names; timeZone: string; organisationName: Names }
export type ReminderText = { subject: string; text: string }

/** `publicUrl` is where people reach the dashboard, without a slash at its end. */
export function writeReminder(
  person: { name: string; language: Language },
  things: readonly RemindedOf[],
  { publicUrl, now }: { publicUrl: string; now: number },
): ReminderText {
  const { language } = person
  const words = WORDS[language]
  const lines = [words.greeting(person.name), '']
  for (const [organisation, list] of Map.groupBy(things, ({ waitsFor }) => waitsFor)) {
    lines.push(words.intro(pickName(list[0]?.organisationName, language, organisation).text), '')
    for (const thing of list) {
      const month = thing.period === null ? '' : formatMonth(language, thing.period)
      const place = pickName(thing.premisesName, language, thing.premises).text
      if ('devices' in thing) {
        const all = [...thing.devices, ...thing.spaces]
        const [names, more] = [all.slice(0, MOST_NAMES), all.length - MOST_NAMES]
        const listed = names.map(({ id, name }) => pickName(name, language, id).text).join(', ')
        lines.push(`- ${place}: ${words.equipment[thing.kind](formatDate(language, thing.on))}`)
        lines.push(`  ${listed}${more > 0 ? ` ${words.more(more)}` : ''}`)
        const [space] = thing.devices.length === 0 ? thing.spaces : []
        const page = space === undefined ? 'equipment' : `spaces/${space.id}`
        lines.push(`  ${publicUrl}/premises/${thing.premises}/${page}?lang=${language}`, '')
        continue
      }
      lines.push(`- ${place}: ${words.kinds[thing.kind](month)}`)
      if (thing.dueAt !== null) {
        const date = formatInstant(language, thing.dueAt, thing.timeZone)
        lines.push(`  ${thing.dueAt <= now ? words.overdue(date) : words.until(date)}`)
      }
      if (thing.kind === 'month-to-accept') lines.push(`  ${words.silence}`)
      lines.push(`  ${publicUrl}${pathOf(thing)}?lang=${language}`, '')
    }
  }
  lines.push(words.footer, '')
  return { subject: words.subject(things.length), text: lines.join('\n') }
}

const pathOf = ({
  kind,
  premises,
  period,
  subject,
}: Pick<ToTell, 'kind' | 'premises' | 'period' | 'subject'>): string => {
  if (kind === 'dispute-to-answer' || kind === 'dispute-to-settle') return `/disputes/${subject ?? ''}`
  if (kind === 'transfer-to-answer' || kind === 'loan-to-return') return `/transfers/${subject ?? ''}`
  if (kind === 'service-task-due') return `/service/tasks/${subject ?? ''}`
  if (kind === 'inspection-due') return `/service/inspections/${subject ?? ''}`
  if (kind === 'meter-change-to-witness') return `/meter-changes/${subject ?? ''}`
  if (kind === 'data-request-to-answer') return `/devices/${subject ?? ''}`
  if (kind === 'fault-to-answer') return `/faults/${subject ?? ''}`
  if (kind === 'proposal-to-approve') return `/agreements/proposals/${subject ?? ''}`
  return `/costs/${premises}/${period ?? ''}`
}
