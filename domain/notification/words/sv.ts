// What people are told, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { notificationWords as fi } from './fi.ts'

export const notificationWords: Worded<typeof fi> = {
  product: 'Samtila',
  raised: {
    info: 'Meddelande',
    warning: 'Varning',
    major: 'Allvarligt larm',
    critical: 'Kritiskt larm',
  },
  kinds: {
    'alarm-raised': 'Larm',
    'alarm-assigned': 'Ett larm har getts till er',
    'alarm-cleared': 'Larmet är över',
    'fault-offered': 'Nytt fel till er',
    'fault-accepted': 'Felet har tagits emot',
    'fault-declined': 'Felet har inte tagits emot',
    'fault-escalated': 'Ingen har tagit emot felet',
    'fault-done': 'Felet är reparerat',
    'service-due': 'Service på kommande',
    'service-overdue': 'Service försenad',
    'service-done': 'Service utförd',
    'webhook-disabled': 'En webhook har tagits ur bruk, eftersom meddelandena inte kom fram',
    'system-away': 'En server svarar inte',
    'system-back': 'En server svarar igen',
  },
  titled: (head, name) => `${head}: ${name}`,
  subject: (what, place) => `${what} – ${place}`,
  andMore: (count) => `(och ${count} till)`,
  value: (value) => `Värde ${value}.`,
  valueLimit: (value, limit) => `Värde ${value}, gräns ${limit}.`,
  reasons: {
    subscribed: 'Du har beställt detta.',
    assigned: 'Ärendet har getts till dig.',
    'on-call': 'Du har jour.',
    deputy: 'Du får detta som ersättare.',
  },
  escalated: 'Ingen har ännu kvitterat larmet.',
  over: 'Situationen är redan över.',
  greeting: (name) => `Hej ${name}`,
  digest: {
    hourly: 'Sammandrag av den senaste timmen:',
    daily: 'Dagens sammandrag:',
  },
  more: (count) => `Dessutom ${count} andra händelser:`,
  footer: (link) =>
    `Det här meddelandet skickades av Samtila. Det går inte att svara på det. Välj vad du vill få veta: ${link}`,
  testSubject: 'Testmeddelande från Samtila',
  test: 'E-posten fungerar. Meddelanden kommer till den här adressen.',
  calendar: {
    name: 'Samtila: jourer och service',
    onCall: (name) => `Jour: ${name}`,
    substitute: (name) => `Reserv: ${name}`,
  },
}
