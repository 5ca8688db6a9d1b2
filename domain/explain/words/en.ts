// Sentences of explanations in English.
import type { Sentences } from './sentences.ts'

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const sentences: Sentences = {
  amount: 'Where the amount comes from',
  split: 'How the amount is split',
  share: (party) => `Share: ${party}`,
  invoiceWhole: (total) => `The invoice is ${total} excluding VAT, and all of it belongs to this month.`,
  invoicePart: (total, months) =>
    `The invoice is ${total} excluding VAT. It is divided over ${months} months by days of service.`,
  invoiceMonth: (days, amount) => `This month has ${count(days, 'day', 'days')} of it, which is ${amount}.`,
  recurring: (monthly, days, monthDays) =>
    days === monthDays
      ? `The recurring cost is ${monthly} a month, and it covers the whole month.`
      : `The recurring cost is ${monthly} a month. Of the month’s ${monthDays} days, ${days} count.`,
  depreciation: (cost, residual, months, number) =>
    `The acquisition cost is ${cost} and the residual value ${residual}. The difference is depreciated evenly over ${months} months, and this is month ${number}.`,
  meter: (device, quantity) => `The meter “${device}” shows a consumption of ${quantity}.`,
  readings: (n, first, firstAt, last, lastAt) =>
    `It goes by ${count(n, 'reading', 'readings')}: the first ${first} (${firstAt}) and the last ${last} (${lastAt}).`,
  meterChanges: (n) => `The period has ${count(n, 'meter change', 'meter changes')}.`,
  multiplier: (factor) => `The consumption is multiplied by the meter’s multiplier ${factor}.`,
  digest: (digest) => `The digest of the readings is ${digest}.`,
  estimated: (share) => `${share} of the consumption is estimated, because readings are missing.`,
  measured: 'All of the consumption is measured, nothing is estimated.',
  simulated: 'The readings are simulated.',
  piece: (tariff, version, span) => `Tariff “${tariff}”, the version from ${version}, for ${span}:`,
  span: (first, last) => (first === last ? first : `${first} – ${last}`),
  clock: (from, to) => `${from}–${to}`,
  energy: (id, when, quantity, price, amount) => `Energy fee (${id}${when}): ${quantity} × ${price} = ${amount}.`,
  spot: (id, series, quantity, priced, factor, margin, amount) =>
    `Exchange price (${id}, price series “${series}”): ${quantity} at the price of each quarter-hour is ${priced}. It is multiplied by ${factor}, and the margin ${margin} on the whole quantity is added, in all ${amount}.`,
  stepped: (id, steps, amount) => `Stepped price (${id}): ${steps}. In all ${amount}.`,
  step: (quantity, price) => `${quantity} × ${price}`,
  peak: (id, highest, at, minimum, price, days, monthDays, amount) =>
    `Power fee (${id}): the highest hourly power is ${highest} (${at}), at least ${minimum} is charged. Price ${price}, days ${days}/${monthDays}, in all ${amount}.`,
  fixed: (id, monthly, days, monthDays, amount) =>
    `Basic fee (${id}): ${monthly} a month, days ${days}/${monthDays}, in all ${amount}.`,
  rounded: (exact, rounded) => `The exact amount is ${exact}. Rounded to the cent it is ${rounded}.`,
  segments: (n, span, amount) =>
    `The agreement or the VAT treatment changes within the month, so the cost item has ${n} parts. The part of ${span} is ${amount}.`,
  partOfMonth: (exact, down) => `The month’s exact share is ${exact}, rounded down ${down}.`,
  partOfSegment: (exact, down) => `The part’s exact amount is ${exact}, rounded down ${down}.`,
  partCent: (rank, amount) =>
    `One of the cents left over is added, because the rest of it was number ${rank} in size. The amount is ${amount}.`,
  oddCents: (months, amount) =>
    `The cents left over go to the first ${count(months, 'month', 'months')}. The depreciation of this month is ${amount}.`,
  rule: (category, agreement, version) =>
    `The split goes by version ${version} of the agreement “${agreement}” and its allocation key for the cost type “${category}”.`,
  ruleOfOthers: (agreement, version) =>
    `The split goes by version ${version} of the agreement “${agreement}” and its allocation key for all other cost types.`,
  days: (span) => `The days that are split are ${span}.`,
  by: {
    fixed: 'The amount is split by fixed shares.',
    equal: 'The amount is split equally between the parties.',
    area: 'The amount is split by floor area and the days it was held. Common and technical spaces carry no weight.',
    headcount: 'The amount is split by headcount.',
    usage: 'The amount is split by hours of use of the device.',
    ownership: 'The amount is split by ownership shares of the device.',
    direct: 'The whole amount belongs to one party.',
    metered: 'The amount is split by the consumption of the sub-meters, and the remainder is split separately.',
    mix: 'The amount is first divided into parts by weight.',
  },
  mixPart: (n, weight, amount) => `Part ${n}, weight ${weight}, ${amount}:`,
  remainderName: 'the remainder',
  remainder: (amount) => `The remainder is ${amount}.`,
  remainderCase: {
    main: 'The remainder is the part of the main meter’s consumption that the sub-meters do not show.',
    'sub-meters-are-the-whole': 'The sub-meters cover the whole quantity, so there is no remainder.',
    'sub-meters-reach-main': 'The sub-meters show at least as much as the main meter, so there is no remainder.',
    'nothing-metered': 'The meters show no consumption, so the whole amount is remainder.',
  },
  subMeter: (party, device, quantity) => `${party}: sub-meter “${device}”, ${quantity}.`,
  facts: {
    number: (number) => `The agreed share is ${number}.`,
    party: 'Every party has the same weight.',
    space: (space, area, span, days, useWeight) =>
      `Space ${space}: ${area} for ${span} (${count(days, 'day', 'days')})${useWeight === '1' ? '' : `, weighted ${useWeight}`}.`,
    vacant: (space) => `Space ${space} has no holder, so it counts for the landlord.`,
    headcount: (people, span, days) => `${people} people for ${span} (${count(days, 'day', 'days')}).`,
    usage: (device, from, to, hours) => `Use of device “${device}”, ${from} – ${to}: ${hours} h.`,
    ownership: (number, sum, span, days) =>
      `Ownership share ${number}/${sum} for ${span} (${count(days, 'day', 'days')}).`,
  },
  noFacts: 'The party has no weight here.',
  factsMore: (n) => `And ${count(n, 'fact', 'facts')} more.`,
  weights: (list) => `Weights: ${list}.`,
  weight: (party, weight) => `${party} ${weight}`,
  exactShare: (amount, exact) => `The exact share of ${amount} is ${exact}.`,
  even: (amount) => `The share is exactly ${amount}.`,
  roundedDown: (amount) => `The share is rounded down: ${amount}.`,
  gotCent: (rank, amount) =>
    `One of the cents left over goes to this party, because the rest of its share was number ${rank} in size. The share is ${amount}.`,
  closed: (month, amount) => `The share of the closed month (${month}) was ${amount}.`,
  adjusted: (month, amount) => `The share was adjusted in ${month} by ${amount}.`,
  recomputed: (amount) => `Computed anew the share is ${amount}.`,
  gone: 'The cost item is there no more.',
  difference: (amount) => `The adjustment is their difference: ${amount}.`,
  blocked: (reason) => `The cost item can’t be split. Reason: ${reason}.`,
  causes: {
    title: 'Why the month is adjusted',
    since: (at, n) =>
      `The month was last computed ${at}. Since then ${count(n, 'change that the adjustment rests on was', 'changes that the adjustment rests on were')} recorded.`,
    changed: (what, before, after) => `${what}: was ${before}, is now ${after}.`,
    added: (what, after) => `${what}: added ${after}.`,
    removed: (what, before) => `${what}: removed ${before}.`,
    place: (object, pointer) => `${object}, at ${pointer}`,
    object: (kind, id) => `${kind} “${id}”`,
    price: (series, at) => `Price series “${series}”, price of ${at}`,
    usage: (device) => `Use of device “${device}”`,
    used: (organisation, from, to) => `${organisation}, ${from} – ${to}`,
    reading: (device, at) => `Meter “${device}”, reading of ${at}`,
    recorded: (at, by) => (by === null ? `Recorded ${at}.` : `Recorded ${at} by ${by}.`),
    more: (n) => `And ${count(n, 'change', 'changes')} more.`,
    kinds: {
      organisations: 'Organisation',
      premises: 'Premises',
      devices: 'Device',
      priceSeries: 'Price series',
      tariffs: 'Tariff',
      agreements: 'Agreement',
      meteredCosts: 'Metered cost',
      recurringCosts: 'Recurring cost',
      invoices: 'Invoice',
    },
  },
  result: (party, amount) => `${party} bears ${amount}.`,
  resultParts: (party, amount, parts) => `${party} bears ${amount} (${parts}).`,
}
