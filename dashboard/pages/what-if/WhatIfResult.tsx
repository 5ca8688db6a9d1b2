// The outcome: parties against keys over the whole time, a picture of it, the months of one key with its cost types, and the way to a proposal.
import { useMutation } from '@tanstack/react-query'
import { styled } from 'styled-components'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { ProposalShown } from '#contract/proposals.ts'
import type { WhatIfAnswer } from '#contract/what-if.ts'
import { extentOf, ShareBar } from '#dashboard/charts/ShareBar.tsx'
import { Legend } from '#dashboard/charts/StackedMonths.tsx'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { addMonths } from '#dashboard/format/zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { whatIfWords } from '#dashboard/text/what-if/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { Difference } from '#dashboard/components/Difference.tsx'
import { WhatIfMonths } from './WhatIfMonths.tsx'

const Bars = styled.dl`
  display: grid;
  grid-template-columns: minmax(120px, 1fr) 4fr;
  gap: 8px 16px;
  align-items: center;
  dt {
    font-size: 16px;
  }
  @media (max-width: 599px) {
    grid-template-columns: 1fr;
    gap: 2px;
    dd {
      margin-bottom: 12px;
    }
  }
`
type Props = { answer: WhatIfAnswer; standing: AgreementRecorded | null; pending: boolean }
export type Variant = WhatIfAnswer['variants'][number]

export const WhatIfResult = ({ answer, standing, pending }: Props) => {
  const words = useWords(whatIfWords)
  const { text, format, language } = useText()
  const { get, set } = useAddress()
  const { was, variants, months, organisations, parties, simulated } = answer
  const nameOf = (id: string): string => pickName(organisations[id], language, id).text
  const shown = variants.find(({ name }) => name === get('shown')) ?? variants[0]
  const open = months.filter(({ status }) => status !== 'closed')
  const piecesOf = (rows: readonly { party: string; net: string }[]) =>
    rows.map(({ party, net }) => ({ party, amount: net, look: parties.indexOf(party) }))
  const bars = [{ name: words.was, rows: was.parties }, ...variants.map(({ name, parties: rows }) => ({ name, rows }))]
  const extent = extentOf(bars.map(({ rows }) => piecesOf(rows)))
  return (
    <Stack $gap={3} aria-busy={pending} style={pending ? { opacity: 0.6 } : undefined}>
      <Panel>
        <Stack>
          <h2>{words.whole}</h2>
          <Soft as="p">{words.wholeText}</Soft>
          {pending ? <output>{words.computing}</output> : null}
          <DataTable
            caption={words.whole}
            quietCaption
            rows={was.parties}
            rowKey={({ party }) => party}
            sortWord={text.common.sorted}
            columns={[
              { key: 'party', head: text.costs.party, heading: true, render: ({ party }) => nameOf(party) },
              {
                key: 'was',
                head: words.was,
                figures: true,
                render: ({ net }) => <Figures>{format.money(net)}</Figures>,
              },
              ...variants.flatMap(({ name, parties: rows }, i) => {
                const of = (party: string) => rows.find((row) => row.party === party)
                return [
                  {
                    key: `net-${i}`,
                    head: name,
                    figures: true,
                    render: ({ party }: { party: string }) => <Figures>{format.money(of(party)?.net ?? null)}</Figures>,
                  },
                  {
                    key: `difference-${i}`,
                    head: words.difference(name),
                    figures: true,
                    render: ({ party }: { party: string }) => <Difference amount={of(party)?.netDifference ?? null} />,
                  },
                ]
              }),
            ]}
          />
          {open.length === 0 ? null : (
            <Small as="p">{words.draftMonths(open.map(({ period }) => format.month(period)).join(', '))}</Small>
          )}
          {simulated ? <Small as="p">{words.simulated}</Small> : null}
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.picture}</h2>
          <Bars>
            {bars.map(({ name, rows }) => (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>
                  <ShareBar
                    label={rows.map(({ party, net }) => `${nameOf(party)} ${format.money(net)}`).join(', ')}
                    pieces={piecesOf(rows)}
                    extent={extent}
                  />
                </dd>
              </div>
            ))}
          </Bars>
          <Legend kinds={parties.map((key, look) => ({ key, look, name: nameOf(key) }))} base="what-if" />
        </Stack>
      </Panel>
      {shown === undefined ? null : (
        <Panel>
          <Stack $gap={3}>
            <Row $spread $end>
              <h2>{words.byMonthOf(shown.name)}</h2>
              <Select
                label={words.shownKey}
                value={shown.name}
                options={variants.map(({ name }) => ({ value: name, text: name }))}
                onChange={(name) => set({ shown: name })}
              />
            </Row>
            <NotSplit variant={shown} />
            <WhatIfMonths variant={shown} nameOf={nameOf} />
            <MakeProposal variant={shown} standing={standing} premises={answer.premises} />
          </Stack>
        </Panel>
      )}
    </Stack>
  )
}

const NotSplit = ({ variant }: { variant: Variant }) => {
  const words = useWords(whatIfWords)
  const { text, format } = useText()
  const blocked = variant.months.flatMap((month) => month.blocked.map((one) => ({ ...one, period: month.period })))
  if (blocked.length === 0) return null
  const whys = Map.groupBy(blocked, ({ period, category, code }) => `${period} ${category} ${code}`)
  return (
    <InlineAlert status="warning" labelText={words.blockedTitle}>
      <Stack $gap={1}>
        <p>{words.blockedText(format.money(variant.blockedNet))}</p>
        <ul>
          {[...whys.values()]
            .slice(0, 12)
            .map(([one]) =>
              one === undefined ? null : (
                <li key={`${one.period}${one.item}`}>
                  {words.blockedItem(
                    format.month(one.period),
                    wordOf(text.categories, one.category),
                    text.costs.reasons[one.code],
                  )}
                </li>
              ),
            )}
        </ul>
      </Stack>
    </InlineAlert>
  )
}

/** The standing agreement with the rules tried, from the next month on, as a draft to go on with. */
const MakeProposal = ({
  variant,
  standing,
  premises,
}: {
  variant: Variant
  standing: AgreementRecorded | null
  premises: string
}) => {
  const words = useWords(whatIfWords)
  const session = useSession()
  const go = useGo()
  const { timeZoneOf } = usePremisesNames()
  const from = `${addMonths(localDate(useNow(), timeZoneOf(premises)).slice(0, 7), 1)}-01`
  const make = useMutation({
    mutationFn: (rules: NonNullable<Variant['rules']>) => {
      if (standing === null) return Promise.resolve(null)
      const { id, name, parties, commentDays } = standing
      const agreement = {
        id,
        premises,
        parties,
        ...(name === undefined ? {} : { name }),
        ...(commentDays === undefined ? {} : { commentDays }),
      }
      return sendJson<ProposalShown>('POST', apiPath('/proposals'), { agreement, version: { from, to: null, rules } })
    },
    onSuccess: (made) => (made === null ? undefined : void go(`/agreements/proposals/${made.id}/edit`)),
  })
  const { rules } = variant
  if (rules === null || session.organisation === null || !hasRole(session, 'controller', 'manager')) return null
  if (standing === null) return <Small as="p">{words.noAgreement}</Small>
  return (
    <Stack $gap={1}>
      {make.error === null ? null : <Refusal error={make.error} />}
      <div>
        <Button disabled={make.isPending} onClick={() => make.mutate(rules)}>
          {words.makeProposal}
        </Button>
      </div>
      <Small as="p">{words.makeProposalText}</Small>
    </Stack>
  )
}
