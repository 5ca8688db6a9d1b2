// The explanation of one party's share as readable text.
import { useInfiniteQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { Explanation } from '#contract/explanation.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { pickName } from '#domain/writing/names.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { unitSign } from '#domain/writing/number.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { explainShare } from './explain.ts'
import type { ExplainWords } from './words.ts'

const Sentences = styled.ol`
  li {
    padding: 3px 0;
    max-width: 90ch;
  }
  li[data-depth='1'] {
    padding-left: 24px;
  }
  li[data-depth='2'] {
    padding-left: 48px;
  }
  li[data-depth='3'] {
    padding-left: 72px;
  }
`
type Props = { explanation: Explanation; party: string; premises: PremisesRecorded }
export const Explained = ({ explanation, party, premises }: Props) => {
  const { text } = useText()
  const words = useExplainWords(premises)
  const titles = {
    amount: text.explain.amount,
    split: text.explain.split,
    share: text.explain.share(words.party(party)),
  }
  return (
    <Stack $gap={3}>
      {explainShare(explanation, party, words).map(({ key, sentences }) => (
        <Stack key={key} $gap={1}>
          <h3>{titles[key]}</h3>
          <Sentences>
            {sentences.map(({ text: sentence, depth }, i) => (
              // Sentences have no identity of their own; their order is the explanation.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={i} data-depth={Math.min(3, depth)}>
                {key === 'share' && i === sentences.length - 1 ? <strong>{sentence}</strong> : sentence}
              </li>
            ))}
          </Sentences>
        </Stack>
      ))}
    </Stack>
  )
}

const useExplainWords = (premises: PremisesRecorded): ExplainWords => {
  const { text, format, language } = useText()
  const party = useOrganisationNames()
  const devices = useInfiniteQuery(deviceListQuery({ premises: premises.id }, 200))
  const names = new Map((devices.data?.pages ?? []).flatMap(({ items }) => items).map(({ id, name }) => [id, name]))
  const spaces = new Map((premises.spaces ?? []).map(({ id, name }) => [id, name]))
  return {
    text: text.explain,
    party,
    device: (id) => pickName(names.get(id), language, id).text,
    space: (id) => pickName(spaces.get(id), language, id).text,
    unit: unitSign,
    date: format.date,
    lastDay: (to) => format.date(addDays(to, -1)),
    month: format.month,
    instant: (instant) => format.instant(instant, premises.timeZone),
    percent: (fraction) => format.percent(fraction),
    list: format.list,
    decimal: format.decimal,
    money: format.money,
  }
}
