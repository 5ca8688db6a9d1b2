// Comfort and opening hours, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: 'Temperatur och koldioxid i utrymmena',
  limits: 'Gränser',
  sets: { 'new-building': 'Planeringsvärden för nya byggnader', action: 'Åtgärdsgränser' },
  sources: {
    'new-building':
      'Källa: miljöministeriets förordning om inomhusklimat och ventilation i nya byggnader 1009/2017, 4 och 5 §. I en äldre byggnad är värdena ett mål, inte en skyldighet.',
    action:
      'Källa: social- och hälsovårdsministeriets förordning om sanitära förhållanden i bostäder och andra vistelseutrymmen 545/2015, 6 och 8 § samt bilaga 1. Temperaturgränserna gäller bostäder; förordningen gäller inte utrymmen där man bara arbetar. Att en mätare visar över gränsen är ännu inte en myndighets konstaterande.',
  },
  range: (heating, otherwise, co2, above, outdoor) =>
    `Temperatur ${heating} under uppvärmningsperioden (oktober–april) och ${otherwise} annars. Koldioxid högst ${co2}: ${above} över uteluften, som antas vara ${outdoor}.`,
  span: 'Tid',
  spans: { '7': '7 dagar', '30': '30 dagar', '90': '90 dagar' },
  within: 'Inom gränserna under öppettiden',
  withinAll: 'Inom gränserna',
  hours: (n) => `${n} h mätt`,
  tooCold: (n) => `för kallt ${n} h`,
  tooWarm: (n) => `för varmt ${n} h`,
  tooMuch: (n) => `över gränsen ${n} h`,
  verdicts: { within: 'inom gränserna', below: 'under gränsen', above: 'över gränsen' },
  space: 'Utrymme',
  now: 'Nu',
  quantities: { temperature: 'Temperatur', co2: 'Koldioxid' },
  range2: 'Lägst–högst',
  none: 'Inget utrymme har en givare för temperatur eller koldioxid.',
  noneStep: 'Ge givaren ett utrymme och punkterna temperature eller co2.',
  allHours: 'Inga öppettider har getts: alla timmar räknas.',
  worst: 'Sämsta utrymmen',
  allWithin: 'Alla utrymmen har hållit sig inom gränserna.',
  nothingYet: 'Det finns inga mätningar från öppettiden ännu.',
  more: 'Det finns fler givare än vad som visas här.',
  opening: 'Öppettider',
  open: 'Öppet nu',
  closed: 'Stängt nu',
  closedDay: 'stängt',
  noOpening: 'Inga öppettider har getts.',
  giveHours: 'Ange öppettider',
  changeHours: 'Ändra öppettiderna',
  toSchedules: 'Tidtabeller och öppettider',
  days: 'Två veckor framåt',
  day: 'Dag',
  because: 'Orsak',
  weekdays: ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'],
  week: 'Vecka',
  holidays: 'Stängt på helgdagar',
  eves: 'Stängt på aftnar',
}
