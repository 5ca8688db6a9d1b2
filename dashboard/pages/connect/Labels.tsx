// Labels: codes are made for devices or for whatever comes, printed on sheets that are sold, and lost ones withdrawn.
import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClaimListed, ClaimPage, ClaimsMade } from '#contract/claims.ts'
import { apiPath, getJson, sendJson } from '#dashboard/client/http.ts'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { LabelForm } from './LabelForm.tsx'
import { PrintLabels } from './PrintLabels.tsx'

const KEY = ['claims', 'list']
const claimsQuery = infiniteQueryOptions({
  queryKey: KEY,
  queryFn: ({ pageParam, signal }) => getJson<ClaimPage>(apiPath('/claims', { limit: 200, after: pageParam }), signal),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

export const Labels = () => {
  const { labels: words } = useWords(connectWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [made, setMade] = useState<ClaimsMade | null>(null)
  const query = useInfiniteQuery(claimsQuery)
  const withdraw = async (batch: string) => {
    const answer = await sendJson<{ withdrawn: number }>('POST', apiPath('/claims/withdraw'), { batch })
    announce(words.withdrawn(answer?.withdrawn ?? 0))
    await client.invalidateQueries({ queryKey: KEY })
  }
  return (
    <Stack $gap={3}>
      <LabelForm
        done={async (answer) => {
          setMade(answer)
          await client.invalidateQueries({ queryKey: KEY })
        }}
      />
      {made === null ? null : <PrintLabels key={made.batch} made={made} close={() => setMade(null)} />}
      <Panel>
        <Stack>
          <h2>{words.batches}</h2>
          <WhenLoaded query={query}>
            {({ pages }) => {
              const batches = byBatch(pages.flatMap(({ items }) => items))
              return batches.length === 0 ? (
                <Empty title={words.none} step={words.noneStep} />
              ) : (
                <Batches batches={batches} withdraw={withdraw} />
              )
            }}
          </WhenLoaded>
          <MoreRows list={query} />
        </Stack>
      </Panel>
    </Stack>
  )
}

type Batch = {
  batch: string
  madeAt: string
  expiresAt: string | null
  premises: string | null
  count: { open: number; used: number; withdrawn: number; expired: number }
}
/** The labels that were made together, counted by what became of them. */
const byBatch = (claims: readonly ClaimListed[]): Batch[] => {
  const batches = new Map<string, Batch>()
  for (const { batch, madeAt, expiresAt, premises, state, expired } of claims) {
    const known = batches.get(batch)
    const entry = known ?? {
      batch,
      madeAt,
      expiresAt,
      premises,
      count: { open: 0, used: 0, withdrawn: 0, expired: 0 },
    }
    if (known !== undefined && known.premises !== premises) entry.premises = null
    entry.expiresAt ??= expiresAt
    entry.count[state === 'open' && expired ? 'expired' : state]++
    batches.set(batch, entry)
  }
  return [...batches.values()]
}

const Batches = ({ batches, withdraw }: { batches: Batch[]; withdraw: (batch: string) => Promise<void> }) => {
  const { labels: words } = useWords(connectWords)
  const sure = useWords(sureWords)
  const { text, format } = useText()
  const { nameOf } = usePremisesNames()
  return (
    <DataTable
      caption={words.batches}
      quietCaption
      rows={batches}
      rowKey={({ batch }) => batch}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'made',
          head: words.made,
          heading: true,
          sort: ({ madeAt }) => madeAt,
          render: ({ madeAt }) => format.instant(madeAt, OWN_ZONE, 'minute'),
        },
        {
          key: 'premises',
          head: words.premises,
          render: ({ premises }) => (premises === null ? words.anyPremises : nameOf(premises)),
        },
        {
          key: 'states',
          head: words.labels,
          render: ({ count }) =>
            (['open', 'used', 'expired', 'withdrawn'] as const)
              .filter((state) => count[state] > 0)
              .map((state) => words.states[state](count[state]))
              .join(', '),
        },
        {
          key: 'until',
          head: words.until,
          sort: ({ expiresAt }) => expiresAt,
          render: ({ expiresAt }) => (expiresAt === null ? '–' : format.instant(expiresAt, OWN_ZONE, 'minute')),
        },
        {
          key: 'act',
          act: true,
          head: words.act,
          render: ({ batch, madeAt, count }) =>
            count.open === 0 ? null : (
              <SureButton
                text={words.withdraw}
                label={words.withdrawOf(count.open, format.instant(madeAt, OWN_ZONE, 'minute'))}
                effect={sure.labels(count.open)}
                act={() => withdraw(batch)}
              />
            ),
        },
      ]}
    />
  )
}
