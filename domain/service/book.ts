// The service book (huoltokirja): everything done to the devices and premises, as entries of one kind, and as a document.
import { contentTable, factsOf, heading, textColumn, type Block, type Content } from '#domain/explain/content.ts'
import type { Fault } from '#domain/faults/fault.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import type { Id, Language, LocalDate, Names } from '#domain/registry/bundle.ts'
import { formatDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { formatDecimal, withUnit } from '#domain/writing/number.ts'
import type { Inspection } from './inspection.ts'
import type { Answer, ServiceTask } from './task.ts'
import type { ChecklistItem } from './plan.ts'
import { serviceWords as en } from './words/en.ts'
import { serviceWords as fi } from './words/fi.ts'
import { serviceWords as sv } from './words/sv.ts'

export const SERVICE_WORDS = { fi, sv, en }
export const BOOK_KINDS = ['task', 'inspection', 'fault'] as const
export type BookKind = (typeof BOOK_KINDS)[number]
export type BookResult = keyof typeof fi.results
export type BookEntry = {
  at: number
  on: LocalDate
  kind: BookKind
  id: Id
  title: Names
  device: Id | null
  space: Id | null
  by: string
  organisation: Id | null
  result: BookResult
  /** In the language that was asked for, a line each. */
  what: readonly string[]
  photos: readonly string[]
  certificate: { digest: string; name: string } | null
}

/** An open task is no entry yet. */
export function entryOfTask(
  { id, body }: Pick<StoredPaper<ServiceTask>, 'id' | 'body'>,
  language: Language,
  timeZone: string,
): BookEntry | null {
  const { outcome, checklist } = body
  if (outcome === null) return null
  const words = SERVICE_WORDS[language]
  const said = checklist.flatMap((item) => {
    const answer = outcome.answers.find((one) => one.item === item.id)
    return answer === undefined || answer.value === null
      ? []
      : [{ ok: answer.ok, line: lineOf(item, answer, language) }]
  })
  return {
    at: outcome.at,
    on: dayOf(outcome.at, timeZone),
    kind: 'task',
    id,
    title: body.title,
    device: body.device,
    space: body.space,
    by: outcome.by.name,
    organisation: outcome.by.organisation,
    result: outcome.result,
    what: [
      ...(outcome.reason === null ? [] : [outcome.reason]),
      ...said.filter(({ ok }) => ok === false).map(({ line }) => words.deviation(line)),
      // What is in order stands in one line, so that what is not stands out.
      ...listed(said.filter(({ ok }) => ok !== false).map(({ line }) => line)),
      ...(outcome.note === '' ? [] : [outcome.note]),
      ...outcome.findings.map(({ text }) => words.finding(text)),
      ...(outcome.hours === null ? [] : [words.hours(formatDecimal(language, outcome.hours))]),
      ...outcome.parts.map(({ name, quantity }) => words.part(name, formatDecimal(language, quantity))),
    ],
    photos: outcome.photos,
    certificate: null,
  }
}

const listed = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : [lines.join('; ')])
function lineOf(item: ChecklistItem, { value }: Answer, language: Language): string {
  const words = SERVICE_WORDS[language]
  const said =
    typeof value === 'boolean'
      ? value
        ? words.yes
        : words.no
      : item.kind === 'number'
        ? withUnit(language, formatDecimal(language, value ?? ''), item.unit ?? null)
        : (value ?? '')
  return `${pickName(item.text, language, item.id).text}: ${said}`
}

/** One entry for each inspection that was made. */
export const entriesOfInspection = (
  { id, body }: Pick<StoredPaper<Inspection>, 'id' | 'body'>,
  language: Language,
  timeZone: string,
): BookEntry[] =>
  body.records.map((record) => ({
    at: dayStart(dayNumber(record.on), timeZone),
    on: record.on,
    kind: 'inspection',
    id,
    title: body.title,
    device: body.device,
    space: body.space,
    by: record.inspector,
    organisation: body.contractor,
    result: record.result,
    what: [
      SERVICE_WORDS[language].law(pickName(body.law, language, '').text),
      ...(record.remarks === '' ? [] : [record.remarks]),
      ...(record.nextDue === null ? [] : [SERVICE_WORDS[language].next(formatDate(language, record.nextDue))]),
    ],
    photos: [],
    certificate: record.certificate,
  }))

