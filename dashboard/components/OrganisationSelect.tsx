// The choice of an organisation by its name.
import { useQuery } from '@tanstack/react-query'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

type Props = {
  label: string
  quiet?: boolean
  value: string
  /** What stands where none is chosen; without it one is always chosen. */
  none?: string
  /** Those that are not offered. */
  without?: readonly string[]
  onChange: (organisation: string) => void
}
export const OrganisationSelect = ({ label, quiet = false, value, none, without = [], onChange }: Props) => {
  const { language } = useText()
  const organisations = useQuery(organisationsQuery).data ?? []
  return (
    <Select
      label={label}
      quiet={quiet}
      value={value}
      options={[
        ...(none === undefined ? [] : [{ value: '', text: none }]),
        ...organisations
          .filter(({ id }) => id === value || !without.includes(id))
          .map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
      ]}
      onChange={onChange}
    />
  )
}
