// Electric power as people read it: watts below one kilowatt.
import { Figures } from '#dashboard/ui/Layout.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const Power = ({ watts }: { watts: number }) => {
  const { format } = useText()
  return (
    <Figures>{Math.abs(watts) >= 1000 ? format.quantity(watts / 1000, 'kW') : format.quantity(watts, 'W')}</Figures>
  )
}
