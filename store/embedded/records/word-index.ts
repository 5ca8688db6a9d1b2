// The index of words on SQLite: FTS5 over tokens that are whole already, without the texts themselves.
import type { Statements, WordIndex } from '#store/sql/context.ts'

/** Only letters, digits and the signs of facets stand in a token; everything else would be taken for a gap. */
export const WORD_INDEX = `CREATE VIRTUAL TABLE find_words USING fts5(
  words, content = '', contentless_delete = 1, detail = none, prefix = '4 5', tokenize = "unicode61 remove_diacritics 0 tokenchars ':-_'"
)`

const quoted = (token: string): string => `"${token.replaceAll('"', '""')}"`

export const createWordIndex = ({ run }: Pick<Statements, 'run'>): WordIndex => ({
  keep: (seq, tokens) => void run('INSERT INTO find_words (rowid, words) VALUES (?, ?)', seq, tokens.join(' ')),
  forget: (seq) => void run('DELETE FROM find_words WHERE rowid = ?', seq),
  forgetAll: () => void run("INSERT INTO find_words (find_words) VALUES ('delete-all')"),
  from: 'find_words JOIN finds f ON f.seq = find_words.rowid',
  where: 'find_words MATCH $match',
  write: (query) =>
    query
      .map((group) => group.map(({ token, prefix }) => quoted(token) + (prefix ? ' *' : '')).join(' OR '))
      .map((group) => `(${group})`)
      .join(' AND '),
})
