// Feedback on accessibility as it came, with the day by which an answer is due.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { FeedbackPage } from '#contract/feedback.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { statementWords } from '#dashboard/text/statements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'

const feedbackQuery = queryOptions({
  queryKey: ['feedback'],
  queryFn: ({ signal }) => getJson<FeedbackPage>(apiPath('/feedback', { limit: 200 }), signal),
})

export const FeedbackInbox = () => {
  const { inbox: words } = useWords(statementWords)
  const { text, format } = useText()
  const client = useQueryClient()
  const query = useQuery(feedbackQuery)
  const change = useMutation({
    mutationFn: ({ id, state }: { id: string; state: 'open' | 'answered' }) =>
      sendJson<null>('PATCH', apiPath(`/feedback/${segment(id)}`), { state }),
    onSuccess: () => client.invalidateQueries({ queryKey: feedbackQuery.queryKey }),
  })
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        {change.error === null ? null : <Refusal error={change.error} />}
        <WhenLoaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.none} />
            ) : (
              <DataTable
                caption={words.title}
                quietCaption
                rows={items}
                rowKey={({ id }) => id}
                sortWord={text.common.sorted}
                columns={[
                  { key: 'text', head: words.text, heading: true, render: ({ text: said }) => said },
                  { key: 'page', head: words.page, render: ({ page }) => page ?? '–' },
                  { key: 'contact', head: words.contact, render: ({ contact }) => contact ?? words.noContact },
                  {
                    key: 'due',
                    head: words.due,
                    sort: ({ dueAt }) => dueAt,
                    render: ({ dueAt }) => format.instant(dueAt, OWN_ZONE, 'day'),
                  },
                  { key: 'state', head: words.state, sort: ({ state }) => state, render: ({ state }) => words[state] },
                  {
                    key: 'action',
                    act: true,
                    head: words.action,
                    render: ({ id, state }) => (
                      <Button
                        variant="secondaryNoBorder"
                        onClick={() => change.mutate({ id, state: state === 'open' ? 'answered' : 'open' })}
                      >
                        {state === 'open' ? words.answer : words.reopen}
                      </Button>
                    ),
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
