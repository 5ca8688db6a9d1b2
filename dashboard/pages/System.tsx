// Is the platform well? Storing, connections, backups, log.
import { useQuery } from '@tanstack/react-query'
import type { SystemState } from '#contract/system.ts'
import { systemQuery } from '#dashboard/client/queries.ts'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { documentsWords } from '#dashboard/text/documents/words.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Age } from '#dashboard/components/Age.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark, stateWord } from '#dashboard/components/StateMark.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { Backups } from './admin/Backups.tsx'
import { Demonstration } from './admin/Demonstration.tsx'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'

const MEGABYTE = 1024 * 1024

export const System = () => {
  const { text } = useText()
  const documents = useWords(documentsWords)
  const words = useWords(adminWords)
  const system = useQuery(systemQuery)
  return (
    <Page title={text.system.title}>
      <Row $gap={3}>
        <AppLink to="/system/settings">{words.settings.title}</AppLink>
        <AppLink to="/system/retention">{documents.retention}</AppLink>
        <AppLink to="/people/audit">{words.audit}</AppLink>
      </Row>
      <WhenLoaded query={system}>{(state) => <Shown state={state} />}</WhenLoaded>
    </Page>
  )
}

const Shown = ({ state }: { state: SystemState }) => {
  const { text, format } = useText()
  const session = useSession()
  const operator = session.operator && hasRole(session, 'admin')
  const words = useWords(monthWords)
  const bytes = (amount: number) => format.quantity(amount / MEGABYTE, 'MB')
  const whole = (amount: number) => format.number(amount, 0)
  const stored = stateWord(state.telemetry.state)
  const groups: [string, [string, React.ReactNode][]][] = [
    [
      text.system.telemetry,
      [
        [text.devices.state, stored === null ? state.telemetry.state : <StateMark state={stored} />],
        [text.system.readings, whole(state.telemetry.readings)],
        [text.system.bytes, bytes(state.telemetry.bytes)],
        [text.system.queued, whole(state.telemetry.queued)],
      ],
    ],
    [
      text.system.broker,
      [
        [text.system.connections, whole(state.broker.connections)],
        [text.system.stored, whole(state.broker.storedReadings)],
        [text.system.duplicates, whole(state.broker.duplicateReadings)],
        [text.system.quarantined, whole(state.broker.quarantinedReadings)],
        [text.system.acknowledged, whole(state.broker.acknowledgedMessages)],
      ],
    ],
    [
      words.mail,
      state.mail.from === null
        ? [[words.mailFrom, words.mailNone]]
        : [
            [words.mailFrom, state.mail.from],
            [words.mailSent, whole(state.mail.sent)],
            [
              words.mailLast,
              state.mail.lastSentAt === null ? (
                words.never
              ) : (
                <Age key="mail" at={state.mail.lastSentAt} timeZone={OWN_ZONE} />
              ),
            ],
            ...(state.mail.lastFailure === null
              ? []
              : [
                  [
                    words.mailFailure,
                    <span key="failure" lang="en">
                      {state.mail.lastFailure}
                    </span>,
                  ] satisfies [string, React.ReactNode],
                ]),
          ],
    ],
    [
      text.system.version,
      [
        [text.product.name, state.version],
        [text.system.node, state.node],
        [text.system.uptime, <Age key="up" at={state.startedAt} timeZone={OWN_ZONE} />],
        [text.system.memory, bytes(state.memoryBytes)],
        [text.system.delay, format.quantity(state.eventLoopDelayP99Ms, 'ms')],
        [
          text.system.audit,
          state.auditBrokenAt === null ? text.system.auditHolds : text.system.auditBroken(state.auditBrokenAt),
        ],
      ],
    ],
  ]
  return (
    <>
      {groups.map(([title, facts]) => (
        <Panel key={title}>
          <Stack>
            <h2>{title}</h2>
            <Facts facts={facts} />
          </Stack>
        </Panel>
      ))}
      <Backups state={state} />
      {operator ? <Demonstration /> : null}
    </>
  )
}
