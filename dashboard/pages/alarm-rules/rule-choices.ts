// What there is to choose from in a rule: devices by words, spaces, types that are installed, and the points of what is chosen.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { metersQuery } from '#dashboard/client/agreement-queries.ts'
import { deviceListQuery, deviceQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { pickName } from '#domain/writing/names.ts'
import { unitSign } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { RuleDraft } from './rule-draft.ts'

export type Choice = { value: string; text: string }
export type PointChoice = Choice & { unit: string | null }

/** Devices of the premises that have the words in their name or id: the first of them. */
export const useDeviceChoices = (premises: string, q: string): Choice[] => {
  const { language } = useText()
  const list = useInfiniteQuery({ ...deviceListQuery({ premises, q }), placeholderData: keepPreviousData })
  return (list.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .map(({ id, name }) => ({ value: id, text: withId(pickName(name, language, id).text, id) }))
}

export const useSpaceChoices = (premises: string): Choice[] => {
  const { language } = useText()
  return (useQuery(premisesQuery(premises)).data?.spaces ?? [])
    .map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text }))
    .toSorted((a, b) => a.text.localeCompare(b.text, language))
}

/** The types of the devices there. */
export const useTypeChoices = (premises: string): Choice[] => {
  const { language } = useText()
  const { nameOf } = useDeviceTypes()
  const list = useInfiniteQuery(deviceListQuery({ premises }))
  const installed = (list.data?.pages ?? []).flatMap(({ items }) => items.flatMap(({ type }) => type ?? []))
  return [...new Set(installed)]
    .map((type) => ({ value: type, text: nameOf(type) }))
    .toSorted((a, b) => a.text.localeCompare(b.text, language))
}

/** The points of what the rule watches: of the device, of its type, or of every type that is installed. */
export const usePointChoices = (premises: string, { target }: Pick<RuleDraft, 'target'>): PointChoice[] => {
  const { text, format, language } = useText()
  const { all } = useDeviceTypes()
  const types = useTypeChoices(premises)
  const device = useQuery({ ...deviceQuery(target.device), enabled: target.kind === 'device' && target.device !== '' })
  const choice = (key: string, name: string, unit: string | null): PointChoice => ({
    value: key,
    text: format.withUnit(name, unit === null ? null : `(${unitSign(unit)})`),
    unit: unit === null ? null : unitSign(unit),
  })
  const named = (key: string, name: string) => (name === '' ? wordOf(text.pointKeys, key) : name)
  const points =
    target.kind === 'device'
      ? (device.data?.points ?? []).map(({ key, name, unit }) =>
          choice(key, named(key, pickName(name, language, '').text), unit ?? null),
        )
      : all
          .filter(({ id }) => (target.kind === 'type' ? id === target.type : types.some(({ value }) => value === id)))
          .flatMap((type) => type.points.map(({ key, name, unit }) => choice(key, name[language], unit)))
  // Types that call the same point differently (outdoors, in a room) are watched together: then it has the name of its key.
  const calledOtherwise = (point: PointChoice): boolean =>
    points.some(({ value, text: other }) => value === point.value && other !== point.text)
  const common = points.map((point) =>
    target.kind !== 'device' && calledOtherwise(point)
      ? {
          ...point,
          text: format.withUnit(wordOf(text.pointKeys, point.value), point.unit === null ? null : `(${point.unit})`),
        }
      : point,
  )
  return [...new Map(common.map((point) => [point.value, point])).values()].toSorted((a, b) =>
    a.text.localeCompare(b.text, language),
  )
}

/** Meters there as `device/point`. */
export const useMeterChoices = (premises: string): Choice[] => {
  const { text, language } = useText()
  return (useQuery(metersQuery(premises)).data?.items ?? []).map(({ device, point, name }) => ({
    value: `${device}/${point}`,
    text: `${withId(pickName(name, language, device).text, device)}: ${wordOf(text.pointKeys, point)}`,
  }))
}
const withId = (name: string, id: string): string => (name === id ? id : `${name} (${id})`)
