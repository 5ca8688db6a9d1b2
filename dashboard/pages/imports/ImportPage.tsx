// One import: a draft is read, mended and taken; what is taken can be undone.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { ImportShown } from '#contract/imports.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { IMPORT_LISTS, importQuery } from '#dashboard/client/imports.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { Columns } from './Columns.tsx'
import { ProblemRows } from './ProblemRows.tsx'
import { Preview } from './Preview.tsx'
import { TakenImport } from './TakenImport.tsx'

export type Decide = (work: ImportShown['work']) => void

export const ImportPage = () => {
  const { id = '' } = useParams()
  const found = useQuery(importQuery(id))
  return <PageWhenLoaded query={found}>{(data) => <Opened key={id} shown={data} />}</PageWhenLoaded>
}

const Opened = ({ shown }: { shown: ImportShown }) => {
  const words = useWords(importWords)
  return (
    <Page
      title={shown.name}
      crumbs={[{ to: '/imports', text: words.title }]}
      lead={`${words.kinds[shown.kind]} · ${words.states[shown.state]} · ${words.rows} ${shown.rows}`}
    >
      {shown.failure === null ? null : (
        <InlineAlert status="error" labelText={words.failed}>
          <p>
            <SaidByServer>{shown.failure}</SaidByServer>
          </p>
        </InlineAlert>
      )}
      {shown.state === 'draft' ? <Draft shown={shown} /> : null}
      {shown.state === 'taking' && shown.progress !== null ? <Taking progress={shown.progress} /> : null}
      {shown.state === 'taking' && shown.progress === null ? <TakeAgain shown={shown} /> : null}
      {shown.state === 'taken' || shown.state === 'undone' ? <TakenImport shown={shown} /> : null}
    </Page>
  )
}

const useTake = (shown: ImportShown) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => sendJson('POST', apiPath(`/imports/${segment(shown.id)}/take`), undefined, shown.version),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

const Draft = ({ shown }: { shown: ImportShown }) => {
  const words = useWords(importWords)
  const { format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const decide = useMutation({
    mutationFn: (work: ImportShown['work']) =>
      sendJson<ImportShown>('PUT', apiPath(`/imports/${segment(shown.id)}/work`), work, shown.version),
    onSuccess: (answer) => {
      if (answer === null) return
      client.setQueryData(importQuery(shown.id).queryKey, answer)
      announce(answer.problems.length === 0 ? words.noProblems : words.problemsTitle(answer.errors, answer.warnings))
    },
  })
  const take = useTake(shown)
  const forget = useMutation({
    mutationFn: () => sendJson('DELETE', apiPath(`/imports/${segment(shown.id)}`)),
    onSuccess: async () => {
      announce(words.forgotten)
      await client.invalidateQueries({ queryKey: IMPORT_LISTS })
      await go('/imports')
    },
  })
  const error = decide.error ?? take.error ?? forget.error
  const onDecide: Decide = (work) => decide.mutate(work)
  const made = Object.entries(words.makes).flatMap(([list, counted]) => {
    const count = shown.makes[list]
    return count === undefined ? [] : [counted(format.number(count))]
  })
  return (
    <>
      {shown.encoding === null || shown.encoding === 'utf-8' ? null : (
        <InlineAlert status="warning">{words.encoding(shown.encoding)}</InlineAlert>
      )}
      {error === null ? null : <Refusal error={error} />}
      <Columns shown={shown} onDecide={onDecide} />
      <ProblemRows shown={shown} onDecide={onDecide} busy={decide.isPending} />
      <Preview shown={shown} />
      <Panel>
        <Stack>
          <h2>{words.takeTitle}</h2>
          {made.length === 0 ? null : <p>{made.join(', ')}</p>}
          <p>{shown.errors > 0 ? words.takeFirst : words.takeEffect}</p>
          <Row>
            <Button disabled={shown.errors > 0 || decide.isPending || take.isPending} onClick={() => take.mutate()}>
              {words.take(shown.takenRows)}
            </Button>
            <Button variant="secondaryNoBorder" onClick={() => forget.mutate()}>
              {words.forget}
            </Button>
          </Row>
        </Stack>
      </Panel>
    </>
  )
}

const Taking = ({ progress }: { progress: NonNullable<ImportShown['progress']> }) => {
  const words = useWords(importWords)
  const step = wordOf(words.steps, progress.step)
  return (
    <Panel>
      <Stack>
        <h2>{words.states.taking}</h2>
        <progress
          aria-label={step}
          value={progress.of === 0 ? undefined : progress.done}
          max={progress.of === 0 ? undefined : progress.of}
          style={{ width: '100%', height: 16 }}
        />
        <p>
          {step} {progress.of === 0 ? null : words.progress(progress.done, progress.of)}
        </p>
        <Small as="p">{words.takingLead}</Small>
      </Stack>
    </Panel>
  )
}

/** After a restart in the middle: what is there already is not taken twice. */
const TakeAgain = ({ shown }: { shown: ImportShown }) => {
  const words = useWords(importWords)
  const take = useTake(shown)
  return (
    <Panel>
      <Stack>
        {take.error === null ? null : <Refusal error={take.error} />}
        <div>
          <Button onClick={() => take.mutate()}>{words.take(shown.rows)}</Button>
        </div>
      </Stack>
    </Panel>
  )
}
