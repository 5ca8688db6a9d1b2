// The money facts of the device: purchase, funding, covers, expected life, replacement; book value and parts on any day.
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { InlineAlert } from 'suomifi-ui-components'
import type { DeviceMoney as Money } from '#contract/device-money.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { problemKind, type ProblemKind } from '#dashboard/client/problem.ts'
import { deviceMoneyQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { localDate } from '#domain/writing/date.ts'
import { COVERS } from './money-draft.ts'
import { MoneyForm } from './MoneyForm.tsx'

/** Who may not see the money of a device sees no section; every other failure is said. */
const QUIET: ReadonlySet<ProblemKind> = new Set(['not-allowed', 'not-found'])

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceMoney = ({ device, timeZone }: Props) => {
  const { money: words } = useWords(lifecycleWords)
  const { format } = useText()
  const session = useSession()
  const dateId = useId()
  const today = localDate(useNow(), timeZone)
  const [at, setAt] = useState(today)
  const asked = useQuery(deviceMoneyQuery(device.id, at === '' ? today : at))
  const money = asked.data
  if (money === undefined)
    return asked.error === null || QUIET.has(problemKind(asked.error)) ? null : (
      <Panel>
        <Stack>
          <h2>{words.title}</h2>
          <Refusal error={asked.error} retry={() => void asked.refetch()} />
        </Stack>
      </Panel>
    )
  const facts = factsOf(money, words, format)
  return (
    <Panel>
      <Stack $gap={3}>
        <Row $spread>
          <h2>{words.title}</h2>
          {money.acquisition === null ? null : (
            <div className="no-print">
              <DateField id={dateId} label={words.date} value={at} onChange={setAt} />
            </div>
          )}
        </Row>
        {money.warnings.length === 0 ? null : (
          <InlineAlert status="warning" labelText={words.attention}>
            <ul>
              {money.warnings.map(({ code, on, by }) => (
                <li key={`${code} ${by ?? ''}`}>{words.warnings[code](format.date(on), by ?? '')}</li>
              ))}
            </ul>
          </InlineAlert>
        )}
        {facts.length === 0 ? <Soft as="p">{words.nothing}</Soft> : <Facts facts={facts} />}
        <Parts money={money} />
        {hasRole(session, 'manager') ? (
          <p className="no-print">
            <AppLink to={`/devices/${device.id}/edit#purchase`}>{words.edit}</AppLink>
          </p>
        ) : hasRole(session, 'controller') ? (
          <div className="no-print">
            <Fold summary={<strong>{words.edit}</strong>}>
              <MoneyForm key={device.version} device={device} facts={money.facts} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

type Words = Awaited<ReturnType<typeof lifecycleWords>>['money']
type Format = ReturnType<typeof useText>['format']
/** What is recorded, as pairs of a name and a text. */
const factsOf = (
  { at, acquisition, bookValue, lifeEnds, facts }: Money,
  words: Words,
  format: Format,
): [string, React.ReactNode][] => {
  const { supplier, funding = [], expectedLifeMonths: months, replacement } = facts
  const found: [string, React.ReactNode][] = []
  if (acquisition !== null)
    found.push([
      words.purchase,
      words.purchaseText(format.money(acquisition.cost), format.date(acquisition.date), acquisition.usefulLifeMonths),
    ])
  if (supplier !== undefined) found.push([words.supplier, supplier])
  if (bookValue !== null) found.push([words.bookValue(format.date(at)), format.money(bookValue)])
  if (funding.length > 0)
    found.push([
      words.funding,
      funding.map(({ by, amount, decision, encumberedUntil }) => (
        <div key={`${by} ${decision ?? ''} ${amount}`}>
          {words.grant(format.money(amount), decision === undefined ? by : `${by} ${decision}`)}
          {encumberedUntil === undefined ? '' : `, ${words.encumbered(format.date(encumberedUntil))}`}
        </div>
      )),
    ])
  for (const name of COVERS) {
    const cover = facts[name]
    if (cover === undefined) continue
    const by = cover.reference === undefined ? cover.by : `${cover.by} ${cover.reference}`
    found.push([words[name], words.cover(by, format.date(cover.until))])
  }
  if (months !== undefined)
    found.push([
      words.expectedLife,
      lifeEnds === null ? words.lifeText(months) : words.lifeTextUntil(months, format.date(lifeEnds)),
    ])
  if (replacement !== undefined)
    found.push([
      words.replacement,
      <>
        {words.replacementText(format.money(replacement.cost), format.date(replacement.on))}
        {replacement.note === undefined ? null : <div>{replacement.note}</div>}
      </>,
    ])
  return found
}

/** What each owner's part is of the book value and of the replacement. */
const Parts = ({ money: { bookParts, replacementParts } }: { money: Money }) => {
  const { money: words } = useWords(lifecycleWords)
  const { text, format } = useText()
  const owners = [...new Set([...bookParts, ...replacementParts].map(({ organisation }) => organisation))]
  if (owners.length < 2) return null
  const amountIn = (parts: Money['bookParts'], owner: string): string => {
    const part = parts.find(({ organisation }) => organisation === owner)
    return part === undefined ? '–' : `${format.money(part.amount)} (${part.share})`
  }
  return (
    <DataTable
      caption={words.parts}
      rows={owners}
      rowKey={(owner) => owner}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'owner',
          head: words.owner,
          heading: true,
          render: (owner) => <OrganisationName id={owner} />,
        },
        ...(bookParts.length === 0
          ? []
          : [
              {
                key: 'book',
                head: words.ofBookValue,
                figures: true,
                render: (owner: string) => amountIn(bookParts, owner),
              },
            ]),
        ...(replacementParts.length === 0
          ? []
          : [
              {
                key: 'replacement',
                head: words.ofReplacement,
                figures: true,
                render: (owner: string) => amountIn(replacementParts, owner),
              },
            ]),
      ]}
    />
  )
}
