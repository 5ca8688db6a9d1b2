// Organisations by id, asked once and kept: nearly every page names them.
import { useQuery } from '@tanstack/react-query'
import type { OrganisationRecorded } from '#contract/organisations.ts'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { pickName } from '#domain/writing/names.ts'

const byId = (items: OrganisationRecorded[]) => new Map(items.map((item) => [item.id, item]))

export const useOrganisation = (id: string): OrganisationRecorded | undefined =>
  useQuery({ ...organisationsQuery, select: byId }).data?.get(id)

/** A function from an organisation's id to its name in the page's language. */
export const useOrganisationNames = (): ((id: string) => string) => {
  const { language } = useText()
  const known = useQuery({ ...organisationsQuery, select: byId }).data
  return (id) => pickName(known?.get(id)?.name, language, id).text
}
