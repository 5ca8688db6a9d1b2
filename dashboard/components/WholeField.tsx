// A whole number as it is typed; what is none, or out of its bounds, is said when the field is left, and refused when it is sent.
import { useState } from 'react'
import { TextInput } from 'suomifi-ui-components'
import { typedWhole } from '#dashboard/format/typed.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

type Props = {
  label: string
  /** NaN: what stands in the field is no such number. */
  value: number
  least: number
  most: number
  onChange: (value: number) => void
  fullWidth?: boolean
}
export const WholeField = ({ label, value, least, most, onChange, fullWidth = false }: Props) => {
  const { text, format } = useText()
  const [typed, setTyped] = useState(String(value))
  const [isLeft, setLeft] = useState(false)
  const isSame = Number.isNaN(value) || typedWhole(typed) === value
  const isWrong = isLeft && !(value >= least && value <= most)
  return (
    <TextInput
      labelText={label}
      inputMode={least < 0 ? 'text' : 'numeric'}
      fullWidth={fullWidth}
      value={isSame ? typed : String(value)}
      onChange={(next) => {
        setLeft(false)
        setTyped(String(next ?? ''))
        onChange(typedWhole(String(next ?? '')))
      }}
      onBlur={() => setLeft(true)}
      {...(isWrong
        ? { status: 'error' as const, statusText: text.common.badWhole(format.number(least), format.number(most)) }
        : {})}
    />
  )
}
