// One on-call calendar: the shifts of a week as a table, its file, and changing it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { CalendarTaken, OnCallShown, OnCallWanted } from '#contract/on-call.ts'
import { apiPath, getText, segment, sendJson } from '#dashboard/client/http.ts'
import { calendarQuery, onCallQuery } from '#dashboard/client/notification-queries.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { downloadFile } from '#dashboard/ui/download.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { CalendarForm } from './CalendarForm.tsx'
import { Shifts } from './Shifts.tsx'

export const CalendarPage = () => {
  const { id = '' } = useParams()
  const query = useQuery(calendarQuery(id))
  return <WhenLoaded query={query}>{(calendar) => <Shown key={calendar.version} calendar={calendar} />}</WhenLoaded>
}

const Shown = ({ calendar }: { calendar: OnCallShown }) => {
  const words = useWords(notificationWords)
  const { onCall } = words
  const sure = useWords(sureWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const session = useSession()
  const people = useQuery(onCallQuery).data?.people ?? []
  const [editing, setEditing] = useState(false)
  const path = `/on-call/${segment(calendar.id)}`
  const name = pickName(calendar.name, language, calendar.id).text
  const refresh = async (sentence: string) => {
    announce(sentence)
    await client.invalidateQueries({ queryKey: onCallQuery.queryKey })
  }
  const save = useMutation({
    mutationFn: (wanted: OnCallWanted) => sendJson('PUT', apiPath(path), wanted, calendar.version),
    onSuccess: () => refresh(words.saved),
  })
  const remove = async () => {
    await sendJson<null>('DELETE', apiPath(path))
    await refresh(onCall.removed)
    void go('/notifications/on-call')
  }
  return (
    <Stack $gap={3}>
      <h2>{name}</h2>
      {calendar.enabled ? null : <InlineAlert status="warning">{onCall.off}</InlineAlert>}
      {editing ? (
        <Panel>
          <CalendarForm title={name} known={calendar} people={people} save={save} cancel={() => setEditing(false)} />
        </Panel>
      ) : (
        <>
          <Panel>
            <Shifts calendar={calendar} />
          </Panel>
          <Row>
            {hasRole(session, 'manager') ? (
              <>
                <Button onClick={() => setEditing(true)}>{words.change}</Button>
                <SureButton
                  variant="secondaryNoBorder"
                  text={words.remove}
                  label={`${words.remove}: ${name}`}
                  effect={sure.calendar}
                  act={remove}
                />
              </>
            ) : null}
            <Button
              variant="secondary"
              onClick={() =>
                void getText(apiPath(`${path}/calendar`)).then((text) =>
                  downloadFile(`${calendar.id}.ics`, text, 'text/calendar'),
                )
              }
            >
              {onCall.download}
            </Button>
          </Row>
          {hasRole(session, 'manager') ? <TakeFile calendar={calendar} path={path} refresh={refresh} /> : null}
        </>
      )}
    </Stack>
  )
}

type TakeProps = { calendar: OnCallShown; path: string; refresh: (sentence: string) => Promise<void> }
const TakeFile = ({ calendar, path, refresh }: TakeProps) => {
  const { onCall: words } = useWords(notificationWords)
  const take = useMutation({
    mutationFn: async (file: File) =>
      sendJson<CalendarTaken>('POST', apiPath(`${path}/calendar`), { calendar: await file.text() }, calendar.version),
    onSuccess: (answer) => refresh(words.taken(answer?.turns ?? 0)),
  })
  return (
    <Panel>
      <Stack $gap={2}>
        <h2>{words.take}</h2>
        <Soft as="p">{words.takeText}</Soft>
        {take.error === null ? null : <RefusalWithProblems error={take.error} />}
        <FileInput label={words.takeFile} accept=".ics,text/calendar" onFile={(file) => take.mutate(file)} />
      </Stack>
    </Panel>
  )
}
