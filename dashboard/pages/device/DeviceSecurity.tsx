// Firmware of the device: version, support, CE and CRA standing, known vulnerabilities with what to do, and who updates it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { DeviceSecurity as Security } from '#contract/security.ts'
import { securityQuery } from '#dashboard/client/equipment-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { VulnerabilityMark } from '#dashboard/components/VulnerabilityMark.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

export const DeviceSecurity = ({ device }: { device: DeviceRecorded }) => {
  const { security: words } = useWords(lifecycleWords)
  const { format } = useText()
  const session = useSession()
  const security = useQuery(securityQuery(device.id)).data
  if (security === undefined) return null
  const { firmware, versionBy, hidden, warnings, vulnerabilities, responsible } = security
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.title}</h2>
        {warnings.length === 0 ? null : (
          <InlineAlert status="warning" labelText={words.attention}>
            <ul>
              {warnings.map(({ code, on }) => (
                <li key={code}>{words.warnings[code](on === null ? '' : format.date(on))}</li>
              ))}
            </ul>
          </InlineAlert>
        )}
        {hidden ? (
          <Soft as="p">{words.hidden}</Soft>
        ) : (
          <>
            <Facts
              facts={[
                [
                  words.version,
                  <span key="version">
                    {firmware.version ?? words.unknown}{' '}
                    {versionBy === 'device' ? <Soft>{words.saidByDevice}</Soft> : null}
                  </span>,
                ],
                [
                  words.supportUntil,
                  firmware.supportUntil === undefined ? words.unknown : format.date(firmware.supportUntil),
                ],
                [words.ce, firmware.ce === undefined ? words.unknown : firmware.ce ? words.ceYes : words.ceNo],
                [words.cra, firmware.cra === undefined ? words.unknown : words.craStates[firmware.cra]],
                [
                  words.responsible,
                  <span key="responsible">
                    <OrganisationName id={responsible.organisation} /> <Soft>{words.grounds[responsible.ground]}</Soft>
                  </span>,
                ],
              ]}
            />
            <h3>{words.vulnerabilities}</h3>
            {vulnerabilities.length === 0 ? (
              <Soft as="p">{words.noVulnerabilities}</Soft>
            ) : (
              <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
                {vulnerabilities.map((one) => (
                  <li key={one.id} style={{ borderTop: '1px solid var(--line)', padding: '12px 0' }}>
                    <Stack $gap={1}>
                      <Row $gap={2}>
                        <VulnerabilityMark severity={one.severity} score={one.score} />
                        <strong>{one.code}</strong>
                      </Row>
                      <span>{one.title}</span>
                      <Soft>{words.matches[one.match]}</Soft>
                      <span>{one.remedy === null ? words.noRemedy : words.remedy(one.remedy)}</span>
                    </Stack>
                  </li>
                ))}
              </ul>
            )}
            {hasRole(session, 'manager', 'technician') ? (
              <div className="no-print">
                <Fold summary={<strong>{words.edit}</strong>}>
                  <Form key={device.version} device={device} firmware={firmware} saysVersion={versionBy === 'device'} />
                </Fold>
              </div>
            ) : null}
          </>
        )}
      </Stack>
    </Panel>
  )
}

const CRA = ['', 'conforms', 'placed-before', 'out-of-scope'] as const
type FormProps = { device: DeviceRecorded; firmware: Security['firmware']; saysVersion: boolean }
/** A version that the device says itself is not asked for. */
const Form = ({ device, firmware, saysVersion }: FormProps) => {
  const { security: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const dateId = useId()
  const [version, setVersion] = useState(firmware.version ?? '')
  const [supportUntil, setSupportUntil] = useState(firmware.supportUntil ?? '')
  const [ce, setCe] = useState<'' | 'yes' | 'no'>(firmware.ce === undefined ? '' : firmware.ce ? 'yes' : 'no')
  const [cra, setCra] = useState<(typeof CRA)[number]>(firmware.cra ?? '')
  const send = useMutation({
    mutationFn: () =>
      sendJson(
        'PUT',
        apiPath(`/devices/${segment(device.id)}/firmware`),
        {
          ...(version.trim() === '' ? {} : { version: version.trim() }),
          ...(supportUntil === '' ? {} : { supportUntil }),
          ...(ce === '' ? {} : { ce: ce === 'yes' }),
          ...(cra === '' ? {} : { cra }),
        },
        device.version,
      ),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  return (
    <Stack>
      <Row $gap={2} $end>
        {saysVersion ? null : (
          <TextInput labelText={words.version} value={version} onChange={(value) => setVersion(String(value ?? ''))} />
        )}
        <DateField id={dateId} label={words.supportUntil} value={supportUntil} onChange={setSupportUntil} />
        <Select
          label={words.ce}
          value={ce}
          options={[
            { value: '', text: words.unknown },
            { value: 'yes', text: words.ceYes },
            { value: 'no', text: words.ceNo },
          ]}
          onChange={setCe}
        />
        <Select
          label={words.cra}
          value={cra}
          options={CRA.map((value) => ({ value, text: value === '' ? words.unknown : words.craStates[value] }))}
          onChange={setCra}
        />
      </Row>
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
