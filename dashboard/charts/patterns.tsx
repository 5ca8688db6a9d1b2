// Fills that tell parties apart without colour: plain, striped, dotted. Every SVG chart draws from here.
import { partyLook, type PartyLook } from '#dashboard/components/party-palette.ts'
import { styled } from 'styled-components'

type Definition = { id: string; look: PartyLook }

/** The patterns of a chart; ids must be unique on the page. */
export const Patterns = ({ definitions }: { definitions: Definition[] }) => (
  <defs>
    {definitions.map(({ id, look }) => (
      <pattern
        key={id}
        id={id}
        width="8"
        height="8"
        patternUnits="userSpaceOnUse"
        patternTransform={look.pattern === 'stripes' ? 'rotate(45)' : undefined}
      >
        <rect width="8" height="8" fill={look.color} />
        {look.pattern === 'stripes' ? <rect width="3" height="8" fill="var(--surface)" fillOpacity="0.6" /> : null}
        {look.pattern === 'dots' ? <circle cx="4" cy="4" r="1.8" fill="var(--surface)" fillOpacity="0.8" /> : null}
      </pattern>
    ))}
  </defs>
)

const Swatch = styled.svg`
  flex: none;
  vertical-align: -2px;
`
/** The small square beside a name. */
export const LookSwatch = ({ index, id }: { index: number; id: string }) => (
  <Swatch width="16" height="16" aria-hidden="true" focusable="false">
    <Patterns definitions={[{ id, look: partyLook(index) }]} />
    <rect width="16" height="16" rx="2" fill={`url(#${id})`} />
  </Swatch>
)
