// One guided act: a closed invoice with a wrong payer or VAT, what is right, what that does, and then credited and entered anew.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { InvoiceRecorded } from '#contract/costs.ts'
import type { Correction, CorrectionWanted } from '#contract/corrections.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { TOUCHED_BY_A_STEP } from '#dashboard/client/month-queries.ts'
import { organisationsQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useVatText } from '#dashboard/components/vat-text.ts'
import { decimalToType, typedDecimal } from '#dashboard/format/typed.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { CorrectionEffects } from './CorrectionEffects.tsx'

const VAT_CATEGORIES = ['S', 'Z', 'E', 'O', 'AE'] as const

export const CorrectInvoice = () => {
  const { premises = '', invoice = '' } = useParams()
  const known = useQuery(premisesQuery(premises))
  const found = useQuery({
    queryKey: ['invoices', invoice],
    queryFn: ({ signal }) => getJson<InvoiceRecorded>(apiPath(`/invoices/${segment(invoice)}`), signal),
  })
  return (
    <PageWhenLoaded query={known}>
      {(house) => <PageWhenLoaded query={found}>{(one) => <Form premises={house} invoice={one} />}</PageWhenLoaded>}
    </PageWhenLoaded>
  )
}

const Form = ({ premises, invoice }: { premises: PremisesRecorded; invoice: InvoiceRecorded }) => {
  const words = useWords(monthWords)
  const { text, format, language } = useText()
  const nameOf = useOrganisationNames()
  const vatText = useVatText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const organisations = useQuery(organisationsQuery).data ?? []
  const [payer, setPayer] = useState(invoice.payer)
  const [category, setCategory] = useState(invoice.vat.category)
  const [rate, setRate] = useState(decimalToType(invoice.vat.rate, language))
  const [net, setNet] = useState(decimalToType(invoice.net, language))
  const act = useMutation({
    mutationFn: (apply: boolean) =>
      sendJson<Correction>('POST', apiPath(`/invoices/${segment(invoice.id)}/correction`), {
        payer,
        vat: { category, rate: category === 'S' ? typedDecimal(rate) : '0' },
        net: typedAmount(net),
        apply,
      } satisfies CorrectionWanted),
    onSuccess: async (done) => {
      if (done?.applied !== true) return announce(words.effects(format.month(done?.month ?? '')))
      announce(words.applied(format.month(done.month)))
      await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED_BY_A_STEP.includes(String(queryKey[0])) })
    },
  })
  const name = pickName(premises.name, language, premises.id).text
  const done = act.data ?? null
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      act.reset()
    }
  return (
    <Page
      title={words.correctTitle(invoice.number ?? invoice.id)}
      crumbs={[
        { to: '/costs', text: text.nav.costs },
        { to: `/costs/${premises.id}`, text: name },
      ]}
      lead={words.correctText}
    >
      <Panel>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate(false)
          }}
        >
          <Stack $gap={3}>
            <h2>{words.asIs}</h2>
            <Facts
              facts={[
                [words.payer, nameOf(invoice.payer)],
                [text.costs.vat, vatText(invoice.vat)],
                [text.costs.net, format.money(invoice.net)],
              ]}
            />
            <h2>{words.right}</h2>
            <Row $gap={2} $end>
              <Select
                label={words.payer}
                value={payer}
                options={organisations.map(({ id }) => ({ value: id, text: nameOf(id) }))}
                onChange={changed(setPayer)}
              />
              <Select
                label={words.vatCategory}
                value={category}
                options={VAT_CATEGORIES.map((value) => ({ value, text: text.costs.vatCategories[value](rate) }))}
                onChange={changed(setCategory)}
              />
              {category === 'S' ? (
                <TextInput
                  labelText={words.vatRate}
                  value={rate}
                  inputMode="decimal"
                  onChange={(value) => changed(setRate)(String(value ?? ''))}
                />
              ) : null}
              <AmountField label={words.netRight} value={net} onChange={changed(setNet)} />
            </Row>
            {act.error === null ? null : <Refusal error={act.error} />}
            {done === null ? (
              <div>
                <Button type="submit" disabled={act.isPending}>
                  {words.preview}
                </Button>
              </div>
            ) : null}
          </Stack>
        </form>
      </Panel>
      {done === null ? null : (
        <Panel>
          <Stack $gap={3}>
            <CorrectionEffects correction={done} />
            {done.applied ? (
              <InlineAlert>
                <Stack $gap={1}>
                  <p>{words.applied(format.month(done.month))}</p>
                  <AppLink to={`/costs/${premises.id}/${done.month}`}>{words.toMonth}</AppLink>
                </Stack>
              </InlineAlert>
            ) : (
              <div>
                <Button disabled={act.isPending} onClick={() => act.mutate(true)}>
                  {words.apply}
                </Button>
              </div>
            )}
          </Stack>
        </Panel>
      )}
    </Page>
  )
}
