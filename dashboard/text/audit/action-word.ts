// What was done, in words: a sentence of its own, else the verb of `noun.verb`; the noun stands beside it.
import { wordOf } from '#domain/writing/word-of.ts'

type Words = { actions: Readonly<Record<string, string>>; verbs: Readonly<Record<string, string>> }

/** An action without words is shown as it is written. */
export const actionWord = ({ actions, verbs }: Words, action: string): string => {
  const verb = action.startsWith('export.') ? 'export' : (action.split('.').at(-1) ?? action)
  return wordOf(actions, action, wordOf(verbs, verb, action))
}
