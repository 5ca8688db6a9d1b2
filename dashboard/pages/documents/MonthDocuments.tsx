// The documents of a month: statement as a file, invoices made and to be made, ledger, public record.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { DocumentShown, MadeDocuments, MonthDocuments as Answer } from '#contract/documents.ts'
import type { Settlement } from '#contract/settlements.ts'
import {
  creditPath,
  documentFilePath,
  documentsPath,
  ledgerPath,
  monthDocumentsQuery,
  publicRecordPath,
  statementFilePath,
} from '#dashboard/client/document-queries.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { documentsWords } from '#dashboard/text/documents/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const FORMATS = ['pdf', 'xlsx', 'csv'] as const

type Props = { settlement: Pick<Settlement, 'premises' | 'period' | 'status' | 'statements'> }
export const MonthDocuments = ({ settlement: { premises, period, status, statements } }: Props) => {
  const { language } = useText()
  const words = useWords(documentsWords)
  const session = useSession()
  const own = statements.find(({ party }) => party === session.organisation)?.party
  const nameOf = useOrganisationNames()
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        <FileLinks
          label={own === undefined ? words.statement : words.statementOf(nameOf(own))}
          links={FORMATS.map((format) => ({
            text: format.toUpperCase(),
            path: statementFilePath(premises, period, {
              language,
              format,
              ...(own === undefined ? {} : { party: own }),
            }),
          }))}
        />
        {status === 'closed' ? (
          <>
            <Invoices premises={premises} period={period} />
            {own === undefined ? null : (
              <Stack $gap={1}>
                <FileLinks
                  label={words.ledger}
                  links={(['csv', 'xlsx'] as const).map((format) => ({
                    text: format.toUpperCase(),
                    path: ledgerPath(premises, period, { party: own, language, format }),
                  }))}
                />
                <Soft as="p">{words.ledgerText}</Soft>
              </Stack>
            )}
            {hasRole(session, 'controller', 'admin') ? (
              <Stack $gap={1}>
                <h3>{words.record}</h3>
                <p>
                  <a href={publicRecordPath(premises, period, language)} download>
                    {words.recordLink}
                  </a>
                </p>
                <Soft as="p">{words.recordText}</Soft>
              </Stack>
            ) : null}
          </>
        ) : null}
      </Stack>
    </Panel>
  )
}

const FileLinks = ({ label, links }: { label: string; links: { text: string; path: string }[] }) => (
  <Stack $gap={1}>
    <h3>{label}</h3>
    <Row as="ul" $gap={2}>
      {links.map(({ text, path }) => (
        <li key={path}>
          <a href={path} download aria-label={`${label}, ${text}`}>
            {text}
          </a>
        </li>
      ))}
    </Row>
  </Stack>
)

const Invoices = ({ premises, period }: { premises: string; period: string }) => {
  const words = useWords(documentsWords)
  const documents = useQuery(monthDocumentsQuery(premises, period))
  return (
    <Stack $gap={2}>
      <h3>{words.invoices}</h3>
      <WhenLoaded query={documents}>
        {(found) => <Made documents={found} premises={premises} period={period} />}
      </WhenLoaded>
    </Stack>
  )
}

