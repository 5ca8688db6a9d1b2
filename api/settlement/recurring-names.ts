// What recurring costs are called: by their own name, or by their category and a number where it has several.
import type { Id, Language, Names, RecurringCost } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { costWords as en } from '#domain/writing/words/en.ts'
import { costWords as fi } from '#domain/writing/words/fi.ts'
import { costWords as sv } from '#domain/writing/words/sv.ts'

const WORDS = { fi, sv, en }

/** Names of the recurring items of a settlement, by item: also of their later segments and of their adjustments. */
export async function recurringNames(
  records: Records,
  premises: Id,
  settlement: Settlement,
): Promise<[string, Names][]> {
  const items = settlement.items.flatMap(({ id }) => {
    const cost = /^(?:adjustment:\d{4}-\d{2}:)?recurring:([^@]+)/.exec(id)?.[1]
    return cost === undefined ? [] : [{ id, cost }]
  })
  if (items.length === 0) return []
  const costs: RecurringCost[] = []
  for await (const cost of listAll(records, 'recurringCosts', { premises })) costs.push(cost)
  const names = namesOfCosts(costs)
  return items.flatMap(({ id, cost }): [string, Names][] => {
    const name = names.get(cost)
    return name === undefined ? [] : [[id, name]]
  })
}

/** Numbers run over all the premises' nameless costs of a category, oldest first, so that a cost keeps its number from month to month. */
function namesOfCosts(costs: readonly RecurringCost[]): Map<Id, Names> {
  const nameless = Map.groupBy(
    costs.filter(({ name }) => name === undefined),
    ({ category }) => category,
  )
  const named = costs.flatMap(({ id, name }): [Id, Names][] => (name === undefined ? [] : [[id, name]]))
  const numbered = [...nameless].flatMap(([category, same]) =>
    same
      .toSorted((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1))
      .map(({ id }, i): [Id, Names] => [id, categoryName(category, same.length > 1 ? ` ${i + 1}` : '')]),
  )
  return new Map([...named, ...numbered])
}

const categoryName = (category: string, ending: string): Names =>
  Object.fromEntries(
    (['fi', 'sv', 'en'] satisfies Language[]).map((language) => [
      language,
      `${wordOf(WORDS[language].categories, category)}${ending}`,
    ]),
  )
