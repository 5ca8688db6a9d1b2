// Faults as tables: the list, and the whole custody of one, with heads in the reader's language.
import type { FaultShown, FaultSummary } from '#contract/faults.ts'
import type { Language } from '#domain/registry/bundle.ts'
import { FAULT_WORDS } from '#domain/writing/words/fault-words.ts'
import { pickName } from '#domain/writing/names.ts'
import type { CsvCell } from '#api/documents/csv.ts'
import type { StoredFault } from './faults.ts'

const LIST_HEADS: Record<Language, string[]> = {
  fi: [
    'tunnus',
    'toimitila',
    'laite',
    'tila',
    'mikä',
    'kuvaus',
    'vaihe',
    'kenellä',
    'ilmoitettu',
    'vastattava',
    'hyväksytty',
    'valmis',
    'palautuksia',
    'ilmoituksia',
    'tunteja',
    'lasku',
  ],
  sv: [
    'id',
    'lokaler',
    'enhet',
    'utrymme',
    'vad',
    'beskrivning',
    'skede',
    'hos',
    'anmält',
    'svar senast',
    'mottaget',
    'klart',
    'avböjningar',
    'anmälningar',
    'timmar',
    'faktura',
  ],
  en: [
    'id',
    'premises',
    'device',
    'space',
    'what',
    'description',
    'state',
    'with',
    'reported',
    'answer by',
    'accepted',
    'done',
    'refusals',
    'reports',
    'hours',
    'invoice',
  ],
}
const CUSTODY_HEADS: Record<Language, string[]> = {
  fi: ['aika', 'tapahtuma', 'organisaatio', 'henkilö', 'teksti', 'liitteet'],
  sv: ['tid', 'händelse', 'organisation', 'person', 'text', 'bilagor'],
  en: ['at', 'event', 'organisation', 'person', 'text', 'files'],
}

/** One row a fault; times as ISO 8601 in UTC. */
export function faultRows(
  found: readonly { fault: StoredFault; summary: FaultSummary }[],
  language: Language,
): CsvCell[][] {
  const nameOf = (name: FaultSummary['deviceName'], id: string | null): string =>
    id === null ? '' : pickName(name, language, id).text
  return [
    LIST_HEADS[language],
    ...found.map(({ fault: { body }, summary: one }): CsvCell[] => {
      const { custody, entries, work } = body
      const accepted = custody.at(-1)?.acceptedAt ?? null
      const end = entries.findLast(({ kind }) => kind === 'done')?.at ?? null
      const hours = work.flatMap((step) => (step.hours === null ? [] : [step.hours]))
      return [
        one.id,
        nameOf(one.premisesName, one.premises),
        nameOf(one.deviceName, one.device),
        nameOf(one.spaceName, one.space),
        one.choice ?? '',
        one.what,
        FAULT_WORDS[language].states[one.state],
        one.keeper,
        one.reportedAt,
        one.dueAt ?? '',
        accepted === null ? '' : new Date(accepted).toISOString(),
        end === null ? '' : new Date(end).toISOString(),
        String(custody.filter(({ declinedAt }) => declinedAt !== null).length),
        String(one.reports),
        hours.join(' + '),
        body.invoices.join(' '),
      ]
    }),
  ]
}

/** Each entry of a fault, the first first. */
export const custodyRows = (fault: FaultShown, language: Language): CsvCell[][] => {
  const words = FAULT_WORDS[language]
  return [
    CUSTODY_HEADS[language],
    ...fault.entries.map(({ at, kind, because, organisation, by, text, files }): CsvCell[] => [
      at,
      because === null ? words.entryKinds[kind] : `${words.entryKinds[kind]} (${words.because[because]})`,
      organisation === null ? '' : pickName(fault.names[organisation], language, organisation).text,
      by,
      text,
      files.map(({ name }) => name).join(' '),
    ]),
  ]
}
