// A clause as people read it: what it is about, and the sentence that holds.
import type { Clause } from '#domain/agreement/clauses.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import { RESPONSIBILITY_TASKS } from '#domain/registry/bundle.ts'
import type { LocalDate, RemainderBand, ResponsibilityRow } from '#domain/registry/bundle.ts'
import { pickName } from '#domain/writing/names.ts'
import { methodSentence } from '#domain/writing/rule-sentence.ts'
import type { TextWriter } from './text-writer.ts'

export const subjectName = ({ of }: ResponsibilityRow, writer: TextWriter): string => {
  if ('device' in of) return writer.device(of.device)
  return 'deviceType' in of
    ? writer.words.deviceType(writer.deviceType(of.deviceType))
    : pickName(of.system, writer.language, '').text
}
const bandName = ({ of }: RemainderBand, writer: TextWriter): string =>
  'meter' in of ? writer.meter(of.meter) : writer.category(of.category)

/** What the clause is about, as a heading of a row. */
export function clauseLabel(clause: Clause, writer: TextWriter): string {
  const { labels } = writer.words
  switch (clause.part) {
    case 'rule':
      return writer.category(clause.value.category)
    case 'remainderBand':
      return labels.remainderBand(bandName(clause.value, writer))
    case 'unapprovedMeter':
      return labels.unapprovedMeter(writer.meter(clause.value.meter))
    case 'responsibility':
      return labels.responsibility(subjectName(clause.value, writer))
    case 'account':
      return labels.account(writer.organisation(clause.value.party), writer.category(clause.value.category))
    default:
      return labels[clause.part]
  }
}

/** What holds, as whole sentences. */
export function clauseSentence(clause: Clause, writer: TextWriter): string {
  const { words } = writer
  switch (clause.part) {
    case 'name':
      return words.name(pickName(clause.value, writer.language, '').text)
    case 'parties':
      return words.parties(writer.list(clause.value.map(writer.organisation)))
    case 'premises':
      return clause.value
    case 'period': {
      const { from, to } = clause.value
      return to === null
        ? words.openPeriod(writer.date(from))
        : words.closedPeriod(writer.date(from), writer.date(lastDay(to)))
    }
    case 'replaces':
      return words.replaces(writer.agreement(clause.value.agreement), writer.date(clause.value.from))
    case 'rule':
      return upperFirst(methodSentence(clause.value.method, writer.rules))
    case 'commentDays':
      return words.commentDays(clause.value)
    case 'reminderDays':
      return words.reminderDays(clause.value)
    case 'answerDays':
      return words.answerDays(clause.value)
    case 'faultHours':
      return words.faultHours(clause.value)
    case 'unusualChange':
      return words.unusualChange(writer.percent(clause.value.part), writer.decimal(clause.value.euros))
    case 'estimates': {
      const most = writer.percent(clause.value.most)
      return clause.value.beyond === 'block' ? words.estimatesBlock(most) : words.estimatesShow(most)
    }
    case 'remainderBand':
      return words.band(writer.percent(clause.value.least), writer.percent(clause.value.most))
    case 'unapprovedMeter': {
      const { meter, reason, to } = clause.value
      return joined([
        words.unapproved(writer.meter(meter)),
        reason === undefined || reason === '' ? null : words.reason(reason.replace(/\.$/u, '')),
        to == null ? null : words.until(writer.date(lastDay(to))),
      ])
    }
    case 'responsibility':
      return joined(
        RESPONSIBILITY_TASKS.map((task) => {
          const id = clause.value.tasks[task]
          return id === undefined ? null : words.task(words.tasks[task], writer.organisation(id))
        }),
      )
    case 'account': {
      const { account, costCentre } = clause.value
      return joined([
        account === undefined || account === '' ? null : words.account(account),
        costCentre === undefined || costCentre === '' ? null : words.costCentre(costCentre),
      ])
    }
  }
}

const joined = (sentences: readonly (string | null)[]): string =>
  sentences.filter((sentence) => sentence !== null).join(' ')
/** The last day that is in, of an end that is the first day out; a date that is none stays as it is. */
const lastDay = (to: LocalDate): LocalDate => {
  const day = dayNumber(to)
  return Number.isNaN(day) ? to : formatDay(day - 1)
}
const upperFirst = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)
