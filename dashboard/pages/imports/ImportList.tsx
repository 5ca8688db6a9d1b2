// All imports: bring a file in, find an earlier one again, and see which spot prices are missing.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import {
  IMPORT_LISTS,
  importListQuery,
  type ImportFilter,
  importQuery,
  priceGapsQuery,
  uploadImport,
} from '#dashboard/client/imports.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { Sending } from '#dashboard/components/Sending.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Filters, Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { FileDrop } from './FileDrop.tsx'
import { InvoiceForm } from './InvoiceForm.tsx'
import { PriceGaps } from '#dashboard/components/PriceGaps.tsx'

const KINDS = [
  'invoices',
  'readings',
  'datahub',
  'prices',
  'headcounts',
  'spaces',
  'usage',
  'devices',
  'model',
] as const

export const ImportList = () => {
  const { text } = useText()
  const words = useWords(importWords)
  const session = useSession()
  /** The premises whose invoice is to be entered, when somebody came for that. */
  const asked = useSearchParams()[0].get('invoice')
  const go = useGo()
  const client = useQueryClient()
  const { timeZoneOf } = usePremisesNames()
  const [kind, setKind] = useState<(typeof KINDS)[number] | ''>('')
  const { get, set } = useAddress()
  const filter: ImportFilter = {}
  for (const key of ['kind', 'state', 'premises'] as const) {
    const value = get(key)
    if (value !== null) filter[key] = value
  }
  const list = useInfiniteQuery(importListQuery(filter))
  const gaps = useQuery(priceGapsQuery)
  const [sent, setSent] = useState(0)
  const upload = useMutation({
    mutationFn: ({ file, as }: { file: File; as: string }) => {
      setSent(0)
      return uploadImport(file, as, setSent)
    },
    onSuccess: async (made) => {
      client.setQueryData(importQuery(made.id).queryKey, made)
      await client.invalidateQueries({ queryKey: IMPORT_LISTS })
      await go(`/imports/${made.id}`)
    },
  })
  const mayImport = hasRole(session, 'technician', 'manager', 'controller')
  return (
    <Page title={words.title} lead={words.lead}>
      <PriceGaps gaps={gaps.data?.items ?? []} />
      {mayImport ? (
        <Panel aria-labelledby="new-import">
          <Stack>
            <h2 id="new-import">{words.newTitle}</h2>
            <div>
              <Select
                label={words.kindLabel}
                value={kind}
                options={[
                  { value: '' as const, text: words.recognise },
                  ...KINDS.map((value) => ({ value, text: words.kinds[value] })),
                ]}
                onChange={setKind}
              />
            </div>
            <FileDrop
              label={words.choose}
              also={words.drop}
              hint={words.forms}
              onFile={(file) => upload.mutate({ file, as: kind })}
            />
            {hasRole(session, 'controller') ? (
              <Fold open={asked !== null} summary={words.invoiceTitle}>
                <InvoiceForm
                  premises={asked ?? ''}
                  busy={upload.isPending}
                  onFile={(file) => {
                    upload.mutate({ file, as: 'invoices' })
                  }}
                />
              </Fold>
            ) : null}
            {upload.isPending ? <Sending part={sent} sending={words.sending} reading={words.reading} /> : null}
            {upload.error === null ? null : <Refusal error={upload.error} />}
          </Stack>
        </Panel>
      ) : null}
      <Panel>
        <Stack>
          <h2>{words.listTitle}</h2>
          <Filters aria-label={words.listTitle}>
            <Select
              label={words.content}
              value={filter.kind ?? ''}
              options={[
                { value: '', text: text.common.all },
                ...KINDS.map((value) => ({ value, text: words.kinds[value] })),
              ]}
              onChange={(value) => set({ kind: value })}
            />
            <Select
              label={words.state}
              value={filter.state ?? ''}
              options={[
                { value: '', text: text.common.all },
                ...Object.entries(words.states).map(([value, name]) => ({ value, text: name })),
              ]}
              onChange={(value) => set({ state: value })}
            />
          </Filters>
          <WhenLoaded query={list}>
            {({ pages }) => {
              const items = pages.flatMap((page) => page.items)
              return items.length === 0 ? (
                <Empty title={words.none} />
              ) : (
                <Stack>
                  <DataTable
                    caption={words.listTitle}
                    quietCaption
                    rows={items}
                    rowKey={({ id }) => id}
                    sortWord={text.common.sorted}
                    columns={[
                      {
                        key: 'name',
                        head: words.file,
                        heading: true,
                        sort: ({ name }) => name,
                        render: ({ id, name }) => <AppLink to={`/imports/${id}`}>{name}</AppLink>,
                      },
                      {
                        key: 'kind',
                        head: words.content,
                        sort: (one) => one.kind,
                        render: (one) => words.kinds[one.kind],
                      },
                      {
                        key: 'rows',
                        head: words.rows,
                        figures: true,
                        sort: ({ rows }) => rows,
                        render: ({ rows }) => rows,
                      },
                      {
                        key: 'state',
                        head: words.state,
                        sort: ({ state }) => state,
                        render: ({ state, failure }) => (
                          <Stack $gap={0.5}>
                            <span>{words.states[state]}</span>
                            {failure === null ? null : <Small>{words.failed}</Small>}
                          </Stack>
                        ),
                      },
                      {
                        key: 'at',
                        head: words.at,
                        sort: ({ at }) => at,
                        render: ({ at, premises }) => <Age at={at} timeZone={timeZoneOf(premises ?? '')} />,
                      },
                    ]}
                  />
                  <MoreRows list={list} />
                  <TableLinks list="imports" filters={filter} />
                </Stack>
              )
            }}
          </WhenLoaded>
        </Stack>
      </Panel>
    </Page>
  )
}
