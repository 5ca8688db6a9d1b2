// The name of a period: a month in words, or the year.
import { useText } from '#dashboard/text/TextProvider.tsx'

export const usePeriodName = () => {
  const { format } = useText()
  return (period: string) => (period.length > 4 ? format.month(period) : period)
}
