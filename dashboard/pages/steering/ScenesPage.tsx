// Scenes of a premises: made, looked at before, run and taken back; and what became of each run.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconPlus, InlineAlert } from 'suomifi-ui-components'
import type { ScenePreview, SceneRunShown, SceneShown } from '#contract/scenes.ts'
import { apiPath, segment, sendJson, getJson } from '#dashboard/client/http.ts'
import { sceneRunsQuery, scenesQuery } from '#dashboard/client/twin-queries.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { SceneForm } from './SceneForm.tsx'
import { ScenePartList, SceneRuns } from './SceneRuns.tsx'
import { SteeringPage } from './SteeringPage.tsx'

export const ScenesPage = () => {
  const words = useWords(twinWords).scenes
  return (
    <SteeringPage room="scenes" lead={words.intro}>
      {(premises, timeZone) => <Opened key={premises} premises={premises} timeZone={timeZone} />}
    </SteeringPage>
  )
}

const Opened = ({ premises, timeZone }: { premises: string; timeZone: string }) => {
  const words = useWords(twinWords).scenes
  const session = useSession()
  const maySteer = hasRole(session, 'technician', 'manager')
  const scenes = useQuery(scenesQuery(premises))
  const runs = useQuery(sceneRunsQuery(premises))
  const [edited, setEdited] = useState<SceneShown | 'new' | null>(null)
  return (
    <>
      <Panel>
        <WhenLoaded query={scenes}>
          {({ items }) => (
            <Stack>
              <Row $spread>
                <h2>{words.title}</h2>
                {maySteer ? (
                  <Button icon={<IconPlus />} variant="secondary" onClick={() => setEdited('new')}>
                    {words.make}
                  </Button>
                ) : null}
              </Row>
              {items.length === 0 ? <Empty title={words.none} step={words.noneStep} /> : null}
              <ul>
                {items.map((scene) => (
                  <li key={scene.id}>
                    <Scene scene={scene} maySteer={maySteer} onEdit={() => setEdited(scene)} />
                  </li>
                ))}
              </ul>
            </Stack>
          )}
        </WhenLoaded>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.runs}</h2>
          <WhenLoaded query={runs}>
            {({ items }) =>
              items.length === 0 ? (
                <Soft as="p">{words.noRuns}</Soft>
              ) : (
                <SceneRuns premises={premises} items={items} timeZone={timeZone} maySteer={maySteer} />
              )
            }
          </WhenLoaded>
        </Stack>
      </Panel>
      {edited === null ? null : (
        <Dialog title={edited === 'new' ? words.make : words.edit} onClose={() => setEdited(null)}>
          <SceneForm premises={premises} scene={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />
        </Dialog>
      )}
    </>
  )
}

type SceneProps = { scene: SceneShown; maySteer: boolean; onEdit: () => void }
const Scene = ({ scene, maySteer, onEdit }: SceneProps) => {
  const words = useWords(twinWords).scenes
  const { operator, organisationId } = useOwn()
  const announce = useAnnounce()
  const client = useQueryClient()
  const path = apiPath(`/scenes/${segment(scene.id)}`)
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['scenes', scene.premises] })
    await client.invalidateQueries({ queryKey: ['scene-runs', scene.premises] })
  }
  const look = useMutation({ mutationFn: () => getJson<ScenePreview>(`${path}/preview`) })
  const run = useMutation({
    mutationFn: () => sendJson<SceneRunShown>('POST', `${path}/run`),
    onSuccess: async () => {
      announce(words.ran)
      look.reset()
      await refresh()
    },
  })
  const withdraw = useMutation({ mutationFn: () => sendJson('DELETE', path), onSuccess: refresh })
  const isOwn = operator || scene.organisation === organisationId
  const error = run.error ?? look.error ?? withdraw.error
  return (
    <Stack $gap={1} style={{ padding: '12px 0' }}>
      <Row $spread>
        <div>
          <strong>
            <Name names={scene.name} id={scene.id} />
          </strong>{' '}
          <Soft>{words.stepCount(scene.steps.length)}</Soft>
        </div>
        {maySteer ? (
          <Row $gap={1} className="no-print">
            <Button onClick={() => run.mutate()} disabled={run.isPending}>
              {words.run}
            </Button>
            <Button variant="secondary" onClick={() => look.mutate()} disabled={look.isPending}>
              {words.preview}
            </Button>
            {isOwn ? (
              <>
                <Button variant="secondaryNoBorder" onClick={onEdit}>
                  {words.edit}
                </Button>
                <Button variant="secondaryNoBorder" onClick={() => withdraw.mutate()} disabled={withdraw.isPending}>
                  {words.withdraw}
                </Button>
              </>
            ) : null}
          </Row>
        ) : null}
      </Row>
      {error === null ? null : <Refusal error={error} />}
      {look.data === undefined ? null : (
        <InlineAlert status="neutral" labelText={words.previewTitle}>
          <ScenePartList parts={look.data.parts} would />
        </InlineAlert>
      )}
      {run.data == null || run.data.counts.refused === 0 ? null : (
        <InlineAlert status="warning" labelText={words.partly}>
          <ScenePartList parts={run.data.parts.filter(({ refused }) => refused !== null)} would={false} />
        </InlineAlert>
      )}
    </Stack>
  )
}

const useOwn = () => {
  const { operator, organisation } = useSession()
  return { operator, organisationId: organisation }
}
