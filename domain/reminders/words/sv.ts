// Reminders in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { reminderWords as fi } from './fi.ts'

export const reminderWords: Worded<typeof fi> = {
  subject: (count) => (count === 1 ? 'Samtila: ett ärende väntar på er' : `Samtila: ${count} ärenden väntar på er`),
  greeting: (name) => `Hej ${name}`,
  intro: (organisation) => `Detta väntar på er organisation ${organisation}:`,
  kinds: {
    'month-to-issue': (month) => `Skicka ${month} till parterna.`,
    'month-to-accept': (month) => `Godkänn eller bestrid ${month}.`,
    'month-to-close': (month) => `Stäng ${month}.`,
    'dispute-to-answer': (month) => `Svara på tvisten, ${month}.`,
    'dispute-to-settle': (month) => `Ta ställning till svaret i tvisten, ${month}.`,
    'proposal-to-approve': () => 'Godkänn eller avslå avtalsförslaget.',
    'transfer-to-answer': () => 'Ta emot eller avböj den enhet som erbjuds er.',
    'loan-to-return': () => 'Lämna tillbaka den lånade enheten.',
    'meter-change-to-witness': () => 'Bekräfta mätarbytet som vittne eller vägra med en motivering.',
    'data-request-to-answer': () => 'Svara på begäran om enhetens data.',
    'fault-to-answer': () => 'Ta emot felet eller avböj det med en motivering.',
    'service-task-due': () => 'Gör serviceuppgiften, eller berätta varför den inte kunde göras.',
    'inspection-due': () => 'Låt göra den periodiska besiktningen och anteckna den.',
  },
  equipment: {
    'support-ends': (date) => `Stödet för den fasta programvaran upphör ${date}. Förbered förnyelsen.`,
    'warranty-ends': (date) => `Garantin upphör ${date}. Anmäl fel före det.`,
    'service-contract-ends': (date) => `Serviceavtalet upphör ${date}. Förnya eller konkurrensutsätt det.`,
    'insurance-ends': (date) => `Försäkringen upphör ${date}. Förnya den.`,
    'verification-due': (date) => `Mätarens verifiering gäller till ${date}. Byt mätaren före det.`,
    'document-ends': (date) => `Dokumentets giltighet upphör ${date}. Skaffa ett nytt.`,
    'certificate-ends': (date) => `Enhetens certifikat går ut ${date}. Ge enheten ett nytt, annars bryts förbindelsen.`,
  },
  more: (count) => `och ${count} till`,
  until: (date) => `Senast ${date}.`,
  overdue: (date) => `Tidsfristen gick ut ${date}.`,
  silence: 'Om ni inte svarar inom tidsfristen anses månaden vara godkänd.',
  footer: 'Påminnelsen är skickad av Samtila. Den kan inte besvaras.',
}
