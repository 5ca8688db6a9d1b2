// Labels that were just made: their codes are shown this once, and printed as PDF on a sheet that is sold.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { ClaimsMade, LabelSheetList } from '#contract/claims.ts'
import { apiPath, getJson, sendForFile } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { saveFile } from '#dashboard/ui/download.ts'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

export const PrintLabels = ({ made, close }: { made: ClaimsMade; close: () => void }) => {
  const { labels: words } = useWords(connectWords)
  const { text, language } = useText()
  const sheets = useQuery({
    queryKey: ['claims', 'sheets'],
    queryFn: ({ signal }) => getJson<LabelSheetList>(apiPath('/claims/sheets'), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [sheet, setSheet] = useState('a4-21')
  const [first, setFirst] = useState('1')
  const chosen = sheets.data?.items.find(({ id }) => id === sheet)
  const position = Number(first)
  const isPlace = Number.isInteger(position) && position >= 1 && position <= (chosen?.labels ?? 1)
  const print = useMutation({
    mutationFn: () =>
      sendForFile(apiPath('/claims/labels'), {
        codes: made.items.map(({ code }) => code),
        sheet,
        first: position,
        language,
      }),
    onSuccess: (file) => saveFile(`labels-${sheet}.pdf`, file),
  })
  return (
    <Panel>
      <Stack $gap={3}>
        <InlineAlert status="warning" labelText={words.madeTitle(made.items.length)}>
          {words.once}
        </InlineAlert>
        {print.error === null ? null : <Refusal error={print.error} />}
        <Select
          label={words.sheet}
          value={sheet}
          options={(sheets.data?.items ?? []).map(({ id, name }) => ({ value: id, text: name }))}
          onChange={setSheet}
        />
        {(chosen?.labels ?? 1) === 1 ? null : (
          <TextInput
            labelText={words.first}
            hintText={words.firstHint(chosen?.labels ?? 1)}
            value={first}
            inputMode="numeric"
            onChange={(value) => setFirst(String(value ?? ''))}
            {...(isPlace ? {} : { status: 'error' as const, statusText: words.firstHint(chosen?.labels ?? 1) })}
          />
        )}
        <Row>
          <Button aria-disabled={!isPlace || print.isPending} onClick={() => (isPlace ? print.mutate() : undefined)}>
            {words.print}
          </Button>
          <Button variant="secondary" onClick={close}>
            {text.common.close}
          </Button>
        </Row>
        <Fold summary={words.codes}>
          <DataTable
            caption={words.codes}
            quietCaption
            rows={made.items}
            rowKey={({ code }) => code}
            sortWord={text.common.sorted}
            columns={[
              { key: 'number', head: words.number, heading: true, render: ({ number }) => number },
              { key: 'code', head: words.code, render: ({ code }) => <code>{code}</code> },
              { key: 'device', head: words.device, render: ({ device }) => device ?? words.anyDevice },
            ]}
          />
        </Fold>
      </Stack>
    </Panel>
  )
}
