// The index of words on PostgreSQL: the tokens of a row as a text search vector, with an inverted index over it.
import type { Statements, WordIndex } from '#store/sql/context.ts'

const quoted = (token: string): string => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

export const createWordIndex = ({ run }: Pick<Statements, 'run'>): WordIndex => ({
  keep: (seq, tokens) =>
    void run(
      'UPDATE finds SET tokens = array_to_tsvector(ARRAY(SELECT value FROM json_each(?))) WHERE seq = ?',
      JSON.stringify(tokens),
      seq,
    ),
  // They go with their row.
  forget: () => undefined,
  forgetAll: () => undefined,
  from: 'finds f',
  where: 'f.tokens @@ ($match)::tsquery',
  write: (query) =>
    query
      .map((group) => group.map(({ token, prefix }) => quoted(token) + (prefix ? ':*' : '')).join(' | '))
      .map((group) => `(${group})`)
      .join(' & '),
})
