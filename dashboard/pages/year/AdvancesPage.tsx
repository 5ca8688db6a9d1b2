// Advance payments of a year: plans with their invoices, and a proposal of one's own.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { AdvancePlanShown, AdvancePlanWanted } from '#contract/advances.ts'
import { documentFilePath } from '#dashboard/client/document-queries.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import { advancesPath, advancesQuery, planPath } from '#dashboard/client/year-queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { WholeField } from '#dashboard/components/WholeField.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Grid, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { TrueUpPart } from './TrueUpPart.tsx'
import { YearPage, type YearOf } from './YearPage.tsx'

export const AdvancesPage = () => <YearPage tab="advances">{(of) => <OfYear {...of} />}</YearPage>

const OfYear = ({ premises, year, party }: YearOf) => {
  const words = useWords(yearWords)
  const session = useSession()
  const plans = useQuery(advancesQuery(premises.id, year))
  const isController = session.organisation !== null && session.roles.includes('controller')
  return (
    <WhenLoaded query={plans}>
      {({ items }) => {
        const taken = new Set(
          items.filter(({ state }) => state !== 'declined').flatMap((one) => [one.seller, one.buyer]),
        )
        const buyers = premises.summary.parties.filter((one) => one !== party && !taken.has(one))
        return (
          <>
            <Panel>
              <Stack>
                <h2>{words.advances}</h2>
                <Soft as="p">{words.advancesIntro}</Soft>
                {items.length === 0 ? <Empty title={words.noPlans} /> : null}
              </Stack>
            </Panel>
            {items.map((plan) => (
              <PlanPanel key={plan.id} plan={plan} isController={isController} />
            ))}
            {isController && buyers.length > 0 ? (
              <Propose premises={premises.id} year={year} buyers={buyers} items={items} />
            ) : null}
          </>
        )
      }}
    </WhenLoaded>
  )
}

const useYearChanged = () => {
  const client = useQueryClient()
  const announce = useAnnounce()
  return async (sentence: string) => {
    announce(sentence)
    await client.invalidateQueries({ queryKey: ['year'] })
  }
}

const PlanPanel = ({ plan, isController }: { plan: AdvancePlanShown; isController: boolean }) => {
  const { text, format } = useText()
  const words = useWords(yearWords)
  const nameOf = useOrganisationNames()
  const session = useSession()
  const changed = useYearChanged()
  const act = useMutation({
    mutationFn: ({ step, body }: { step: string; body: unknown }) => sendJson('POST', planPath(plan.id, step), body),
    onSuccess: () => changed(words.done),
  })
  const isSeller = isController && session.organisation === plan.seller
  const isBuyer = session.organisation === plan.buyer && (isController || session.roles.includes('signatory'))
  return (
    <Panel>
      <Stack>
        <h2>{words.plan(nameOf(plan.buyer), nameOf(plan.seller))}</h2>
        <Facts
          facts={[
            [text.costs.state, plan.settled ? words.settled : words.planStates[plan.state]],
            [words.monthly, `${format.money(plan.monthly.gross)} (${words.vat} ${format.money(plan.monthly.vat)})`],
            [words.from, format.month(plan.from)],
            [words.dueDay, String(plan.dueDay)],
            ...(plan.text === '' ? [] : [[words.text, plan.text] satisfies [string, string]]),
          ]}
        />
        {act.error === null ? null : <Refusal error={act.error} />}
        {plan.state === 'proposed' && isBuyer ? (
          <Row className="no-print">
            <Button onClick={() => act.mutate({ step: 'answer', body: { answer: 'agreed' } })} disabled={act.isPending}>
              {words.agree}
            </Button>
            <Button
              variant="secondary"
              onClick={() => act.mutate({ step: 'answer', body: { answer: 'declined' } })}
              disabled={act.isPending}
            >
              {words.decline}
            </Button>
          </Row>
        ) : null}
        {plan.state === 'agreed' ? (
          <>
            <DataTable
              caption={words.invoice}
              quietCaption
              rows={plan.months}
              rowKey={({ month }) => month}
              sortWord={text.common.sorted}
              columns={[
                { key: 'month', head: words.month, heading: true, render: ({ month }) => format.month(month) },
                { key: 'due', head: words.dueDate, render: ({ dueDate }) => format.date(dueDate) },
                {
                  key: 'invoice',
                  head: words.invoice,
                  render: ({ month, documents, numbers }) =>
                    documents.length > 0 ? (
                      <Row $gap={1}>
                        {documents.map((id, i) => (
                          <a key={id} href={documentFilePath(id, 'pdf')} download>
                            {numbers[i]}
                          </a>
                        ))}
                      </Row>
                    ) : isSeller && !plan.settled ? (
                      <Button
                        variant="secondaryNoBorder"
                        aria-label={words.invoiceOf(format.month(month))}
                        onClick={() => act.mutate({ step: 'invoices', body: { month } })}
                        disabled={act.isPending}
                      >
                        {words.makeInvoice}
                      </Button>
                    ) : (
                      words.notMade
                    ),
                },
              ]}
            />
            <TrueUpPart
              plan={plan}
              {...(isSeller && !plan.settled ? { make: () => act.mutate({ step: 'true-up', body: undefined }) } : {})}
            />
          </>
        ) : null}
      </Stack>
    </Panel>
  )
}

