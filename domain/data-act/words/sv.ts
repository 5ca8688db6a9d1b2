// The request for data, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { letterWords as fi } from './fi.ts'

export const letterWords: Worded<typeof fi> = {
  title: 'Begäran om data',
  state: 'Förordning (EU) 2023/2854 (dataförordningen)',
  to: 'Datahållare',
  contact: 'Kontaktuppgifter',
  from: 'Användare som begär',
  date: 'Datum',
  answerBy: 'Svar begärs senast',
  device: 'Enhet',
  maker: 'Tillverkare och modell',
  serial: 'Serienummer',
  place: 'Plats',
  article4: (organisation) =>
    `${organisation} är användare av produkten enligt artikel 2.12 i förordning (EU) 2023/2854 och begär med stöd av artikel 4.1 produktens lättillgängliga data.`,
  article5: (organisation, third) =>
    `${organisation} är användare av produkten enligt artikel 2.12 i förordning (EU) 2023/2854 och begär med stöd av artikel 5.1 att produktens lättillgängliga data ges till en tredje part: ${third}.`,
  wanted: 'Begärda data',
  days: (from, to) => `För tiden ${from}–${to}.`,
  allDays: 'För hela den tid för vilken data är lättillgängliga.',
  metadata: 'Vi begär även de metadata som behövs för att tolka och använda dessa data.',
  form: 'Data begärs med samma kvalitet som de har hos datahållaren, utan oskäligt dröjsmål, säkert, i ett strukturerat, allmänt använt och maskinläsbart format samt, när det är relevant och tekniskt möjligt, kontinuerligt och i realtid.',
  free: 'Data ges användaren kostnadsfritt.',
  refusal: 'Om begäran inte godtas ber vi om en skriftlig motivering.',
  contents: 'Begäran',
}
