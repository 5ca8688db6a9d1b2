// Retention for the operator: classes, what is over, exports with their deletion, legal holds.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { DeletionDone, ExportMade, RetentionState } from '#contract/retention.ts'
import { retentionPath, retentionQuery } from '#dashboard/client/document-queries.ts'
import { segment, sendJson } from '#dashboard/client/http.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { documentsWords } from '#dashboard/text/documents/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

export const RetentionPage = () => {
  const { text } = useText()
  const words = useWords(documentsWords)
  const retention = useQuery(retentionQuery)
  return (
    <Page title={words.retention} crumbs={[{ to: '/system', text: text.nav.system }]}>
      <p>{words.retentionIntro}</p>
      <WhenLoaded query={retention}>
        {(state) => (
          <>
            <Due state={state} />
            <Holds state={state} />
            <Classes state={state} />
          </>
        )}
      </WhenLoaded>
    </Page>
  )
}

/** Announces what was done and looks again. */
const useDone = () => {
  const announce = useAnnounce()
  const client = useQueryClient()
  return async (sentence: string) => {
    announce(sentence)
    await client.invalidateQueries({ queryKey: ['retention'] })
  }
}

const Due = ({ state: { due, exports } }: { state: RetentionState }) => {
  const { text, format } = useText()
  const words = useWords(documentsWords)
  const done = useDone()
  const [asked, setAsked] = useState<RetentionState['exports'][number] | null>(null)
  const make = useMutation({
    mutationFn: () => sendJson<ExportMade>('POST', retentionPath('exports')),
    onSuccess: (made) => done(words.exported(made?.papers ?? 0)),
  })
  const remove = useMutation({
    mutationFn: ({ id, digest }: { id: string; digest: string }) =>
      sendJson<DeletionDone>('POST', retentionPath(`exports/${segment(id)}/delete`), { digest }),
    onSuccess: async (answer) => {
      setAsked(null)
      await done(words.deleted(answer?.deleted ?? 0, answer?.kept.length ?? 0))
    },
  })
  const held = due.filter(({ hold }) => hold !== null).length
  const error = make.error ?? remove.error
  return (
    <Panel>
      <Stack>
        <h2>{words.due}</h2>
        <p>{due.length === 0 ? words.noDue : words.dueCount(due.length, held)}</p>
        {due.length === 0 ? null : (
          <DataTable
            caption={words.due}
            quietCaption
            rows={due}
            rowKey={({ kind, id }) => `${kind} ${id}`}
            sortWord={text.common.sorted}
            columns={[
              { key: 'kind', head: words.kind, heading: true, render: ({ kind }) => wordOf(words.kinds, kind) },
              { key: 'until', head: words.until, render: ({ until }) => format.date(until) },
              { key: 'hold', head: words.held, render: ({ hold }) => (hold === null ? '' : words.holdStates.on) },
            ]}
          />
        )}
        {error === null ? null : <Refusal error={error} />}
        {due.length > held ? (
          <Row>
            <Button onClick={() => make.mutate()} disabled={make.isPending}>
              {words.export}
            </Button>
          </Row>
        ) : null}
        {exports.length === 0 ? null : (
          <DataTable
            caption={words.exports}
            rows={exports}
            rowKey={({ id }) => id}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'at',
                head: words.date,
                heading: true,
                render: ({ createdAt }) => format.instant(createdAt, OWN_ZONE),
              },
              { key: 'papers', head: words.papers, figures: true, render: ({ papers }) => format.number(papers, 0) },
              { key: 'state', head: words.state, render: ({ state: word }) => words.exportStates[word] },
              {
                key: 'do',
                act: true,
                head: words.files,
                render: (one) =>
                  one.state === 'deleted' ? null : (
                    <Row $gap={1}>
                      <a href={retentionPath(`exports/${segment(one.id)}/file`)} download>
                        {words.download}
                      </a>
                      <Button variant="secondaryNoBorder" onClick={() => setAsked(one)}>
                        {words.delete}
                      </Button>
                    </Row>
                  ),
              },
            ]}
          />
        )}
        {asked === null ? null : (
          <InlineAlert status="warning">
            <Stack $gap={1}>
              <p>{words.deleteSure}</p>
              <Row>
                <Button
                  onClick={() => remove.mutate({ id: asked.id, digest: asked.digest ?? '' })}
                  disabled={remove.isPending}
                >
                  {words.deleteNow}
                </Button>
                <Button variant="secondary" onClick={() => setAsked(null)}>
                  {words.cancel}
                </Button>
              </Row>
            </Stack>
          </InlineAlert>
        )}
      </Stack>
    </Panel>
  )
}

const Holds = ({ state: { holds } }: { state: RetentionState }) => {
  const { text, format } = useText()
  const words = useWords(documentsWords)
  const done = useDone()
  const { nameOf } = usePremisesNames()
  const [reason, setReason] = useState('')
  const set = useMutation({
    mutationFn: () => sendJson('POST', retentionPath('holds'), { reason, premises: null, kinds: [] }),
    onSuccess: async () => {
      setReason('')
      await done(words.holdSet)
    },
  })
  const release = useMutation({
    mutationFn: (id: string) => sendJson('POST', retentionPath(`holds/${segment(id)}/release`)),
    onSuccess: () => done(words.released),
  })
  const error = set.error ?? release.error
  return (
    <Panel>
      <Stack>
        <h2>{words.holds}</h2>
        <Soft as="p">{words.holdsText}</Soft>
        {holds.length === 0 ? (
          <p>{words.noHolds}</p>
        ) : (
          <DataTable
            caption={words.holds}
            quietCaption
            rows={holds}
            rowKey={({ id }) => id}
            sortWord={text.common.sorted}
            columns={[
              { key: 'reason', head: words.reason, heading: true, render: (one) => one.reason },
              {
                key: 'premises',
                head: words.premises,
                render: ({ premises }) => (premises === null ? words.allPremises : nameOf(premises)),
              },
              { key: 'at', head: words.date, render: ({ createdAt }) => format.instant(createdAt, OWN_ZONE, 'day') },
              { key: 'state', head: words.state, render: ({ state }) => words.holdStates[state] },
              {
                key: 'do',
                act: true,
                head: words.release,
                render: ({ id, state }) =>
                  state === 'on' ? (
                    <Button variant="secondaryNoBorder" onClick={() => release.mutate(id)}>
                      {words.release}
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
        {error === null ? null : <Refusal error={error} />}
        <Row $end>
          <TextInput labelText={words.reason} value={reason} onChange={(value) => setReason(String(value ?? ''))} />
          <Button variant="secondary" onClick={() => set.mutate()} disabled={reason.trim() === '' || set.isPending}>
            {words.setHold}
          </Button>
        </Row>
      </Stack>
    </Panel>
  )
}

const Classes = ({ state: { classes } }: { state: RetentionState }) => {
  const { text } = useText()
  const words = useWords(documentsWords)
  return (
    <Panel>
      <Stack>
        <h2>{words.classes}</h2>
        <DataTable
          caption={words.classes}
          quietCaption
          rows={classes}
          rowKey={({ kind }) => kind}
          sortWord={text.common.sorted}
          columns={[
            { key: 'kind', head: words.kind, heading: true, render: ({ kind }) => wordOf(words.kinds, kind) },
            { key: 'years', head: words.years, figures: true, render: ({ years }) => years },
            { key: 'law', head: words.law, render: (one) => wordOf(words.laws, one.class) },
          ]}
        />
      </Stack>
    </Panel>
  )
}
