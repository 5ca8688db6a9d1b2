// Swedish words of the organisations page and of the groups of settings.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: 'Organisationer',
  about: 'Myndigheter, kommuner och företag som använder lokaler, äger enheter eller betalar kostnader.',
  find: 'Sök organisation',
  name: 'Namn',
  id: 'Kod',
  idHint: 'Små bokstäver, siffror och bindestreck. Koden kan inte ändras senare.',
  idWrong: 'Ange en kod, till exempel kuusamo-stad.',
  idTaken: 'Det finns redan en organisation med den koden.',
  nameNeeded: 'Ange namnet på minst ett språk.',
  businessId: 'FO-nummer',
  successor: 'Efterträdare',
  from: (name: string, day: string) => `${name} från ${day}`,
  add: 'Lägg till organisation',
  addEffect: 'Organisationen kan därefter få personer, lokaler, enheter och kostnader.',
  saved: (name: string) => `${name} har sparats.`,
  none: 'Ingen organisation motsvarar sökningen.',
  noneYet: 'Det finns inga organisationer ännu.',
  ownOnly: 'Du kan ändra din egen organisations namn. Nya organisationer läggs till av plattformens administration.',
  noId: 'inte angivet',
  settings: {
    set: 'Inställt för den här servern',
    noneSet: 'Alla inställningar är standard.',
    main: (n: number) => (n === 1 ? 'Serverns inställning (1)' : `Serverns inställningar (${n})`),
    limits: (n: number) => (n === 1 ? 'Gränsvärde (1)' : `Gränsvärden (${n})`),
  },
  actions: {
    access: 'Tillträde',
    accessText: 'Innan du ger ett nytt lösenord eller stänger kontot frågar vi en gång till.',
  },
}
