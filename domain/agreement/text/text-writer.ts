// What the text that is approved is written with in one language: words, and names that leave no doubt which device or party is meant.
import type { Writer } from '#domain/explain/writer.ts'
import { createWriter } from '#domain/explain/writer.ts'
import { parseLocalDate } from '#domain/quantity/local-date.ts'
import type { Id, Language, PointRef } from '#domain/registry/bundle.ts'
import type { Look } from '#domain/registry/facts.ts'
import { agreementWords as en } from '#domain/writing/words/agreement-en.ts'
import { agreementWords as fi } from '#domain/writing/words/agreement-fi.ts'
import { agreementWords as sv } from '#domain/writing/words/agreement-sv.ts'
import type { AgreementWords } from '#domain/writing/words/agreement-words.ts'
import { pickName } from '#domain/writing/names.ts'
import type { RuleWords } from '#domain/writing/rule-sentence.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { textWords as textEn } from './words/en.ts'
import { textWords as textFi } from './words/fi.ts'
import { textWords as textSv } from './words/sv.ts'
import type { TextWords } from './words/words.ts'

const AGREEMENT_WORDS: Record<Language, AgreementWords> = { fi, sv, en }
const TEXT_WORDS: Record<Language, TextWords> = { fi: textFi, sv: textSv, en: textEn }

export type TextWriter = {
  language: Language
  words: TextWords
  rules: RuleWords
  organisation: (id: Id) => string
  agreement: (id: Id) => string
  /** Name and id, as two devices may bear one name; the name alone where it was asked for. */
  device: (id: Id) => string
  meter: (meter: PointRef) => string
  deviceType: (type: string) => string
  /** `*` is all other categories. */
  category: (category: string) => string
} & Pick<Writer, 'date' | 'decimal' | 'percent' | 'list'>

/** `devices`: what is approved names a device beyond doubt; a reader who compares knows it by its name. */
export function createTextWriter(
  language: Language,
  look: Look,
  { devices = 'name and id' }: { devices?: 'name' | 'name and id' } = {},
): TextWriter {
  const { date, decimal, percent, list, category } = createWriter(language, 'Europe/Helsinki', () => undefined)
  const words = AGREEMENT_WORDS[language]
  const organisation = (id: Id): string => pickName(look('organisations', id)?.name, language, id).text
  const device = (id: Id): string => {
    const name = pickName(look('devices', id)?.name, language, id).text
    return name === id || devices === 'name' ? name : `${name} (${id})`
  }
  return {
    language,
    words: TEXT_WORDS[language],
    rules: { rules: words.rules, spaceTypes: words.spaceTypes, party: organisation, device, decimal, list },
    organisation,
    agreement: (id) => pickName(look('agreements', id)?.name, language, id).text,
    device,
    meter: ({ device: id, point }) => words.rules.quoted(`${device(id)} · ${point}`),
    deviceType: (type) => wordOf(words.deviceTypes, type),
    category: (one) => (one === '*' ? words.rules.others : category(one)),
    // A draft may hold a date that is none: it stands as it is.
    date: (day) => (parseLocalDate(day) === null ? day : date(day)),
    decimal,
    percent,
    list,
  }
}
