// The meters of the premises as a tree, and for each main meter what its sub-meters do not measure.
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { IconWarning } from 'suomifi-ui-components'
import type { MeterShown, MeterTreeAnswer } from '#contract/meters.ts'
import { meterTreeQuery } from '#dashboard/client/meter-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { FigureTable } from '#dashboard/components/FigureTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { MainMeterForm } from './MainMeterForm.tsx'
import { VirtualMeterForm } from './VirtualMeterForm.tsx'

const DATE = /^\d{4}-\d{2}-\d{2}$/
/** Days that are asked for by day at most. */
const DAYS_LIMIT = 92

export const MeterTree = () => {
  const { premises } = usePremises()
  const { tree: words } = useWords(meterWords)
  const [from, to] = [useId(), useId()]
  const { get, set } = useAddress()
  const today = localDate(useNow(), premises.timeZone)
  const given = (name: string, otherwise: string): string => {
    const value = get(name) ?? ''
    return DATE.test(value) ? value : otherwise
  }
  const step = get('step') === 'P1D' ? 'P1D' : 'P1M'
  const last = given('to', today)
  const first = given('from', `${last.slice(0, 8)}01`)
  const earliest = addDays(last, step === 'P1D' ? -DAYS_LIMIT : -3660)
  const begin = first > last ? last : first < earliest ? earliest : first
  const tree = useQuery(meterTreeQuery(premises.id, begin, addDays(last, 1), step))
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.title}</h2>
        <p>{words.lead}</p>
        <Row $gap={2} $end className="no-print">
          <DateField id={from} label={words.from} value={begin} onChange={(value) => set({ from: value })} />
          <DateField id={to} label={words.to} value={last} onChange={(value) => set({ to: value })} />
          <Select
            label={words.step}
            value={step}
            options={(['P1M', 'P1D'] as const).map((value) => ({ value, text: words.steps[value] }))}
            onChange={(value) => set({ step: value })}
          />
        </Row>
        <WhenLoaded query={tree}>
          {(data) =>
            data.meters.length === 0 ? (
              <Empty title={words.none} step={words.noneStep} />
            ) : (
              <Stack>
                <Shown tree={data} step={step} />
                <TableLinks
                  list="meters"
                  filters={{ premises: premises.id, from: begin, to: addDays(last, 1), step }}
                />
              </Stack>
            )
          }
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const keyOf = ({ device, point }: { device: string; point: string }): string => `${device}/${point}`

/** A sum as people write it, the meters by their names: a − 0,5 × b. */
const formulaText = (
  formula: NonNullable<MeterShown['formula']>,
  write: (decimal: string) => string,
  nameOf: (key: string) => string,
): string =>
  formula
    .map(({ of, times }, i) => {
      const size = times.replace('-', '')
      const sign = times.startsWith('-') ? '−' : i === 0 ? '' : '+'
      return `${sign}${sign === '' ? '' : ' '}${size === '1' ? '' : `${write(size)} × `}${nameOf(keyOf(of))}`
    })
    .join(' ')

