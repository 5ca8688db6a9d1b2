// The connectors that the session sees.
import { useQuery } from '@tanstack/react-query'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { connectorsQuery } from './connect-queries.ts'

export const Connectors = () => {
  const { connectors: words } = useWords(connectWords)
  const { text } = useText()
  const { nameOf } = usePremisesNames()
  const query = useQuery(connectorsQuery)
  return (
    <Panel>
      <Stack $gap={3}>
        <Soft as="p">{words.lead}</Soft>
        <p>
          <AppLink to="/connect/connectors/new">{words.add}</AppLink>
        </p>
        <WhenLoaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.none} step={words.noneStep} />
            ) : (
              <DataTable
                caption={words.lead}
                quietCaption
                rows={items}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'name',
                    head: words.name,
                    heading: true,
                    sort: ({ name }) => name,
                    render: ({ id, name, acceptUnknown }) => (
                      <Stack $gap={0.5}>
                        <AppLink to={`/connect/connectors/${id}`}>{name}</AppLink>
                        {acceptUnknown ? <Small>{words.acceptUnknownShort}</Small> : null}
                      </Stack>
                    ),
                  },
                  {
                    key: 'filter',
                    head: words.filter,
                    sort: ({ topicFilter }) => topicFilter,
                    render: ({ topicFilter }) => <code>{topicFilter}</code>,
                  },
                  { key: 'codec', head: words.codec, sort: ({ codec }) => codec, render: ({ codec }) => codec },
                  {
                    key: 'gateway',
                    head: words.gateway,
                    sort: ({ credential }) => credential,
                    render: ({ credential }) => credential,
                  },
                  { key: 'premises', head: words.premises, render: ({ premises }) => nameOf(premises) },
                  {
                    key: 'keys',
                    head: words.keys,
                    figures: true,
                    sort: ({ deviceMap }) => Object.keys(deviceMap).length,
                    render: ({ deviceMap }) => Object.keys(deviceMap).length,
                  },
                ]}
              />
            )
          }
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}
