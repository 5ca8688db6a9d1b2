// Schedules of a premises: on or off, the two weeks ahead, and where the premises is, for the sun.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconCheckCircle, IconDisabled, IconPlus, TextInput } from 'suomifi-ui-components'
import type { SceneShown, ScheduleDays, ScheduleShown, ScheduleWanted } from '#contract/scenes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { placeQuery, scenesQuery, scheduleDaysQuery, schedulesQuery } from '#dashboard/client/twin-queries.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { ScheduleForm } from './ScheduleForm.tsx'
import { SteeringPage } from './SteeringPage.tsx'

export const SchedulesPage = () => {
  const words = useWords(twinWords).schedules
  return (
    <SteeringPage room="schedules" lead={words.intro}>
      {(premises, timeZone) => <Opened key={premises} premises={premises} timeZone={timeZone} />}
    </SteeringPage>
  )
}

const Opened = ({ premises, timeZone }: { premises: string; timeZone: string }) => {
  const words = useWords(twinWords).schedules
  const maySteer = hasRole(useSession(), 'technician', 'manager')
  const schedules = useQuery(schedulesQuery(premises))
  const scenes = useQuery(scenesQuery(premises)).data?.items ?? []
  const [edited, setEdited] = useState<ScheduleShown | 'new' | null>(null)
  return (
    <>
      <Panel>
        <WhenLoaded query={schedules}>
          {({ items }) => (
            <Stack>
              <Row $spread>
                <h2>{words.title}</h2>
                {maySteer && scenes.length > 0 ? (
                  <Button icon={<IconPlus />} variant="secondary" onClick={() => setEdited('new')}>
                    {words.make}
                  </Button>
                ) : null}
              </Row>
              {items.length === 0 ? <Empty title={words.none} step={words.noneStep} /> : null}
              {items.map((schedule) => (
                <Schedule
                  key={schedule.id}
                  schedule={schedule}
                  scenes={scenes}
                  timeZone={timeZone}
                  maySteer={maySteer}
                  onEdit={() => setEdited(schedule)}
                />
              ))}
            </Stack>
          )}
        </WhenLoaded>
      </Panel>
      <PlaceForm premises={premises} maySteer={maySteer} />
      {edited === null ? null : (
        <Dialog title={edited === 'new' ? words.make : words.edit} onClose={() => setEdited(null)}>
          <ScheduleForm
            premises={premises}
            schedule={edited === 'new' ? null : edited}
            scenes={scenes}
            onDone={() => setEdited(null)}
          />
        </Dialog>
      )}
    </>
  )
}

type ScheduleProps = {
  schedule: ScheduleShown
  scenes: readonly SceneShown[]
  timeZone: string
  maySteer: boolean
  onEdit: () => void
}
const Schedule = ({ schedule, scenes, timeZone, maySteer, onEdit }: ScheduleProps) => {
  const words = useWords(twinWords).schedules
  const { operator, organisation } = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const days = useQuery(scheduleDaysQuery(schedule.id, schedule.version)).data
  const { id, version, changedAt: _at, changedBy: _by, organisation: owner, ...wanted } = schedule
  const path = apiPath(`/schedules/${segment(id)}`)
  const refresh = async () => {
    announce(words.saved)
    await client.invalidateQueries({ queryKey: ['schedules'] })
  }
  const turn = useMutation({
    mutationFn: () => sendJson('PUT', path, { ...wanted, on: !schedule.on } satisfies ScheduleWanted, version),
    onSuccess: refresh,
  })
  const withdraw = useMutation({ mutationFn: () => sendJson('DELETE', path), onSuccess: refresh })
  const isOwn = operator || owner === organisation
  const error = turn.error ?? withdraw.error
  return (
    <Stack $gap={1}>
      <Row $spread>
        <Row>
          <h3>
            <Name names={schedule.name} id={id} />
          </h3>
          <ToneMark tone={schedule.on ? 'good' : 'info'} icon={schedule.on ? IconCheckCircle : IconDisabled}>
            {schedule.on ? words.on : words.off}
          </ToneMark>
        </Row>
        {maySteer && isOwn ? (
          <Row $gap={1} className="no-print">
            <Button variant="secondary" onClick={() => turn.mutate()} disabled={turn.isPending}>
              {schedule.on ? words.turnOff : words.turnOn}
            </Button>
            <Button variant="secondaryNoBorder" onClick={onEdit}>
              {words.edit}
            </Button>
            <Button variant="secondaryNoBorder" onClick={() => withdraw.mutate()} disabled={withdraw.isPending}>
              {words.withdraw}
            </Button>
          </Row>
        ) : null}
      </Row>
      {error === null ? null : <Refusal error={error} />}
      {days === undefined ? null : <DaysAhead days={days} scenes={scenes} timeZone={timeZone} />}
    </Stack>
  )
}

