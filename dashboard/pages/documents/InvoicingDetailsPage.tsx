// What our organisation says so that it can invoice and be invoiced.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button, Checkbox, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { InvoicingDetails, InvoicingDetailsRecorded } from '#contract/documents.ts'
import { invoicingDetailsPath, invoicingDetailsQuery } from '#dashboard/client/document-queries.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { WholeField } from '#dashboard/components/WholeField.tsx'
import { documentsWords } from '#dashboard/text/documents/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Grid, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const EMPTY: InvoicingDetails = {
  address: { street: '', postCode: '', town: '', country: 'FI' },
  ovt: '0037',
  operator: '',
  vatRegistered: true,
  paymentDays: 21,
  language: 'fi',
}
const WISHES = ['buyerReference', 'orderNumber', 'contractNumber'] as const

export const InvoicingDetailsPage = () => {
  const words = useWords(documentsWords)
  const { organisation } = useSession()
  const nameOf = useOrganisationNames()
  return (
    <Page title={organisation === null ? words.details : `${words.details}: ${nameOf(organisation)}`}>
      {organisation === null ? (
        <p>{words.noOrganisation}</p>
      ) : (
        <OfOrganisation key={organisation} organisation={organisation} />
      )}
    </Page>
  )
}

const OfOrganisation = ({ organisation }: { organisation: string }) => {
  const details = useQuery(invoicingDetailsQuery(organisation))
  return (
    <WhenLoaded query={details}>
      {(found) => <Form key={found.version} organisation={organisation} recorded={found} />}
    </WhenLoaded>
  )
}

const Form = ({ organisation, recorded }: { organisation: string; recorded: InvoicingDetailsRecorded }) => {
  const words = useWords(documentsWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [form, setForm] = useState<InvoicingDetails>(recorded.details ?? EMPTY)
  const set = (change: Partial<InvoicingDetails>) => setForm({ ...form, ...change })
  const save = useMutation({
    mutationFn: () =>
      sendJson(
        'PUT',
        invoicingDetailsPath(organisation),
        withoutEmpty(form),
        recorded.version === 0 ? undefined : recorded.version,
      ),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['invoicing-details', organisation] })
    },
  })
  const problems = save.error instanceof RequestError ? save.error.problems : []
  const field = (pointer: string, label: string, value: string, change: (value: string) => void, hint?: string) => (
    <TextInput
      labelText={label}
      {...(hint === undefined ? {} : { hintText: hint })}
      fullWidth
      value={value}
      onChange={(typed) => change(String(typed ?? ''))}
      {...(problems.some((one) => one.pointer === pointer) ? { status: 'error' as const } : {})}
    />
  )
  const { address, asBuyer = {} } = form
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Panel as="form" onSubmit={submit}>
      <Stack>
        <p>{words.detailsIntro}</p>
        {save.error === null ? null : problems.length === 0 ? (
          <Refusal error={save.error} />
        ) : (
          <InlineAlert status="error">
            <p>{words.wrong}</p>
            <ul>
              {problems.map(({ pointer, message }) => (
                <li key={pointer}>
                  <strong>{labelOf(words, pointer)}:</strong> <SaidByServer>{message}</SaidByServer>
                </li>
              ))}
            </ul>
          </InlineAlert>
        )}
        <h2>{words.address}</h2>
        <Grid $min={220}>
          {field('/address/street', words.street, address.street, (street) => set({ address: { ...address, street } }))}
          {field('/address/postCode', words.postCode, address.postCode, (postCode) =>
            set({ address: { ...address, postCode } }),
          )}
          {field('/address/town', words.town, address.town, (town) => set({ address: { ...address, town } }))}
          {field('/address/country', words.country, address.country, (country) =>
            set({ address: { ...address, country } }),
          )}
        </Grid>
        <h2>{words.electronic}</h2>
        <Grid $min={280}>
          {field('/ovt', words.ovt, form.ovt, (ovt) => set({ ovt }), words.ovtHint)}
          {field('/operator', words.operator, form.operator, (operator) => set({ operator }), words.operatorHint)}
        </Grid>
        <h2>{words.payment}</h2>
        <Grid $min={220}>
          {field('/iban', words.iban, form.iban ?? '', (iban) => set({ iban }))}
          {field('/bic', words.bic, form.bic ?? '', (bic) => set({ bic }))}
          <WholeField
            label={words.paymentDays}
            value={form.paymentDays}
            least={0}
            most={365}
            fullWidth
            onChange={(paymentDays) => set({ paymentDays })}
          />
        </Grid>
        {field(
          '/numberPrefix',
          words.numberPrefix,
          form.numberPrefix ?? '',
          (numberPrefix) => set({ numberPrefix }),
          words.numberPrefixHint,
        )}
        <Checkbox checked={form.vatRegistered} onClick={({ checkboxState }) => set({ vatRegistered: checkboxState })}>
          {words.vatRegistered}
        </Checkbox>
        <div>
          <Select
            label={words.language}
            value={form.language}
            options={(['fi', 'sv', 'en'] as const).map((value) => ({ value, text: words.languages[value] }))}
            onChange={(language) => set({ language })}
          />
        </div>
        <h2>{words.asBuyer}</h2>
        <Soft as="p">{words.asBuyerText}</Soft>
        <Grid $min={220}>
          {WISHES.map((wish) => (
            <div key={wish}>
              {field(`/asBuyer/${wish}`, words[wish], asBuyer[wish] ?? '', (value) =>
                set({ asBuyer: { ...asBuyer, [wish]: value } }),
              )}
            </div>
          ))}
        </Grid>
        <div>
          <Button type="submit" aria-disabled={save.isPending}>
            {words.save}
          </Button>
        </div>
      </Stack>
    </Panel>
  )
}

const labelOf = (words: Readonly<Record<string, unknown>>, pointer: string): string => {
  const word = words[pointer.split('/').at(-1) ?? '']
  return typeof word === 'string' ? word : pointer
}
/** A field that was left empty is not said. */
function withoutEmpty(form: InvoicingDetails): InvoicingDetails {
  const { iban, bic, numberPrefix, asBuyer, ...rest } = form
  const given = Object.fromEntries(
    Object.entries({ iban, bic, numberPrefix }).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const wishes = Object.fromEntries(Object.entries(asBuyer ?? {}).filter(([, value]) => value !== ''))
  return { ...rest, ...given, ...(Object.keys(wishes).length === 0 ? {} : { asBuyer: wishes }) }
}
