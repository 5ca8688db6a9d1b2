// What if the costs had been split otherwise? Months and keys are chosen, the figures stand beside what was, and one of them becomes a proposal.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { InlineAlert } from 'suomifi-ui-components'
import type { WhatIfAnswer, WhatIfWanted } from '#contract/what-if.ts'
import { proposalsQuery } from '#dashboard/client/agreement-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { DemonstrationNote } from '#dashboard/components/DemonstrationNote.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Loading, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { whatIfWords } from '#dashboard/text/what-if/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { localDate } from '#domain/writing/date.ts'
import { MOST_VARIANTS, readChoice, wantedOf } from './what-if-choice.ts'
import { WhatIfChoice } from './WhatIfChoice.tsx'
import { WhatIfResult } from './WhatIfResult.tsx'

export const WhatIfPage = () => {
  const words = useWords(whatIfWords)
  const { text } = useText()
  const { get } = useAddress()
  const { all } = usePremisesNames()
  const premises = get('premises') ?? all[0]?.id ?? ''
  return (
    <Page title={words.title} crumbs={[{ to: '/agreements', text: text.nav.agreements }]} lead={words.lead}>
      {premises === '' ? <Loading /> : <Chosen key={premises} premises={premises} />}
    </Page>
  )
}

const whatIfQuery = (premises: string, wanted: WhatIfWanted) => ({
  queryKey: ['what-if', premises, wanted],
  queryFn: () =>
    sendJson<WhatIfAnswer>('POST', apiPath(`/premises/${segment(premises)}/what-if`), wanted) as Promise<WhatIfAnswer>,
  placeholderData: keepPreviousData,
  staleTime: 60_000,
})

const Chosen = ({ premises }: { premises: string }) => {
  const words = useWords(whatIfWords)
  const { get } = useAddress()
  const { all, timeZoneOf } = usePremisesNames()
  const today = localDate(useNow(), timeZoneOf(premises))
  const choice = readChoice(get, premises, today)
  const agreements = useQuery(agreementsQuery(premises))
  const proposals = useQuery(proposalsQuery())
  const open = (proposals.data?.items ?? []).filter(
    (one) => one.premises === premises && (one.state === 'draft' || one.state === 'proposed'),
  )
  const standing = agreements.data?.items.find(({ states }) => states.some(({ inForce }) => inForce)) ?? null
  const wanted = wantedOf(choice, { keys: words.keyNames, proposal: words.proposal })
  const count = wanted.variants.length
  const asked = useQuery({ ...whatIfQuery(premises, wanted), enabled: count > 0 && count <= MOST_VARIANTS })
  const demonstration = all.find(({ id }) => id === premises)?.demonstration === true
  return (
    <Stack $gap={3}>
      <DemonstrationNote premises={{ demonstration }} />
      <Panel>
        <WhatIfChoice choice={choice} parties={standing?.parties ?? []} proposals={open} today={today} />
      </Panel>
      {count === 0 || count > MOST_VARIANTS ? (
        <InlineAlert>{count === 0 ? words.nothingChosen : words.tooMany}</InlineAlert>
      ) : asked.error !== null ? (
        <Refusal error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        <WhenLoaded query={asked}>
          {(answer) => <WhatIfResult answer={answer} standing={standing} pending={asked.isPlaceholderData} />}
        </WhenLoaded>
      )}
    </Stack>
  )
}
