// One fault: who has it and until when, what one can do now, what has happened, its work, cost and waste.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { InlineAlert } from 'suomifi-ui-components'
import type { FaultShown } from '#contract/faults.ts'
import { custodyPath, faultQuery, wasteQuery } from '#dashboard/client/fault-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useFaultTitle } from '#dashboard/components/useFaultTitle.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { FaultHistory } from './FaultHistory.tsx'
import { FaultMark } from './FaultMark.tsx'
import { FaultSteps } from './FaultSteps.tsx'

export const FaultPage = () => {
  const { id = '' } = useParams()
  const fault = useQuery(faultQuery(id))
  return <PageWhenLoaded query={fault}>{(found) => <Shown key={id} fault={found} />}</PageWhenLoaded>
}

const Shown = ({ fault }: { fault: FaultShown }) => {
  const words = useWords(faultWords)
  const { choices } = useWords(reportWords)
  const { format, language } = useText()
  const title = useFaultTitle()(fault)
  const nameOf = (id: string): string => pickName(fault.names[id], language, id).text
  const { state, dueAt, overdue, timeZone, keeper, ground, device, space, escalations } = fault
  const at = dueAt === null ? null : format.instant(dueAt, timeZone)
  return (
    <Page
      title={title}
      crumbs={[
        { to: '/faults', text: words.title },
        { to: `/premises/${fault.premises}`, text: pickName(fault.premisesName, language, fault.premises).text },
      ]}
      marks={<FaultMark state={state} overdue={overdue} escalated={escalations > 0} />}
    >
      {fault.joinedInto === null ? null : (
        <InlineAlert>
          {words.joinedInto} <AppLink to={`/faults/${fault.joinedInto}`}>{words.toOther}</AppLink>
        </InlineAlert>
      )}
      <Panel>
        <Stack>
          <p>
            <strong>{words.keeperBy(nameOf(keeper), words.grounds[ground])}</strong>
            {at === null ? null : (
              <>
                <br />
                {overdue ? words.late(at) : words.answerBy(at)}
              </>
            )}
          </p>
          {state === 'offered' ? <Small as="p">{words.answerHours(String(fault.answerHours))}</Small> : null}
          {escalations > 0 && state === 'offered' ? <p>{words.escalatedText}</p> : null}
          {fault.what === '' ? null : <p>{fault.what}</p>}
          <Facts
            facts={[
              ...(fault.choice === null ? [] : [[words.what, choices[fault.choice]] satisfies [string, string]]),
              ...(device === null
                ? []
                : [
                    [
                      words.device,
                      <AppLink key="device" to={`/devices/${device}`}>
                        <Name names={fault.deviceName} id={device} />
                      </AppLink>,
                    ] satisfies [string, React.ReactNode],
                  ]),
              ...(space === null
                ? []
                : [
                    [words.space, <Name key="space" names={fault.spaceName} id={space} />] satisfies [
                      string,
                      React.ReactNode,
                    ],
                  ]),
              [words.reportedAt, format.instant(fault.reportedAt, timeZone)],
              [words.source, words.sources[fault.source]],
              [words.reports, String(fault.reports)],
              ...(fault.followers === 0 ? [] : [[words.followers, String(fault.followers)] satisfies [string, string]]),
              ...(fault.contacts.length === 0
                ? []
                : [
                    [
                      words.contacts,
                      <span key="contacts">
                        {fault.contacts.join(', ')}
                        <br />
                        <Small>{words.contactsHint}</Small>
                      </span>,
                    ] satisfies [string, React.ReactNode],
                  ]),
            ]}
          />
        </Stack>
      </Panel>
      <FaultSteps fault={fault} />
      {fault.work.length === 0 ? null : (
        <Panel>
          <Stack>
            <h2>{words.workDone}</h2>
            <WorkTable fault={fault} />
          </Stack>
        </Panel>
      )}
      {fault.invoices.length === 0 ? null : (
        <Panel>
          <Stack>
            <h2>{words.costs}</h2>
            <ul>
              {fault.invoices.map(({ id, category, net, payer, serviceFrom }) => (
                <li key={id}>
                  <CostLine {...{ category, net, payer: nameOf(payer) }} />{' '}
                  <AppLink to={`/costs/${fault.premises}/${serviceFrom.slice(0, 7)}`}>
                    {format.month(serviceFrom.slice(0, 7))}
                  </AppLink>
                </li>
              ))}
            </ul>
          </Stack>
        </Panel>
      )}
      {device === null ? null : <Waste fault={fault} />}
      <FaultHistory fault={fault} />
      <Row $gap={2} className="no-print">
        <a href={custodyPath(fault.id, 'csv', language)}>{words.custody} (CSV)</a>
        <a href={custodyPath(fault.id, 'json', language)}>{words.custody} (JSON)</a>
      </Row>
    </Page>
  )
}

const CostLine = ({ category, net, payer }: { category: string; net: string; payer: string }) => {
  const words = useWords(faultWords)
  const { text, format } = useText()
  return <span>{words.costLine(wordOf(text.categories, category), format.money(net), payer)}</span>
}

const WorkTable = ({ fault }: { fault: FaultShown }) => {
  const words = useWords(faultWords)
  const { text, format } = useText()
  const rows = fault.work.map((one, index) => ({ ...one, key: String(index) }))
  return (
    <DataTable
      caption={words.workDone}
      quietCaption
      rows={rows}
      rowKey={({ key }) => key}
      sortWord={text.common.sorted}
      columns={[
        { key: 'on', head: words.workHeads.on, heading: true, render: ({ on }) => format.date(on) },
        { key: 'what', head: words.workHeads.what, render: ({ what }) => what },
        { key: 'by', head: words.workHeads.by, render: ({ by }) => by },
        {
          key: 'hours',
          head: words.workHeads.hours,
          figures: true,
          render: ({ hours }) => (hours === null ? '–' : format.decimal(hours)),
        },
        {
          key: 'parts',
          head: words.workHeads.parts,
          render: ({ parts }) =>
            parts.length === 0
              ? '–'
              : parts.map(({ name, quantity }) => `${format.decimal(quantity)} ${name}`).join(', '),
        },
      ]}
    />
  )
}

/** An estimate, never more than that; and said so where it cannot be told. */
const Waste = ({ fault }: { fault: FaultShown }) => {
  const words = useWords(faultWords)
  const { format } = useText()
  const waste = useQuery(wasteQuery(fault.id)).data
  if (waste === undefined) return null
  return (
    <Panel>
      <Stack $gap={1}>
        <h2>{words.waste}</h2>
        {!waste.known ? (
          <Soft as="p">{words.wasteUnknown[waste.reason]}</Soft>
        ) : (
          <>
            <p>
              {waste.extraKwh === '0' ? words.wasteNone : words.wasteKnown(format.decimal(waste.extraKwh))}{' '}
              {waste.euros === null || waste.extraKwh === '0' ? null : words.wasteEuros(format.money(waste.euros))}
            </p>
            <Small as="p">
              {words.wasteHow(String(waste.hours), format.decimal(waste.usedKwh), format.decimal(waste.usualKwh))}
            </Small>
          </>
        )}
      </Stack>
    </Panel>
  )
}
