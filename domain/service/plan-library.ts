// What is usually done to devices of the library's types, and how often: a beginning that everybody may change, never a duty.
import { words, type Words } from '#domain/device-types/device-type.ts'
import type { Decimal, Id } from '#domain/registry/bundle.ts'
import type { ChecklistItem, ServicePlan, Trigger } from './plan.ts'

type Undated<T> = T extends { from: string } ? Omit<T, 'from'> : T
export type PlanTemplate = Pick<ServicePlan, 'workingDays' | 'rhythm' | 'leadDays'> & {
  id: Id
  deviceTypes: readonly Id[]
  title: Words
  trigger: Undated<Trigger>
  checklist: readonly (ChecklistItem & { text: Words })[]
}

type Text = [fi: string, sv: string, en: string]
const yes = (id: Id, ...text: Text): ChecklistItem & { text: Words } => ({
  id,
  text: words(...text),
  kind: 'yes-no',
  required: true,
})
const measure = (
  id: Id,
  unit: string,
  [least, most]: [Decimal | undefined, Decimal | undefined],
  ...text: Text
): ChecklistItem & { text: Words } => ({
  id,
  text: words(...text),
  kind: 'number',
  unit,
  ...(least === undefined ? {} : { least }),
  ...(most === undefined ? {} : { most }),
  required: true,
})
const write = (id: Id, ...text: Text): ChecklistItem & { text: Words } => ({
  id,
  text: words(...text),
  kind: 'text',
  required: false,
})
const photo = (id: Id, ...text: Text): ChecklistItem & { text: Words } => ({
  id,
  text: words(...text),
  kind: 'photo',
  required: true,
})
const monthly = { workingDays: true, rhythm: 'fixed', leadDays: 14 } as const
const yearly = { workingDays: true, rhythm: 'done', leadDays: 30 } as const

const METERS = ['electricity-meter', 'main-electricity-meter', 'three-phase-meter', 'heat-meter', 'district-heat-meter']

