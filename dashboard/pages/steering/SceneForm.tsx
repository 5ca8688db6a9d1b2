// A form for a scene: its name, and for each step which devices and what they do.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconPlus, TextInput } from 'suomifi-ui-components'
import type { SceneShown, SceneWanted } from '#contract/scenes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { emptyStep, keptOf, stepOf } from './scene-step.ts'
import { StepFields } from './StepFields.tsx'

type Props = { premises: string; scene: SceneShown | null; onDone: () => void }
export const SceneForm = ({ premises, scene, onDone }: Props) => {
  const words = useWords(twinWords).scenes
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [name, setName] = useState(scene === null ? '' : pickName(scene.name, language, scene.id).text)
  const [steps, setSteps] = useState(() => scene?.steps.map(stepOf) ?? [emptyStep()])
  const body: SceneWanted = {
    premises,
    name: { ...scene?.name, [language]: name.trim() },
    steps: steps.map(keptOf),
  }
  const save = useMutation({
    mutationFn: () =>
      scene === null
        ? sendJson<SceneShown>('POST', apiPath('/scenes'), body)
        : sendJson<SceneShown>('PUT', apiPath(`/scenes/${segment(scene.id)}`), body, scene.version),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['scenes', premises] })
      onDone()
    },
  })
  const isWhole = name.trim() !== '' && steps.every((step) => step.isWhole)
  return (
    <Stack>
      <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
      <h3>{words.steps}</h3>
      {steps.map((step, index) => (
        <StepFields
          key={step.key}
          premises={premises}
          step={step}
          onChange={(changed) => setSteps((all) => all.map((one) => (one.key === changed.key ? changed : one)))}
          {...(steps.length > 1
            ? {
                remove: {
                  text: words.removeStep(index + 1),
                  do: () => setSteps((all) => all.filter(({ key }) => key !== step.key)),
                },
              }
            : {})}
        />
      ))}
      <div>
        <Button variant="secondary" icon={<IconPlus />} onClick={() => setSteps((all) => [...all, emptyStep()])}>
          {words.addStep}
        </Button>
      </div>
      {save.error === null ? null : <Refusal error={save.error} />}
      <div>
        <Button onClick={() => save.mutate()} disabled={!isWhole || save.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
