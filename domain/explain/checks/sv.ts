// Findings of the checks before issue in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { checkWords as fi } from './fi.ts'

export const checkWords: Worded<typeof fi> = {
  notOver: (ends) => `Månaden är inte slut ännu; den kan skickas tidigast ${ends}.`,
  blocked: (item, reason) => `${item}: ${reason}. Månaden kan inte skickas förrän detta är åtgärdat.`,
  estimated: (item, part) => `${item}: ${part} av förbrukningen är uppskattad.`,
  estimatedBeyond: (item, part, most) =>
    `${item}: ${part} av förbrukningen är uppskattad, enligt avtalet får högst ${most} vara det.`,
  estimatedBlocks: (item, part, most) =>
    `${item}: ${part} av förbrukningen är uppskattad. Enligt avtalet skickas månaden inte när andelen är över ${most}.`,
  changed: (what, now, expected, month, part) =>
    `${what}: ${now}. Jämfört med ${month} (${expected} för lika många dagar) är förändringen ${part}.`,
  changedFromNothing: (what, now, month) => `${what}: ${now}; ingenting i ${month}.`,
  remainder: (meter, quantity, part, from, to) =>
    `${meter}: restposten är ${quantity}, alltså ${part} av huvudmätarens förbrukning; avtalat intervall är ${from}–${to}.`,
  noReadingAtStart: (meter, nearest) =>
    `${meter}: det finns ingen avläsning nära månadens början, den närmaste är ${nearest}. Startvärdet är beräknat.`,
  noReadingAtEnd: (meter, nearest) =>
    `${meter}: det finns ingen avläsning nära månadens slut, den närmaste är ${nearest}. Slutvärdet är beräknat eller uppskattat.`,
  interpolated: (meter, hours, from, to) =>
    `${meter}: det är upp till ${hours} timmar mellan avläsningarna (${from} – ${to}); förbrukningen är jämnt fördelad över den tiden.`,
  vacant: (space, days, landlord) =>
    `Utrymmet ${space} har stått tomt i ${days} dagar, och dess hyresvärd ${landlord} är inte avtalspart: de andra betalar dess andel.`,
  invoiceMissing: (category, supplier) =>
    `En faktura saknas: ${category}${supplier === '' ? '' : `, ${supplier}`}. Den har kommit de tre föregående månaderna.`,
  priceMissing: (series, days, first, last) =>
    `I prisserien ${series} saknas priser för ${days} dagar (${first} – ${last}).`,
  damaged: (meter, from, to) =>
    `${meter}: lagrade avläsningar har skadats och lagts åt sidan för tiden ${from} – ${to}.`,
  meterUnknown: (meters) => `Godkännande för fakturering har inte antecknats för ${meters} mätare.`,
  meterNotApproved: (meter) => `${meter}: mätaren är inte godkänd för fakturering.`,
  verificationOver: (meter, until) => `${meter}: mätarens verifiering går ut ${until} och täcker inte hela månaden.`,
  meterNotListed: 'I avtalet finns den inte bland de mätare som ändå får avgöra ett pris.',
  supplier: (number, difference, volume, price, timing, fixed) =>
    `Leverantörens faktura ${number} avviker från den egna mätningen med ${difference}: mängd ${volume}, pris ${price}, tidpunkt ${timing}, fast del ${fixed}.`,
  noNumber: 'utan nummer',
}
