// Choosing the period of a chart: range, one step back or forth, zoom. All of it is in the address.
import { Button, IconChevronLeft, IconChevronRight, IconMinus, IconPlus } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { useNow } from '#dashboard/components/Age.tsx'
import { addDays, datesOf, RANGES } from '#dashboard/format/zone.ts'
import type { Format } from '#dashboard/format/bind-format.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { panPeriod, readPeriod, wholeRange, zoomPeriod, type Period } from './period.ts'

/** The period of the address and how to change it. */
export const usePeriod = (timeZone: string) => {
  const { get, set } = useAddress()
  const { text, format } = useText()
  const announce = useAnnounce()
  const now = useNow()
  const period = readPeriod(get, now, timeZone)
  const show = (span: { from: number; to: number } | null) => {
    set(
      span === null
        ? { from: null, to: null }
        : { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() },
    )
    const seen = span ?? wholeRange(period.range, period.date, now, timeZone)
    announce(text.chart.zoomed(format.instant(seen.from, timeZone), format.instant(seen.to, timeZone)))
  }
  return {
    period,
    choose: (values: { range?: string; date?: string | null }) => set({ ...values, from: null, to: null }),
    zoom: (factor: number, around: number | null) =>
      show(zoomPeriod(period, wholeRange(period.range, period.date, now, timeZone), factor, around)),
    show,
    reset: () => show(null),
    /** Back or forth: by half of what is shown of a part, else by the whole range. What is to come is not gone to. */
    pan: (direction: 1 | -1) => {
      const next = panPeriod(period, direction, now, timeZone)
      if (next === null) return
      set({
        date: next.date,
        ...(period.zoomed
          ? { from: new Date(next.from).toISOString(), to: new Date(next.to).toISOString() }
          : { from: null, to: null }),
      })
      announce(text.chart.zoomed(format.instant(next.from, timeZone), format.instant(next.to, timeZone)))
    },
  }
}

const Segments = styled.fieldset`
  display: inline-flex;
  margin: 0;
  padding: 0;
  flex-wrap: wrap;
  border: 1px solid var(--line-strong);
  border-radius: 2px;
  overflow: hidden;
  button {
    min-height: 44px;
    padding: 0 14px;
    border: 0;
    border-right: 1px solid var(--line-strong);
    background: var(--surface);
    color: var(--ink);
    cursor: pointer;
  }
  button:last-child {
    border-right: 0;
  }
  button[aria-pressed='true'] {
    background: var(--selected);
    color: var(--link-strong);
    font-weight: 600;
    box-shadow: inset 0 -3px 0 var(--link);
  }
  button:focus-visible {
    outline-offset: -2px;
  }
  /* On a phone: the last hour above, the four others beside each other below. */
  @media (max-width: 599px) {
    display: grid;
    grid-template-columns: repeat(4, auto);
    width: 100%;
    button {
      padding: 0 6px;
    }
    button:first-of-type {
      grid-column: 1 / -1;
      border-right: 0;
      border-bottom: 1px solid var(--line-strong);
    }
  }
`
type Props = { timeZone: string; control: ReturnType<typeof usePeriod> }
export const PeriodPicker = ({ timeZone, control: { period, choose, zoom, reset, pan } }: Props) => {
  const { text, format } = useText()
  const now = useNow()
  return (
    <Row $gap={1} $spread className="no-print">
      <Row $gap={1}>
        <Segments>
          <VisuallyHidden as="legend">{text.chart.range}</VisuallyHidden>
          {RANGES.map((range) => (
            <button
              key={range}
              type="button"
              aria-pressed={range === period.range}
              onClick={() => choose({ range, ...(range === 'hour' ? { date: null } : {}) })}
            >
              {text.chart.ranges[range]}
            </button>
          ))}
        </Segments>
        {period.range === 'hour' && !period.zoomed ? null : (
          <Row $gap={1}>
            <Button
              variant="secondaryNoBorder"
              aria-label={text.chart.previous}
              icon={<IconChevronLeft />}
              onClick={() => pan(-1)}
            />
            <strong aria-live="polite">{periodName(period, format, timeZone)}</strong>
            <Button
              variant="secondaryNoBorder"
              aria-label={text.chart.next}
              icon={<IconChevronRight />}
              disabled={panPeriod(period, 1, now, timeZone) === null}
              onClick={() => pan(1)}
            />
          </Row>
        )}
      </Row>
      <Row $gap={1}>
        {period.zoomed ? (
          <Button variant="secondaryNoBorder" onClick={reset}>
            {text.chart.reset}
          </Button>
        ) : null}
        <Button
          variant="secondaryNoBorder"
          aria-label={text.chart.zoomIn}
          icon={<IconPlus />}
          onClick={() => zoom(0.5, null)}
        />
        <Button
          variant="secondaryNoBorder"
          aria-label={text.chart.zoomOut}
          icon={<IconMinus />}
          disabled={!period.zoomed}
          onClick={() => zoom(2, null)}
        />
      </Row>
    </Row>
  )
}

const periodName = ({ range, date, from, to, zoomed }: Period, format: Format, timeZone: string): string => {
  if (zoomed) return `${format.instant(from, timeZone)} – ${format.instant(to, timeZone)}`
  if (range === 'day') return format.date(date)
  if (range === 'month') return format.month(date.slice(0, 7))
  if (range === 'year') return date.slice(0, 4)
  const dates = datesOf('week', date)
  return `${format.date(dates.from)} – ${format.date(addDays(dates.to, -1))}`
}
