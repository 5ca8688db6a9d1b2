// The form of the words of alarms in the three languages.
import type { Worded } from '#domain/writing/worded.ts'
import type { alarmWords } from './alarm-fi.ts'

export type AlarmWords = Worded<typeof alarmWords>
