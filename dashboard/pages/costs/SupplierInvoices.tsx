// A supplier's invoice held against the own metering: its figures by form, and what the difference is made of.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { SupplierInvoice, SupplierInvoicePage } from '#contract/checks.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { checksQuery } from '#dashboard/client/month-queries.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Grid, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

const PARTS = ['volume', 'price', 'timing', 'fixed', 'difference'] as const
type Props = { details: SettlementDetails }

/** Nothing where nothing is metered. */
export const SupplierInvoices = ({ details }: Props) => {
  const words = useWords(monthWords)
  const { text, format } = useText()
  const session = useSession()
  const { premises, period, items } = details.settlement
  const findings = useQuery(checksQuery(premises, period)).data?.findings ?? []
  const rows = findings.filter(({ code }) => code === 'supplier-invoice')
  const isMetered = items.some(({ source }) => source === 'metered')
  if (!isMetered || (rows.length === 0 && !hasRole(session, 'controller', 'admin'))) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.supplierTitle}</h2>
        <Soft as="p">{words.supplierLead}</Soft>
        {rows.length === 0 ? null : (
          <DataTable
            caption={words.supplierTitle}
            quietCaption
            rows={rows}
            rowKey={({ figures }) => JSON.stringify(figures)}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'number',
                head: words.supplierFields.number,
                heading: true,
                render: ({ figures }) => (figures['number'] ?? '') || '–',
              },
              ...PARTS.map((part) => ({
                key: part,
                head: words.supplierParts[part],
                figures: true,
                render: ({ figures }: (typeof rows)[number]) => format.money(figures[part] ?? '0'),
              })),
            ]}
          />
        )}
        {hasRole(session, 'controller', 'admin') ? (
          <div className="no-print">
            <Fold summary={<strong>{words.supplierAdd}</strong>}>
              <Form details={details} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

const TYPED = ['number', 'supplier', 'net', 'fixed', 'quantity', 'unit'] as const
const Form = ({ details }: Props) => {
  const words = useWords(monthWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [fromId, lastId] = [useId(), useId()]
  const { premises, period, items } = details.settlement
  const metered = [
    ...new Map(
      items
        .filter(({ source }) => source === 'metered')
        .map(({ id }) => [id.replace(/^metered:|@\d{4}-\d{2}-\d{2}$/g, ''), details.itemNames[id]]),
    ),
  ]
  const [cost, setCost] = useState(metered[0]?.[0] ?? '')
  const [typed, setTyped] = useState({ number: '', supplier: '', net: '', fixed: '0', quantity: '', unit: 'kWh' })
  const [from, setFrom] = useState(`${period}-01`)
  const [last, setLast] = useState(addDays(`${addDays(`${period}-01`, 31).slice(0, 7)}-01`, -1))
  const send = useMutation({
    mutationFn: async () => {
      const body: SupplierInvoice = {
        ...typed,
        net: typedAmount(typed.net),
        fixed: typedAmount(typed.fixed),
        quantity: typedDecimal(typed.quantity),
        meteredCost: cost,
        serviceFrom: from,
        serviceTo: addDays(last, 1),
      }
      const path = `/premises/${segment(premises)}/supplier-invoices`
      // The same number of the same supplier is the same invoice: it is replaced.
      const known = await getJson<SupplierInvoicePage>(apiPath(path, { limit: 200 }))
      const same = known.items.find(({ number, supplier }) => number === body.number && supplier === body.supplier)
      const id = same?.id ?? `i-${crypto.randomUUID()}`
      return sendJson('PUT', apiPath(`${path}/${segment(id)}`), body, same?.version)
    },
    onSuccess: async () => {
      announce(words.supplierSaved)
      await client.invalidateQueries({ queryKey: checksQuery(premises, period).queryKey })
    },
  })
  const isComplete = [typed.number, typed.net, typed.fixed, typed.quantity, typed.unit, from, last, cost].every(
    (one) => one.trim() !== '',
  )
  return (
    <Stack>
      <Grid $min={220}>
        <Select
          label={words.supplierFields.cost}
          value={cost}
          options={metered.map(([value, names]) => ({ value, text: pickName(names, language, value).text }))}
          onChange={setCost}
        />
        {TYPED.map((key) => {
          const field = {
            value: typed[key],
            fullWidth: true,
            onChange: (value: string | number | undefined) => setTyped({ ...typed, [key]: String(value ?? '') }),
          }
          return key === 'net' || key === 'fixed' ? (
            <AmountField key={key} label={words.supplierFields[key]} {...field} />
          ) : (
            <TextInput key={key} labelText={words.supplierFields[key]} {...field} />
          )
        })}
        <DateField id={fromId} label={words.supplierFields.from} value={from} onChange={setFrom} />
        <DateField id={lastId} label={words.supplierFields.last} value={last} onChange={setLast} />
      </Grid>
      {send.error === null ? null : <Refusal error={send.error} />}
      {send.isSuccess ? <p>{words.supplierSaved}</p> : null}
      <div>
        <Button disabled={!isComplete || send.isPending} onClick={() => send.mutate()}>
          {words.supplierSave}
        </Button>
      </div>
    </Stack>
  )
}
