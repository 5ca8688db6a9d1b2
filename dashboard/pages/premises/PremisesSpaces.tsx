// Storeys and their spaces: what each is, how large, and who holds it today.
import { useMemo } from 'react'
import type { Space } from '#contract/bundle.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { localDate } from '#domain/writing/date.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { PremisesModel } from './PremisesModel.tsx'
import { usePremises } from './PremisesPage.tsx'
import { SpaceForm } from './SpaceForm.tsx'
import { coversDate, storeysOf } from './storeys.ts'

export const PremisesSpaces = () => {
  const { text } = useText()
  const { premises } = usePremises()
  const storeys = useMemo(() => storeysOf(premises.spaces ?? []), [premises.spaces])
  if (storeys.length === 0)
    return (
      <Stack $gap={3}>
        <Panel>
          <Empty title={text.premises.noSpaces} />
        </Panel>
        <AddSpace />
        <PremisesModel />
      </Stack>
    )
  return (
    <Stack $gap={3}>
      <nav aria-label={text.premises.storeys} className="no-print">
        <Row as="ul" $gap={2}>
          {storeys.map(({ storey }) => (
            <li key={storey}>
              <a href={`#storey-${storey}`}>{storey === '' ? text.premises.noStorey : text.premises.storey(storey)}</a>
            </li>
          ))}
        </Row>
      </nav>
      {storeys.map(({ storey, spaces }) => (
        <Panel key={storey} id={`storey-${storey}`}>
          <Stack>
            <h2>{storey === '' ? text.premises.noStorey : text.premises.storey(storey)}</h2>
            <SpaceTable caption={storey} spaces={spaces} />
          </Stack>
        </Panel>
      ))}
      <AddSpace />
      <PremisesModel />
    </Stack>
  )
}

/** Made by the landlord; many at once come by an import. */
const AddSpace = () => {
  const { space: words, premises: place } = useWords(registryWords)
  const { premises } = usePremises()
  const session = useSession()
  const mayAdd =
    (session.organisation === null || session.organisation === premises.landlord) && hasRole(session, 'manager')
  if (!mayAdd) return null
  return (
    <Panel className="no-print">
      <Stack>
        <Fold summary={<strong>{words.addTitle}</strong>}>
          <SpaceForm key={premises.version} premises={premises} space={null} />
        </Fold>
        <AppLink to="/imports">{place.importSpaces}</AppLink>
      </Stack>
    </Panel>
  )
}

const SpaceTable = ({ caption, spaces }: { caption: string; spaces: Space[] }) => {
  const { text, format } = useText()
  const { premises } = usePremises()
  const today = localDate(useNow(), premises.timeZone)
  const holders = (space: string) =>
    (premises.tenancies ?? []).filter((tenancy) => tenancy.space === space && coversDate(tenancy, today))
  return (
    <DataTable
      caption={caption === '' ? text.premises.noStorey : text.premises.storey(caption)}
      quietCaption
      rows={spaces}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'space',
          head: text.premises.space,
          heading: true,
          sort: ({ id }) => id,
          render: ({ id, name }) => (
            <>
              <AppLink to={`/premises/${premises.id}/spaces/${id}`}>
                <Name names={name} id={id} />
              </AppLink>
              <br />
              <Soft>{id}</Soft>
            </>
          ),
        },
        {
          key: 'type',
          head: text.premises.type,
          render: ({ type }) => (type === undefined ? '–' : wordOf(text.spaceTypes, type)),
          sort: ({ type }) => type ?? null,
        },
        { key: 'use', head: text.premises.use, render: ({ use }) => text.premises.uses[use], sort: ({ use }) => use },
        {
          key: 'area',
          head: text.premises.area,
          figures: true,
          render: ({ areaM2 }) => `${format.decimal(areaM2)}\u00A0m²`,
          sort: ({ areaM2 }) => areaM2,
        },
        {
          key: 'holder',
          head: text.premises.holder,
          render: ({ id, use }) => {
            const now = holders(id)
            if (use !== 'exclusive') return <Soft>{text.premises.shared}</Soft>
            if (now.length === 0) return <Soft>{text.premises.vacant}</Soft>
            return now.map(({ organisation }) => <OrganisationName key={organisation} id={organisation} />)
          },
        },
      ]}
    />
  )
}
