// The mail to one person: the subject says what and where, the text each thing with its link; many things are one mail. Pure.
import type { Language } from '#domain/registry/bundle.ts'
import { SEVERITIES } from '#domain/alarms/rule.ts'
import { detailsOf, NOTIFICATION_WORDS, placeOf, titleOf, type Described } from './sentence.ts'

export type MailText = { subject: string; text: string }
/** Characters of a subject: longer ones are cut by mail programs. */
const SUBJECT_LENGTH = 140

/** The worst first; `more` further things are only counted. `publicUrl` has no slash at its end. */
export function writeMail(
  person: { name: string; language: Language; timeZone: string },
  things: readonly Described[],
  { more, way, publicUrl }: { more: number; way: 'at-once' | 'hourly' | 'daily'; publicUrl: string },
): MailText {
  const { language, timeZone } = person
  const words = NOTIFICATION_WORDS[language]
  const sorted = things.toSorted(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.at - a.at,
  )
  const lines = [words.greeting(person.name), '']
  if (way !== 'at-once') lines.push(words.digest[way], '')
  for (const thing of sorted) {
    const place = placeOf(thing, language)
    lines.push(`- ${titleOf(thing, language)}`)
    if (place !== '') lines.push(`  ${place}`)
    lines.push(...detailsOf(thing, language, timeZone).map((detail) => `  ${detail}`))
    lines.push(`  ${publicUrl}${thing.path}?lang=${language}`, '')
  }
  if (more > 0) lines.push(words.more(more), `${publicUrl}/notifications?lang=${language}`, '')
  lines.push(words.footer(`${publicUrl}/notifications/settings?lang=${language}`), '')
  return { subject: subjectOf(sorted, more, language), text: lines.join('\n') }
}

function subjectOf(things: readonly Described[], more: number, language: Language): string {
  const words = NOTIFICATION_WORDS[language]
  const [first] = things
  if (first === undefined) return words.product
  const count = things.length + more
  const place = placeOf({ ...first, space: null }, language)
  const what = titleOf(first, language)
  const subject = [place === '' ? what : words.subject(what, place), ...(count === 1 ? [] : [words.andMore(count - 1)])]
  const text = subject.join(' ')
  return text.length <= SUBJECT_LENGTH ? text : `${text.slice(0, SUBJECT_LENGTH - 1)}…`
}
