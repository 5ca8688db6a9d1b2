// What came of an import, the credentials of its new devices, and its undoing.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { ImportShown, ImportUndone } from '#contract/imports.ts'
import { apiPath, segment, sendJson, sendText } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { downloadText } from '#dashboard/ui/download.ts'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'

export const TakenImport = ({ shown }: { shown: ImportShown }) => {
  const words = useWords(importWords)
  const { timeZoneOf } = usePremisesNames()
  const { counts, takenAt, undoneAt } = shown
  const timeZone = timeZoneOf(shown.premises ?? '')
  const place = shown.state === 'taken' ? placeOf(shown, words.seeTaken) : null
  return (
    <>
      <Panel>
        <Stack>
          <h2>{words.states[shown.state]}</h2>
          <p>{shown.state === 'undone' ? words.undone : words.taken}</p>
          <Facts
            facts={[
              ...(counts === null
                ? []
                : ([
                    [words.created, counts.created],
                    [words.changed, counts.changed],
                    [words.unchanged, counts.unchanged],
                    ...(shown.work.leftOut.length > 0 ? [[words.leftOutRows, shown.work.leftOut.length]] : []),
                    ...(counts.readings + counts.readingsKnown > 0 ? [[words.readingsNew, counts.readings]] : []),
                  ] as [string, number][])),
              [words.by, shown.undoneBy ?? shown.takenBy ?? shown.by],
              [words.at, <Age key="at" at={undoneAt ?? takenAt ?? shown.at} timeZone={timeZone} />],
            ]}
          />
          <Row $gap={2}>
            {place === null ? null : <AppLink to={place.to}>{place.text}</AppLink>}
            <a href={apiPath(`/files/${segment(shown.file)}`)} download>
              {words.original}
            </a>
          </Row>
        </Stack>
      </Panel>
      {shown.state === 'taken' && shown.madeDevices > 0 ? <Credentials shown={shown} /> : null}
      {shown.state === 'taken' ? <Undo shown={shown} /> : null}
    </>
  )
}

/** Where what was taken is seen; an import of several premises has no one place. */
function placeOf({ kind, premises }: ImportShown, words: { invoices: string; devices: string; spaces: string }) {
  if (premises === null) return null
  switch (kind) {
    case 'invoices':
      return { to: `/costs/${premises}`, text: words.invoices }
    case 'devices':
      return { to: `/premises/${premises}/devices`, text: words.devices }
    case 'spaces':
      return { to: `/premises/${premises}/spaces`, text: words.spaces }
    default:
      return null
  }
}

const Credentials = ({ shown }: { shown: ImportShown }) => {
  const words = useWords(importWords)
  const make = useMutation({
    mutationFn: () => sendText('POST', apiPath(`/imports/${segment(shown.id)}/credentials`)),
    onSuccess: (csv) => downloadText(`${shown.name}-credentials.csv`, csv, 'text/csv'),
  })
  return (
    <Panel>
      <Stack>
        <h2>{words.credentialsTitle}</h2>
        <p>{words.credentialsLead}</p>
        {make.error === null ? null : <Refusal error={make.error} />}
        <div>
          <Button variant="secondary" onClick={() => make.mutate()}>
            {words.credentials}
          </Button>
        </div>
      </Stack>
    </Panel>
  )
}

type Wish = { leaveChanged?: boolean; acceptAdjustments?: boolean }
const Undo = ({ shown }: { shown: ImportShown }) => {
  const { text } = useText()
  const words = useWords(importWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [sure, setSure] = useState(false)
  const [wish, setWish] = useState<Wish>({})
  const undo = useMutation({
    mutationFn: (body: Wish) => sendJson<ImportUndone>('POST', apiPath(`/imports/${segment(shown.id)}/undo`), body),
    onSuccess: async () => {
      announce(words.undone)
      await client.invalidateQueries()
    },
  })
  const problems = undo.error instanceof RequestError ? undo.error.problems : []
  const closed = problems.some(({ code }) => code === 'closed-month')
  const changed = problems.some(({ code }) => code === 'changed-meanwhile')
  const again = (more: Wish) => {
    setWish({ ...wish, ...more })
    undo.mutate({ ...wish, ...more })
  }
  return (
    <Panel>
      <Stack>
        <h2>{words.undoTitle}</h2>
        <p>{words.undoEffect}</p>
        {closed || changed ? (
          <InlineAlert status="warning" labelText={closed ? words.undoneMonths : words.othersChanged}>
            <ul>
              {problems.slice(0, 20).map(({ pointer, message }) => (
                <li key={pointer}>
                  <SaidByServer>{message}</SaidByServer>
                </li>
              ))}
            </ul>
          </InlineAlert>
        ) : undo.error === null ? null : (
          <Refusal error={undo.error} />
        )}
        <Row>
          {closed ? (
            <Button onClick={() => again({ acceptAdjustments: true })}>{words.undoAccept}</Button>
          ) : changed ? (
            <Button onClick={() => again({ leaveChanged: true })}>{words.undoRest}</Button>
          ) : sure ? (
            <Button onClick={() => undo.mutate({})}>{words.undo}</Button>
          ) : (
            <Button variant="secondary" onClick={() => setSure(true)}>
              {words.undo}
            </Button>
          )}
          {sure ? (
            <Button
              variant="secondary"
              onClick={() => {
                setSure(false)
                undo.reset()
              }}
            >
              {text.common.cancel}
            </Button>
          ) : null}
        </Row>
      </Stack>
    </Panel>
  )
}
