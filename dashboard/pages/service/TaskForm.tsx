// What is ticked, measured, written and photographed on the spot; checked here before it waits, and by the server when it arrives.
import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { CompletionWanted, TaskShown } from '#contract/service.ts'
import { LineField, NoteField } from '#dashboard/pages/install/fields.tsx'
import { PhotoField } from '#dashboard/pages/install/PhotoField.tsx'
import type { useOutbox } from '#dashboard/pages/install/useOutbox.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { ChecklistField } from './ChecklistField.tsx'
import { decimalOf, EMPTY_DRAFT, forgetDraft, keepDraft, problemOf, readDraft, type Draft } from './task-draft.ts'

const MOST_PHOTOS = 5
type Props = {
  task: TaskShown
  title: string
  user: string
  add: ReturnType<typeof useOutbox>['add']
  done: () => void
}
export const TaskForm = ({ task, title, user, add, done }: Props) => {
  const words = useWords(serviceWords)
  const againId = useId()
  const [draft, setDraft] = useState<Draft>(() => readDraft(user, task.id) ?? EMPTY_DRAFT)
  const [itemPhotos, setItemPhotos] = useState<Record<string, Blob>>({})
  const [photos, setPhotos] = useState<Blob[]>([])
  const [tried, setTried] = useState<'done' | 'not-possible' | null>(null)
  useEffect(() => keepDraft(user, task.id, draft), [user, task.id, draft])
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const answerOf = (id: string) => draft.answers[id] ?? ''
  const missing = task.checklist.filter(
    (item) => problemOf(item, answerOf(item.id), itemPhotos[item.id] !== undefined) !== null,
  )
  const hoursWrong = draft.hours.trim() !== '' && decimalOf(draft.hours) === null
  const finish = useMutation({
    networkMode: 'always',
    mutationFn: async (result: CompletionWanted['result']) => {
      const at = Date.now()
      const key = crypto.randomUUID()
      const withPhoto = task.checklist.flatMap(({ id }) => (itemPhotos[id] === undefined ? [] : [id]))
      const body = {
        key,
        at: new Date(at).toISOString(),
        result,
        answers: task.checklist.flatMap((item) => {
          const said = answerOf(item.id)
          const photo = withPhoto.indexOf(item.id)
          const value =
            item.kind === 'yes-no'
              ? said === ''
                ? null
                : said === 'yes'
              : item.kind === 'number'
                ? decimalOf(said)
                : said
          if ((value === null || value === '') && photo < 0) return []
          return [
            {
              item: item.id,
              ...(item.kind === 'photo' ? {} : { value }),
              ...(photo < 0 ? {} : { photos: [photo] }),
            },
          ]
        }),
        note: draft.note.trim(),
        hours: decimalOf(draft.hours),
        parts: draft.parts.flatMap(({ name, quantity }) =>
          name.trim() === '' ? [] : [{ name: name.trim(), quantity: decimalOf(quantity) ?? '1' }],
        ),
        findings: draft.findings.map((text) => text.trim()).filter((text) => text !== ''),
        ...(result === 'done'
          ? {}
          : { reason: draft.reason.trim(), ...(draft.again === '' ? {} : { again: draft.again }) }),
      } satisfies CompletionWanted
      const path = `/service/tasks/${task.id}/completion`
      const blobs = [...withPhoto.flatMap((id) => itemPhotos[id] ?? []), ...photos]
      await add({ key, user, path, body, photos: blobs, title, at, refused: null })
      forgetDraft(user, task.id)
      done()
    },
  })
  const send = (result: 'done' | 'not-possible') => {
    setTried(result)
    const isWhole = result === 'done' ? missing.length === 0 : draft.reason.trim() !== ''
    if (isWhole && !hoursWrong && !finish.isPending) finish.mutate(result)
  }
  return (
    <Stack $gap={3}>
      {task.checklist.length === 0 ? null : (
        <Panel aria-labelledby="checklist">
          <Stack $gap={3}>
            <h2 id="checklist">{words.checklist}</h2>
            {task.checklist.map((item) => (
              <ChecklistField
                key={item.id}
                item={item}
                value={answerOf(item.id)}
                change={(value) => change({ answers: { ...draft.answers, [item.id]: value } })}
                photo={itemPhotos[item.id] ?? null}
                changePhoto={(photo) =>
                  setItemPhotos(({ [item.id]: _old, ...rest }) =>
                    photo === null ? rest : { ...rest, [item.id]: photo },
                  )
                }
                problem={
                  tried === 'done' ? problemOf(item, answerOf(item.id), itemPhotos[item.id] !== undefined) : null
                }
              />
            ))}
          </Stack>
        </Panel>
      )}
      <Panel aria-labelledby="what-was-done">
        <Stack $gap={3}>
          <h2 id="what-was-done">{words.outcome}</h2>
          <NoteField label={words.note} value={draft.note} change={(note) => change({ note })} />
          <LineField label={words.hours} value={draft.hours} change={(hours) => change({ hours })} />
          {hoursWrong && tried !== null ? <p role="alert">{words.wrongNumber}</p> : null}
          <Parts parts={draft.parts} change={(parts) => change({ parts })} />
          <Findings findings={draft.findings} change={(findings) => change({ findings })} />
          <Stack as="section">
            <h3>{words.morePhotos}</h3>
            {[...photos, null].slice(0, MOST_PHOTOS).map((photo, i) => (
              <PhotoField
                key={i}
                photo={photo}
                change={(taken) =>
                  setPhotos(
                    taken === null
                      ? photos.filter((_one, at) => at !== i)
                      : [...photos.slice(0, i), taken, ...photos.slice(i + 1)],
                  )
                }
              />
            ))}
          </Stack>
        </Stack>
      </Panel>
      {tried === 'done' && missing.length > 0 ? (
        <InlineAlert status="error">{words.missing(missing.length)}</InlineAlert>
      ) : null}
      {finish.error === null ? null : <InlineAlert status="error">{words.notKept}</InlineAlert>}
      <Button fullWidth aria-disabled={finish.isPending} onClick={() => send('done')}>
        {words.finish}
      </Button>
      <Fold summary={<strong>{words.notPossible}</strong>}>
        <Stack>
          <NoteField label={words.reason} value={draft.reason} change={(reason) => change({ reason })} />
          {tried === 'not-possible' && draft.reason.trim() === '' ? <p role="alert">{words.reasonNeeded}</p> : null}
          <DateField id={againId} label={words.again} value={draft.again} onChange={(again) => change({ again })} />
          <Button fullWidth variant="secondary" aria-disabled={finish.isPending} onClick={() => send('not-possible')}>
            {words.sendNotPossible}
          </Button>
        </Stack>
      </Fold>
    </Stack>
  )
}

