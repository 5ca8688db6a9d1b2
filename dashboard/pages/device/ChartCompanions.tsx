// What else stands on a device's chart: another period, and other points; all of it in the address.
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import { CHART_POINTS, COMPARES, comparedSpan, readPoints, type Compare } from '#dashboard/charts/overlay.ts'
import { OverlaySwatch } from '#dashboard/charts/OverlaySwatch.tsx'
import type { Period } from '#dashboard/charts/period.ts'
import type { ComparedPeriod, OtherPoint } from '#dashboard/charts/ReadingChart.tsx'
import { deviceListQuery, deviceQuery, latestOfPremisesQuery } from '#dashboard/client/queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { chartWords } from '#dashboard/text/chart/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { unitSign } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'

type Point = NonNullable<DeviceRecorded['points']>[number]
const isDrawn = ({ kind, proposed }: Point): boolean => proposed !== true && kind !== 'state' && kind !== 'virtual'

/** Points and period beside the chart's own, as the address says. */
export const useCompanions = (device: DeviceRecorded, own: Point | undefined, period: Period, timeZone: string) => {
  const { get } = useAddress()
  const { language } = useText()
  const words = useWords(chartWords)
  const wanted = get('with')
  const far = useFarDevices(
    [...new Set(readPoints(wanted).flatMap((one) => (one.device === device.id ? [] : [one.device])))].slice(
      0,
      CHART_POINTS - 1,
    ),
  )
  const compare = COMPARES.find((one) => one === get('compare'))
  const found = useMemo((): OtherPoint[] => {
    const known = readPoints(wanted).flatMap((ref): OtherPoint[] => {
      const of = ref.device === device.id ? device : far.find(({ id }) => id === ref.device)
      const point = of?.points?.find(({ key }) => key === ref.point)
      if (of === undefined || point === undefined || !isDrawn(point)) return []
      if (of.id === device.id && point.key === own?.key) return []
      const name = pickName(point.name, language, point.key).text
      return [
        {
          ...ref,
          unit: point.unit ?? null,
          name: of.id === device.id ? name : `${name}, ${pickName(of.name, language, of.id).text}`,
        },
      ]
    })
    // Two axes carry two units.
    const second = known.find(({ unit }) => unit !== (own?.unit ?? null))?.unit
    return known.filter(({ unit }) => unit === (own?.unit ?? null) || unit === second).slice(0, CHART_POINTS - 1)
  }, [wanted, device, far, own?.key, own?.unit, language])
  const compared: ComparedPeriod | undefined =
    compare === undefined ? undefined : { name: words.compares[compare], span: comparedSpan(period, compare, timeZone) }
  return { others: found, compared }
}

/** The devices of the address's points that are not the page's own. */
const useFarDevices = (ids: readonly string[]): readonly DeviceRecorded[] =>
  useQueries({
    queries: ids.map((id) => deviceQuery(id)),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  })

type Choice = { device: string; point: string; unit: string | null; text: string }
/** Points of other devices of the premises that have readings. */
const useFarPoints = (device: DeviceRecorded, wanted: boolean): Choice[] => {
  const { text, format, language } = useText()
  const latest = useQuery({ ...latestOfPremisesQuery(device.premises), enabled: wanted }).data?.items ?? []
  const list =
    useInfiniteQuery({ ...deviceListQuery({ premises: device.premises }), enabled: wanted }).data?.pages ?? []
  const names = new Map(list.flatMap(({ items }) => items.map(({ id, name }) => [id, name ?? undefined] as const)))
  return latest
    .filter((one) => one.device !== device.id && typeof one.value === 'number')
    .map(({ device: of, point, unit }) => ({
      device: of,
      point,
      unit,
      text: `${pickName(names.get(of), language, of).text}: ${format.withUnit(wordOf(text.pointKeys, point), unit === null ? null : `(${unitSign(unit)})`)}`,
    }))
    .sort((x, y) => x.text.localeCompare(y.text))
}

type Props = { device: DeviceRecorded; own: Point; others: readonly OtherPoint[]; pointsToo: boolean }
export const ChartCompanions = ({ device, own, others, pointsToo }: Props) => {
  const { get, set } = useAddress()
  const { format, language } = useText()
  const words = useWords(chartWords)
  const [far, setFar] = useState(false)
  const farPoints = useFarPoints(device, far)
  const second = others.find(({ unit }) => unit !== (own.unit ?? null))?.unit
  const ownPoints: Choice[] = (device.points ?? []).filter(isDrawn).map((point) => ({
    device: device.id,
    point: point.key,
    unit: point.unit ?? null,
    text: format.withUnit(
      pickName(point.name, language, point.key).text,
      point.unit === undefined ? null : `(${unitSign(point.unit)})`,
    ),
  }))
  const choices = [...ownPoints, ...farPoints]
    .filter((one) => one.device !== device.id || one.point !== own.key)
    .filter((one) => !others.some((taken) => taken.device === one.device && taken.point === one.point))
    .filter(({ unit }) => second === undefined || unit === (own.unit ?? null) || unit === second)
    .map((one) => ({ value: `${one.device}/${one.point}`, text: one.text }))
  const put = (list: readonly string[]) => set({ with: list.join(',') })
  const now = others.map((one) => `${one.device}/${one.point}`)
  return (
    <Stack $gap={1} className="no-print">
      <Row $gap={2} $end>
        <Select
          label={words.compareWith}
          value={(get('compare') ?? '') as Compare | ''}
          options={[
            { value: '', text: words.nothing },
            ...COMPARES.map((value) => ({ value, text: words.compares[value] })),
          ]}
          onChange={(value) => set({ compare: value })}
        />
        {pointsToo && others.length < CHART_POINTS - 1 && choices.length > 0 ? (
          <Select
            label={words.addPoint}
            value=""
            options={[{ value: '', text: words.choosePoint }, ...choices]}
            onChange={(value) => (value === '' ? undefined : put([...now, value]))}
          />
        ) : null}
        {pointsToo && !far ? (
          <Button variant="secondaryNoBorder" onClick={() => setFar(true)}>
            {words.otherDevices}
          </Button>
        ) : null}
      </Row>
      {others.length === 0 ? null : (
        <Row as="ul" $gap={2}>
          {others.map((one, i) => (
            <li key={`${one.device}/${one.point}`}>
              <OverlaySwatch overlay={{ look: i + 1, dashed: false }} />{' '}
              {format.withUnit(one.name, one.unit === null ? null : `(${unitSign(one.unit)})`)}{' '}
              <Button
                variant="secondaryNoBorder"
                aria-label={words.takeAway(one.name)}
                onClick={() => put(now.filter((_, at) => at !== i))}
              >
                {words.remove}
              </Button>
            </li>
          ))}
        </Row>
      )}
    </Stack>
  )
}
