// Points that known devices send undeclared: accepted or dismissed for many devices at once.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, InlineAlert } from 'suomifi-ui-components'
import type { PointsDecided, ProposedPointList } from '#contract/inbox.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { proposedPointsQuery } from './connect-queries.ts'
import { pickName } from '#domain/writing/names.ts'

type Proposed = ProposedPointList['items'][number]
/** The most devices that one request takes. */
const AT_ONCE = 200

export const ProposedPoints = () => {
  const { proposed: words, inbox } = useWords(connectWords)
  const { text, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const { nameOf } = usePremisesNames()
  const query = useQuery(proposedPointsQuery)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState<string | null>(null)
  const decide = useMutation({
    mutationFn: ({ devices, accept }: { devices: Proposed[]; accept: boolean }) =>
      sendJson<PointsDecided>('POST', apiPath('/inbox/proposed-points'), {
        devices: devices.map(({ device, points }) =>
          accept ? { device, acceptAll: true } : { device, dismiss: points.map(({ key }) => key) },
        ),
      }),
    onSuccess: async (answer) => {
      const sentence = words.done(answer?.accepted ?? 0, answer?.dismissed ?? 0)
      setSaid(sentence)
      announce(sentence)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['proposed-points', 'devices'].includes(String(queryKey[0])),
      })
    },
  })
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        <Soft as="p">{words.lead}</Soft>
        {said === null ? null : <InlineAlert>{said}</InlineAlert>}
        {decide.error === null ? null : <RefusalWithProblems error={decide.error} />}
        <WhenLoaded query={query}>
          {({ items, more }) => {
            const chosen = items.filter(({ device }) => !left.has(device)).slice(0, AT_ONCE)
            const points = chosen.reduce((sum, one) => sum + one.points.length, 0)
            return items.length === 0 ? (
              <Empty title={words.none} />
            ) : (
              <Stack>
                {more ? <Soft as="p">{words.more}</Soft> : null}
                <DataTable
                  caption={words.title}
                  quietCaption
                  rows={items}
                  rowKey={({ device }) => device}
                  sortWord={text.common.sorted}
                  columns={[
                    {
                      key: 'device',
                      head: inbox.acceptedAs,
                      heading: true,
                      sort: ({ device }) => device,
                      render: ({ device, deviceName, premises }) => (
                        <Row $gap={1}>
                          <Checkbox
                            checked={!left.has(device)}
                            onClick={({ checkboxState }) => {
                              const next = new Set(left)
                              if (checkboxState) next.delete(device)
                              else next.add(device)
                              setLeft(next)
                            }}
                            aria-label={inbox.select(device)}
                          />
                          <Stack $gap={0}>
                            <AppLink to={`/devices/${device}`}>
                              <Name names={deviceName} id={device} />
                            </AppLink>
                            <Small>{nameOf(premises)}</Small>
                          </Stack>
                        </Row>
                      ),
                    },
                    {
                      key: 'points',
                      head: inbox.points,
                      render: (one) =>
                        one.points
                          .map(({ key, name, sample, unit }) =>
                            `${pickName(name ?? undefined, language, key).text} ${sample} ${unit ?? ''}`.trim(),
                          )
                          .join(', '),
                    },
                  ]}
                />
                {points === 0 ? null : (
                  <Row>
                    <Button variant="secondary" onClick={() => decide.mutate({ devices: chosen, accept: true })}>
                      {words.acceptAll(points)}
                    </Button>
                    <Button
                      variant="secondaryNoBorder"
                      onClick={() => decide.mutate({ devices: chosen, accept: false })}
                    >
                      {words.dismissAll(points)}
                    </Button>
                  </Row>
                )}
              </Stack>
            )
          }}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}