const Shown = ({ tree, step }: { tree: MeterTreeAnswer; step: 'P1D' | 'P1M' }) => {
  const { tree: words } = useWords(meterWords)
  const { text, format, language } = useText()
  const session = useSession()
  const nameOf = (meter: MeterShown): string => {
    const device = pickName(meter.deviceName, language, meter.device).text
    const several = tree.meters.filter((one) => one.device === meter.device).length > 1
    return several ? `${device}: ${pickName(meter.pointName, language, meter.point).text}` : device
  }
  const nameOfKey = (key: string): string => {
    const meter = tree.meters.find((one) => keyOf(one) === key)
    return meter === undefined ? key : nameOf(meter)
  }
  const time = ({ from }: { from: string }): string =>
    step === 'P1M'
      ? format.month(localDate(Date.parse(from), tree.timeZone).slice(0, 7))
      : format.date(localDate(Date.parse(from), tree.timeZone))
  const rows = tree.meters.flatMap((meter) => meter.steps.map((one) => ({ meter, one })))
  const isOneStep = (tree.meters[0]?.steps.length ?? 0) === 1
  const figure = (quantity: string | null, unit: string | null): string =>
    quantity === null ? words.unknown : format.consumption(quantity, unit)
  const estimate = (part: string): string => (Number(part) === 0 ? '' : `, ${words.estimated(format.percent(part, 0))}`)
  return (
    <Stack $gap={4}>
      <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {tree.meters.map((meter) => (
          <li key={keyOf(meter)} style={{ paddingLeft: `min(${meter.depth * 28}px, ${meter.depth * 6}vw)` }}>
            <Row $gap={2} $spread style={{ borderBottom: '1px solid var(--line)', padding: '8px 0' }}>
              <span style={{ flex: '1 1 240px', minWidth: 0 }}>
                {meter.depth > 0 ? <span aria-hidden="true">└ </span> : null}
                <AppLink to={`/devices/${meter.device}?point=${meter.point}`}>{nameOf(meter)}</AppLink>{' '}
                <Soft>{words.kinds[meter.kind]}</Soft>
                {meter.kind === 'virtual' ? (
                  <div>
                    <Small>
                      {formulaText(meter.formula ?? [], format.decimal, nameOfKey)}. {words.virtualNote}
                    </Small>
                  </div>
                ) : (
                  <div>
                    <Small>
                      {meter.lastReadingAt === null
                        ? words.never
                        : `${words.lastReading} ${format.instant(meter.lastReadingAt, tree.timeZone)}`}
                    </Small>
                  </div>
                )}
              </span>
              {isOneStep ? (
                <span>
                  {figure(meter.steps[0]?.quantity ?? null, meter.unit)}
                  {estimate(meter.steps[0]?.estimated ?? '0')}
                </span>
              ) : null}
            </Row>
          </li>
        ))}
      </ul>
      {tree.meters
        .filter(({ balance }) => balance !== null)
        .map((meter) => (
          <DataTable
            key={keyOf(meter)}
            caption={words.balance(nameOf(meter))}
            rows={meter.balance ?? []}
            rowKey={({ from }) => from}
            sortWord={text.common.sorted}
            columns={[
              { key: 'time', head: words.time, heading: true, render: time },
              { key: 'main', head: nameOf(meter), figures: true, render: ({ main }) => figure(main, meter.unit) },
              { key: 'subs', head: words.subs, figures: true, render: ({ subs }) => figure(subs, meter.unit) },
              {
                key: 'difference',
                head: words.difference,
                figures: true,
                render: ({ difference, estimated }) => (
                  <>
                    {figure(difference, meter.unit)}
                    <Small>{estimate(estimated)}</Small>
                  </>
                ),
              },
              {
                key: 'part',
                head: words.part,
                figures: true,
                render: ({ part, outside }) => (
                  <>
                    {part === null ? '–' : format.percent(part, 1)}{' '}
                    {outside ? (
                      <ToneMark tone="warn" icon={IconWarning}>
                        {words.outside}
                      </ToneMark>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
        ))}
      {isOneStep ? null : (
        <FigureTable
          caption={words.quantity}
          rows={rows}
          rowKey={({ meter, one }) => `${keyOf(meter)} ${one.from}`}
          fileName={`meters-${step}`}
          columns={[
            {
              key: 'meter',
              head: words.meter,
              heading: true,
              cell: ({ meter }) => nameOf(meter),
              render: ({ meter }) => nameOf(meter),
            },
            { key: 'time', head: words.time, cell: ({ one }) => one.from, render: ({ one }) => time(one) },
            {
              key: 'quantity',
              head: words.quantity,
              figures: true,
              // The file has all digits.
              cell: ({ one }) => one.quantity,
              render: ({ meter, one }) => `${figure(one.quantity, meter.unit)}${estimate(one.estimated)}`,
            },
          ]}
        />
      )}
      {hasRole(session, 'manager', 'technician') ? (
        <Stack className="no-print">
          <Fold summary={<strong>{words.makeVirtual}</strong>}>
            <VirtualMeterForm meters={tree.meters} nameOf={nameOf} />
          </Fold>
          <MainMeterForm meters={tree.meters} nameOf={nameOf} />
        </Stack>
      ) : null}
    </Stack>
  )
}