type ProposeProps = { premises: string; year: number; buyers: string[]; items: readonly AdvancePlanShown[] }
const Propose = ({ premises, year, buyers, items }: ProposeProps) => {
  const words = useWords(yearWords)
  const { format } = useText()
  const nameOf = useOrganisationNames()
  const changed = useYearChanged()
  const [buyer, setBuyer] = useState(buyers[0] ?? '')
  const [from, setFrom] = useState(`${year}-01`)
  const [amount, setAmount] = useState('')
  const [category, setCategory] = useState<'S' | 'E' | 'O'>('S')
  const [rate, setRate] = useState(() => format.decimal('25.5'))
  const [dueDay, setDueDay] = useState(15)
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () => {
      const wanted: AdvancePlanWanted = {
        buyer,
        from,
        dueDay,
        lines: [{ net: typedAmount(amount), vat: { category, rate: category === 'S' ? typedDecimal(rate) : '0' } }],
        text,
      }
      const declined = items.find((one) => one.buyer === buyer || one.seller === buyer)
      return sendJson('PUT', advancesPath(premises, year), wanted, declined?.version)
    },
    onSuccess: () => changed(words.proposed),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`)
  return (
    <Panel as="form" onSubmit={submit} className="no-print">
      <Stack>
        <h2>{words.propose}</h2>
        {send.error === null ? null : (
          <Refusal
            error={send.error}
            fields={{
              '/buyer': words.buyer,
              '/from': words.from,
              '/dueDay': words.dueDay,
              '/lines/*/net': words.amount,
              '/lines/*/vat/rate': words.rate,
              '/text': words.text,
            }}
          />
        )}
        <Row $end>
          <Select
            label={words.buyer}
            value={buyer}
            options={buyers.map((value) => ({ value, text: nameOf(value) }))}
            onChange={setBuyer}
          />
          <Select
            label={words.from}
            value={from}
            options={months.map((value) => ({ value, text: format.month(value) }))}
            onChange={setFrom}
          />
          <Select
            label={words.vatRate}
            value={category}
            options={(['S', 'E', 'O'] as const).map((value) => ({ value, text: words.vatRates[value] }))}
            onChange={setCategory}
          />
        </Row>
        <Grid $min={220}>
          <AmountField label={words.amount} fullWidth value={amount} onChange={setAmount} />
          {category === 'S' ? (
            <TextInput
              labelText={words.rate}
              inputMode="decimal"
              fullWidth
              value={rate}
              onChange={(value) => setRate(String(value ?? ''))}
            />
          ) : null}
          <WholeField label={words.dueDay} value={dueDay} least={1} most={31} fullWidth onChange={setDueDay} />
        </Grid>
        <TextInput labelText={words.text} fullWidth value={text} onChange={(value) => setText(String(value ?? ''))} />
        <Row>
          <Button type="submit" disabled={amount.trim() === '' || send.isPending}>
            {words.propose}
          </Button>
        </Row>
      </Stack>
    </Panel>
  )
}
