// Names of device types in the reader's language, from the library; until it is there, from the words of the everyday ones.
import { useQuery } from '@tanstack/react-query'
import type { DeviceTypeShown } from '#contract/device-types.ts'
import { deviceTypesQuery } from '#dashboard/client/device-type-queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

export const useDeviceTypes = () => {
  const { text, language } = useText()
  const all: readonly DeviceTypeShown[] = useQuery(deviceTypesQuery).data?.items ?? []
  const find = (id: string): DeviceTypeShown | undefined => all.find((type) => type.id === id)
  const nameOf = (id: string): string => find(id)?.name[language] ?? wordOf(text.deviceTypes, id)
  /** Every type of the library by name, and `also`, which may be none of it. */
  const options = (also = ''): { value: string; text: string }[] =>
    [...new Set([...all.map(({ id }) => id), ...(also === '' ? [] : [also])])]
      .map((value) => ({ value, text: nameOf(value) }))
      .toSorted((a, b) => a.text.localeCompare(b.text, language))
  return { all, find, nameOf, options }
}
