// What brings a plan's tasks about, in words.
import type { Trigger } from '#contract/service.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { LOCALES } from '#domain/writing/language.ts'

export const useMonthName = (): ((month: number) => string) => {
  const { language } = useText()
  const names = new Intl.DateTimeFormat(LOCALES[language], { month: 'long', timeZone: 'UTC' })
  return (month) => names.format(Date.UTC(2024, month - 1, 15))
}
export const useTriggerText = (): ((trigger: Trigger) => string) => {
  const { summary } = useWords(serviceWords).plan
  const { format } = useText()
  const monthName = useMonthName()
  return (trigger) => {
    switch (trigger.by) {
      case 'weeks':
        return summary.weeks(trigger.every)
      case 'months':
        return summary.months(trigger.every)
      case 'yearly':
        return summary.yearly(format.list(trigger.months.map(monthName)), trigger.day)
      case 'hours':
        return summary.hours(format.decimal(trigger.every))
      case 'count':
        return summary.count(format.decimal(trigger.every))
      default:
        return summary.verification
    }
  }
}
