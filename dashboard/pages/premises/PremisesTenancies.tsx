// Who holds which spaces from when to when, and how many people work there.
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useNow } from '#dashboard/components/Age.tsx'
import { usePeriodText } from '#dashboard/components/period-text.ts'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { usePremises } from './PremisesPage.tsx'
import { coversDate } from './storeys.ts'
import { TenancyTimeline } from './TenancyTimeline.tsx'

export const PremisesTenancies = () => {
  const { text, format, language } = useText()
  const { premises } = usePremises()
  const period = usePeriodText()
  const today = localDate(useNow(), premises.timeZone)
  const spaces = new Map((premises.spaces ?? []).map((space) => [space.id, space]))
  const tenancies = premises.tenancies ?? []
  const spaceName = (id: string) => pickName(spaces.get(id)?.name, language, id).text
  const headcounts = premises.headcounts ?? []
  const nowMark = (span: { from: string; to: string | null }) => (
    <StateMark state={coversDate(span, today) ? 'inForce' : 'notInForce'} />
  )
  return (
    <Stack $gap={3}>
      <Panel>
        <Stack>
          <h2>{text.premises.tenancies}</h2>
          {tenancies.length === 0 ? (
            <Empty title={text.premises.noTenancies} />
          ) : (
            <>
              <TenancyTimeline
                parties={premises.summary.parties}
                tenancies={tenancies}
                spaceName={spaceName}
                today={today}
              />
              <DataTable
                caption={text.premises.tenancies}
                quietCaption
                rows={tenancies}
                rowKey={({ space, organisation, from }) => `${space} ${organisation} ${from}`}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'organisation',
                    head: text.premises.tenant,
                    heading: true,
                    sort: ({ organisation }) => organisation,
                    render: ({ organisation }) => <OrganisationName id={organisation} />,
                  },
                  {
                    key: 'space',
                    head: text.premises.space,
                    sort: ({ space }) => space,
                    render: ({ space }) => <Name names={spaces.get(space)?.name} id={space} />,
                  },
                  {
                    key: 'area',
                    head: text.premises.area,
                    figures: true,
                    sort: ({ space }) => spaces.get(space)?.areaM2 ?? null,
                    render: ({ space }) => {
                      const area = spaces.get(space)?.areaM2
                      return area === undefined ? '–' : `${format.decimal(area)}\u00A0m²`
                    },
                  },
                  { key: 'period', head: text.premises.period, sort: ({ from }) => from, render: period },
                  { key: 'now', head: text.premises.validity, render: nowMark },
                ]}
              />
            </>
          )}
        </Stack>
      </Panel>
      {headcounts.length === 0 ? null : (
        <Panel>
          <Stack>
            <h2>{text.premises.headcounts}</h2>
            <DataTable
              caption={text.premises.headcounts}
              quietCaption
              rows={headcounts}
              rowKey={({ organisation, from }) => `${organisation} ${from}`}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'organisation',
                  head: text.premises.tenant,
                  heading: true,
                  sort: ({ organisation }) => organisation,
                  render: ({ organisation }) => <OrganisationName id={organisation} />,
                },
                {
                  key: 'people',
                  head: text.premises.people,
                  figures: true,
                  sort: ({ people }) => people,
                  render: ({ people }) => format.decimal(String(people)),
                },
                { key: 'period', head: text.premises.period, sort: ({ from }) => from, render: period },
                { key: 'now', head: text.premises.validity, render: nowMark },
              ]}
            />
          </Stack>
        </Panel>
      )}
    </Stack>
  )
}
