// One premises, or all.
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'

type Props = { value: string | null; onChange: (premises: string | null) => void }
export const PremisesChoice = ({ value, onChange }: Props) => {
  const words = useWords(notificationWords)
  const { all, nameOf } = usePremisesNames()
  return (
    <Select
      label={words.premises}
      value={value ?? ''}
      options={[{ value: '', text: words.allPremises }, ...all.map(({ id }) => ({ value: id, text: nameOf(id) }))]}
      onChange={(premises) => onChange(premises === '' ? null : premises)}
    />
  )
}
