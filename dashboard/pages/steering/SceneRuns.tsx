// Runs of scenes with what became of each device, and the way back.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { ScenePreview, SceneRunShown } from '#contract/scenes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { CommandStateMark } from '#dashboard/components/CommandStateMark.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Part = ScenePreview['parts'][number]
/** `would`: nothing was done yet. */
export const ScenePartList = ({ parts, would }: { parts: readonly Part[]; would: boolean }) => {
  const { text } = useText()
  const words = useWords(twinWords).scenes
  return (
    <DataTable
      caption={words.parts}
      quietCaption
      rows={parts}
      rowKey={({ device, step }) => `${device} ${step}`}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'device',
          head: words.partDevice,
          heading: true,
          render: ({ device, deviceName }) => (
            <AppLink to={`/devices/${device}`}>
              <Name names={deviceName} id={device} />
            </AppLink>
          ),
        },
        {
          key: 'state',
          head: words.partState,
          render: ({ refused, state }) =>
            refused !== null ? (
              words.refusedCodes[refused.code]
            ) : state === null ? (
              would ? (
                words.would
              ) : (
                words.wished
              )
            ) : (
              <CommandStateMark state={state} />
            ),
        },
      ]}
    />
  )
}

type Props = { premises: string; items: readonly SceneRunShown[]; timeZone: string; maySteer: boolean }
export const SceneRuns = ({ premises, items, timeZone, maySteer }: Props) => {
  const words = useWords(twinWords).scenes
  const { format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const undo = useMutation({
    mutationFn: (id: string) => sendJson('POST', apiPath(`/scene-runs/${segment(id)}/undo`)),
    onSuccess: async () => {
      announce(words.undone)
      await client.invalidateQueries({ queryKey: ['scene-runs', premises] })
    },
  })
  return (
    <Stack $gap={1}>
      {undo.error === null ? null : <Refusal error={undo.error} />}
      <ul>
        {items.map((run) => (
          <li key={run.id} style={{ padding: '8px 0' }}>
            <Row $spread style={{ marginBottom: 8 }}>
              <div>
                <strong>
                  <Name names={run.sceneName} id={run.scene} />
                </strong>{' '}
                <Soft>
                  {format.instant(run.at, timeZone, 'second')}, {run.by}
                  {run.undoes === null ? '' : ` (${words.undoing.toLowerCase()})`}
                </Soft>
              </div>
              {run.undoneBy !== null ? (
                <Soft>{words.undone}</Soft>
              ) : maySteer && run.undoes === null && run.parts.some(({ undoable }) => undoable) ? (
                <Button variant="secondary" onClick={() => undo.mutate(run.id)} disabled={undo.isPending}>
                  {words.undo}
                </Button>
              ) : null}
            </Row>
            {run.state === 'missed' ? (
              <p>{words.missed}</p>
            ) : (
              <Fold summary={<Counts run={run} />}>
                <ScenePartList parts={run.parts} would={false} />
              </Fold>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  )
}

const Counts = ({ run: { counts } }: { run: SceneRunShown }) => {
  const words = useWords(twinWords).scenes
  const shown = (['done', 'wished', 'underWay', 'failed', 'refused'] as const).filter((key) => counts[key] > 0)
  return shown.map((key) => `${counts[key]} ${words.counts[key]}`).join(', ')
}
