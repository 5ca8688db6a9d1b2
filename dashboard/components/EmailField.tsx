// An e-mail address: where reminders go; it may be left empty.
import { TextInput } from 'suomifi-ui-components'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useWords } from '#dashboard/text/words.ts'

/** Empty, or in the everyday form of an address. */
export const isEmail = (typed: string): boolean =>
  typed.trim() === '' || /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,190}$/.test(typed.trim())

type Props = { value: string; onChange: (value: string) => void; tried: boolean }
export const EmailField = ({ value, onChange, tried }: Props) => {
  const words = useWords(adminWords)
  return (
    <TextInput
      labelText={words.email}
      hintText={words.emailHint}
      type="email"
      autoComplete="email"
      value={value}
      onChange={(typed) => onChange(String(typed ?? ''))}
      {...(tried && !isEmail(value) ? { status: 'error' as const, statusText: words.emailWrong } : {})}
    />
  )
}
