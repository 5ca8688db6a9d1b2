// What happens when something is ended, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  certificate: (device) =>
    `Enheten ${device} kan inte längre ansluta med detta certifikat, och förbindelsen bryts genast. Återkallandet kan inte ångras.`,
  credentials: (device) =>
    `Enheten ${device} förlorar genast sin förbindelse och kommer tillbaka först med nya enhetskoder. Det kan inte ångras.`,
  authority: 'Alla förbindelser som använder denna utfärdares certifikat bryts genast.',
  labels: (n) =>
    `${n === 1 ? 'Etiketten' : `${n} etiketter`} kan inte längre användas, även om utskriften redan är gjord.`,
  token: (name) => `Program som använder nyckeln ${name} får genast ett nekande svar. Nyckeln kan inte fås tillbaka.`,
  identityProvider: (name) => `Ingen kan längre logga in via ${name}. De som inte har något lösenord kommer inte in.`,
  bridge: (name) =>
    `Genom bryggan ${name} kommer inga fler avläsningar. De som redan har kommit finns kvar. Bryggans inställningar och lösenord försvinner.`,
  listener: (name) => `Lyssnaren ${name} kopplas genast bort och får inte veta något mer.`,
  webhook: (name) => `Ingenting skickas längre till ${name}.`,
  calendar: 'Skift, undantag och steg försvinner, och ingen har längre jour enligt denna kalender.',
  vulnerability: (code) => `Sårbarheten ${code} tas bort från alla enheter som den gäller.`,
  document: (title) => `Dokumentet ${title} och dess tidigare versioner visas inte längre här.`,
  firmwareKey:
    'Programvara som är signerad med denna nyckel godkänns inte längre, och inga uppdateringar kan startas med den.',
  accept: {
    title: (month) => `Godkänn fördelningen, ${month}`,
    whole: 'Er andel sammanlagt',
    exactly: (issue) =>
      `Du godkänner just dessa siffror (utskick ${issue}). Om fördelningen skickas på nytt behövs ett nytt godkännande.`,
    pays: (other) => `Ni betalar till: ${other}`,
    receives: (other) => `Ni får av: ${other}`,
    read: 'Se raderna och grunderna',
  },
}
