// What was ticked and typed of a task and is not finished yet: kept in the phone, so that a page that goes takes nothing with it.
import type { ChecklistItem } from '#contract/service.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'

export type Draft = {
  /** By item: `yes`, `no`, a number as it was typed, or words. */
  answers: Record<string, string>
  note: string
  hours: string
  parts: { name: string; quantity: string }[]
  findings: string[]
  reason: string
  again: string
}
export const EMPTY_DRAFT: Draft = { answers: {}, note: '', hours: '', parts: [], findings: [], reason: '', again: '' }

const keyOf = (user: string, task: string): string => `samtila-task ${user} ${task}`
export const readDraft = (user: string, task: string): Draft | null => {
  try {
    const kept = localStorage.getItem(keyOf(user, task))
    return kept === null ? null : { ...EMPTY_DRAFT, ...(JSON.parse(kept) as Partial<Draft>) }
  } catch {
    return null
  }
}
export const keepDraft = (user: string, task: string, draft: Draft): void => {
  try {
    if (JSON.stringify(draft) !== JSON.stringify(EMPTY_DRAFT))
      localStorage.setItem(keyOf(user, task), JSON.stringify(draft))
  } catch {
    // A phone without room keeps the page only.
  }
}
export const forgetDraft = (user: string, task: string): void => {
  try {
    localStorage.removeItem(keyOf(user, task))
  } catch {
    // There was none.
  }
}

/** A number as people write it, as a decimal text; null for anything else. */
export const decimalOf = (text: string): string | null => {
  const plain = typedDecimal(text)
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? plain : null
}

/** What is wrong with the answer of an item; null when nothing is. */
export const problemOf = (item: ChecklistItem, said: string, hasPhoto: boolean): 'needed' | 'wrong-number' | null => {
  if (item.kind === 'photo') return item.required && !hasPhoto ? 'needed' : null
  if (said.trim() === '') return item.required ? 'needed' : null
  return item.kind === 'number' && decimalOf(said) === null ? 'wrong-number' : null
}
