// Two versions of what is agreed side by side: which clauses came, went or changed.
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import { clausesOf, type Clause } from './clauses.ts'
import type { AgreementContent } from './content.ts'

/** `before` null: it came; `after` null: it went. */
export type ClauseDifference =
  | { before: Clause; after: Clause }
  | { before: Clause; after: null }
  | { before: null; after: Clause }

const keyOf = ({ part, key }: Clause): string => `${part}\n${key}`
/** The number of a version is no part of what it says. */
const valueOf = (clause: Clause): string =>
  canonicalJson(clause.part === 'period' ? { from: clause.value.from, to: clause.value.to } : clause.value)

/** In the order of the newer text; what went stands after the clause it followed. Nothing for two equal ones; against null all is new. */
export function compareContents(before: AgreementContent | null, after: AgreementContent): ClauseDifference[] {
  const old = before === null ? [] : clausesOf(before)
  const news = new Map(clausesOf(after).map((clause) => [keyOf(clause), clause]))
  const olds = new Map(old.map((clause) => [keyOf(clause), clause]))
  const differences: ClauseDifference[] = []
  const gone = new Map<string, Clause[]>()
  let last = ''
  for (const clause of old) {
    if (news.has(keyOf(clause))) last = keyOf(clause)
    else gone.set(last, [...(gone.get(last) ?? []), clause])
  }
  const tell = (place: string): void => {
    for (const clause of gone.get(place) ?? []) differences.push({ before: clause, after: null })
  }
  tell('')
  for (const [key, clause] of news) {
    const was = olds.get(key)
    if (was === undefined) differences.push({ before: null, after: clause })
    else if (valueOf(was) !== valueOf(clause)) differences.push({ before: was, after: clause })
    tell(key)
  }
  return differences
}
