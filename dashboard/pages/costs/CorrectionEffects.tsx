// What a correction does: credit and new entry, the change on each party's statement, and who owes whom before and after.
import type { Correction } from '#contract/corrections.ts'
import type { Transfer } from '#contract/settlements.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { useVatText } from '#dashboard/components/vat-text.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Grid, Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const CorrectionEffects = ({ correction }: { correction: Correction }) => {
  const words = useWords(monthWords)
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const vatText = useVatText()
  const { credit, entry, changed, moved, month, transfers } = correction
  const facts = ({ net, payer, vat }: Correction['credit']): [string, React.ReactNode][] => [
    [text.costs.net, format.money(net)],
    [words.payer, nameOf(payer)],
    [text.costs.vat, vatText(vat)],
  ]
  return (
    <>
      <h2>{words.effects(format.month(month))}</h2>
      <Grid $min={280}>
        <Stack $gap={1}>
          <h3>{words.credit}</h3>
          <Facts min={120} facts={facts(credit)} />
        </Stack>
        <Stack $gap={1}>
          <h3>{words.entry}</h3>
          <Facts min={120} facts={facts(entry)} />
        </Stack>
      </Grid>
      {changed === null ? null : (
        <p>
          {words.changedNet}: <strong>{format.money(changed.net)}</strong>. <Soft>{words.changedNetText}</Soft>
        </p>
      )}
      <DataTable
        caption={words.moved}
        rows={moved}
        rowKey={({ party }) => party}
        sortWord={text.common.sorted}
        columns={[
          { key: 'party', head: text.costs.party, heading: true, render: ({ party }) => nameOf(party) },
          { key: 'net', head: text.costs.net, figures: true, render: ({ net }) => format.money(net) },
          { key: 'vat', head: text.costs.vat, figures: true, render: ({ vat }) => format.money(vat) },
          { key: 'gross', head: text.costs.gross, figures: true, render: ({ gross }) => format.money(gross) },
        ]}
      />
      <Grid $min={280}>
        <Owed title={words.owesBefore} transfers={transfers.before} />
        <Owed title={words.owesAfter} transfers={transfers.after} />
      </Grid>
    </>
  )
}

const Owed = ({ title, transfers }: { title: string; transfers: readonly Transfer[] }) => {
  const words = useWords(monthWords)
  const { format } = useText()
  const nameOf = useOrganisationNames()
  return (
    <Stack $gap={1}>
      <h3>{title}</h3>
      {transfers.length === 0 ? <p>{words.nobodyOwes}</p> : null}
      <ul>
        {transfers.map(({ from, to, gross }) => (
          <li key={`${from} ${to}`}>
            {words.transferOf(nameOf(from), nameOf(to))}: <strong>{format.money(gross)}</strong>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
