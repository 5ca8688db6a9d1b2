// Statutory inspections: what is due when, the overdue first, with the law that asks for each; new ones from the library.
import { useQuery } from '@tanstack/react-query'
import { IconCheckCircle, IconError, IconWarning, InlineAlert } from 'suomifi-ui-components'
import type { InspectionShown } from '#contract/inspections.ts'
import { apiPath, segment } from '#dashboard/client/http.ts'
import { inspectionsQuery } from '#dashboard/client/service-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { pickName } from '#domain/writing/names.ts'
import { InspectionForm } from './InspectionForm.tsx'
import { useService } from './ServicePage.tsx'

/** Days before the end from which it stands out. */
const SOON_DAYS = 90

export const Inspections = () => {
  const words = useWords(serviceWords)
  const { inspection } = words
  const { language } = useText()
  const { premises } = useService()
  const session = useSession()
  const query = useQuery(inspectionsQuery({ premises }))
  return (
    <Stack $gap={3}>
      <p>{inspection.intro}</p>
      <WhenLoaded query={query}>
        {({ items }) => {
          const late = items.filter(({ overdue }) => overdue).length
          return (
            <Stack $gap={3}>
              {late === 0 ? null : <InlineAlert status="error">{inspection.overdueAlert(late)}</InlineAlert>}
              {items.length === 0 ? <Empty title={inspection.none} /> : <InspectionTable items={items} quietCaption />}
            </Stack>
          )
        }}
      </WhenLoaded>
      {premises === '' ? null : (
        <p className="no-print">
          <a href={apiPath(`/premises/${segment(premises)}/inspections.ics`, { language })} download>
            {inspection.calendar}
          </a>
        </p>
      )}
      {premises !== '' && hasRole(session, 'manager') ? (
        <Fold summary={<strong>{inspection.make}</strong>}>
          <InspectionForm key={premises} premises={premises} />
        </Fold>
      ) : null}
    </Stack>
  )
}

type TableProps = { items: readonly InspectionShown[]; quietCaption?: boolean }
/** `quietCaption`: where the page's heading says the same. */
export const InspectionTable = ({ items, quietCaption = false }: TableProps) => {
  const words = useWords(serviceWords)
  const { inspection } = words
  const { text, format, language } = useText()
  const { nameOf } = usePremisesNames()
  return (
    <Panel>
      <DataTable
        caption={words.tabs.inspections}
        quietCaption={quietCaption}
        rows={items}
        rowKey={({ id }) => id}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'title',
            head: inspection.template,
            heading: true,
            render: ({ id, title }) => (
              <AppLink to={`/service/inspections/${id}`}>{pickName(title, language, id).text}</AppLink>
            ),
            sort: ({ id, title }) => pickName(title, language, id).text,
          },
          {
            key: 'of',
            head: inspection.of,
            render: ({ device, premises }) =>
              device === null ? nameOf(premises) : pickName(device.name ?? undefined, language, device.id).text,
          },
          { key: 'law', head: inspection.law, render: ({ law }) => pickName(law, language, '').text },
          {
            key: 'last',
            head: inspection.last,
            render: ({ records }) => {
              const last = records.reduce<string | null>((a, { on }) => (a === null || on > a ? on : a), null)
              return last === null ? inspection.never : format.date(last)
            },
          },
          { key: 'due', head: inspection.due, render: ({ dueOn }) => format.date(dueOn), sort: ({ dueOn }) => dueOn },
          {
            key: 'state',
            head: words.state,
            render: (one) => <DueMark inspection={one} />,
            sort: ({ daysLeft }) => daysLeft,
          },
        ]}
      />
    </Panel>
  )
}

export const DueMark = ({ inspection: { overdue, daysLeft } }: { inspection: InspectionShown }) => {
  const { inspection } = useWords(serviceWords)
  return overdue ? (
    <ToneMark tone="bad" icon={IconError}>
      {inspection.late(-daysLeft)}
    </ToneMark>
  ) : (
    <ToneMark
      tone={daysLeft <= SOON_DAYS ? 'warn' : 'good'}
      icon={daysLeft <= SOON_DAYS ? IconWarning : IconCheckCircle}
    >
      {inspection.left(daysLeft)}
    </ToneMark>
  )
}
