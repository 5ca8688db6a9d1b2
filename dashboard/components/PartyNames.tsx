// Parties with their fixed colour, pattern and name.
import { useId } from 'react'
import { LookSwatch } from '#dashboard/charts/patterns.tsx'
import { Row } from '#dashboard/ui/Layout.tsx'
import { OrganisationName } from './Name.tsx'

/** `index`: the party's place in its agreement. */
export const PartyName = ({ id, index }: { id: string; index: number }) => {
  const swatch = useId().replaceAll(/[^a-z0-9]/gi, '')
  return (
    <Row as="span" $gap={1}>
      <LookSwatch index={index} id={swatch} />
      <span>
        <OrganisationName id={id} />
      </span>
    </Row>
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
