// The public page of a premises: what its shared equipment costs and uses, for anybody, without signing in.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { PublicFigures } from '#contract/public-page.ts'
import { biggestKinds, inOrderOf } from '#dashboard/charts/biggest-kinds.ts'
import { StackedMonths } from '#dashboard/charts/StackedMonths.tsx'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { publicWords } from '#dashboard/text/public/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { unitSign } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'

export const PublicPage = () => {
  const { premises = '' } = useParams()
  const words = useWords(publicWords)
  const { language } = useText()
  const { get } = useAddress()
  // The landlord's manager sees it before it is opened.
  const isPreview = get('preview') !== null
  const path = isPreview
    ? `/premises/${segment(premises)}/public-page/preview`
    : `/public/premises/${segment(premises)}`
  const figures = useQuery({
    queryKey: ['public', premises, isPreview],
    queryFn: ({ signal }) => getJson<PublicFigures>(apiPath(path), signal),
    refetchOnWindowFocus: false,
    retry: false,
  })
  const isGone = figures.error instanceof RequestError && figures.error.status === 404
  if (isGone)
    return (
      <Page title={words.gone}>
        <p>{words.goneText}</p>
      </Page>
    )
  const name = pickName(figures.data?.name, language, premises).text
  return (
    <Page
      title={figures.data === undefined && figures.error === null ? words.page : words.title(name)}
      lead={words.lead}
    >
      {isPreview ? (
        <Panel>
          <p>{words.preview}</p>
          <AppLink to={`/costs/${premises}/figures`}>{words.previewBack}</AppLink>
        </Panel>
      ) : null}
      {figures.error !== null ? (
        <Refusal error={figures.error} retry={() => void figures.refetch()} />
      ) : figures.data === undefined ? (
        <Loading />
      ) : (
        <Shown figures={figures.data} />
      )}
    </Page>
  )
}

const Shown = ({ figures }: { figures: PublicFigures }) => {
  const { text, format } = useText()
  const words = useWords(publicWords)
  const months = figures.months.toReversed()
  const categories = [...new Set(months.flatMap(({ sums }) => sums.map(({ category }) => category)))].sort()
  const used = categories.filter((one) =>
    months.some(({ sums }) => sums.some(({ category, use }) => category === one && use !== null)),
  )
  const sumOf = (month: (typeof months)[number], category: string) =>
    month.sums.find((one) => one.category === category)
  const unitOf = (category: string) =>
    months.flatMap(({ sums }) => sums).find((one) => one.category === category && one.use !== null)?.use?.unit ?? null
  const bars = figures.months.map(({ month, sums }) => ({
    month,
    total: null,
    pieces: sums.map(({ category, euros }) => ({ key: category, amount: euros })),
  }))
  const kinds = biggestKinds(bars, (key) => wordOf(text.categories, key))
  const heading = {
    key: 'month',
    head: words.month,
    heading: true,
    sort: ({ month }: (typeof months)[number]) => month,
    render: ({ month }: (typeof months)[number]) => format.month(month),
  }
  const table = (
    caption: string,
    keys: readonly string[],
    head: (key: string) => string,
    cell: (month: (typeof months)[number], key: string) => string,
  ) => (
    <Panel>
      <Stack>
        <h2>{caption}</h2>
        <DataTable
          caption={caption}
          quietCaption
          rows={months}
          rowKey={({ month }) => month}
          sortWord={text.common.sorted}
          columns={[
            heading,
            ...keys.map((key) => ({
              key,
              head: head(key),
              figures: true,
              render: (month: (typeof months)[number]) => <Figures>{cell(month, key)}</Figures>,
            })),
          ]}
        />
      </Stack>
    </Panel>
  )
  return (
    <Stack $gap={3}>
      <p>
        {[figures.address, figures.floorM2 === null ? null : words.floor(format.decimal(figures.floorM2))]
          .filter((one) => one !== null)
          .join(' · ')}
      </p>
      {months.length === 0 ? (
        <Panel>
          <p>{words.none}</p>
        </Panel>
      ) : (
        <>
          <Panel>
            <Stack>
              <h2>{words.costs}</h2>
              <StackedMonths label={words.costs} fileName="public" kinds={kinds} bars={inOrderOf(kinds, bars)} />
            </Stack>
          </Panel>
          {used.length === 0
            ? null
            : table(
                words.use,
                used,
                (key) => `${wordOf(text.categories, key)} (${unitSign(unitOf(key) ?? '')})`,
                (month, key) => {
                  const quantity = sumOf(month, key)?.use?.quantity
                  return quantity === undefined ? '–' : format.number(Number(quantity), 1)
                },
              )}
        </>
      )}
      <Small as="p">{words.rule(figures.leastParties, figures.mostPercent)}</Small>
    </Stack>
  )
}
