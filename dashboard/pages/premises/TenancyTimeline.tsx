// Tenancies over time: a line for each space with who held it from when to when. A picture only: the table below it says the same.
import { styled } from 'styled-components'
import type { PremisesRecorded } from '#contract/premises.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { partyLook } from '#dashboard/components/party-palette.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Small } from '#dashboard/ui/Layout.tsx'

const Lines = styled.div`
  display: grid;
  grid-template-columns: minmax(96px, 220px) minmax(0, 1fr);
  gap: 4px 16px;
  align-items: center;
  font-size: 14px;
  @media (max-width: 599px) {
    grid-template-columns: minmax(0, 1fr);
    .track {
      margin-bottom: 8px;
    }
  }
  .track {
    position: relative;
    height: 22px;
    background: var(--quiet-ground);
    overflow: hidden;
  }
  .held {
    position: absolute;
    top: 0;
    bottom: 0;
    padding: 0 6px;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    line-height: 22px;
    color: var(--ink);
    background: var(--surface);
    border-left: 6px solid var(--line-strong);
    border-top: 1px solid var(--line-strong);
    border-bottom: 1px solid var(--line-strong);
  }
  .today {
    position: absolute;
    top: 0;
    bottom: 0;
    border-left: 2px dashed var(--bad);
  }
`
type Tenancies = NonNullable<PremisesRecorded['tenancies']>
type Props = {
  tenancies: Readonly<Tenancies>
  /** In the order of the agreement, so that each has the colour it has in every chart. */
  parties: readonly string[]
  spaceName: (space: string) => string
  today: string
}
export const TenancyTimeline = ({ tenancies, parties, spaceName, today }: Props) => {
  const { format } = useText()
  const nameOf = useOrganisationNames()
  const day = (date: string): number => Date.parse(date)
  const first = Math.min(...tenancies.map(({ from }) => day(from)), day(today))
  const last = Math.max(...tenancies.map(({ from, to }) => day(to ?? from)), day(today))
  // What has no end goes on a little beyond the last thing that is known.
  const end = last + Math.max((last - first) / 10, 90 * 86_400_000)
  const at = (ms: number): number => ((ms - first) / (end - first)) * 100
  const holders = [...new Set([...parties, ...tenancies.map(({ organisation }) => organisation)])]
  const spaces = Map.groupBy(tenancies, ({ space }) => space)
  return (
    <Lines aria-hidden="true">
      <Small>{format.date(new Date(first).toISOString().slice(0, 10))}</Small>
      <div className="track">
        <Small style={{ position: 'absolute', left: `min(${at(day(today))}%, calc(100% - 90px))` }}>
          {format.date(today)}
        </Small>
      </div>
      {[...spaces].map(([space, rows]) => [
        <span key={space}>{spaceName(space)}</span>,
        <div key={`${space} time`} className="track">
          {rows.map(({ organisation, from, to }) => (
            <span
              key={`${organisation} ${from}`}
              className="held"
              style={{
                left: `${at(day(from))}%`,
                width: `${at(to === null ? end : day(to)) - at(day(from))}%`,
                borderLeftColor: partyLook(holders.indexOf(organisation)).color,
              }}
            >
              {nameOf(organisation)}
            </span>
          ))}
          <span className="today" style={{ left: `${at(day(today))}%` }} />
        </div>,
      ])}
    </Lines>
  )
}
