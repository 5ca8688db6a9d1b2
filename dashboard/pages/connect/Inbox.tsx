// Unknown devices behind gateways: what they send, what they probably are; accepted or ignored, one by one or many at once.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, InlineAlert, SearchInput } from 'suomifi-ui-components'
import type { AcceptedAnswer, UnknownAccepted, UnknownShown } from '#contract/inbox.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Filters, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { AcceptDialog } from './AcceptDialog.tsx'
import { inboxQuery } from './connect-queries.ts'
import { ProposedPoints } from './ProposedPoints.tsx'
import { UnknownList } from './UnknownList.tsx'

const STATES = ['waiting', 'ignored', 'accepted'] as const
/** The most that one request takes. */
const AT_ONCE = 200

export const Inbox = () => {
  const words = useWords(connectWords)
  const { text } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const { get, set } = useAddress()
  const { all: premises, nameOf } = usePremisesNames()
  const state = STATES.find((one) => one === get('state')) ?? 'waiting'
  const q = get('q') ?? ''
  const place = get('premises') ?? ''
  const filter = { state, ...(place === '' ? {} : { premises: place }), ...(q === '' ? {} : { q }) }
  const list = useInfiniteQuery(inboxQuery(filter))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<UnknownShown | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const selected = items.filter(({ id }) => chosen.has(id)).slice(0, AT_ONCE)

  const done = async (sentence: string) => {
    setSaid(sentence)
    announce(sentence)
    setChosen(new Set())
    setOpened(null)
    await client.invalidateQueries({
      predicate: ({ queryKey }) => ['inbox', 'connectors', 'devices', 'quarantine'].includes(String(queryKey[0])),
    })
  }
  const accept = useMutation({
    mutationFn: (wanted: UnknownAccepted[]) =>
      sendJson<AcceptedAnswer>('POST', apiPath('/inbox/accept'), { items: wanted }),
    onSuccess: (answer) => done(words.inbox.accepted(answer?.accepted.length ?? 0, answer?.replayed.stored ?? 0)),
  })
  const change = useMutation({
    mutationFn: ({ action, ids }: { action: 'ignore' | 'restore'; ids: string[] }) =>
      sendJson<{ changed: number }>('POST', apiPath(`/inbox/${action}`), { ids }),
    onSuccess: (answer, { action }) =>
      done(
        action === 'ignore' ? words.inbox.ignored(answer?.changed ?? 0) : words.inbox.restored(answer?.changed ?? 0),
      ),
  })
  const error = accept.error ?? change.error
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const ids = selected.map(({ id }) => id)
  return (
    <Stack $gap={3}>
      <Panel>
        <Stack $gap={3}>
          <Soft as="p">{words.inbox.lead}</Soft>
          <Filters aria-label={words.inbox.filters}>
            <SearchInput
              fullWidth
              labelText={text.common.search}
              visualPlaceholder={text.common.searchHint}
              clearButtonLabel={text.common.close}
              searchButtonLabel={text.common.search}
              defaultValue={q}
              debounce={300}
              onChange={(value) => set({ q: value === undefined ? null : String(value) })}
            />
            <Select
              label={words.inbox.premises}
              value={place}
              options={[
                { value: '', text: words.inbox.anyPremises },
                ...premises.map(({ id }) => ({ value: id, text: nameOf(id) })),
              ]}
              onChange={(value) => set({ premises: value })}
            />
            <Select
              label={words.inbox.state}
              value={state}
              options={STATES.map((value) => ({ value, text: words.inbox.states[value] }))}
              onChange={(value) => {
                setChosen(new Set())
                set({ state: value === 'waiting' ? null : value })
              }}
            />
          </Filters>
          {said === null ? null : <InlineAlert>{said}</InlineAlert>}
          {error === null || opened !== null ? null : <RefusalWithProblems error={error} />}
          <WhenLoaded query={list}>
            {() =>
              items.length === 0 ? (
                q === '' && place === '' && state === 'waiting' ? (
                  <Empty title={words.inbox.none} step={words.inbox.noneStep} />
                ) : (
                  <Empty title={words.inbox.noneFound} />
                )
              ) : (
                <Stack>
                  {state === 'accepted' ? null : (
                    <Row $gap={2}>
                      <Checkbox
                        checked={selected.length > 0 && selected.length === Math.min(items.length, AT_ONCE)}
                        onClick={({ checkboxState }) =>
                          setChosen(new Set(checkboxState ? items.slice(0, AT_ONCE).map(({ id }) => id) : []))
                        }
                      >
                        {words.inbox.selectAll}
                      </Checkbox>
                      <Soft>
                        {text.common.results(items.length)}
                        {list.hasNextPage ? ' +' : ''}
                      </Soft>
                      {selected.length === 0 ? null : state === 'waiting' ? (
                        <>
                          <Button onClick={() => accept.mutate(ids.map((id) => ({ id })))}>
                            {words.inbox.acceptSelected(selected.length)}
                          </Button>
                          <Button variant="secondary" onClick={() => change.mutate({ action: 'ignore', ids })}>
                            {words.inbox.ignoreSelected(selected.length)}
                          </Button>
                        </>
                      ) : (
                        <Button variant="secondary" onClick={() => change.mutate({ action: 'restore', ids })}>
                          {words.inbox.restoreSelected(selected.length)}
                        </Button>
                      )}
                    </Row>
                  )}
                  <UnknownList
                    items={items}
                    chosen={chosen}
                    toggle={toggle}
                    open={(item) => {
                      accept.reset()
                      setOpened(item)
                    }}
                    change={(action, id) => change.mutate({ action, ids: [id] })}
                  />
                  <MoreRows list={list} />
                </Stack>
              )
            }
          </WhenLoaded>
        </Stack>
      </Panel>
      <ProposedPoints />
      {opened === null ? null : (
        <AcceptDialog
          unknown={opened}
          error={accept.error === null ? null : <RefusalWithProblems error={accept.error} />}
          accept={(wanted) => accept.mutate([wanted])}
          close={() => setOpened(null)}
        />
      )}
    </Stack>
  )
}
