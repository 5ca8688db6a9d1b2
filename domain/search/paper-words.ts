// What can be found of papers: documents with their file names, documents of a month, faults, alarms and alarm rules. Other kinds are not searched.
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import { DEVICE_DOCUMENT, type DeviceDocument } from '#domain/device-documents/device-document.ts'
import { DOCUMENT, type DocumentBody } from '#domain/documents/document.ts'
import { FAULT, type Fault } from '#domain/faults/fault.ts'
import type { Paper } from '#domain/ports/papers.ts'
import type { Names } from '#domain/registry/bundle.ts'
import { deviceThing, spaceThing, type KeptThing, type Words } from './findable.ts'
import { foldedWords, withNumbers } from './fold.ts'

const inAll = (names: Names): string[] => Object.values(names)
const words = (title: readonly string[], others: readonly (string | null | undefined)[] = []): Words => {
  const folded = (texts: readonly (string | null | undefined)[]) => [
    ...new Set(texts.flatMap((text) => (text == null ? [] : withNumbers(foldedWords(text))))),
  ]
  return { title: folded(title), words: folded(others), facets: [] }
}

const OF_KIND: Readonly<Record<string, (paper: Paper<never>) => Words | null>> = {
  [DEVICE_DOCUMENT]: ({ body, state }: Paper<DeviceDocument>) =>
    state === 'removed'
      ? null
      : words(
          [body.title],
          [body.kind, ...Object.values(body.of), ...body.versions.flatMap(({ name, note }) => [name, note])],
        ),
  [DOCUMENT]: ({ body: { document } }: Paper<DocumentBody>) =>
    words(
      [document.number],
      [
        document.type,
        document.period,
        document.premises.name,
        document.premises.id,
        document.seller.name,
        document.buyer.name,
        document.reference.national,
        document.reference.rf,
      ],
    ),
  [FAULT]: ({ body, id }: Paper<Fault>) =>
    words([body.what, id], [body.device, body.space, ...body.work.map(({ what }) => what)]),
  [ALARM]: ({ body, id }: Paper<Alarm>) =>
    words([...inAll(body.name), id], [body.device, body.reason.point, ...body.entries.map(({ text }) => text)]),
  [ALARM_RULE]: ({ body, id }: Paper<AlarmRule>) => words([...inAll(body.name), id]),
}
export const FINDABLE_PAPERS: readonly string[] = Object.keys(OF_KIND)

/** What a paper is about whose keepers alone find it, as `keptThings` of object-words.ts names it; null: its audience decides. */
export const keptThingOf = (kind: string, paper: Pick<Paper<unknown>, 'premises' | 'body'>): KeptThing | null => {
  if (kind !== DEVICE_DOCUMENT) return null
  const { of, classification } = paper.body as DeviceDocument
  if (classification !== 'owner') return null
  return 'device' in of
    ? { thing: deviceThing(of.device), kind: 'devices', id: of.device }
    : { thing: spaceThing(paper.premises ?? '', of.space), kind: 'premises', id: paper.premises ?? '' }
}

/** Null: a paper of this kind or state is not found by words. */
export const wordsOfPaper = (kind: string, paper: Paper<unknown>): Words | null =>
  OF_KIND[kind]?.(paper as Paper<never>) ?? null
