// The choice of premises, months, keys, a proposal and shares; each change stands in the address at once.
import { useState } from 'react'
import { styled } from 'styled-components'
import { Checkbox, TextInput } from 'suomifi-ui-components'
import type { ProposalRow } from '#contract/proposals.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { addMonths } from '#dashboard/format/zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { whatIfWords } from '#dashboard/text/what-if/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { KEYS, writeShares, type Choice } from './what-if-choice.ts'

/** Months back that can be chosen; more than one what-if may span at once. */
const MONTHS_BACK = 36
const Fields = styled.fieldset`
  border: 0;
  padding: 0;
  margin: 0;
  min-width: 0;
  legend {
    font-weight: 600;
    padding: 0 0 8px;
  }
`
type Props = { choice: Choice; parties: readonly string[]; proposals: readonly ProposalRow[]; today: string }

export const WhatIfChoice = ({ choice, parties, proposals, today }: Props) => {
  const words = useWords(whatIfWords)
  const { format, language } = useText()
  const { set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const months = Array.from({ length: MONTHS_BACK }, (_, i) => addMonths(today.slice(0, 7), -i))
  const options = [...new Set([choice.from, choice.to, ...months])]
    .toSorted()
    .toReversed()
    .map((value) => ({ value, text: format.month(value) }))
  const toggle = (key: (typeof KEYS)[number], on: boolean): void =>
    set({ keys: KEYS.filter((one) => (one === key ? on : choice.keys.includes(one))).join(',') || 'none' })
  return (
    <Stack $gap={3}>
      <h2>{words.choose}</h2>
      <Row $end>
        {all.length > 1 ? (
          <Select
            label={words.premises}
            value={choice.premises}
            options={all.map(({ id }) => ({ value: id, text: nameOf(id) }))}
            onChange={(premises) => set({ premises, proposal: null, shares: null })}
          />
        ) : null}
        <Select
          label={words.from}
          value={choice.from}
          options={options}
          onChange={(from) => set({ from, to: choice.to < from ? from : choice.to })}
        />
        <Select
          label={words.to}
          value={choice.to}
          options={options}
          onChange={(to) => set({ to, from: choice.from > to ? to : choice.from })}
        />
        {proposals.length === 0 ? null : (
          <Select
            label={words.proposal}
            value={choice.proposal ?? ''}
            options={[
              { value: '', text: words.noProposal },
              ...proposals.map(({ id, name, agreement, from }) => ({
                value: id,
                text: `${pickName(name, language, agreement).text}, ${format.date(from)}`,
              })),
            ]}
            onChange={(proposal) => set({ proposal })}
          />
        )}
      </Row>
      <Fields>
        <legend>{words.keys}</legend>
        <Row $gap={3}>
          {KEYS.map((key) => (
            <Checkbox
              key={key}
              checked={choice.keys.includes(key)}
              onClick={({ checkboxState }) => toggle(key, checkboxState)}
            >
              {words.keyNames[key]}
            </Checkbox>
          ))}
          {parties.length === 0 ? null : (
            <Checkbox
              checked={choice.shares !== null}
              onClick={({ checkboxState }) =>
                set({ shares: checkboxState ? writeShares(Object.fromEntries(parties.map((id) => [id, '1']))) : null })
              }
            >
              {words.keyNames.shares}
            </Checkbox>
          )}
        </Row>
      </Fields>
      {choice.shares === null ? null : <Shares key={parties.join(' ')} shares={choice.shares} parties={parties} />}
    </Stack>
  )
}

const Shares = ({ shares, parties }: { shares: Record<string, string>; parties: readonly string[] }) => {
  const words = useWords(whatIfWords)
  const nameOf = useOrganisationNames()
  const { set } = useAddress()
  const [typed, setTyped] = useState(shares)
  const change = (party: string, share: string): void => {
    const next = { ...typed, [party]: share.replaceAll(/[:, ]/g, (sign) => (sign === ',' ? '.' : '')) }
    setTyped(next)
    set({ shares: writeShares(next) })
  }
  return (
    <Fields>
      <legend>{words.sharesLegend}</legend>
      <Stack>
        <Small as="p">{words.sharesHint}</Small>
        <Grid $min={200}>
          {parties.map((party) => (
            <TextInput
              key={party}
              fullWidth
              labelText={nameOf(party)}
              inputMode="decimal"
              value={typed[party] ?? ''}
              onChange={(value) => change(party, String(value ?? ''))}
            />
          ))}
        </Grid>
      </Stack>
    </Fields>
  )
}
