// Statutory inspections of the usual building equipment in Finland, with the law that asks for each. Intervals are a beginning:
// whether a law covers an installation, and when its next inspection is, its holder and the inspection body decide.
import { words, type Words } from '#domain/device-types/device-type.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type InspectionTemplate = {
  id: Id
  /** Empty: of the premises as a whole. */
  deviceTypes: readonly Id[]
  title: Words
  /** As the law is called; the English name is no official one. */
  law: Words
  intervalMonths: number
  /** What decides whether and how often. */
  note: Words
}

const LIFTS = words('Hissiturvallisuuslaki 1134/2016', 'Hissäkerhetslagen 1134/2016', 'Lift Safety Act 1134/2016')
const ELECTRICITY = words(
  'Sähköturvallisuuslaki 1135/2016',
  'Elsäkerhetslagen 1135/2016',
  'Electrical Safety Act 1135/2016',
)
const PRESSURE = words(
  'Painelaitelaki 1144/2016',
  'Lagen om tryckbärande anordningar 1144/2016',
  'Pressure Equipment Act 1144/2016',
)
/** In force since 1 January 2025; before it the act on rescue service equipment, 10/2007. */
const FIRE = words(
  'Laki eräistä paloturvallisuuslaitteista (voimaan 1.1.2025)',
  'Lagen om vissa brandskyddsanordningar (i kraft 1.1.2025)',
  'Act on certain fire safety devices (in force 1 January 2025)',
)

export const INSPECTION_TEMPLATES: readonly InspectionTemplate[] = [
  {
    id: 'lift',
    deviceTypes: ['lift'],
    title: words('Hissin määräaikaistarkastus', 'Periodisk besiktning av hissen', 'Periodic inspection of the lift'),
    law: LIFTS,
    intervalMonths: 24,
    note: words(
      'Ensimmäinen kahden vuoden kuluessa käyttöönotosta, sitten joka toinen vuosi; tekijä valtuutettu laitos.',
      'Den första inom två år från ibruktagandet, sedan vartannat år; görs av ett bemyndigat organ.',
      'The first within two years of taking into use, then every second year; by an authorised body.',
    ),
  },
  {
    id: 'electricity-1',
    deviceTypes: [],
    title: words(
      'Sähkölaitteiston määräaikaistarkastus, luokka 1',
      'Periodisk besiktning av elanläggningen, klass 1',
      'Periodic inspection of the electrical installation, class 1',
    ),
    law: ELECTRICITY,
    intervalMonths: 120,
    note: words(
      'Pääsulakkeet yli 35 A, muu kuin asuinrakennus.',
      'Huvudsäkringar över 35 A, annat än bostadshus.',
      'Main fuses above 35 A, other than a residential building.',
    ),
  },
  {
    id: 'electricity-2',
    deviceTypes: [],
    title: words(
      'Sähkölaitteiston määräaikaistarkastus, luokka 2',
      'Periodisk besiktning av elanläggningen, klass 2',
      'Periodic inspection of the electrical installation, class 2',
    ),
    law: ELECTRICITY,
    intervalMonths: 120,
    note: words(
      'Yli 1 000 V osia tai liittymisteho yli 1 600 kVA.',
      'Delar över 1 000 V eller anslutningseffekt över 1 600 kVA.',
      'Parts above 1,000 V, or a connection above 1,600 kVA.',
    ),
  },
  {
    id: 'fire-alarm',
    deviceTypes: ['fire-alarm-panel'],
    title: words(
      'Paloilmoittimen määräaikaistarkastus',
      'Periodisk besiktning av brandlarmanläggningen',
      'Periodic inspection of the fire alarm system',
    ),
    law: FIRE,
    intervalMonths: 36,
    note: words(
      'Ennen käyttöönottoa ja sen jälkeen kolmen vuoden välein; vakavista puutteista uusintatarkastus.',
      'Före ibruktagandet och därefter med tre års mellanrum; förnyad besiktning vid allvarliga brister.',
      'Before taking into use and then every three years; inspected again when seriously deficient.',
    ),
  },
  {
    id: 'extinguishing-system',
    deviceTypes: [],
    title: words(
      'Automaattisen sammutuslaitteiston määräaikaistarkastus',
      'Periodisk besiktning av den automatiska släckanläggningen',
      'Periodic inspection of the automatic extinguishing system',
    ),
    law: FIRE,
    intervalMonths: 36,
    note: words(
      'Ennen käyttöönottoa ja sen jälkeen kolmen vuoden välein.',
      'Före ibruktagandet och därefter med tre års mellanrum.',
      'Before taking into use and then every three years.',
    ),
  },
  {
    id: 'extinguishers',
    deviceTypes: [],
    title: words('Käsisammuttimien tarkastus', 'Granskning av handbrandsläckarna', 'Check of portable extinguishers'),
    law: FIRE,
    intervalMonths: 12,
    note: words(
      'Vuoden tai kahden vuoden välein sen mukaan, missä sammutin on: valitse väli.',
      'Med ett eller två års mellanrum beroende på var släckaren finns: välj intervallet.',
      'Every year or every second year, by where the extinguisher is: choose the interval.',
    ),
  },
  {
    id: 'pressure-vessel',
    deviceTypes: [],
    title: words(
      'Rekisteröidyn painesäiliön määräaikaistarkastus',
      'Periodisk besiktning av en registrerad tryckbehållare',
      'Periodic inspection of a registered pressure vessel',
    ),
    law: PRESSURE,
    intervalMonths: 48,
    note: words(
      'Koskee rekisteröityjä; tarkastuslaitos määrää seuraavan ajankohdan ja lajin.',
      'Gäller registrerade; besiktningsorganet bestämmer nästa tidpunkt och slag.',
      'For registered ones; the inspection body sets the next date and kind.',
    ),
  },
  {
    id: 'pressure-boiler',
    deviceTypes: ['boiler'],
    title: words(
      'Rekisteröidyn kattilan määräaikaistarkastus',
      'Periodisk besiktning av en registrerad panna',
      'Periodic inspection of a registered boiler',
    ),
    law: PRESSURE,
    intervalMonths: 24,
    note: words(
      'Koskee rekisteröityjä, pääsääntöisesti kahden vuoden välein; tarkastuslaitos määrää seuraavan.',
      'Gäller registrerade, i regel med två års mellanrum; besiktningsorganet bestämmer nästa.',
      'For registered ones, as a rule every two years; the inspection body sets the next.',
    ),
  },
]
/** The template of this id, or null. */
export const findInspectionTemplate = (id: Id): InspectionTemplate | null =>
  INSPECTION_TEMPLATES.find((one) => one.id === id) ?? null