type DaysProps = { days: ScheduleDays; scenes: readonly SceneShown[]; timeZone: string }
export const DaysAhead = ({ days, scenes, timeZone }: DaysProps) => {
  const words = useWords(twinWords).schedules
  const { text, format, language } = useText()
  const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-FI`, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
  })
  const weekday = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-FI`, {
    weekday: 'short',
    timeZone: 'UTC',
  })
  const timeOf = (at: string): string => clock.format(new Date(at))
  const sceneOf = (id: string): string => pickName(scenes.find((one) => one.id === id)?.name, language, id).text
  return (
    <Fold open summary={<strong>{words.ahead}</strong>}>
      <Stack>
        {days.placed ? null : <Small>{words.unplaced}</Small>}
        <DataTable
          caption={words.ahead}
          quietCaption
          rows={days.days}
          rowKey={({ date }) => date}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'day',
              head: words.day,
              heading: true,
              render: ({ date, holiday, exception }) => (
                <span>
                  {weekday.format(new Date(`${date}T12:00:00Z`))} {format.date(date)}
                  {holiday === null ? null : (
                    <div>
                      <Small>{wordOf(words.holidays, holiday)}</Small>
                    </div>
                  )}
                  {exception === null || exception === '' ? null : (
                    <div>
                      <Small>{exception}</Small>
                    </div>
                  )}
                </span>
              ),
            },
            {
              key: 'open',
              head: words.opening,
              render: ({ open }) =>
                open.length === 0 ? (
                  <Soft>{words.closedDay}</Soft>
                ) : (
                  open.map(({ from, to }) => `${timeOf(from)}–${timeOf(to)}`).join(', ')
                ),
            },
            {
              key: 'runs',
              head: words.runs,
              render: ({ runs }) =>
                runs.length === 0 ? (
                  <Soft>{words.noRuns}</Soft>
                ) : (
                  <ul>
                    {runs.map(({ at, trigger, scene }) => (
                      <li key={`${trigger} ${at}`}>
                        {timeOf(at)} {sceneOf(scene)}
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
      </Stack>
    </Fold>
  )
}

const PlaceForm = ({ premises, maySteer }: { premises: string; maySteer: boolean }) => {
  const words = useWords(twinWords).schedules
  const { format } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const place = useQuery(placeQuery(premises)).data
  const [written, setWritten] = useState<{ latitude: string; longitude: string } | null>(null)
  const shown = written ?? {
    latitude: place == null ? '' : format.number(place.latitude, 4),
    longitude: place == null ? '' : format.number(place.longitude, 4),
  }
  const numberOf = (value: string): number => Number(typedDecimal(value))
  const save = useMutation({
    mutationFn: () =>
      sendJson('PUT', apiPath(`/premises/${segment(premises)}/place`), {
        latitude: numberOf(shown.latitude),
        longitude: numberOf(shown.longitude),
      }),
    onSuccess: async () => {
      announce(words.placed)
      await client.invalidateQueries({ queryKey: ['schedules'] })
    },
  })
  if (place === undefined || !maySteer) return null
  const isWhole =
    shown.latitude !== '' &&
    shown.longitude !== '' &&
    !Number.isNaN(numberOf(shown.latitude) + numberOf(shown.longitude))
  return (
    <Panel className="no-print">
      <Stack>
        <h2>{words.place}</h2>
        {place === null ? <Soft as="p">{words.unplaced}</Soft> : null}
        <Row $end>
          <TextInput
            labelText={words.latitude}
            value={shown.latitude}
            onChange={(value) => setWritten({ ...shown, latitude: String(value ?? '') })}
          />
          <TextInput
            labelText={words.longitude}
            value={shown.longitude}
            onChange={(value) => setWritten({ ...shown, longitude: String(value ?? '') })}
          />
          <Button variant="secondary" onClick={() => save.mutate()} disabled={!isWhole || save.isPending}>
            {words.savePlace}
          </Button>
        </Row>
        {save.error === null ? null : <Refusal error={save.error} />}
      </Stack>
    </Panel>
  )
}
