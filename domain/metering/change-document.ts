// The protocol of a meter change as a document to print and file.
import { contentTable, factsOf, heading, textColumn, type Content } from '#domain/explain/content.ts'
import type { Id, Language } from '#domain/registry/bundle.ts'
import { formatInstant, formatMonth } from '#domain/writing/date.ts'
import { formatDecimal, withUnit, unitSign } from '#domain/writing/number.ts'
import { changeWords as en } from './words/en.ts'
import { changeWords as fi } from './words/fi.ts'
import { changeWords as sv } from './words/sv.ts'
import type { MeterChangeProtocol, MeterSide } from './meter-change.ts'

const WORDS = { fi, sv, en }
export type ChangeNames = {
  premises: string
  device: string
  point: string
  timeZone: string
  organisation: (id: Id | null) => string
  /** Photos that stand in the document itself; of the others the digest does. */
  printed: ReadonlySet<string>
}

const photoName = (language: Language, meter: string): string => `${meter}: ${WORDS[language].photo}`
/** The photos of both meters under their names, by digest. */
export const changePhotos = (language: Language, { wanted }: MeterChangeProtocol): { name: string; file: string }[] => [
  { name: photoName(language, WORDS[language].oldMeter), file: wanted.old.photo },
  { name: photoName(language, WORDS[language].newMeter), file: wanted.new.photo },
]

/** `state` is that of its paper. */
export function changeDocument(
  language: Language,
  { wanted, effect, events, refusal }: MeterChangeProtocol,
  state: keyof typeof fi.states,
  names: ChangeNames,
): Content {
  const words = WORDS[language]
  const unit = effect.unit === null ? null : unitSign(effect.unit)
  const figure = (decimal: string): string => withUnit(language, formatDecimal(language, decimal), unit)
  const quantity = (decimal: string | null): string => (decimal === null ? words.unknown : figure(decimal))
  const at = (instant: string): string => formatInstant(language, instant, names.timeZone, 'minute')
  const rows = [
    { name: words.oldMeter, side: wanted.old },
    { name: words.newMeter, side: wanted.new },
  ] satisfies { name: string; side: MeterSide }[]
  return {
    language,
    title: words.title,
    premises: names.premises,
    state: words.states[state],
    marks: [],
    blocks: [
      factsOf([
        [words.place, names.premises],
        [words.device, names.device],
        [words.point, names.point],
        [words.at, at(wanted.at)],
        [words.reason, words.reasons[wanted.reason]],
        [words.note, wanted.note],
      ]),
      heading(2, words.meters),
      contentTable(words.meters, rows, [
        textColumn(words.meter, ({ name }) => name),
        textColumn(words.register, ({ side }) => figure(side.register)),
        textColumn(words.serial, ({ side }) => side.serial ?? '–'),
        textColumn(words.seal, ({ side }) => side.seal ?? '–'),
      ]),
      ...rows
        .filter(({ side }) => !names.printed.has(side.photo))
        .map(({ name, side }) => factsOf([[photoName(language, name), side.photo]])),
      heading(2, words.effect),
      factsOf([
        [words.period, formatMonth(language, effect.period)],
        [words.without, quantity(effect.without)],
        [words.with, quantity(effect.with)],
        [words.ofOld, quantity(effect.oldMeter)],
        [words.ofNew, quantity(effect.newMeter)],
      ]),
      ...effect.warnings.map((code) => ({ is: 'notice' as const, text: words.warnings[code] })),
      ...(effect.closedMonths.length === 0
        ? []
        : [
            {
              is: 'text' as const,
              text: words.closed(effect.closedMonths.map((month) => formatMonth(language, month)).join(', ')),
            },
          ]),
      heading(2, words.steps),
      {
        is: 'sentences',
        sentences: events.map((event) => ({
          depth: 0,
          text: words.events[event.what](
            event.by,
            event.organisation === null ? words.operator : names.organisation(event.organisation),
            at(event.at),
          ),
        })),
      },
      ...(refusal === null ? [] : [factsOf([[words.refusal, refusal]])]),
    ],
  }
}
