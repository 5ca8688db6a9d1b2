// What a fault is called in lists and headings: what was chosen or written, and of what.
import type { FaultSummary } from '#contract/faults.ts'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { pickName } from '#domain/writing/names.ts'

const MOST = 80
type Named = Pick<FaultSummary, 'what' | 'choice' | 'device' | 'deviceName' | 'spaceName' | 'space' | 'premisesName'>

export const useFaultTitle = (): ((fault: Named) => string) => {
  const { choices } = useWords(reportWords)
  const { language } = useText()
  return ({ what, choice, device, deviceName, space, spaceName, premisesName }) => {
    const own = what.length > MOST ? `${what.slice(0, MOST).trimEnd()}…` : what
    const isSaid = choice !== null && choice !== 'other'
    const wrong = isSaid ? choices[choice] : own === '' ? choices.other : own
    const of =
      device !== null
        ? pickName(deviceName, language, device).text
        : space !== null
          ? pickName(spaceName, language, space).text
          : pickName(premisesName, language, '').text
    return `${of}: ${isSaid ? wrong.toLowerCase() : wrong}`
  }
}
