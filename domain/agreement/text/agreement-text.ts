// The text that is approved: the whole of what is agreed, readable in three languages, with one hash over all of it.
import { clausesOf, type Clause } from '#domain/agreement/clauses.ts'
import type { AgreementContent } from '#domain/agreement/content.ts'
import type { Language } from '#domain/registry/bundle.ts'
import { RESPONSIBILITY_TASKS } from '#domain/registry/bundle.ts'
import type { Look } from '#domain/registry/facts.ts'
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import type { Sha256 } from '#domain/settlement/trace.ts'
import { pickName } from '#domain/writing/names.ts'
import { clauseLabel, clauseSentence, subjectName } from './clause-sentence.ts'
import { createTextWriter, type TextWriter } from './text-writer.ts'

/** A part of the text: sentences, and a table where rows are easier to read. The first cell of a row is its heading. */
export type TextPart = { title: string; sentences: string[]; table: { head: string[]; rows: string[][] } | null }
export type AgreementText = { title: string; parts: TextPart[] }
/** What is approved: structure and all three texts. Names are those of the day when it was made. */
export type AgreementDocument = { content: AgreementContent; texts: Record<Language, AgreementText> }

export const agreementDocument = (content: AgreementContent, look: Look): AgreementDocument => ({
  content,
  texts: {
    fi: agreementText(content, 'fi', look),
    sv: agreementText(content, 'sv', look),
    en: agreementText(content, 'en', look),
  },
})

/** `sha256:` and the SHA-256 of the document as canonical JSON (RFC 8785) in UTF-8, in hexadecimal. */
export const documentHash = (document: AgreementDocument, sha256: Sha256): string =>
  `sha256:${sha256(canonicalJson(plain(document)))}`
/** Without members that are undefined, which JSON does not know. */
const plain = (document: AgreementDocument): unknown => JSON.parse(JSON.stringify(document))

/** The text in one language; `look` gives the names of organisations, premises, devices and agreements. */
export function agreementText(content: AgreementContent, language: Language, look: Look): AgreementText {
  const writer = createTextWriter(language, look)
  const { words } = writer
  const clauses = clausesOf(content)
  const of = <P extends Clause['part']>(...parts: P[]): Extract<Clause, { part: P }>[] =>
    clauses.filter((clause): clause is Extract<Clause, { part: P }> => (parts as string[]).includes(clause.part))
  const sentences = (...parts: Clause['part'][]): string[] => of(...parts).map((one) => clauseSentence(one, writer))
  const terms = of(
    'commentDays',
    'reminderDays',
    'answerDays',
    'faultHours',
    'unusualChange',
    'estimates',
    'remainderBand',
    'unapprovedMeter',
  )
  const name = pickName(content.agreement.name, language, '').text
  return {
    title: words.title(name === '' ? words.agreement : name, content.number),
    parts: [
      {
        title: words.parts.parties,
        sentences: [words.order],
        table: partiesTable(content, writer, look),
      },
      { title: words.parts.premises, sentences: premisesSentences(content, writer, look), table: null },
      { title: words.parts.period, sentences: [...sentences('period', 'replaces'), words.inForce], table: null },
      {
        title: words.parts.rules,
        sentences: [words.rulesText],
        table: {
          head: [words.heads.category, words.heads.method],
          rows: of('rule').map((clause) => [clauseLabel(clause, writer), clauseSentence(clause, writer)]),
        },
      },
      ...(terms.length === 0
        ? []
        : [{ title: words.parts.terms, sentences: terms.map((one) => termSentence(one, writer)), table: null }]),
      ...responsibilityPart(of('responsibility'), writer),
      ...accountsPart(of('account'), writer),
    ],
  }
}

/** A band says of what it is the band; the other terms say it in their sentence. */
const termSentence = (clause: Clause, writer: TextWriter): string =>
  clause.part === 'remainderBand'
    ? `${clauseLabel(clause, writer)}. ${clauseSentence(clause, writer)}`
    : clauseSentence(clause, writer)

function partiesTable({ agreement }: AgreementContent, writer: TextWriter, look: Look): TextPart['table'] {
  const { heads } = writer.words
  return {
    head: [heads.party, heads.id, heads.businessId],
    rows: agreement.parties.map((id) => [writer.organisation(id), id, look('organisations', id)?.businessId ?? '–']),
  }
}

function premisesSentences({ agreement }: AgreementContent, writer: TextWriter, look: Look): string[] {
  const premises = look('premises', agreement.premises)
  if (premises === undefined) return [agreement.premises]
  const name = pickName(premises.name, writer.language, premises.id).text
  const { words } = writer
  return [
    words.premises(name === premises.id ? name : `${name} (${premises.id})`, writer.organisation(premises.landlord)),
    ...(premises.address === undefined || premises.address === '' ? [] : [words.address(premises.address)]),
  ]
}

function responsibilityPart(
  clauses: readonly Extract<Clause, { part: 'responsibility' }>[],
  writer: TextWriter,
): TextPart[] {
  if (clauses.length === 0) return []
  const { words } = writer
  const tasks = RESPONSIBILITY_TASKS.filter((task) => clauses.some(({ value }) => value.tasks[task] !== undefined))
  return [
    {
      title: words.parts.responsibilities,
      sentences: [],
      table: {
        head: [words.heads.subject, ...tasks.map((task) => words.tasks[task])],
        rows: clauses.map(({ value }) => [
          subjectName(value, writer),
          ...tasks.map((task) => {
            const id = value.tasks[task]
            return id === undefined ? '–' : writer.organisation(id)
          }),
        ]),
      },
    },
  ]
}

function accountsPart(clauses: readonly Extract<Clause, { part: 'account' }>[], writer: TextWriter): TextPart[] {
  if (clauses.length === 0) return []
  const { words } = writer
  return [
    {
      title: words.parts.accounts,
      sentences: [],
      table: {
        head: [words.heads.party, words.heads.category, words.heads.account, words.heads.costCentre],
        rows: clauses.map(({ value }) => [
          writer.organisation(value.party),
          writer.category(value.category),
          value.account ?? '–',
          value.costCentre ?? '–',
        ]),
      },
    },
  ]
}
