// A sum of euros as it is typed; what can be read in two ways is said when the field is left.
import { useState } from 'react'
import { TextInput } from 'suomifi-ui-components'
import { isTypedAmount } from '#dashboard/format/typed.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  fullWidth?: boolean
  /** Said also when nothing stands in it. */
  needed?: boolean
}
export const AmountField = ({ label, value, onChange, fullWidth = false, needed = false }: Props) => {
  const { text } = useText()
  const [isLeft, setLeft] = useState(false)
  const isWrong = value.trim() === '' ? needed : isLeft && !isTypedAmount(value)
  return (
    <TextInput
      labelText={label}
      inputMode="decimal"
      fullWidth={fullWidth}
      value={value}
      onChange={(typed) => {
        setLeft(false)
        onChange(String(typed ?? ''))
      }}
      onBlur={() => setLeft(true)}
      {...(isWrong ? { status: 'error' as const, statusText: text.common.badAmount } : {})}
    />
  )
}
