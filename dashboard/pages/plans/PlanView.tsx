// One storey: its plan with live devices and the list beside it, and the placing of devices on it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { PlanOpened } from '#contract/plans.ts'
import type { LatestReading } from '#contract/series.ts'
import type { Spot } from '#domain/plans/spot.ts'
import { pickName } from '#domain/writing/names.ts'
import { decimalsFor } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { alarmsQuery } from '#dashboard/client/alarm-queries.ts'
import { placeDevices } from '#dashboard/client/plan-queries.ts'
import { latestOfPremisesQuery } from '#dashboard/client/queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { Empty, Refusal } from '#dashboard/components/QueryStates.tsx'
import { useValueText } from '#dashboard/components/ReadingValue.tsx'
import { useAlarmChanges } from '#dashboard/components/useAlarmChanges.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { planWords } from '#dashboard/text/plans/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { fitSigns } from './fit-signs.ts'
import { isWell, rowsOf, spaceAt } from './plan-devices.ts'
import { PlanDevices } from './PlanDevices.tsx'
import { PlanMarker } from './PlanMarker.tsx'
import { PlanPicture } from './PlanPicture.tsx'

const Beside = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) 340px;
  gap: 24px;
  align-items: start;
  > .list {
    max-height: 80vh;
    overflow-y: auto;
  }
  @media (max-width: 1099px) {
    grid-template-columns: minmax(0, 1fr);
    > .list {
      max-height: none;
    }
  }
  @media print {
    grid-template-columns: minmax(0, 1fr);
    > .list {
      max-height: none;
    }
  }
`
const ALARMS = 200

export const PlanView = ({ opened }: { opened: PlanOpened }) => {
  const words = useWords(planWords)
  const { text, language, format } = useText()
  const { premises, live } = usePremises()
  const { get, set } = useAddress()
  const announce = useAnnounce()
  const client = useQueryClient()
  const valueText = useValueText()
  useAlarmChanges(live)
  const latest = useQuery(latestOfPremisesQuery(premises.id))
  const alarms = useQuery(alarmsQuery({ premises: premises.id, standing: 'true' }, ALARMS))
  const [placing, setPlacing] = useState(false)
  const [moved, setMoved] = useState<ReadonlyMap<string, Spot | null>>(new Map())
  const { plan } = opened

  const standing = useMemo(() => {
    const counts = new Map<string, number>()
    for (const { device } of alarms.data?.items ?? [])
      if (device !== null) counts.set(device, (counts.get(device) ?? 0) + 1)
    return counts
  }, [alarms.data])
  const rows = rowsOf(opened, latest.data?.items ?? [], live, standing, moved).toSorted((a, b) =>
    (a.space ?? '~').localeCompare(b.space ?? '~', 'en', { numeric: true }),
  )
  const chosen = get('device')
  const spaces = new Map((premises.spaces ?? []).map((space) => [space.id, space]))
  const spaceName = (id: string) => pickName(spaces.get(id)?.name, language, id).text
  const placeText = (at: Spot) => {
    const space = spaceAt(plan, at)
    return space === null ? words.noSpace : spaceName(space)
  }
  const move = (device: string, at: Spot | null, done = true) => {
    setMoved(new Map(moved).set(device, at))
    if (!done || at === null) return
    const name = pickName(rows.find(({ id }) => id === device)?.name, language, device).text
    announce(
      words.moved(name, placeText(at), format.number(Math.round(at[0] * 100)), format.number(Math.round(at[1] * 100))),
    )
  }
  /** What fits on a marker: a number with a decimal, a word; of yes and no only what is the case. */
  const shortValue = (main: LatestReading | null): string => {
    if (main === null) return ''
    const { point, value, unit } = main
    return typeof value === 'number'
      ? format.withUnit(format.number(value, decimalsFor(value) === 0 ? 0 : 1), unit)
      : typeof value === 'boolean'
        ? value
          ? wordOf(text.pointKeys, point)
          : ''
        : valueText(value, unit)
  }
  // What is chosen is written out first, then what is wrong, then what is measured.
  const signs = rows.flatMap((row) =>
    row.at === null
      ? []
      : [
          {
            id: row.id,
            at: row.at,
            text: shortValue(row.main),
            isWell: isWell(row),
            rank: row.id === chosen ? 0 : !isWell(row) ? 1 : typeof row.main?.value === 'number' ? 2 : 3,
          },
        ],
  )
  const save = useMutation({
    mutationFn: () => {
      const place = [...moved].flatMap(([device, at]) =>
        at === null ? [] : [{ device, at: [at[0], at[1]] as [number, number] }],
      )
      const remove = [...moved].flatMap(([device, at]) => (at === null ? [device] : []))
      return placeDevices(plan, place, remove)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['plans'] })
      setMoved(new Map())
      setPlacing(false)
      announce(words.saved)
    },
  })
  return (
    <Stack>
      <Row $gap={2} $spread>
        <Small>
          {words.holds(format.date(plan.from))}
          {plan.shownTo === 'landlord' ? ` · ${words.onlyLandlord}` : ''}
          {plan.import === null ? '' : ` · ${words.drawn}`}
        </Small>
        {opened.devices.some(({ mayPlace }) => mayPlace) && !placing ? (
          <Button className="no-print" variant="secondary" onClick={() => setPlacing(true)}>
            {words.edit}
          </Button>
        ) : null}
      </Row>
      <p className="no-print">{placing ? words.editHow : words.how}</p>
      {placing ? (
        <Row $gap={2}>
          <Button onClick={() => save.mutate()} disabled={moved.size === 0 || save.isPending}>
            {words.save}
          </Button>
          <Button
            variant="secondary"
            onClick={() => {
              setMoved(new Map())
              setPlacing(false)
            }}
          >
            {words.leave}
          </Button>
          <span>{moved.size === 0 ? '' : words.changes(moved.size)}</span>
        </Row>
      ) : null}
      {save.error === null ? null : <Refusal error={save.error} />}
      {latest.error === null ? null : <Refusal error={latest.error} />}
      <Beside>
        <PlanPicture plan={plan} spaceName={spaceName} sight={rows.find(({ id }) => id === chosen)?.at ?? null}>
          {(picture, size) => {
            const forms = fitSigns(signs, size)
            return rows.map((row) => {
              if (row.at === null) return null
              const value = shortValue(row.main)
              const name = [
                pickName(row.name, language, row.id).text,
                placeText(row.at),
                text.states[row.presence.state],
                ...(row.alarms > 0 ? [words.alarm] : []),
                ...(value === '' ? [] : [value]),
              ].join(', ')
              return (
                <PlanMarker
                  key={row.id}
                  row={row}
                  at={row.at}
                  name={name}
                  value={value}
                  form={forms.get(row.id) ?? 'small'}
                  chosen={row.id === chosen}
                  moves={placing && row.mayPlace}
                  onChoose={() => set({ device: row.id })}
                  onMove={(to, done) => move(row.id, to, done)}
                  picture={picture}
                />
              )
            })
          }}
        </PlanPicture>
        <Stack $gap={1} className="list">
          <h3>{words.list}</h3>
          {rows.length === 0 ? (
            <Empty title={words.listNone} />
          ) : (
            <PlanDevices
              plan={plan}
              rows={rows}
              chosen={chosen}
              spaceName={spaceName}
              timeZone={premises.timeZone}
              placing={placing}
              onChoose={(device) => set({ device })}
              onPlace={(device, at) => move(device, at)}
            />
          )}
        </Stack>
      </Beside>
    </Stack>
  )
}
