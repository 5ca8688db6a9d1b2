// From when to when a version of an agreement holds, in words: an approved later one without an end takes its place.
import type { AgreementRecorded } from '#contract/agreements.ts'
import { usePeriodText } from './period-text.ts'

type Version = AgreementRecorded['versions'][number]

export const useVersionPeriod = () => {
  const period = usePeriodText()
  return (agreement: AgreementRecorded, version: Version): string =>
    period({ from: version.from, to: replacedFrom(agreement, version) ?? version.to })
}

/** The first day of the next version; null where none takes this one's place for good. */
const replacedFrom = ({ versions, states }: AgreementRecorded, { version, from, to }: Version): string | null =>
  versions
    .filter((later) => later.version > version && from < later.from && (to === null || later.from < to))
    .filter((later) => later.to === null || (to !== null && to <= later.to))
    .filter((later) => states.find((state) => state.version === later.version)?.missing.length === 0)
    .map((later) => later.from)
    .toSorted()[0] ?? null
