// A name of content, marked with its language where that is not the page's.
import type { Names } from '#contract/common.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { pickName } from '#domain/writing/names.ts'
import { useOrganisation } from './organisations.ts'

export const Name = ({ names, id }: { names: Names | null | undefined; id: string }) => {
  const { language } = useText()
  const name = pickName(names, language, id)
  return name.language === null || name.language === language ? (
    name.text
  ) : (
    <span lang={name.language}>{name.text}</span>
  )
}

/** The name of an organisation by its id. */
export const OrganisationName = ({ id }: { id: string }) => {
  const organisation = useOrganisation(id)
  return <Name names={organisation?.name} id={id} />
}
