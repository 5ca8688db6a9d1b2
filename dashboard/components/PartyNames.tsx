// Parties with their fixed colour, pattern and name.
import { useId } from 'react'
import { styled } from 'styled-components'
import { LookSwatch } from '#dashboard/charts/patterns.tsx'
import { Row } from '#dashboard/ui/Layout.tsx'
import { OrganisationName } from './Name.tsx'

/** The square stays beside the first line of a long name. */
const Party = styled.span`
  display: flex;
  align-items: baseline;
  gap: 8px;
  min-width: 0;
  > svg {
    position: relative;
    top: 2px;
  }
`
/** `index`: the party's place in its agreement. */
export const PartyName = ({ id, index }: { id: string; index: number }) => {
  const swatch = useId().replaceAll(/[^a-z0-9]/gi, '')
  return (
    <Party>
      <LookSwatch index={index} id={swatch} />
      <span>
        <OrganisationName id={id} />
      </span>
    </Party>
  )
}

export const PartyList = ({ parties }: { parties: readonly string[] }) => (
  <Row as="ul" $gap={2}>
    {parties.map((id, i) => (
      <li key={id}>
        <PartyName id={id} index={i} />
      </li>
    ))}
  </Row>
)
