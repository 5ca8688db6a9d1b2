// What the server says of a refusal, in the reader's language. The API speaks English; `{}` in a sentence stands for what changes in it.

/** English sentence → sentence, with as many `{}` in the same order. */
export type Refusals = Readonly<Record<string, string>>

/** The sentence in the language of the table; null where it is not in it. */
export function translate(table: Refusals, sentence: string): string | null {
  const plain = table[sentence]
  if (plain !== undefined) return plain
  for (const [english, own] of Object.entries(table)) {
    if (!english.includes('{}')) continue
    const found = formOf(english).exec(sentence)
    if (found === null) continue
    const changing = found.slice(1)
    return own.replaceAll('{}', () => changing.shift() ?? '')
  }
  return null
}

const formOf = (english: string): RegExp => new RegExp(`^${english.split('{}').map(escaped).join('(.+?)')}$`, 's')
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