const Parts = ({ parts, change }: { parts: Draft['parts']; change: (parts: Draft['parts']) => void }) => {
  const words = useWords(serviceWords)
  return (
    <Stack as="section">
      <h3>{words.parts}</h3>
      {parts.map((part, i) => (
        <Row key={i} $end>
          <LineField
            label={words.partName}
            value={part.name}
            change={(name) => change(parts.with(i, { ...part, name }))}
          />
          <LineField
            label={words.partQuantity}
            value={part.quantity}
            change={(quantity) => change(parts.with(i, { ...part, quantity }))}
          />
          <Button variant="secondaryNoBorder" onClick={() => change(parts.toSpliced(i, 1))}>
            {words.removePart(i + 1)}
          </Button>
        </Row>
      ))}
      <Button variant="secondary" fullWidth onClick={() => change([...parts, { name: '', quantity: '1' }])}>
        {words.addPart}
      </Button>
    </Stack>
  )
}
const Findings = ({ findings, change }: { findings: readonly string[]; change: (findings: string[]) => void }) => {
  const words = useWords(serviceWords)
  return (
    <Stack as="section">
      <h3>{words.findings}</h3>
      <Small as="p">{words.findingsHint}</Small>
      {findings.map((text, i) => (
        <Stack key={i} $gap={1}>
          <NoteField label={words.finding(i + 1)} value={text} change={(value) => change(findings.with(i, value))} />
          <Button variant="secondaryNoBorder" onClick={() => change(findings.toSpliced(i, 1))}>
            {words.removeFinding(i + 1)}
          </Button>
        </Stack>
      ))}
      <Button variant="secondary" fullWidth onClick={() => change([...findings, ''])}>
        {words.addFinding}
      </Button>
    </Stack>
  )
}
