// For the operator: is the platform well, in one line of facts.
import { useQuery } from '@tanstack/react-query'
import { systemQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark, stateWord } from '#dashboard/components/StateMark.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Stack } from '#dashboard/ui/Layout.tsx'

export const PlatformState = () => {
  const { first: words } = useWords(helpWords)
  const { text, format } = useText()
  const system = useQuery(systemQuery)
  return (
    <Panel aria-labelledby="platform">
      <Stack>
        <h2 id="platform">{words.platform}</h2>
        <WhenLoaded query={system}>
          {({ telemetry, broker, auditBrokenAt, backups }) => {
            const stored = stateWord(telemetry.state)
            const newest = backups.toSorted((a, b) => b.at.localeCompare(a.at))[0]
            return (
              <Facts
                min={150}
                facts={[
                  [text.system.telemetry, stored === null ? telemetry.state : <StateMark state={stored} />],
                  [words.connected, format.number(broker.connections, 0)],
                  [text.system.quarantined, format.number(broker.quarantinedReadings, 0)],
                  [
                    text.system.audit,
                    auditBrokenAt === null ? text.system.auditHolds : text.system.auditBroken(auditBrokenAt),
                  ],
                  [
                    words.lastBackup,
                    newest === undefined ? text.system.noBackups : <Age at={newest.at} timeZone={OWN_ZONE} />,
                  ],
                ]}
              />
            )
          }}
        </WhenLoaded>
        <AppLink to="/system">{words.platformAll}</AppLink>
      </Stack>
    </Panel>
  )
}
