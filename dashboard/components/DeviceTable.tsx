// Devices as a table: which, where, whose, and whether they work; live where a feed is given.
import type { DeviceSummary } from '#contract/devices.ts'
import { styled } from 'styled-components'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { Row, Small, Soft } from '#dashboard/ui/Layout.tsx'
import { Age } from './Age.tsx'
import { AppLink } from './AppLink.tsx'
import { isToBeHeard, LifecycleMark } from './LifecycleMark.tsx'
import { useDeviceTypes } from './device-types.ts'
import { Name, OrganisationName } from './Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { StateMark } from './StateMark.tsx'

const Choice = styled.input`
  width: 24px;
  height: 24px;
  margin: 0 12px 0 0;
  vertical-align: middle;
  accent-color: var(--link, currentColor);
`
type Props = {
  devices: readonly DeviceSummary[]
  timeZoneOf: (premises: string) => string
  live?: LiveSnapshot
  /** Names of premises, where the list goes over several. */
  premisesName?: (id: string) => string
  /** Where several can be chosen: which are, and how one is. */
  chosen?: ReadonlySet<string>
  choose?: (id: string) => void
}
export const DeviceTable = ({ devices, timeZoneOf, live, premisesName, chosen, choose }: Props) => {
  const { text, format, language } = useText()
  const { nameOf: typeName } = useDeviceTypes()
  const presenceOf = ({ id, presence }: DeviceSummary) => live?.presence.get(id) ?? presence
  const { bulk: words } = useWords(findWords)
  const columns: Column<DeviceSummary>[] = [
    {
      key: 'name',
      head: text.devices.device,
      heading: true,
      sort: ({ name, id }) => pickName(name, language, id).text,
      render: ({ id, name, proposedPoints, tags }) => (
        <>
          {choose === undefined ? null : (
            <Choice
              type="checkbox"
              aria-label={words.choose(pickName(name, language, id).text)}
              checked={chosen?.has(id) ?? false}
              onChange={() => choose(id)}
            />
          )}
          <AppLink to={`/devices/${id}`}>
            <Name names={name} id={id} />
          </AppLink>
          <br />
          <Soft>{id}</Soft>
          {tags.length === 0 ? null : (
            <>
              <br />
              <Small>{tags.map((tag) => `#${tag}`).join(' ')}</Small>
            </>
          )}
          {proposedPoints > 0 ? (
            <>
              <br />
              <Small>{text.devices.proposed(proposedPoints)}</Small>
            </>
          ) : null}
        </>
      ),
    },
    {
      key: 'state',
      head: text.devices.state,
      sort: (device) => presenceOf(device).state,
      render: (device) => (
        <Row $gap={1}>
          {isToBeHeard(device.lifecycle) ? (
            <StateMark state={presenceOf(device).state} />
          ) : (
            <LifecycleMark state={device.lifecycle} />
          )}
          {device.simulated ? <StateMark state="simulated" /> : null}
        </Row>
      ),
    },
    {
      key: 'heard',
      head: text.devices.heard,
      sort: (device) => presenceOf(device).lastHeardAt,
      render: (device) => {
        const { lastHeardAt } = presenceOf(device)
        return lastHeardAt === null ? '–' : <Age at={lastHeardAt} timeZone={timeZoneOf(device.premises)} />
      },
    },
    {
      key: 'type',
      head: text.devices.type,
      sort: ({ type }) => (type === null ? null : typeName(type)),
      render: ({ type }) => (type === null ? '–' : typeName(type)),
    },
    {
      key: 'owners',
      head: text.devices.owners,
      render: ({ owners }) =>
        owners.map(({ organisation, share }) => (
          <div key={organisation}>
            <OrganisationName id={organisation} />
            {owners.length > 1 ? ` ${format.percent(share)}` : ''}
          </div>
        )),
    },
  ]
  if (premisesName !== undefined)
    columns.splice(1, 0, {
      key: 'premises',
      head: text.devices.premises,
      sort: ({ premises }) => premisesName(premises),
      render: ({ premises }) => <AppLink to={`/premises/${premises}`}>{premisesName(premises)}</AppLink>,
    })
  return (
    <DataTable
      caption={text.devices.title}
      quietCaption
      rows={devices}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={columns}
    />
  )
}
