// The service book: everything that was done, the newest first; by year, kind and words, and as files.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SearchInput } from 'suomifi-ui-components'
import type { BookEntry } from '#contract/inspections.ts'
import { apiPath, segment } from '#dashboard/client/http.ts'
import { bookQuery } from '#dashboard/client/service-queries.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { AttachmentList } from '#dashboard/components/Attachments.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { pickName } from '#domain/writing/names.ts'
import { Photos } from './Photos.tsx'
import { useService } from './ServicePage.tsx'

const KINDS = ['task', 'inspection', 'fault'] as const
const PAGE = 50
const MOST = 200

export const BookPage = () => {
  const words = useWords(serviceWords)
  const { premises } = useService()
  return premises === '' ? <p>{words.choosePremises}</p> : <ServiceBook premises={premises} />
}

export const ServiceBook = ({ premises }: { premises: string }) => {
  const words = useWords(serviceWords)
  const { book } = words
  const { text, language } = useText()
  const { get, set } = useAddress()
  const [limit, setLimit] = useState(PAGE)
  const [year, kind, q, device] = [get('year') ?? '', get('kind') ?? '', get('q') ?? '', get('device') ?? '']
  const [typed, setTyped] = useState(q)
  const filters = { year, kind, q, device, language }
  const query = useQuery(bookQuery(premises, { ...filters, limit }))
  const file = (form: 'csv' | 'pdf') => apiPath(`/premises/${segment(premises)}/service-book.${form}`, filters)
  return (
    <Stack $gap={3}>
      <p>{book.intro}</p>
      <Row $end className="no-print">
        <Select
          label={book.year}
          value={year}
          options={[
            { value: '', text: book.allYears },
            ...(query.data?.years ?? []).map((one) => ({ value: String(one), text: String(one) })),
          ]}
          onChange={(value) => set({ year: value })}
        />
        <Select
          label={book.kind}
          value={kind}
          options={[
            { value: '', text: book.allKinds },
            ...KINDS.map((value) => ({ value: value as string, text: book.kinds[value] })),
          ]}
          onChange={(value) => set({ kind: value })}
        />
        <SearchInput
          labelText={words.search}
          searchButtonLabel={words.search}
          clearButtonLabel={text.common.close}
          value={typed}
          onChange={(value) => setTyped(String(value ?? ''))}
          onSearch={(value) => set({ q: String(value ?? '').trim() })}
        />
        {device === '' ? null : <AppLink to={`/service/book?premises=${premises}`}>{book.allDevices}</AppLink>}
      </Row>
      <Row className="no-print">
        <a href={file('csv')} download>
          {book.csv}
        </a>
        <a href={file('pdf')} download>
          {book.pdf}
        </a>
      </Row>
      <WhenLoaded query={query}>
        {({ items, next }) => (
          <Panel>
            <Stack $gap={3}>
              {items.length === 0 ? <Empty title={book.none} /> : <BookEntries items={items} />}
              {next === null || limit >= MOST ? null : (
                <p>
                  <button type="button" onClick={() => setLimit(MOST)}>
                    {words.showMore}
                  </button>
                </p>
              )}
            </Stack>
          </Panel>
        )}
      </WhenLoaded>
    </Stack>
  )
}

const ADDRESSES = { task: '/service/tasks/', inspection: '/service/inspections/', fault: '/faults/' } as const
export const BookEntries = ({ items }: { items: readonly BookEntry[] }) => {
  const { book } = useWords(serviceWords)
  const { format, language } = useText()
  const organisation = useOrganisationNames()
  return (
    <Stack $gap={3}>
      {[...Map.groupBy(items, ({ on }) => on.slice(0, 4))].map(([year, list]) => (
        <Stack key={year} as="section">
          <h2>{year}</h2>
          {list.map((entry) => (
            <Stack key={`${entry.id} ${entry.at}`} as="article" $gap={1}>
              <h3>
                {format.date(entry.on)}:{' '}
                <AppLink to={`${ADDRESSES[entry.kind]}${entry.id}`}>
                  {pickName(entry.title, language, entry.id).text}
                </AppLink>
              </h3>
              <Soft>
                {[
                  book.kinds[entry.kind],
                  wordOf(book.results, entry.result),
                  entry.device === null
                    ? null
                    : pickName(entry.device.name ?? undefined, language, entry.device.id).text,
                  [entry.by, entry.organisation === null ? '' : organisation(entry.organisation)]
                    .filter((one) => one !== '')
                    .join(', '),
                ]
                  .filter((one) => one !== null && one !== '')
                  .join(' · ')}
              </Soft>
              {entry.what.length === 0 ? null : (
                <ul>
                  {entry.what.map((line, i) => (
                    <li key={i}>
                      <Small>{line}</Small>
                    </li>
                  ))}
                </ul>
              )}
              <Photos digests={entry.photos} />
              {entry.certificate === null ? null : <AttachmentList files={[entry.certificate]} />}
            </Stack>
          ))}
        </Stack>
      ))}
    </Stack>
  )
}
