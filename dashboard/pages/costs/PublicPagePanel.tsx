// Whether the public page of the premises is open, and the landlord's manager's way to open or close it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { PublicPageState } from '#contract/public-page.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { publicWords } from '#dashboard/text/public/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

export const PublicPagePanel = ({ premises }: { premises: string }) => {
  const words = useWords(publicWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const path = apiPath(`/premises/${segment(premises)}/public-page`)
  const queryKey = ['public-page', premises]
  const state = useQuery({ queryKey, queryFn: ({ signal }) => getJson<PublicPageState>(path, signal) }).data
  const change = useMutation({
    mutationFn: (open: boolean) => sendJson<PublicPageState>('PUT', path, { open }),
    onSuccess: async () => {
      announce(words.done)
      await client.invalidateQueries({ queryKey })
    },
  })
  if (state === undefined || (!state.open && !state.mayChange)) return null
  return (
    <Panel className="no-print">
      <Stack>
        <h2>{words.panel}</h2>
        <p>{state.open ? words.isOpen : words.isClosed}</p>
        <Small as="p">{words.rule(state.leastParties, state.mostPercent)}</Small>
        {change.error === null ? null : <Refusal error={change.error} />}
        <Row>
          {state.open ? (
            <AppLink to={`/p/${premises}`}>{words.look}</AppLink>
          ) : (
            <AppLink to={`/p/${premises}?preview=on`}>{words.lookFirst}</AppLink>
          )}
          {state.mayChange ? (
            <Button variant="secondary" disabled={change.isPending} onClick={() => change.mutate(!state.open)}>
              {state.open ? words.close : words.open}
            </Button>
          ) : null}
        </Row>
      </Stack>
    </Panel>
  )
}
