// Words of the text that is approved, in Finland-Swedish.
import type { TextWords } from './words.ts'

const days = (n: number): string => (n === 1 ? '1 dag' : `${n} dagar`)

export const textWords: TextWords = {
  title: (name, n) => `${name}, version ${n}`,
  agreement: 'Avtal om kostnadsfördelning',
  parts: {
    parties: 'Parter',
    premises: 'Lokal',
    period: 'Giltighet',
    rules: 'Fördelningsgrunder',
    terms: 'Övriga villkor',
    responsibilities: 'Ansvarsfördelningstabell',
    accounts: 'Konton och kostnadsställen',
  },
  heads: {
    party: 'Part',
    id: 'Kod',
    businessId: 'FO-nummer',
    category: 'Kostnadsslag',
    method: 'Fördelningsgrund',
    subject: 'Enhet eller system',
    account: 'Konto',
    costCentre: 'Kostnadsställe',
  },
  tasks: {
    buy: 'Anskaffar',
    insure: 'Försäkrar',
    maintain: 'Underhåller',
    repair: 'Reparerar',
    renew: 'Förnyar',
    pay: 'Betalar driften',
    patch: 'Uppdaterar programvaran',
    data: 'Ansvarar för uppgifterna',
    steer: 'Styr',
  },
  name: (name) => `Avtalet heter ”${name}”.`,
  parties: (names) => `Parterna är i denna ordning: ${names}.`,
  order: 'Ordningen avgör vem den cent som blir över hör till när andelarna ligger lika nära.',
  premises: (name, landlord) => `Avtalet gäller lokalen ${name}. Hyresvärd är ${landlord}.`,
  address: (address) => `Adressen är ${address}.`,
  openPeriod: (from) => `Gäller från och med ${from} tills vidare.`,
  closedPeriod: (from, last) => `Gäller ${from}–${last}.`,
  inForce: 'Versionen träder i kraft först när varje part har godkänt den genom sitt eget beslut.',
  replaces: (agreement, from) => `Avtalet ”${agreement}” upphör, och detta avtal ersätter det från och med ${from}.`,
  rulesText:
    'En kostnad fördelas enligt fördelningsgrunden för sitt kostnadsslag. När ett slag saknar egen grund följs grunden för övriga kostnadsslag.',
  commentDays: (n) =>
    `Anmärkningar kan göras inom ${days(n)} från det att kostnadsfördelningen har sänts för godkännande.`,
  reminderDays: (n) => `De som inte har svarat påminns ${days(n)} innan tiden för anmärkningar går ut.`,
  answerDays: (n) => `I en tvist har vardera sidan ${days(n)} tid att svara när det är dess tur.`,
  faultHours: (n) =>
    `En felanmälan besvaras inom ${n} arbetstimmar efter att den har riktats till parten. Arbetstimmar är vardagar kl. 8–16.`,
  unusualChange: (part, euros) =>
    `Innan månaden sänds för godkännande anges en kostnad som har ändrats med mer än ${part} och minst ${euros} €.`,
  estimatesBlock: (most) =>
    `Högst ${most} av en mätares förbrukning får vara uppskattad. Är andelen större sänds månaden inte för godkännande.`,
  estimatesShow: (most) =>
    `Högst ${most} av en mätares förbrukning får vara uppskattad. Är andelen större visas det i kalkylen.`,
  band: (least, most) => `Restposten får vara ${least}–${most} av huvudmätarens mängd.`,
  unapproved: (meter) =>
    `Mätaren ${meter} får avgöra ett pris fast den saknar godkännande eller verifiering enligt lagen om mätinstrument.`,
  reason: (reason) => `Grund: ${reason}.`,
  until: (last) => `Sista dagen är ${last}.`,
  task: (task, organisation) => `${task}: ${organisation}.`,
  account: (account) => `Konto ${account}.`,
  costCentre: (costCentre) => `Kostnadsställe ${costCentre}.`,
  deviceType: (type) => `alla enheter: ${type}`,
  labels: {
    name: 'Namn',
    parties: 'Parter',
    premises: 'Lokal',
    period: 'Giltighet',
    replaces: 'Avtal som upphör',
    commentDays: 'Tid för anmärkningar',
    reminderDays: 'Påminnelse',
    answerDays: 'Tid att svara i en tvist',
    faultHours: 'Tid att svara på en felanmälan',
    unusualChange: 'Avvikande förändring',
    estimates: 'Uppskattad förbrukning',
    remainderBand: (of) => `Restpost: ${of}`,
    unapprovedMeter: (meter) => `Mätare utan godkännande: ${meter}`,
    responsibility: (subject) => `Ansvar: ${subject}`,
    account: (party, category) => `Bokföring: ${party}, ${category}`,
  },
}
