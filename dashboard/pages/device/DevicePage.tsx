// One device: which it is, whose, does it work, what did it measure.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { DeviceRecorded } from '#contract/devices.ts'
import { deviceQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { isToBeHeard, LifecycleMark } from '#dashboard/components/LifecycleMark.tsx'
import { OpenFaults } from '#dashboard/components/OpenFaults.tsx'
import { Later } from '#dashboard/components/Later.tsx'
import { LiveState } from '#dashboard/components/LiveState.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useAlarmChanges } from '#dashboard/components/useAlarmChanges.ts'
import { useLive } from '#dashboard/components/useLive.ts'
import { Documents } from '#dashboard/pages/equipment/Documents.tsx'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Soft } from '#dashboard/ui/Layout.tsx'
import { DeviceService } from '#dashboard/pages/service/DeviceService.tsx'
import { DeviceAlarms } from './DeviceAlarms.tsx'
import { DeviceChart } from './DeviceChart.tsx'
import { DeviceCommands } from './DeviceCommands.tsx'
import { DeviceCommissionings } from './DeviceCommissionings.tsx'
import { DeviceDataAct } from './DeviceDataAct.tsx'
import { DeviceFacts } from './DeviceFacts.tsx'
import { DeviceLatest } from './DeviceLatest.tsx'
import { DeviceLifecycle } from './DeviceLifecycle.tsx'
import { DeviceMoney } from './DeviceMoney.tsx'
import { DeviceReadings } from './DeviceReadings.tsx'
import { DeviceSecurity } from './DeviceSecurity.tsx'
import { DeviceTransfers } from './DeviceTransfers.tsx'
import { DeviceTwin } from './DeviceTwin.tsx'
import { DeviceVisibility } from './DeviceVisibility.tsx'
import { DeviceRoles } from './DeviceRoles.tsx'
import { ManualReading } from './ManualReading.tsx'
import { MeterApproval } from './MeterApproval.tsx'
import { ProposedPoints } from './ProposedPoints.tsx'

export const DevicePage = () => {
  const { id = '' } = useParams()
  const device = useQuery(deviceQuery(id))
  return <PageWhenLoaded query={device}>{(data) => <Opened key={id} device={data} />}</PageWhenLoaded>
}

const Opened = ({ device }: { device: DeviceRecorded }) => {
  const { text, language } = useText()
  const { device: words } = useWords(registryWords)
  const session = useSession()
  const { nameOf: typeName } = useDeviceTypes()
  const live = useLive('device', device.id)
  useAlarmChanges(live)
  const premises = useQuery(premisesQuery(device.premises)).data
  const timeZone = premises?.timeZone ?? 'Europe/Helsinki'
  const presence = live.presence.get(device.id) ?? device.presence
  const { lifecycleAt: lifecycle } = device
  const space = premises?.spaces?.find(({ id }) => id === device.space)
  return (
    <Page
      title={pickName(device.name, language, device.id).text}
      heading={<Name names={device.name} id={device.id} />}
      crumbs={[
        { to: '/premises', text: text.nav.premises },
        { to: `/premises/${device.premises}`, text: pickName(premises?.name, language, device.premises).text },
        { to: `/premises/${device.premises}/devices`, text: text.nav.devices },
      ]}
      marks={
        <>
          {isToBeHeard(lifecycle) ? <StateMark state={presence.state} /> : <LifecycleMark state={lifecycle} />}
          {device.simulated === true ? <StateMark state="simulated" /> : null}
        </>
      }
      lead={
        <Row as="span" $gap={2}>
          <span>{device.type === undefined ? device.id : `${typeName(device.type)} · ${device.id}`}</span>
          {device.space == null ? null : (
            <AppLink to={`/devices?premises=${device.premises}&space=${device.space}`}>
              <Name names={space?.name} id={device.space} />
            </AppLink>
          )}
          {presence.lastHeardAt === null ? null : (
            <Soft>
              {text.devices.heard} <Age at={presence.lastHeardAt} timeZone={timeZone} />
            </Soft>
          )}
        </Row>
      }
      actions={
        <Row $gap={2} className="no-print">
          {hasRole(session, 'manager') ? <AppLink to={`/devices/${device.id}/edit`}>{words.link}</AppLink> : null}
          <LiveState connection={live.connection} timeZone={timeZone} />
        </Row>
      }
    >
      <ProposedPoints device={device} />
      <DeviceLatest device={device} live={live} timeZone={timeZone} />
      <ManualReading device={device} />
      <OpenFaults premises={device.premises} device={device.id} />
      <DeviceChart device={device} timeZone={timeZone} />
      <Later>
        <DeviceTwin device={device} timeZone={timeZone} />
        <DeviceCommands device={device} timeZone={timeZone} />
        <DeviceAlarms device={device} timeZone={timeZone} />
        <DeviceLifecycle device={device} timeZone={timeZone} />
        <DeviceService device={device} />
        <DeviceCommissionings device={device} timeZone={timeZone} />
        <MeterApproval device={device} timeZone={timeZone} />
        <DeviceRoles device={device} timeZone={timeZone} />
        <DeviceMoney device={device} timeZone={timeZone} />
        <DeviceTransfers device={device} timeZone={timeZone} />
        <Documents of={{ device: device.id }} timeZone={timeZone} />
        <DeviceSecurity device={device} />
        <DeviceDataAct device={device} timeZone={timeZone} />
        <DeviceVisibility device={device} />
        <DeviceFacts device={device} timeZone={timeZone} />
        <DeviceReadings device={device} timeZone={timeZone} />
      </Later>
    </Page>
  )
}