/** A fault that was repaired; one that is still open is no entry yet. */
export function entryOfFault(
  { id, state, body, changedAt }: Pick<StoredPaper<Fault>, 'id' | 'state' | 'body' | 'changedAt'>,
  language: Language,
  timeZone: string,
): BookEntry | null {
  // What was joined into another fault is told by that one.
  if ((state !== 'done' && state !== 'closed') || body.joinedInto !== null) return null
  const words = SERVICE_WORDS[language]
  const done = body.entries.findLast(({ kind }) => kind === 'done')
  const at = done?.at ?? changedAt
  return {
    at,
    on: dayOf(at, timeZone),
    kind: 'fault',
    id,
    title:
      body.what === ''
        ? { fi: fi.kinds.fault, sv: sv.kinds.fault, en: en.kinds.fault }
        : { [body.language]: body.what },
    device: body.device,
    space: body.space,
    by: done?.by ?? body.work.at(-1)?.by ?? '',
    organisation: done?.organisation ?? body.custody.at(-1)?.organisation ?? null,
    result: 'repaired',
    what: [
      ...(done === undefined || done.text === '' ? [] : [done.text]),
      ...body.work.flatMap(({ on, what, hours, parts }) => [
        `${formatDate(language, on)}: ${what}${hours === null ? '' : `, ${words.hours(formatDecimal(language, hours))}`}`,
        ...parts.map(({ name, quantity }) => words.part(name, formatDecimal(language, quantity))),
      ]),
    ],
    photos: done?.files.map(({ digest }) => digest) ?? [],
    certificate: null,
  }
}
const dayOf = (at: number, timeZone: string): LocalDate => formatDay(dayOfInstant(at, timeZone))

/** Names as the reader may see them; null where they may not. */
export type BookNames = {
  premises: string
  device: (id: Id | null) => string
  space: (id: Id | null) => string
  organisation: (id: Id | null) => string
}
export type BookAsked = {
  device: string | null
  year: number | null
  kind: BookKind | null
  q: string | null
  today: LocalDate
}

/** The book as a document: year by year, the newest first. */
export function bookContent(
  entries: readonly BookEntry[],
  language: Language,
  names: BookNames,
  { device, year, kind, q, today }: BookAsked,
): Content {
  const words = SERVICE_WORDS[language]
  const years = Map.groupBy(entries, ({ on }) => on.slice(0, 4))
  const blocks: Block[] = [
    factsOf([
      [words.device, device],
      [words.date, year === null ? words.allYears : words.year(year)],
      [words.kind, kind === null ? null : words.kinds[kind]],
      [words.search, q],
      [words.book, words.entries(entries.length)],
    ]),
    ...(entries.length === 0 ? [{ is: 'text' as const, text: words.none }] : []),
    ...[...years].flatMap(([one, list]): Block[] => [
      heading(2, words.year(+one)),
      contentTable(words.year(+one), list, [
        textColumn(words.date, ({ on }) => formatDate(language, on)),
        textColumn(words.device, (entry) => names.device(entry.device) || names.space(entry.space)),
        textColumn(
          words.title,
          ({ title, id, kind: of }) => `${words.kinds[of]}: ${pickName(title, language, id).text}`,
        ),
        textColumn(words.result, ({ result }) => words.results[result]),
        textColumn(words.by, ({ by, organisation }) =>
          [by, names.organisation(organisation)].filter((text) => text !== '').join(', '),
        ),
        textColumn(words.what, ({ what, photos, certificate }) =>
          [
            ...what,
            ...(photos.length === 0 ? [] : [`${words.photos}: ${photos.length}`]),
            ...(certificate === null ? [] : [`${words.certificate}: ${certificate.name}`]),
          ].join('\n'),
        ),
      ]),
    ]),
  ]
  return {
    language,
    title: words.book,
    premises: names.premises,
    state: words.made(formatDate(language, today)),
    marks: [],
    blocks,
  }
}
