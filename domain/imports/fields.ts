// Which column is which field: by the words that people and systems put into headers, in three languages.
import { plainWord } from './cells.ts'

export type FieldForm =
  | 'text'
  | 'id'
  | 'decimal'
  | 'date'
  | 'instant'
  | 'organisation'
  | 'premises'
  | 'device'
  | 'choice'
  | 'zone'
export type Field = {
  key: string
  form: FieldForm
  /** Needed in every row, from its column or a default. */
  required?: boolean
  /** What may stand in a `choice`. */
  choices?: readonly string[]
  /** Words of people that mean a choice, compared by letters and digits only. */
  meaning?: Readonly<Record<string, readonly string[]>>
  /** Header words that mean it, compared by letters and digits only. */
  words: readonly string[]
  /** What it is when nothing is said. */
  default?: string
}

/** The columns that the words of the header tell. A column gives one field, the first that knows its word. */
export function matchColumns(header: readonly string[], fields: readonly Field[]): Record<string, number> {
  const columns: Record<string, number> = {}
  const words = header.map(plainWord)
  const bare = header.map((text) => plainWord(text.replaceAll(/[([].*?[)\]]/g, '')))
  const taken = new Set<number>()
  for (const compare of [words, bare]) {
    for (const field of fields) {
      if (columns[field.key] !== undefined) continue
      const known = new Set([field.key, ...field.words].map(plainWord))
      const index = compare.findIndex((word, i) => !taken.has(i) && known.has(word))
      if (index < 0) continue
      columns[field.key] = index
      taken.add(index)
    }
  }
  return columns
}

/** What a header is recognised by when another file with the same one comes. */
export const headerText = (header: readonly string[]): string => header.map(plainWord).join('|')

export const textField = (key: string, words: readonly string[], required = false): Field => ({
  key,
  form: 'text',
  words,
  required,
})
export const PREMISES_FIELD: Field = {
  key: 'premises',
  form: 'premises',
  required: true,
  words: [
    'premise',
    'kiinteistö',
    'kiinteisto',
    'toimitila',
    'tila',
    'rakennus',
    'building',
    'fastighet',
    'lokal',
    'byggnad',
  ],
}
export const ZONE_FIELD: Field = {
  key: 'timeZone',
  form: 'zone',
  words: ['timezone', 'aikavyöhyke', 'tidszon'],
}
