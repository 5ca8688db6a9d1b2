// Arranging things: stacks, rows, grids, panels, facts. All gaps are steps of 8 px.
import { styled } from 'styled-components'

/** One below the other. `$gap` in steps of 8 px. */
export const Stack = styled.div<{ $gap?: number }>`
  display: flex;
  flex-direction: column;
  gap: ${({ $gap = 2 }) => $gap * 8}px;
  min-width: 0;
`
/** Side by side, wrapping; `$end` lines up the lower edges, for fields under their labels. */
export const Row = styled.div<{ $gap?: number; $spread?: boolean; $end?: boolean }>`
  display: flex;
  flex-wrap: wrap;
  align-items: ${({ $end = false }) => ($end ? 'flex-end' : 'center')};
  gap: ${({ $gap = 2 }) => $gap * 8}px;
  justify-content: ${({ $spread = false }) => ($spread ? 'space-between' : 'flex-start')};
  min-width: 0;
`
/** As many equal columns of at least `$min` px as fit. */
export const Grid = styled.div<{ $min?: number; $gap?: number }>`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, ${({ $min = 320 }) => $min}px), 1fr));
  gap: ${({ $gap = 2 }) => $gap * 8}px;
`
/** The filters of a list in even columns, so that none moves when the choices of another come. */
export const Filters = styled.search`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
  gap: 16px;
  align-items: start;
  > * {
    min-width: 0;
    width: auto;
    max-width: none;
  }
  select {
    width: 100%;
  }
  @media (max-width: 599px) {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 140px), 1fr));
    > .fi-search-input {
      grid-column: 1 / -1;
    }
  }
`
export const Panel = styled.section`
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 4px;
  padding: 24px;
  min-width: 0;
  @media (max-width: 899px) {
    padding: 16px;
  }
  @media print {
    border: 0;
    padding: 0;
  }
`
export const Soft = styled.span`
  color: var(--ink-soft);
`
export const Small = styled.span`
  font-size: 14px;
  color: var(--ink-soft);
`
/** Figures of equal width, so that columns of numbers stand under each other. */
export const Figures = styled.span`
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
`
/** Name and value pairs, in columns. */
const FactList = styled.dl<{ $min: number }>`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, ${({ $min }) => $min}px), 1fr));
  gap: 16px 24px;
  dt {
    font-size: 14px;
    color: var(--ink-soft);
  }
  dd {
    font-size: 16px;
  }
`
export const Facts = ({ facts, min = 200 }: { facts: [string, React.ReactNode][]; min?: number }) => (
  <FactList $min={min}>
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </FactList>
)
export const VisuallyHidden = styled.span`
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
`
