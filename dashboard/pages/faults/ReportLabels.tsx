// Labels of the public page: codes for all devices and spaces of a premises, printed as a sheet, withdrawn one by one.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { ReportCodeShown, ReportCodesMade } from '#contract/reports.ts'
import { labelSheetsQuery, reportCodesQuery } from '#dashboard/client/fault-queries.ts'
import { apiPath, sendForFile, sendJson } from '#dashboard/client/http.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { saveFile } from '#dashboard/ui/download.ts'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const WHAT = ['both', 'devices', 'spaces'] as const
/** What one sheet takes. */
const MOST = 1000

export const ReportLabels = () => {
  const words = useWords(faultWords)
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const premises = get('premises') ?? (all.length === 1 ? (all[0]?.id ?? '') : '')
  return (
    <Page title={words.labelsTitle} lead={words.labelsLead} crumbs={[{ to: '/faults', text: words.title }]}>
      <Panel>
        <Stack $gap={3}>
          <div>
            <Select
              label={words.premises}
              value={premises}
              options={[
                { value: '', text: words.chooseChoice },
                ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
              ]}
              onChange={(chosen) => set({ premises: chosen })}
            />
          </div>
          {premises === '' ? null : <Print key={premises} premises={premises} />}
        </Stack>
      </Panel>
      {premises === '' ? null : <Codes premises={premises} />}
    </Page>
  )
}

const Print = ({ premises }: { premises: string }) => {
  const words = useWords(faultWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const sheets = useQuery(labelSheetsQuery).data?.items ?? []
  const [all, setAll] = useState<(typeof WHAT)[number]>('both')
  const [sheet, setSheet] = useState('a4-21')
  const [first, setFirst] = useState('1')
  const print = useMutation({
    mutationFn: async () => {
      const made = await sendJson<ReportCodesMade>('POST', apiPath('/report-codes'), { premises, all })
      const codes = (made?.items ?? []).slice(0, MOST).map(({ code }) => code)
      const start = Number(first)
      const wanted = { codes, sheet, ...(Number.isInteger(start) && start > 1 ? { first: start } : {}) }
      saveFile(`report-labels-${sheet}.pdf`, await sendForFile(apiPath('/report-codes/labels'), wanted))
      return codes.length
    },
    onSuccess: async (count) => {
      announce(words.madeLabels(String(count)))
      await client.invalidateQueries({ queryKey: ['report-codes'] })
    },
  })
  return (
    <Stack>
      <Row $gap={2} $end>
        <Select
          label={words.labelsWhat}
          value={all}
          options={WHAT.map((value) => ({ value, text: words.labelsOptions[value] }))}
          onChange={setAll}
        />
        <Select
          label={words.sheet}
          value={sheet}
          options={sheets.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={setSheet}
        />
        <TextInput
          labelText={words.firstLabel}
          inputMode="numeric"
          value={first}
          onChange={(value) => setFirst(String(value ?? ''))}
        />
      </Row>
      {print.error === null ? null : <Refusal error={print.error} />}
      <div>
        <Button aria-disabled={print.isPending} onClick={() => print.mutate()}>
          {words.makeLabels}
        </Button>
      </div>
      <output>{print.data === undefined ? '' : words.madeLabels(String(print.data))}</output>
    </Stack>
  )
}

const Codes = ({ premises }: { premises: string }) => {
  const words = useWords(faultWords)
  const { text, format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const codes = useQuery(reportCodesQuery(premises))
  const { timeZoneOf } = usePremisesNames()
  const withdraw = useMutation({
    mutationFn: ({ code }: ReportCodeShown) => sendJson('POST', apiPath('/report-codes/withdraw'), { codes: [code] }),
    onSuccess: async () => {
      announce(words.withdrawn)
      await client.invalidateQueries({ queryKey: ['report-codes'] })
    },
  })
  return (
    <Panel>
      <Stack>
        <h2>{words.codes}</h2>
        {withdraw.error === null ? null : <Refusal error={withdraw.error} />}
        <WhenLoaded query={codes}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.noCodes} />
            ) : (
              <DataTable
                caption={words.codes}
                quietCaption
                rows={items}
                rowKey={({ code }) => code}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'of',
                    head: words.codeHeads.of,
                    heading: true,
                    sort: ({ device, space }) => device ?? space,
                    render: ({ name, device, space }) => <Name names={name} id={device ?? space ?? ''} />,
                  },
                  { key: 'code', head: words.codeHeads.code, render: ({ code }) => <code>{code}</code> },
                  {
                    key: 'made',
                    head: words.codeHeads.made,
                    sort: ({ madeAt }) => madeAt,
                    render: ({ madeAt }) => format.instant(madeAt, timeZoneOf(premises), 'day'),
                  },
                  {
                    key: 'action',
                    act: true,
                    head: words.codeHeads.action,
                    render: (one) => (
                      <Row $gap={1}>
                        <AppLink to={`/r/${one.code}`}>{words.preview}</AppLink>
                        <Button variant="secondaryNoBorder" onClick={() => withdraw.mutate(one)}>
                          {words.withdraw}
                        </Button>
                      </Row>
                    ),
                  },
                ]}
              />
            )
          }
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}
