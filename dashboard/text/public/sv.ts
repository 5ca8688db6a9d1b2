// The public page of a premises, in Finland-Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: (name) => `Kostnader för gemensam utrustning: ${name}`,
  lead: 'Vad husets gemensamma tjänster och utrustning kostar och förbrukar.',
  gone: 'Den här sidan finns inte',
  goneText: 'Husets offentliga sida har inte öppnats, eller så har den stängts.',
  costs: 'Kostnader per månad, euro exklusive moms',
  use: 'Förbrukning per månad',
  none: 'Det finns inga stängda månader ännu.',
  floor: (m2) => `Yta ${m2} m²`,
  month: 'Månad',
  rule: (least, percent) =>
    `Ett kostnadsslag visas när minst ${least} parter betalar för det och ingen mer än ${percent} procent. Av månaderna visas bara kostnadsslag som samma parter betalar, så att en parts andel inte kan räknas ut som skillnaden mellan två månader. Kostnader som gäller säkerheten visas inte. Talen kommer från stängda månader och är avrundade till hela euro.`,
  panel: 'Offentlig sida',
  isOpen: 'Sidan är öppen för alla utan inloggning.',
  isClosed:
    'Sidan är stängd. När du öppnar den ser vem som helst kostnaderna för och förbrukningen av den gemensamma utrustningen, utan uppgifter om parterna.',
  open: 'Öppna den offentliga sidan',
  close: 'Stäng den offentliga sidan',
  look: 'Se den offentliga sidan',
  done: 'Ändrat.',
  page: 'Offentlig sida',
  preview: 'Så här skulle sidan se ut för alla. Den visas inte för någon förrän den öppnas.',
  previewBack: 'Tillbaka till nyckeltalen',
  lookFirst: 'Se vad sidan skulle visa',
}