export const PLAN_TEMPLATES: readonly PlanTemplate[] = [
  {
    id: 'ventilation-filters',
    deviceTypes: ['ventilation-unit'],
    title: words('Suodattimien vaihto', 'Byte av filter', 'Filter change'),
    trigger: { by: 'months', every: 6 },
    ...yearly,
    checklist: [
      measure('pressure-before', 'Pa', ['0', '250'], 'Paine-ero ennen', 'Tryckfall före', 'Pressure before'),
      yes('changed', 'Suodattimet vaihdettu', 'Filtren är bytta', 'Filters changed'),
      yes('tight', 'Suodattimien reunat tiiviit', 'Filtrens kanter är täta', 'Filter edges are tight'),
      measure('pressure-after', 'Pa', ['0', '150'], 'Paine-ero jälkeen', 'Tryckfall efter', 'Pressure after'),
      write('class', 'Suodatinluokka ja koko', 'Filterklass och storlek', 'Filter class and size'),
      photo('photo', 'Kuva uusista suodattimista', 'Foto av de nya filtren', 'Photo of the new filters'),
    ],
  },
  {
    id: 'ventilation-hours',
    deviceTypes: ['ventilation-unit', 'exhaust-fan', 'pump'],
    title: words('Huolto käyttötuntien mukaan', 'Service efter drifttimmar', 'Service by running hours'),
    trigger: { by: 'hours', point: 'state', every: '4000' },
    workingDays: true,
    rhythm: 'done',
    leadDays: 14,
    checklist: [
      yes('belts', 'Hihnat ja laakerit kunnossa', 'Remmar och lager är hela', 'Belts and bearings in order'),
      yes(
        'noise',
        'Ei poikkeavaa ääntä tai tärinää',
        'Inga ovanliga ljud eller skakningar',
        'No unusual noise or shaking',
      ),
      yes('clean', 'Kammiot ja puhallin puhtaat', 'Kamrarna och fläkten är rena', 'Chambers and fan are clean'),
    ],
  },
  {
    id: 'heat-pump-service',
    deviceTypes: ['heat-pump', 'chiller', 'server-room-cooling'],
    title: words('Kylmälaitteen vuosihuolto', 'Årlig service av kylanläggning', 'Yearly service of the cooling unit'),
    trigger: { by: 'months', every: 12 },
    ...yearly,
    checklist: [
      yes('leaks', 'Ei vuotojälkiä', 'Inga spår av läckage', 'No traces of leaks'),
      yes('coils', 'Patterit puhtaat', 'Batterierna är rena', 'Coils are clean'),
      write(
        'refrigerant',
        'Kylmäaine ja lisätty määrä',
        'Köldmedium och påfylld mängd',
        'Refrigerant and amount added',
      ),
      photo('report', 'Kuva huoltomerkinnästä', 'Foto av serviceanteckningen', 'Photo of the service note'),
    ],
  },
  {
    id: 'substation-check',
    deviceTypes: ['substation', 'boiler'],
    title: words(
      'Lämmönjakokeskuksen tarkistus',
      'Kontroll av värmecentralen',
      'Check of the heat distribution centre',
    ),
    trigger: { by: 'months', every: 1 },
    ...monthly,
    checklist: [
      measure('pressure', 'bar', ['0.8', '3'], 'Verkoston paine', 'Nätets tryck', 'Network pressure'),
      measure('hot-water', '°C', ['55', '65'], 'Lämmin käyttövesi', 'Varmvatten', 'Hot water'),
      yes('leaks', 'Ei vuotoja', 'Inga läckor', 'No leaks'),
      yes('pumps', 'Pumput käyvät tasaisesti', 'Pumparna går jämnt', 'Pumps run evenly'),
    ],
  },
  {
    id: 'fire-alarm-test',
    deviceTypes: ['fire-alarm-panel'],
    title: words('Paloilmoittimen kuukausikokeilu', 'Månadsprov av brandlarmet', 'Monthly test of the fire alarm'),
    trigger: { by: 'months', every: 1 },
    ...monthly,
    checklist: [
      yes(
        'told',
        'Hätäkeskukselle ja väelle ilmoitettu',
        'Nödcentralen och folket i huset vet om provet',
        'Emergency centre and people told',
      ),
      yes('passed-on', 'Ilmoitus välittyi', 'Larmet gick fram', 'The alarm got through'),
      yes('bells', 'Palokellot kuuluvat', 'Brandklockorna hörs', 'The bells are heard'),
      write('detector', 'Kokeiltu ilmaisin', 'Provad detektor', 'Detector that was tried'),
      yes(
        'restored',
        'Laitteisto palautettu valmiuteen',
        'Anläggningen är i beredskap igen',
        'The system is back in service',
      ),
    ],
  },
  {
    id: 'smoke-detector-test',
    deviceTypes: ['smoke-detector'],
    title: words('Savuilmaisimen kokeilu', 'Prov av rökdetektorn', 'Test of the smoke detector'),
    trigger: { by: 'months', every: 12 },
    ...yearly,
    checklist: [
      yes('sounds', 'Hälyttää', 'Larmar', 'It sounds'),
      yes('clean', 'Puhdas ja esteetön', 'Ren och fri', 'Clean and free'),
      yes('battery', 'Paristo tai akku kunnossa', 'Batteriet är i skick', 'Battery in order'),
    ],
  },
  {
    id: 'emergency-lighting-test',
    deviceTypes: ['emergency-lighting'],
    title: words('Turvavalaistuksen kokeilu', 'Prov av nödbelysningen', 'Emergency lighting test'),
    trigger: { by: 'months', every: 1 },
    ...monthly,
    checklist: [
      yes('lights', 'Kaikki valaisimet palavat', 'Alla armaturer lyser', 'All lamps are lit'),
      measure('minutes', 'min', ['60', undefined], 'Toiminta-aika akulla', 'Drifttid på batteri', 'Time on battery'),
      write('broken', 'Vialliset valaisimet', 'Trasiga armaturer', 'Broken lamps'),
    ],
  },
  {
    id: 'lift-service',
    deviceTypes: ['lift'],
    title: words(
      'Hissin huolto huolto-ohjelman mukaan',
      'Service av hissen enligt serviceprogrammet',
      'Lift service by its programme',
    ),
    trigger: { by: 'months', every: 2 },
    ...monthly,
    checklist: [
      yes('doors', 'Ovet ja valoverho toimivat', 'Dörrar och ljusridå fungerar', 'Doors and light curtain work'),
      yes('levelling', 'Pysähtyy tasoon', 'Stannar i våning', 'Stops level'),
      yes('emergency-call', 'Hätäpuhelin toimii', 'Nödtelefonen fungerar', 'Emergency phone works'),
      yes('pit', 'Kuilu ja kuoppa siistit', 'Schaktet och gropen är städade', 'Shaft and pit are clean'),
    ],
  },
  {
    id: 'lift-trips',
    deviceTypes: ['lift'],
    title: words('Hissin tarkastus ajomäärän mukaan', 'Kontroll av hissen efter antal åkturer', 'Lift check by trips'),
    trigger: { by: 'count', point: 'trips', every: '50000' },
    workingDays: true,
    rhythm: 'done',
    leadDays: 14,
    checklist: [
      yes('ropes', 'Köydet tai hihnat kunnossa', 'Linor eller remmar är hela', 'Ropes or belts in order'),
      yes('brake', 'Jarru pitää', 'Bromsen håller', 'The brake holds'),
    ],
  },
  {
    id: 'door-service',
    deviceTypes: ['automatic-door'],
    title: words('Automaattioven huolto', 'Service av automatdörren', 'Automatic door service'),
    trigger: { by: 'months', every: 6 },
    ...yearly,
    checklist: [
      yes(
        'sensors',
        'Turva-anturit pysäyttävät oven',
        'Säkerhetsgivarna stannar dörren',
        'Safety sensors stop the door',
      ),
      yes('escape', 'Aukeaa poistumistienä', 'Öppnas som utrymningsväg', 'Opens as an escape route'),
    ],
  },
  {
    id: 'ev-charger-check',
    deviceTypes: ['ev-charger', 'ev-charging-port'],
    title: words(
      'Latausaseman silmämääräinen tarkistus',
      'Okulärkontroll av laddstationen',
      'Visual check of the charger',
    ),
    trigger: { by: 'months', every: 3 },
    ...monthly,
    checklist: [
      yes('cable', 'Kaapeli ja pistoke ehjät', 'Kabel och kontakt är hela', 'Cable and plug are whole'),
      yes('cover', 'Kotelo ehjä ja kiinni', 'Höljet är helt och stängt', 'Cover whole and shut'),
      yes('rcd', 'Vikavirtasuoja testattu', 'Jordfelsbrytaren är provad', 'Residual current device tried'),
      yes('display', 'Merkkivalot ja näyttö toimivat', 'Lampor och skärm fungerar', 'Lights and display work'),
    ],
  },
  {
    id: 'meter-verification',
    deviceTypes: [
      ...METERS,
      'water-meter',
      'main-water-meter',
      'cold-water-meter',
      'hot-water-meter',
      'cooling-meter',
      'gas-meter',
    ],
    title: words(
      'Mittarin varmennus tai vaihto',
      'Verifiering eller byte av mätaren',
      'Verification or change of the meter',
    ),
    trigger: { by: 'verification' },
    workingDays: false,
    rhythm: 'fixed',
    leadDays: 180,
    checklist: [
      measure(
        'final',
        '',
        [undefined, undefined],
        'Vanhan mittarin lukema',
        'Gamla mätarens ställning',
        'Reading of the old meter',
      ),
      photo('final-photo', 'Kuva lukemasta', 'Foto av ställningen', 'Photo of the reading'),
      write(
        'mid',
        'Uuden mittarin MID-merkintä ja numero',
        'Nya mätarens MID-märkning och nummer',
        'MID marking and number of the new meter',
      ),
    ],
  },
  {
    id: 'water-meter-look',
    deviceTypes: ['water-meter', 'main-water-meter'],
    title: words('Vesimittarin tarkistus', 'Kontroll av vattenmätaren', 'Check of the water meter'),
    trigger: { by: 'months', every: 12 },
    ...yearly,
    checklist: [
      measure('reading', 'm3', ['0', undefined], 'Lukema', 'Ställning', 'Reading'),
      yes(
        'leaks',
        'Ei vuotoja, venttiilit kääntyvät',
        'Inga läckor, ventilerna går att vrida',
        'No leaks, valves turn',
      ),
    ],
  },
  {
    id: 'ups-battery',
    deviceTypes: ['ups', 'battery-storage'],
    title: words('Akuston tarkistus', 'Kontroll av batterierna', 'Battery check'),
    trigger: { by: 'months', every: 12 },
    ...yearly,
    checklist: [
      measure('minutes', 'min', ['5', undefined], 'Toiminta-aika kuormalla', 'Drifttid med last', 'Time under load'),
      yes('bulging', 'Akut eivät ole pullistuneet', 'Batterierna buktar inte', 'Batteries do not bulge'),
    ],
  },
  {
    id: 'generator-run',
    deviceTypes: ['backup-generator'],
    title: words('Varavoimakoneen koekäyttö', 'Provkörning av reservkraften', 'Test run of the generator'),
    trigger: { by: 'months', every: 1 },
    ...monthly,
    checklist: [
      yes('starts', 'Käynnistyy itsestään', 'Startar av sig själv', 'Starts by itself'),
      measure('fuel', '%', ['75', '100'], 'Polttoainetta', 'Bränsle', 'Fuel'),
      measure('minutes', 'min', ['30', undefined], 'Kesto kuormalla', 'Tid med last', 'Time under load'),
    ],
  },
  {
    id: 'pv-check',
    deviceTypes: ['pv-inverter'],
    title: words('Aurinkosähkön kevättarkistus', 'Vårkontroll av solelen', 'Spring check of the solar power'),
    trigger: { by: 'yearly', months: [4], day: 15 },
    ...yearly,
    checklist: [
      yes('panels', 'Paneelit ehjät ja puhtaat', 'Panelerna är hela och rena', 'Panels whole and clean'),
      yes('switch', 'Turvakytkin toimii', 'Säkerhetsbrytaren fungerar', 'The safety switch works'),
    ],
  },
  {
    id: 'defibrillator-check',
    deviceTypes: ['defibrillator'],
    title: words('Sydäniskurin tarkistus', 'Kontroll av hjärtstartaren', 'Defibrillator check'),
    trigger: { by: 'months', every: 1 },
    ...monthly,
    checklist: [
      yes('light', 'Merkkivalo vihreä', 'Lampan lyser grönt', 'The light is green'),
      write('pads', 'Elektrodien päiväys', 'Elektrodernas datum', 'Date of the pads'),
    ],
  },
  {
    id: 'panic-button-test',
    deviceTypes: ['panic-button', 'intrusion-alarm'],
    title: words('Hälytyksen kokeilu', 'Prov av larmet', 'Alarm test'),
    trigger: { by: 'months', every: 3 },
    ...monthly,
    checklist: [yes('passed-on', 'Hälytys välittyi', 'Larmet gick fram', 'The alarm got through')],
  },
  {
    id: 'printer-service',
    deviceTypes: ['printer'],
    title: words(
      'Tulostimen huolto tulostemäärän mukaan',
      'Service av skrivaren efter antal utskrifter',
      'Printer service by pages',
    ),
    trigger: { by: 'count', point: 'pages', every: '100000' },
    workingDays: true,
    rhythm: 'done',
    leadDays: 14,
    checklist: [yes('kit', 'Huoltosarja vaihdettu', 'Servicesatsen är bytt', 'Maintenance kit changed')],
  },
]
/** The template of this id, or null. */
export const findPlanTemplate = (id: Id): PlanTemplate | null => PLAN_TEMPLATES.find((one) => one.id === id) ?? null
