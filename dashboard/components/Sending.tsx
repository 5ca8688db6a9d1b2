// How much of a file has gone, and that the other side is at work on it afterwards.
import { useId } from 'react'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Figures, Stack } from '#dashboard/ui/Layout.tsx'

const Bar = styled.progress`
  width: min(100%, 420px);
  height: 16px;
  accent-color: var(--link);
`
type Props = {
  /** 0 to 1. */
  part: number
  sending: string
  reading: string
}
export const Sending = ({ part, sending, reading }: Props) => {
  const { format } = useText()
  const id = useId()
  const isSent = part >= 1
  return (
    <Stack $gap={1}>
      <label htmlFor={id}>
        {isSent ? reading : sending} <Figures>{isSent ? '' : format.percent(part, 0)}</Figures>
      </label>
      {/* Without a value it is under way, and nobody knows for how long. */}
      <Bar id={id} {...(isSent ? {} : { value: part, max: 1 })} />
    </Stack>
  )
}
