// Raw readings as the API streams them: one JSON object a line. Pure.
import type { QualityWord, ReadingValue } from '#contract/common.ts'

export type RawReading = {
  at: string
  value: ReadingValue
  quality: QualityWord
  simulated: boolean
  receivedAt: string
}

/** The readings of a stream's text, in its order. A last line that broke off is left out. */
export const parseReadings = (text: string): RawReading[] => {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line): RawReading => JSON.parse(line))
}
