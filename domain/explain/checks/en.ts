// Findings of the checks before issue in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { checkWords as fi } from './fi.ts'

export const checkWords: Worded<typeof fi> = {
  notOver: (ends) => `The month is not over yet; it can be issued on ${ends} at the earliest.`,
  blocked: (item, reason) => `${item}: ${reason}. The month cannot be issued before this is mended.`,
  estimated: (item, part) => `${item}: ${part} of the consumption is estimated.`,
  estimatedBeyond: (item, part, most) =>
    `${item}: ${part} of the consumption is estimated; by the agreement at most ${most} may be.`,
  estimatedBlocks: (item, part, most) =>
    `${item}: ${part} of the consumption is estimated. By the agreement the month is not issued when it is more than ${most}.`,
  changed: (what, now, expected, month, part) =>
    `${what}: ${now}. Against ${month} (${expected} for as many days) the change is ${part}.`,
  changedFromNothing: (what, now, month) => `${what}: ${now}; nothing in ${month}.`,
  remainder: (meter, quantity, part, from, to) =>
    `${meter}: the remainder is ${quantity}, that is ${part} of the main meter's consumption; the agreed band is ${from}–${to}.`,
  noReadingAtStart: (meter, nearest) =>
    `${meter}: there is no reading near the start of the month, the nearest is of ${nearest}. The first value is calculated.`,
  noReadingAtEnd: (meter, nearest) =>
    `${meter}: there is no reading near the end of the month, the nearest is of ${nearest}. The last value is calculated or estimated.`,
  interpolated: (meter, hours, from, to) =>
    `${meter}: there are up to ${hours} hours between readings (${from} – ${to}); the consumption is spread evenly over that time.`,
  vacant: (space, days, landlord) =>
    `Space ${space} has stood vacant for ${days} days, and its landlord ${landlord} is no party to the agreement: the others bear its part.`,
  invoiceMissing: (category, supplier) =>
    `An invoice is missing: ${category}${supplier === '' ? '' : `, ${supplier}`}. It came in each of the three months before.`,
  priceMissing: (series, days, first, last) =>
    `The price series ${series} lacks prices of ${days} days (${first} – ${last}).`,
  damaged: (meter, from, to) => `${meter}: stored readings were damaged and set aside, of ${from} – ${to}.`,
  meterUnknown: (meters) => `Approval for billing is not recorded for ${meters} of the meters.`,
  meterNotApproved: (meter) => `${meter}: the meter is not approved for billing.`,
  verificationOver: (meter, until) =>
    `${meter}: the verification of the meter is over on ${until} and does not cover the whole month.`,
  meterNotListed: 'The agreement does not list it among the meters that may decide a price all the same.',
  supplier: (number, difference, volume, price, timing, fixed) =>
    `The supplier's invoice ${number} differs from the own metering by ${difference}: volume ${volume}, price ${price}, timing ${timing}, fixed part ${fixed}.`,
  noNumber: 'without a number',
}
