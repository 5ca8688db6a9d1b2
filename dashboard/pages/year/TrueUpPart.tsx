// The year's true-up of a plan: closed months, advances, balance by VAT, and what it waits for.
import { useQuery } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { AdvancePlanShown } from '#contract/advances.ts'
import { documentFilePath } from '#dashboard/client/document-queries.ts'
import { trueUpQuery } from '#dashboard/client/year-queries.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useVatText } from '#dashboard/components/vat-text.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Row, Stack } from '#dashboard/ui/Layout.tsx'

export const TrueUpPart = ({ plan, make }: { plan: AdvancePlanShown; make?: () => void }) => {
  const { text, format } = useText()
  const vatText = useVatText()
  const words = useWords(yearWords)
  const trueUp = useQuery(trueUpQuery(plan.premises, plan.year, plan.id))
  return (
    <Stack>
      <h3>{words.trueUp}</h3>
      <WhenLoaded query={trueUp}>
        {({ open, groups, gross, documents }) => (
          <>
            {groups.length === 0 ? null : (
              <DataTable
                caption={words.trueUp}
                quietCaption
                rows={groups}
                rowKey={({ category, rate }) => `${category} ${rate}`}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'vat',
                    head: words.vat,
                    heading: true,
                    render: vatText,
                  },
                  ...(['actual', 'advance', 'balance'] as const).map((key) => ({
                    key,
                    head: { actual: words.transferred, advance: words.paid, balance: words.balance }[key],
                    figures: true,
                    render: (group: (typeof groups)[number]) => <Figures>{format.money(group[key].net)}</Figures>,
                  })),
                  {
                    key: 'tax',
                    head: `${words.balance}, ${words.vat}`,
                    figures: true,
                    render: ({ balance }) => <Figures>{format.money(balance.vat)}</Figures>,
                  },
                ]}
              />
            )}
            <p>
              <strong>
                {gross.startsWith('-') ? words.give : words.gross}: {format.money(gross.replace('-', ''))}
              </strong>
            </p>
            {open.length === 0 ? null : (
              <InlineAlert status="neutral">
                <p>{words.waitsFor(open.map(format.month).join(', '))}</p>
              </InlineAlert>
            )}
            <Row className="no-print">
              {documents.map(({ id, number }) => (
                <a key={id} href={documentFilePath(id, 'pdf')} download>
                  {number}
                </a>
              ))}
              {make !== undefined && open.length === 0 ? <Button onClick={make}>{words.makeTrueUp}</Button> : null}
            </Row>
          </>
        )}
      </WhenLoaded>
    </Stack>
  )
}
