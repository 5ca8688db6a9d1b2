// Who has approved by which decision, and whose approval is missing.
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'

type Approval = { organisation: string; decision?: string; at?: string; by?: string }
type Props = { approvals: readonly Approval[]; missing: readonly string[]; premises: string }
export const ApprovalTable = ({ approvals, missing, premises }: Props) => {
  const { text, format } = useText()
  const words = useWords(agreementPages)
  const { timeZoneOf } = usePremisesNames()
  const rows: (Approval & { waits: boolean })[] = [
    ...approvals.map((approval) => ({ ...approval, waits: false })),
    ...missing.map((organisation) => ({ organisation, waits: true })),
  ]
  return (
    <DataTable
      caption={words.approvals}
      quietCaption
      rows={rows}
      rowKey={({ organisation }) => organisation}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'party',
          head: words.party,
          heading: true,
          render: ({ organisation }) => <OrganisationName id={organisation} />,
        },
        {
          key: 'state',
          head: text.costs.state,
          render: ({ waits }) => <StateMark state={waits ? 'waiting' : 'accepted'} />,
        },
        { key: 'decision', head: words.decision, render: ({ decision }) => decision ?? '–' },
        {
          key: 'at',
          head: words.approvedAt,
          render: ({ at }) => (at === undefined ? '–' : format.instant(at, timeZoneOf(premises), 'day')),
        },
        // Approvals that came with an import name nobody.
        ...(rows.some(({ by }) => by !== undefined)
          ? [{ key: 'by', head: words.by, render: ({ by }: Approval) => by ?? '–' }]
          : []),
      ]}
    />
  )
}
