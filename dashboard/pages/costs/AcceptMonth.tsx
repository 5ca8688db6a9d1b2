// A party accepts its month: the figures that it accepts are shown first, and it is done only then.
import { styled } from 'styled-components'
import type { PartyResponseWanted, SettlementDetails } from '#contract/settlements.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { details: SettlementDetails; party: string; done: () => Promise<void> }
export const AcceptMonth = ({ details, party, done }: Props) => {
  const { text, format } = useText()
  const { accept: words } = useWords(sureWords)
  const { premises, period } = details.settlement
  return (
    <SureButton
      variant="default"
      text={text.costs.accept}
      title={words.title(format.month(period))}
      effect={<Accepted details={details} party={party} />}
      act={async () => {
        const body: PartyResponseWanted = { party, item: null, answer: 'accepted' }
        await sendJson('POST', apiPath(`/premises/${segment(premises)}/settlements/${period}/responses`), body)
        await done()
      }}
    />
  )
}

const Accepted = ({ details: { settlement, issue }, party }: Omit<Props, 'done'>) => {
  const { text, format } = useText()
  const { accept: words } = useWords(sureWords)
  const nameOf = useOrganisationNames()
  const own = settlement.statements.find((one) => one.party === party)
  const figures: [key: string, name: string, amount: string][] = [
    ['net', text.costs.net, own?.net ?? '0.00'],
    ['vat', text.costs.vat, own?.vat ?? '0.00'],
    [
      'gross',
      `${words.whole}, ${text.costs.gross.replace(/^./, (letter) => letter.toLowerCase())}`,
      own?.gross ?? '0.00',
    ],
    ...settlement.transfers.flatMap(({ from, to, gross }): [string, string, string][] =>
      from === party
        ? [[`to ${to}`, words.pays(nameOf(to)), gross]]
        : to === party
          ? [[`from ${from}`, words.receives(nameOf(from)), gross]]
          : [],
    ),
  ]
  return (
    <Stack>
      <p>{text.costs.acceptEffect(nameOf(party))}</p>
      <List>
        {figures.map(([key, name, amount]) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{key === 'net' || key === 'vat' ? format.money(amount) : <strong>{format.money(amount)}</strong>}</dd>
          </div>
        ))}
      </List>
      <Soft as="p">{words.exactly(issue)}</Soft>
      <p>
        <AppLink to={`/costs/${settlement.premises}/${settlement.period}/statements/${party}`}>{words.read}</AppLink>
      </p>
    </Stack>
  )
}

const List = styled.dl`
  margin: 0;
  > div {
    display: flex;
    justify-content: space-between;
    gap: 24px;
    padding: 8px 0;
    border-bottom: 1px solid var(--line);
  }
  dd {
    margin: 0;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
`
