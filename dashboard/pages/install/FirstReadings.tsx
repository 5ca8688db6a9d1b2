// The newest reading of each point as it comes, so that the technician sees that the device is heard before leaving.
import { useQuery } from '@tanstack/react-query'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { ReadingValue } from '#dashboard/components/ReadingValue.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useLive } from '#dashboard/components/useLive.ts'
import { installWords } from '#dashboard/text/install/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

export const FirstReadings = ({ device: id }: { device: string }) => {
  const words = useWords(installWords)
  const { language } = useText()
  const { timeZoneOf } = usePremisesNames()
  const query = useQuery({ ...deviceQuery(id), retry: false })
  const { readings, presence } = useLive('device', id)
  const device = query.data
  const latest = new Map((device?.latest ?? []).map((one) => [one.point, one]))
  const keys = [
    ...new Set([
      ...(device?.points ?? []).map(({ key }) => key),
      ...latest.keys(),
      ...[...readings.values()].filter((one) => one.device === id).map(({ point }) => point),
    ]),
  ]
  const shown = keys.flatMap((key): [string, React.ReactNode][] => {
    const value = readings.get(`${id}/${key}`) ?? latest.get(key)
    const point = device?.points?.find((one) => one.key === key)
    if (value === undefined) return []
    return [
      [
        pickName(point?.name, language, key).text,
        <Row key={key} $gap={1}>
          <strong>
            <ReadingValue value={value.value} unit={point?.unit} multiplier={point?.multiplier} />
          </strong>
          <Age at={value.at} timeZone={timeZoneOf(device?.premises ?? '')} />
        </Row>,
      ],
    ]
  })
  const state = presence.get(id)?.state ?? device?.presence.state
  return (
    <Stack as="section" aria-live="polite">
      <h2>{words.readings}</h2>
      {state === undefined ? null : (
        <Row>
          <StateMark state={state} />
        </Row>
      )}
      {shown.length === 0 ? <Soft as="p">{words.noReadings}</Soft> : <Facts facts={shown} min={140} />}
    </Stack>
  )
}
