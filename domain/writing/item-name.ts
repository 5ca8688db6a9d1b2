// The name of a cost item: what it stands for, or what its id says about its source.
import type { Language, Names } from '#domain/registry/bundle.ts'
import type { ItemSource } from '#domain/settlement/settlement.ts'
import { formatDate, formatMonth } from './date.ts'
import { pickName } from './names.ts'

/** `names` are those of its device, if it has one; an adjustment says of which month, a later segment from which date. */
export function itemName(
  { id, source }: { id: string; source: ItemSource },
  names: Names | undefined,
  sources: Readonly<Record<ItemSource, string>>,
  language: Language,
): string {
  const [, adjusted, plain = id] = /^adjustment:(\d{4}-\d{2}):(.+)$/.exec(id) ?? []
  const [, own = plain, from] = /^(.*?)(?:@(\d{4}-\d{2}-\d{2}))?$/.exec(plain.slice(plain.indexOf(':') + 1)) ?? []
  const kind = isSource(plain.slice(0, plain.indexOf(':')), sources) ?? source
  const name = names === undefined ? `${sources[kind]}: ${own}` : pickName(names, language, own).text
  const dated = from === undefined ? name : `${name} (${formatDate(language, from)}–)`
  return adjusted === undefined ? dated : `${sources.adjustment}, ${formatMonth(language, adjusted)}: ${dated}`
}

const isSource = (word: string, sources: Readonly<Record<ItemSource, string>>): ItemSource | null =>
  Object.hasOwn(sources, word) ? (word as ItemSource) : null
