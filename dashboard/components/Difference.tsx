// A difference in money with its sign; more to pay and less to pay are told apart by sign and weight, not by colour alone.
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Figures } from '#dashboard/ui/Layout.tsx'

const More = styled(Figures)`
  font-weight: 600;
`
export const Difference = ({ amount }: { amount: string | null }) => {
  const { format } = useText()
  if (amount === null) return <Figures>–</Figures>
  const isMore = !amount.startsWith('-') && /[1-9]/.test(amount)
  return isMore ? <More>+{format.money(amount)}</More> : <Figures>{format.money(amount)}</Figures>
}
