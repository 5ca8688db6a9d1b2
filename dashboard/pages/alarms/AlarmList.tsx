// What is wrong now, who has it, since when: alarms with their filters, live, and acknowledged several at a time.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Button, IconDownload, InlineAlert } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { AlarmShown } from '#contract/alarms.ts'
import {
  acknowledgeAlarms,
  alarmListQuery,
  alarmsFilePath,
  alarmsStandingQuery,
  refreshAlarms,
} from '#dashboard/client/alarm-queries.ts'
import { AlarmSeverityCount } from '#dashboard/components/AlarmMarks.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { LiveState } from '#dashboard/components/LiveState.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { useAlarmChanges } from '#dashboard/components/useAlarmChanges.ts'
import { useLive } from '#dashboard/components/useLive.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { readAlarmFilter, shownOf } from './alarm-filter.ts'
import { AlarmFilters } from './AlarmFilters.tsx'
import { AlarmTable } from './AlarmTable.tsx'

const ALL = ''
const XLSX = ['xlsx'] as const
/** Keys are told where there is a keyboard. */
const Keys = styled(Small)`
  @media (max-width: 899px), (pointer: coarse) {
    display: none;
  }
`

export const AlarmList = () => {
  const words = useWords(alarmWords)
  const { get } = useAddress()
  const { timeZoneOf } = usePremisesNames()
  const premises = get('premises') ?? ALL
  const live = useLive(premises === ALL ? 'alarms' : 'premises', premises)
  useAlarmChanges(live)
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={<LiveState connection={live.connection} timeZone={timeZoneOf(premises)} />}
    >
      <Standing premises={premises} />
      <Panel>
        <Stack $gap={3}>
          <AlarmFilters />
          <Listed timeZoneOf={timeZoneOf} />
        </Stack>
      </Panel>
    </Page>
  )
}

/** How many stand, by severity; each leads to its list. */
const Standing = ({ premises }: { premises: string }) => {
  const words = useWords(alarmWords)
  const standing = useQuery(alarmsStandingQuery(premises === ALL ? {} : { premises })).data
  if (standing === undefined) return null
  const { total, unacknowledged, bySeverity } = standing
  const of = premises === ALL ? '' : `&premises=${premises}`
  return (
    <Row $gap={2} $spread>
      <Row $gap={1}>
        <strong>{total === 0 ? words.noStanding : words.standingCount(total)}</strong>
        {unacknowledged > 0 ? <Soft>{words.unacknowledged(unacknowledged)}</Soft> : null}
        {(['critical', 'major', 'warning', 'info'] as const)
          .filter((severity) => bySeverity[severity] > 0)
          .map((severity) => (
            <AppLink key={severity} to={`/alarms?severity=${severity}${of}`}>
              <AlarmSeverityCount severity={severity} count={bySeverity[severity]} />
            </AppLink>
          ))}
      </Row>
      <AppLink to={premises === ALL ? '/alarm-rules' : `/alarm-rules?premises=${premises}`}>{words.list.rules}</AppLink>
    </Row>
  )
}

const Listed = ({ timeZoneOf }: { timeZoneOf: (premises: string) => string }) => {
  const words = useWords(alarmWords)
  const { language } = useText()
  const { get } = useAddress()
  const filter = readAlarmFilter(get)
  const list = useInfiniteQuery(alarmListQuery(filter))
  const alarms = list.data?.pages.flatMap(({ items }) => items) ?? []
  const box = useRef<HTMLDivElement>(null)
  useToldChanges(alarms, list.data === undefined || list.isPlaceholderData ? null : JSON.stringify(filter))
  const isQuiet = shownOf(get) === 'standing' && Object.keys(filter).length === 1
  return (
    <WhenLoaded query={list}>
      {() =>
        alarms.length === 0 ? (
          <Empty
            title={isQuiet ? words.list.quiet : words.list.none}
            step={isQuiet ? words.list.quietStep : words.list.noneStep}
          />
        ) : (
          <Stack ref={box} onKeyDown={(event) => moveByKey(event, box.current)}>
            <Chosen alarms={alarms} timeZoneOf={timeZoneOf} />
            <MoreRows list={list} ahead />
            <Row $gap={2} $spread className="no-print">
              <Row $gap={3}>
                <a href={alarmsFilePath(filter, language)} download>
                  <Row as="span" $gap={1}>
                    <IconDownload aria-hidden="true" />
                    {words.list.csv}
                  </Row>
                </a>
                <TableLinks list="alarms" filters={filter} formats={XLSX} />
              </Row>
              <Keys>{words.list.keys}</Keys>
            </Row>
          </Stack>
        )
      }
    </WhenLoaded>
  )
}

