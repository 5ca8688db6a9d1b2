// Names and time zones of premises by id, for lists that go over several.
import { useInfiniteQuery } from '@tanstack/react-query'
import { premisesListQuery } from '#dashboard/client/queries.ts'
import { USUAL_ZONE } from '#dashboard/format/own-zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { pickName } from '#domain/writing/names.ts'

/** Whether it is known that the organisation sees no premises at all. */
export const useHasNoPremises = (): boolean =>
  useInfiniteQuery(premisesListQuery('')).data?.pages[0]?.items.length === 0

export const usePremisesNames = () => {
  const { language } = useText()
  const list = useInfiniteQuery(premisesListQuery(''))
  const known = new Map((list.data?.pages ?? []).flatMap(({ items }) => items).map((one) => [one.id, one]))
  return {
    all: [...known.values()],
    nameOf: (id: string) => pickName(known.get(id)?.name, language, id).text,
    timeZoneOf: (id: string) => known.get(id)?.timeZone ?? USUAL_ZONE,
  }
}
