// What the server says of a refusal, in the reader's language. The API speaks English; `{}` in a sentence stands for what changes in it.

/** English sentence → sentence, with as many `{}` in the same order. */
export type Refusals = Readonly<Record<string, string>>

/** The sentence in the language of the table; null where it is not in it. Of several forms that fit it is the one that says most itself. */
export function translate(table: Refusals, sentence: string): string | null {
  const plain = table[sentence]
  if (plain !== undefined) return plain
  let best: { own: string; changing: string[]; said: number } | null = null
  for (const [english, own] of Object.entries(table)) {
    const said = english.replaceAll('{}', '').length
    if (said === english.length || said <= (best?.said ?? 0)) continue
    const found = formOf(english).exec(sentence)
    if (found !== null) best = { own, changing: found.slice(1), said }
  }
  if (best === null) return null
  const { own, changing } = best
  return own.replaceAll('{}', () => changing.shift() ?? '')
}

const formOf = (english: string): RegExp => new RegExp(`^${english.split('{}').map(escaped).join('(.+?)')}$`, 's')
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
