// How the device was put into use: who, when and where, with the photos and what it showed then.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { CommissioningPage } from '#contract/claims.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { useValueText } from '#dashboard/components/ReadingValue.tsx'
import { installWords } from '#dashboard/text/install/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

const Photo = styled.img`
  max-width: min(100%, 320px);
  max-height: 240px;
  border: 1px solid var(--line);
  border-radius: 4px;
`
/** The newest ones; the others are in the API. */
const SHOWN = 10
const commissioningsQuery = (device: string) =>
  queryOptions({
    queryKey: ['commissionings', device],
    queryFn: ({ signal }) => getJson<CommissioningPage>(apiPath('/commissionings', { device, limit: SHOWN }), signal),
  })

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceCommissionings = ({ device, timeZone }: Props) => {
  const { record: words } = useWords(installWords)
  const { format, language } = useText()
  const valueText = useValueText()
  const spaces = useQuery(premisesQuery(device.premises)).data?.spaces ?? []
  const items = useQuery(commissioningsQuery(device.id)).data?.items ?? []
  if (items.length === 0) return null
  const pointName = (key: string): string =>
    pickName(device.points?.find((point) => point.key === key)?.name, language, key).text
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.title}</h2>
        {items.map(({ id, at, receivedAt, by, space, claimed, note, photos, values }) => (
          <Stack key={id}>
            <Facts
              facts={[
                [words.when, format.instant(at, timeZone, 'minute')],
                [words.who, by],
                [
                  words.where,
                  space === null ? (
                    words.nowhere
                  ) : (
                    <Name key="space" names={spaces.find((one) => one.id === space)?.name} id={space} />
                  ),
                ],
                [words.how, claimed ? words.byLabel : words.withoutLabel],
                ...(Date.parse(receivedAt) - Date.parse(at) > LATE_MS
                  ? [[words.sentLater, format.instant(receivedAt, timeZone, 'minute')] as [string, string]]
                  : []),
              ]}
            />
            {note === '' ? null : <p>{note}</p>}
            <div>
              <strong>{words.readings}</strong>
              {values.length === 0 ? (
                <p>{words.noReadings}</p>
              ) : (
                <ul>
                  {values.map((value) => (
                    <li key={value.point}>
                      {pointName(value.point)} {valueText(value.value, value.unit)} (
                      {format.instant(value.at, timeZone, 'minute')})
                    </li>
                  ))}
                </ul>
              )}
            </div>
            {photos.length === 0 ? null : (
              <Row $gap={2}>
                {photos.map((digest, i) => (
                  <a key={digest} href={apiPath(`/files/${segment(digest)}`)} target="_blank" rel="noreferrer">
                    <Photo src={apiPath(`/files/${segment(digest)}`)} alt={words.photo(i + 1)} loading="lazy" />
                  </a>
                ))}
              </Row>
            )}
          </Stack>
        ))}
      </Stack>
    </Panel>
  )
}
/** What came this much later than it was done had waited for a network. */
const LATE_MS = 300_000
