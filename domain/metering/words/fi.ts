// The protocol of a meter change, in Finnish.
import type { ChangeReason, ChangeWarning } from '#domain/metering/meter-change.ts'

export const changeWords = {
  title: 'Mittarinvaihdon pöytäkirja',
  states: {
    proposed: 'Odottaa todistajan vahvistusta',
    confirmed: 'Todistajan vahvistama',
    refused: 'Todistaja ei vahvistanut',
    undone: 'Peruttu ennen vahvistusta',
  },
  place: 'Mittauspaikka',
  device: 'Laite',
  point: 'Mittauspiste',
  at: 'Vaihdon aika',
  reason: 'Syy',
  reasons: {
    verification: 'Varmennus päättyy',
    fault: 'Vika',
    renewal: 'Uusiminen',
    move: 'Siirto',
    other: 'Muu syy',
  } satisfies Record<ChangeReason, string>,
  note: 'Huomautus',
  meters: 'Mittarit',
  meter: 'Mittari',
  oldMeter: 'Vanha mittari',
  newMeter: 'Uusi mittari',
  register: 'Lukema',
  serial: 'Sarjanumero',
  seal: 'Sinetti',
  photo: 'Valokuvan tiiviste',
  effect: 'Vaikutus kuukauteen',
  period: 'Kuukausi',
  without: 'Kulutus ilman vaihtoa',
  with: 'Kulutus vaihdon kanssa',
  ofOld: 'Siitä vanhalla mittarilla',
  ofNew: 'Siitä uudella mittarilla',
  unknown: 'ei tiedossa',
  closed: (months: string) =>
    `Suljetut kuukaudet säilyvät ennallaan: ${months}. Erotus tulee oikaisuna myöhempään kuukauteen.`,
  warnings: {
    'final-below-last': 'Vanhan mittarin loppulukema on pienempi kuin sen viimeinen lukema.',
    'next-below-initial': 'Vaihdon jälkeinen lukema on pienempi kuin uuden mittarin alkulukema.',
  } satisfies Record<ChangeWarning, string>,
  steps: 'Tapahtumat',
  events: {
    proposed: (by: string, organisation: string, at: string) => `${at}: ${by} (${organisation}) kirjasi vaihdon.`,
    confirmed: (by: string, organisation: string, at: string) =>
      `${at}: ${by} (${organisation}) vahvisti vaihdon todistajana.`,
    refused: (by: string, organisation: string, at: string) => `${at}: ${by} (${organisation}) ei vahvistanut vaihtoa.`,
    undone: (by: string, organisation: string, at: string) => `${at}: ${by} (${organisation}) perui kirjauksen.`,
  },
  refusal: 'Perustelu',
  operator: 'ylläpitäjä',
}
