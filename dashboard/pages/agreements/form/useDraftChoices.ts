// What there is to choose from in a draft: organisations, devices, meters, types and categories of one premises.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { metersQuery } from '#dashboard/client/agreement-queries.ts'
import { deviceListQuery, organisationsQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { Choice, DraftFacts } from './draft-context.ts'

/** Null until everything is there. */
export const useDraftChoices = (premises: string, parties: readonly string[]): Omit<DraftFacts, 'problems'> | null => {
  const { text, language } = useText()
  const organisations = useQuery(organisationsQuery)
  const place = useQuery(premisesQuery(premises))
  const meters = useQuery(metersQuery(premises))
  const devices = useInfiniteQuery(deviceListQuery({ premises }, 200))
  if (organisations.data === undefined || place.data === undefined || meters.data === undefined) return null
  if (devices.data === undefined) return null
  const named = new Map(organisations.data.map(({ id, name }) => [id, pickName(name, language, id).text]))
  const choice = (id: string): Choice => ({ value: id, text: named.get(id) ?? id })
  const listed = devices.data.pages.flatMap(({ items }) => items)
  const words = (types: Iterable<string>, dictionary: Readonly<Record<string, string>>): Choice[] =>
    [...new Set(types)]
      .filter((type) => type !== '')
      .map((type) => ({ value: type, text: wordOf(dictionary, type) }))
      .toSorted((a, b) => a.text.localeCompare(b.text, language))
  const others = [...named.keys()].filter((id) => !parties.includes(id))
  return {
    parties: parties.map(choice),
    organisations: [...parties.map(choice), ...others.map(choice)],
    devices: listed.map(({ id, name }) => ({ value: id, text: withId(pickName(name, language, id).text, id) })),
    deviceTypes: words(
      listed.map(({ type }) => type ?? ''),
      text.deviceTypes,
    ),
    meters: meters.data.items.map((meter) => ({
      ...meter,
      value: `${meter.device}/${meter.point}`,
      text: `${withId(pickName(meter.name, language, meter.device).text, meter.device)}: ${meter.point}`,
    })),
    spaceTypes: words(
      (place.data.spaces ?? []).map(({ type }) => type ?? ''),
      text.spaceTypes,
    ),
    categories: words(Object.keys(text.categories), text.categories),
  }
}
const withId = (name: string, id: string): string => (name === id ? id : `${name} (${id})`)