/** The table with what is chosen in it, and the step that is taken with all of them. */
const Chosen = ({ alarms, timeZoneOf }: { alarms: AlarmShown[]; timeZoneOf: (premises: string) => string }) => {
  const { list: words } = useWords(alarmWords)
  const session = useSession()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState<{ done: number; failed: number } | null>(null)
  const mayChoose = hasRole(session, 'technician', 'manager')
  const open = alarms.filter(({ state }) => state === 'raised')
  // What somebody else has acknowledged meanwhile is no longer chosen.
  const selected = open.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const choose = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
    setSaid(null)
  }
  const acknowledge = useMutation({
    mutationFn: async (ids: readonly string[]) => {
      const answer = await acknowledgeAlarms(ids)
      return { done: answer.acknowledged, failed: answer.refused.length }
    },
    onSuccess: async (result) => {
      setSaid(result)
      announce(words.acknowledged(result.done))
      setChosen(new Set())
      await refreshAlarms(client)
    },
  })
  return (
    <>
      {said === null ? null : (
        <InlineAlert status={said.failed > 0 ? 'warning' : 'neutral'}>
          {words.acknowledged(said.done)} {said.failed > 0 ? words.notAcknowledged(said.failed) : ''}
        </InlineAlert>
      )}
      {mayChoose && open.length > 0 ? (
        <Row $gap={2} className="no-print">
          <Button
            variant="secondary"
            onClick={() => setChosen(selected.length > 0 ? new Set() : new Set(open.map(({ id }) => id)))}
          >
            {selected.length > 0 ? words.chooseNone : words.chooseAll}
          </Button>
          {selected.length > 0 ? (
            <Button disabled={acknowledge.isPending} onClick={() => acknowledge.mutate(selected)}>
              {words.acknowledgeNow(selected.length)}
            </Button>
          ) : null}
        </Row>
      ) : null}
      <AlarmTable
        alarms={alarms}
        timeZoneOf={timeZoneOf}
        chosen={chosen}
        choose={choose}
        mayChoose={mayChoose && open.length > 0}
      />
    </>
  )
}

/** An alarm that came into the list later than so is not new. */
const NEW_MS = 600_000
/** Says politely which alarms came since the list was first seen with its filters; `seen` is null until they are there. */
const useToldChanges = (alarms: readonly AlarmShown[], seen: string | null): void => {
  const { live: words } = useWords(alarmWords)
  const { language } = useText()
  const announce = useAnnounce()
  const known = useRef<{ of: string; ids: ReadonlySet<string> } | null>(null)
  useEffect(() => {
    if (seen === null) return
    const raised = alarms.filter(({ state }) => state !== 'cleared')
    const before = known.current?.of === seen ? known.current.ids : null
    known.current = { of: seen, ids: new Set([...(before ?? []), ...raised.map(({ id }) => id)]) }
    if (before === null) return
    const fresh = raised.filter(({ id, raisedAt }) => !before.has(id) && Date.now() - Date.parse(raisedAt) < NEW_MS)
    const [first] = fresh
    if (first === undefined) return
    announce(
      fresh.length === 1
        ? words.raised(pickName(first.ruleName, language, first.rule).text)
        : words.raisedMany(fresh.length),
    )
  }, [alarms, seen, words, language, announce])
}

/** j and k move between rows, x chooses the row that has the focus. */
const moveByKey = (event: KeyboardEvent, box: HTMLElement | null): void => {
  if (event.ctrlKey || event.metaKey || event.altKey || box === null) return
  const rows = [...box.querySelectorAll<HTMLElement>('[data-row]')]
  const row = document.activeElement?.closest('tr')
  const at = rows.findIndex((link) => link.closest('tr') === row)
  if (event.key === 'j') rows[Math.min(at + 1, rows.length - 1)]?.focus()
  else if (event.key === 'k') rows[Math.max(at - 1, 0)]?.focus()
  else if (event.key === 'x') row?.querySelector<HTMLInputElement>('[data-choose]')?.click()
  else return
  event.preventDefault()
}
