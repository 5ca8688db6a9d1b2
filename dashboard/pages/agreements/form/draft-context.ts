// What every field of a draft may ask: who and what there is at the premises, and what is wrong at its place.
import { createContext, useContext } from 'react'
import type { MeterList } from '#contract/agreements.ts'
import type { ProposalShown } from '#contract/proposals.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useWords } from '#dashboard/text/words.ts'

export type Choice = { value: string; text: string }
export type DraftFacts = {
  parties: Choice[]
  organisations: Choice[]
  devices: Choice[]
  deviceTypes: Choice[]
  meters: (Choice & MeterList['items'][number])[]
  spaceTypes: Choice[]
  categories: Choice[]
  problems: ProposalShown['problems']
}
export const DraftContext = createContext<DraftFacts | null>(null)

export const useDraftFacts = (): DraftFacts => {
  const facts = useContext(DraftContext)
  if (facts === null) throw new Error('useDraftFacts outside of a draft')
  return facts
}

/** The id of the field at a place of the draft. */
export const fieldId = (pointer: string): string => `field${pointer.replaceAll(/[/~*.: ]/g, '-')}`

/** What is wrong at a place: in the reader's words, else as the API says it. Undefined when nothing is. */
export const useProblemAt = (pointer: string): string | undefined => {
  const words = useWords(agreementPages)
  const found = useDraftFacts().problems.find((problem) => problem.pointer === pointer)
  return found === undefined ? undefined : wordOf(words.problem, found.code, found.message)
}

/** Replaces, takes out or moves up one member of a list. */
export const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((one, i) => (i === index ? value : one))
export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, i) => i !== index)
export const movedUp = <T>(list: readonly T[], index: number): T[] =>
  list.map((one, i) => (i === index - 1 ? list[index]! : i === index ? list[index - 1]! : one))

/** The object without the members that hold nothing. */
export const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
