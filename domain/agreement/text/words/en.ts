// Words of the text that is approved, in English.
import type { TextWords } from './words.ts'

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`)

export const textWords: TextWords = {
  title: (name, n) => `${name}, version ${n}`,
  agreement: 'Cost-sharing agreement',
  parts: {
    parties: 'Parties',
    premises: 'Premises',
    period: 'In force',
    rules: 'Allocation keys',
    terms: 'Other terms',
    responsibilities: 'Responsibility matrix',
    accounts: 'Accounts and cost centres',
  },
  heads: {
    party: 'Party',
    id: 'Id',
    businessId: 'Business ID',
    category: 'Cost type',
    method: 'Allocation key',
    subject: 'Device or system',
    account: 'Account',
    costCentre: 'Cost centre',
  },
  tasks: {
    buy: 'Buys',
    insure: 'Insures',
    maintain: 'Maintains',
    repair: 'Repairs',
    renew: 'Renews',
    pay: 'Pays for use',
    patch: 'Updates software',
    data: 'Answers for the data',
    steer: 'Steers',
  },
  name: (name) => `The agreement is called “${name}”.`,
  parties: (names) => `The parties are, in this order: ${names}.`,
  order: 'The order decides who gets the cent that is left over when shares are equally near.',
  premises: (name, landlord) => `The agreement concerns the premises ${name}. The landlord is ${landlord}.`,
  address: (address) => `The address is ${address}.`,
  openPeriod: (from) => `In force from ${from} until further notice.`,
  closedPeriod: (from, last) => `In force from ${from} to ${last}.`,
  inForce: 'The version comes into force only when every party has approved it by its own decision.',
  replaces: (agreement, from) => `The agreement “${agreement}” ends, and this one replaces it from ${from}.`,
  rulesText:
    'A cost is split by the allocation key of its cost type. Where a type has no key of its own, the key of all other cost types holds.',
  commentDays: (n) => `Objections can be made within ${days(n)} after the cost split was sent for approval.`,
  reminderDays: (n) => `Those who have not answered are reminded ${days(n)} before the time for objections ends.`,
  answerDays: (n) => `In a dispute each side has ${days(n)} to answer when it is its turn.`,
  faultHours: (n) =>
    `A fault report is answered within ${n} working hours after it was addressed to the party. Working hours are workdays 8–16.`,
  unusualChange: (part, euros) =>
    `Before a month is sent for approval, a cost is pointed out that has changed by more than ${part} and at least €${euros}.`,
  estimatesBlock: (most) =>
    `At most ${most} of a meter’s consumption may be estimated. A month with more is not sent for approval.`,
  estimatesShow: (most) =>
    `At most ${most} of a meter’s consumption may be estimated. A month with more says so in its calculation.`,
  band: (least, most) => `The remainder may be ${least}–${most} of the main meter’s quantity.`,
  unapproved: (meter) =>
    `The meter ${meter} may decide a price although it has no approval or verification under the Measuring Instruments Act.`,
  reason: (reason) => `Reason: ${reason}.`,
  until: (last) => `The last day is ${last}.`,
  task: (task, organisation) => `${task}: ${organisation}.`,
  account: (account) => `Account ${account}.`,
  costCentre: (costCentre) => `Cost centre ${costCentre}.`,
  deviceType: (type) => `all devices: ${type}`,
  labels: {
    name: 'Name',
    parties: 'Parties',
    premises: 'Premises',
    period: 'In force',
    replaces: 'Agreement that ends',
    commentDays: 'Time for objections',
    reminderDays: 'Reminder',
    answerDays: 'Time to answer in a dispute',
    faultHours: 'Time to answer a fault report',
    unusualChange: 'Unusual change',
    estimates: 'Estimated consumption',
    remainderBand: (of) => `Remainder: ${of}`,
    unapprovedMeter: (meter) => `Meter without approval: ${meter}`,
    responsibility: (subject) => `Responsibilities: ${subject}`,
    account: (party, category) => `Bookkeeping: ${party}, ${category}`,
  },
}