type MadeProps = { documents: Answer; premises: string; period: string }
const Made = ({ documents: { items, planned }, premises, period }: MadeProps) => {
  const { format } = useText()
  const words = useWords(documentsWords)
  const nameOf = useOrganisationNames()
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: ['documents', premises, period] })
  const make = useMutation({
    mutationFn: () => sendJson<MadeDocuments>('POST', documentsPath(premises, period)),
    onSuccess: async (answer) => {
      announce(words.made(answer?.made ?? 0))
      await again()
    },
  })
  const rowOf = ({ seller, buyer, vat, gross }: Answer['planned'][number]): string => {
    const isCredit = gross.startsWith('-')
    // The word says that it is credited, so its sign does not say so again.
    const amount = (sum: string): string =>
      format.money(isCredit ? (sum.startsWith('-') ? sum.slice(1) : `-${sum}`) : sum)
    const row = isCredit ? words.plannedCredit : words.plannedRow
    return row(nameOf(seller), nameOf(buyer), amount(gross), vat === '0.00' ? null : amount(vat))
  }
  const own = planned.filter(({ seller, coveredBy }) => coveredBy === null && seller === session.organisation)
  const mayMake = hasRole(session, 'controller') && own.length > 0
  return (
    <>
      {items.length === 0 ? (
        <p>{planned.length === 0 ? words.noneOwn : words.none}</p>
      ) : (
        <Table items={items} again={again} />
      )}
      {planned.length === 0 ? null : (
        <Stack $gap={1}>
          <h4>{words.planned}</h4>
          {planned.some(({ vat }) => vat === '0.00') && planned.some(({ vat }) => vat !== '0.00') ? (
            <Soft as="p">{words.plannedText}</Soft>
          ) : null}
          <ul>
            {planned.map((one, i) => (
              <li key={`${one.seller} ${one.buyer} ${i}`}>
                {rowOf(one)}
                {one.coveredBy === null ? null : (
                  <>
                    {' · '}
                    <AppLink to={`/costs/${premises}/advances?year=${period.slice(0, 4)}`}>{words.covered}</AppLink>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Stack>
      )}
      {make.error === null ? null : <MissingDetails error={make.error} />}
      {mayMake ? (
        <Row className="no-print">
          <SureButton
            variant="default"
            text={words.make}
            effect={
              <>
                <p>{words.makeEffect}</p>
                <ul>
                  {own.map((one, i) => (
                    <li key={`${one.buyer} ${i}`}>{rowOf(one)}</li>
                  ))}
                </ul>
              </>
            }
            // What is missing is said on the page, with the way there.
            act={() => make.mutateAsync().catch(() => undefined)}
          />
        </Row>
      ) : null}
    </>
  )
}

/** Which organisation still has to say what, with the way there. */
const MissingDetails = ({ error }: { error: Error }) => {
  const words = useWords(documentsWords)
  const nameOf = useOrganisationNames()
  const problems = error instanceof RequestError ? error.problems : []
  if (problems.length === 0) return <Refusal error={error} />
  return (
    <InlineAlert status="warning">
      <Stack $gap={1}>
        <p>{words.missing}</p>
        <ul>
          {problems.map(({ pointer, message }) => {
            const [, organisation = '', field = ''] = pointer.split('/')
            return (
              <li key={pointer}>
                {nameOf(organisation)}: {fieldWord(words, field)} <SaidByServer>{message}</SaidByServer>
              </li>
            )
          })}
        </ul>
        <AppLink to="/invoicing">{words.toDetails}</AppLink>
      </Stack>
    </InlineAlert>
  )
}
const fieldWord = (words: Readonly<Record<string, unknown>>, field: string): string => {
  const word = words[field]
  return typeof word === 'string' ? word : field
}

const Table = ({ items, again }: { items: readonly DocumentShown[]; again: () => Promise<void> }) => {
  const { text, format } = useText()
  const words = useWords(documentsWords)
  const session = useSession()
  const announce = useAnnounce()
  const [asked, setAsked] = useState<DocumentShown | null>(null)
  const credit = useMutation({
    mutationFn: ({ id }: DocumentShown) => sendJson('POST', creditPath(id)),
    onSuccess: async () => {
      setAsked(null)
      announce(words.credited)
      await again()
    },
  })
  const mayCredit = ({ seller, credits, creditedBy }: DocumentShown) =>
    seller === session.organisation && credits === null && creditedBy === null && hasRole(session, 'controller')
  return (
    <>
      <DataTable
        caption={words.invoices}
        quietCaption
        rows={items}
        rowKey={({ id }) => id}
        sortWord={text.common.sorted}
        columns={[
          { key: 'number', head: words.number, heading: true, render: ({ number }) => number },
          { key: 'type', head: words.type, render: ({ type }) => words.types[type] },
          { key: 'seller', head: words.seller, render: ({ seller }) => <OrganisationName id={seller} /> },
          { key: 'buyer', head: words.buyer, render: ({ buyer }) => <OrganisationName id={buyer} /> },
          {
            key: 'due',
            head: words.dueDate,
            render: ({ dueDate, type }) => (type === 'memo' ? '–' : format.date(dueDate)),
          },
          { key: 'gross', head: words.gross, figures: true, render: ({ gross }) => format.money(gross) },
          {
            key: 'state',
            head: words.state,
            render: ({ creditedBy, credits }) =>
              words.states[creditedBy !== null ? 'credited' : credits === null ? 'made' : 'credit'],
          },
          {
            key: 'files',
            head: words.files,
            render: (one) => (
              <Row $gap={1}>
                {one.files.map((file) => (
                  <a
                    key={file}
                    href={documentFilePath(one.id, file)}
                    download
                    aria-label={`${one.number}, ${words.fileNames[file]}`}
                  >
                    {words.fileNames[file]}
                  </a>
                ))}
                {mayCredit(one) ? (
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={words.creditOf(one.number)}
                    onClick={() => setAsked(one)}
                  >
                    {words.credit}
                  </Button>
                ) : null}
              </Row>
            ),
          },
        ]}
      />
      {asked === null ? null : (
        <InlineAlert status="warning">
          <Stack $gap={1}>
            <p>{words.sure(asked.number)}</p>
            {credit.error === null ? null : <Refusal error={credit.error} />}
            <Row>
              <Button onClick={() => credit.mutate(asked)} disabled={credit.isPending}>
                {words.creditNow}
              </Button>
              <Button variant="secondary" onClick={() => setAsked(null)}>
                {words.cancel}
              </Button>
            </Row>
          </Stack>
        </InlineAlert>
      )}
    </>
  )
}
