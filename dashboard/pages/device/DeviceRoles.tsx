// Who owns the device and who has which role: now, and from when to when.
import type { DeviceRecorded, RoleAt } from '#contract/devices.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { usePeriodText } from '#dashboard/components/period-text.ts'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { localDate } from '#domain/writing/date.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Panel, Stack } from '#dashboard/ui/Layout.tsx'

type Row = { role: string; organisation: string; share: string | null; from: string; to: string | null }

/** Ownership and roles as one list of dated rows, newest first. Shares are told as they were agreed. */
const rowsOf = (device: DeviceRecorded): Row[] => [
  ...(device.ownership ?? []).flatMap(({ from, to, shares }) =>
    Object.entries(shares).map(([organisation, share]) => ({ role: 'owner', organisation, share, from, to })),
  ),
  ...(device.roles ?? []).map((row) => ({ ...row, share: null })),
]

export const DeviceRoles = ({ device, timeZone }: { device: DeviceRecorded; timeZone: string }) => {
  const { text, format } = useText()
  const { device: words } = useWords(registryWords)
  const session = useSession()
  const period = usePeriodText()
  const today = localDate(useNow(), timeZone)
  const rows = rowsOf(device).sort((a, b) => b.from.localeCompare(a.from))
  const byRole = Map.groupBy(device.rolesAt, ({ role }) => role)
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{text.device.roles}</h2>
        {hasRole(session, 'manager') ? (
          <p className="no-print">
            <AppLink to={`/devices/${device.id}/edit#roles`}>{words.rolesLink}</AppLink>
          </p>
        ) : null}
        {rows.length === 0 ? (
          <Empty title={text.device.noRoles} />
        ) : (
          <>
            <Facts
              facts={[...byRole].map(([role, holders]) => [
                wordOf(text.roles, role),
                <Holders key={role} holders={holders} />,
              ])}
            />
            <DataTable
              caption={text.device.rolesThroughTime}
              rows={rows}
              rowKey={({ role, organisation, from }) => `${role} ${organisation} ${from}`}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'role',
                  head: text.device.role,
                  heading: true,
                  sort: ({ role }) => wordOf(text.roles, role),
                  render: ({ role }) => wordOf(text.roles, role),
                },
                {
                  key: 'organisation',
                  head: text.device.organisation,
                  sort: ({ organisation }) => organisation,
                  render: ({ organisation }) => <OrganisationName id={organisation} />,
                },
                {
                  key: 'share',
                  head: text.device.share,
                  figures: true,
                  render: ({ share }) => (share === null ? '' : format.decimal(share)),
                },
                { key: 'period', head: text.premises.period, sort: ({ from }) => from, render: period },
                {
                  key: 'now',
                  head: text.devices.state,
                  render: ({ from, to }) => (
                    <StateMark state={from <= today && (to === null || today < to) ? 'inForce' : 'notInForce'} />
                  ),
                },
              ]}
            />
          </>
        )}
      </Stack>
    </Panel>
  )
}

const Holders = ({ holders }: { holders: RoleAt[] }) => {
  const { format } = useText()
  return holders.map(({ organisation, share }) => (
    <div key={organisation}>
      <OrganisationName id={organisation} />
      {share === null || holders.length === 1 ? '' : ` ${format.percent(share)}`}
    </div>
  ))
}
