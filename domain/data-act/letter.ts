// The request for data as a letter: a document to print and file, or plain text for an e-mail.
import { factsOf, heading, type Block, type Content } from '#domain/explain/content.ts'
import type { Device, LocalDate } from '#domain/registry/bundle.ts'
import { formatDate } from '#domain/writing/date.ts'
import { letterWords as en } from './words/en.ts'
import { letterWords as fi } from './words/fi.ts'
import { letterWords as sv } from './words/sv.ts'
import type { DataRequest } from './data-request.ts'

const WORDS = { fi, sv, en }
export type LetterNames = { organisation: string; holder: string; device: string; premises: string }

/** `sent` and `answerBy` are days at the premises. */
export function dataLetter(
  { wanted, holder }: DataRequest,
  device: Pick<Device, 'manufacturer' | 'model' | 'serial'>,
  names: LetterNames,
  { sent, answerBy }: { sent: LocalDate; answerBy: LocalDate },
): Content {
  const { language } = wanted
  const words = WORDS[language]
  const date = (day: LocalDate): string => formatDate(language, day)
  const maker = [device.manufacturer, device.model].filter((one) => one !== undefined).join(' ')
  const ground =
    wanted.article === 4
      ? words.article4(names.organisation)
      : words.article5(names.organisation, wanted.thirdParty ?? '–')
  const days =
    wanted.from === undefined || wanted.to === undefined
      ? words.allDays
      : words.days(date(wanted.from), date(wanted.to))
  const text = (line: string): Block => ({ is: 'text', text: line })
  return {
    language,
    title: words.title,
    premises: names.premises,
    state: words.state,
    marks: [],
    blocks: [
      factsOf([
        [words.to, names.holder],
        [words.contact, holder.contact],
        [words.from, names.organisation],
        [words.date, date(sent)],
        [words.answerBy, date(answerBy)],
        [words.device, names.device],
        [words.maker, maker === '' ? null : maker],
        [words.serial, device.serial],
        [words.place, names.premises],
      ]),
      heading(2, words.contents),
      text(ground),
      factsOf([[words.wanted, wanted.data]]),
      text(days),
      text(words.metadata),
      text(words.form),
      ...(wanted.article === 4 ? [text(words.free)] : []),
      text(words.refusal),
    ],
  }
}

/** The same as plain text. */
export const letterText = ({ title, state, blocks }: Content): string =>
  [
    title,
    state,
    '',
    ...blocks.flatMap((block): string[] =>
      block.is === 'facts'
        ? [...block.facts.map(({ name, value }) => `${name}: ${value}`), '']
        : block.is === 'text' || block.is === 'notice'
          ? [block.text, '']
          : [],
    ),
  ].join('\n')
