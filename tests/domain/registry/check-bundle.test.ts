// Each refusal of a bundle, one by one, with the place that it names; and what is not refused.
import { describe, expect, test } from 'vitest'
import type { Bundle, SplitMethod } from '#domain/registry/bundle.ts'
import { checkBundle } from '#domain/registry/check-bundle.ts'
import { factsOf, NO_FACTS } from '#domain/registry/facts.ts'
import { METHOD_DEPTH_LIMIT } from '#domain/registry/methods.ts'
import { PROBLEM_LIMIT } from '#domain/registry/problems.ts'
import { edited } from './edit.ts'
import { exampleBundle } from './example-bundle.ts'

const found = (bundle: Bundle, known = NO_FACTS): string[] =>
  checkBundle(bundle, known).map(({ pointer, code }) => `${pointer} ${code}`)

const house = '/premises/0'
const device = '/devices/0'
const energy = `${device}/points/0`
const version = '/tariffs/0/versions/0'
const components = `${version}/components`
const agreement = '/agreements/0'
const rules = `${agreement}/versions/0/rules`
const nested = (depth: number): SplitMethod =>
  depth === 1 ? { by: 'equal' } : { by: 'mix', parts: [{ weight: '1', method: nested(depth - 1) }] }

test('the whole example is in order', () => {
  expect(checkBundle(exampleBundle(), NO_FACTS)).toEqual([])
})

/** What is changed, to what, and every problem that follows. */
const REFUSALS: [what: string, pointer: string, value: unknown, problems: string[]][] = [
  // ids
  [
    'an id with capitals',
    '/organisations/2/id',
    'Kela',
    [
      '/organisations/2/id invalid-id',
      `${house}/tenancies/1/organisation unknown-id`,
      `${device}/roles/0/organisation unknown-id`,
    ],
  ],
  [
    'an id of 64 letters',
    '/organisations/-',
    { id: 'a'.repeat(64), name: { fi: 'A' } },
    ['/organisations/3/id invalid-id'],
  ],
  ['an empty id', '/organisations/-', { id: '', name: { fi: 'A' } }, ['/organisations/3/id invalid-id']],
  [
    'S11: __proto__ as an id',
    '/organisations/-',
    { id: '__proto__', name: { fi: 'A' } },
    ['/organisations/3/id invalid-id'],
  ],
  [
    'S11: constructor as an id',
    '/organisations/-',
    { id: 'constructor', name: { fi: 'A' } },
    ['/organisations/3/id invalid-id'],
  ],
  ['S11: a path as an id', '/organisations/-', { id: '../x', name: { fi: 'A' } }, ['/organisations/3/id invalid-id']],
  ['S11: a NUL in an id', '/organisations/-', { id: 'a\u0000', name: { fi: 'A' } }, ['/organisations/3/id invalid-id']],
  [
    'S11: a writing-direction sign in an id',
    '/organisations/-',
    { id: 'a\u202e', name: { fi: 'A' } },
    ['/organisations/3/id invalid-id'],
  ],
  [
    'S11: 64 KiB as an id',
    '/organisations/-',
    { id: 'a'.repeat(65_536), name: { fi: 'A' } },
    ['/organisations/3/id invalid-id'],
  ],
  ['the same id twice', '/organisations/-', { id: 'town', name: { fi: 'A' } }, ['/organisations/3/id duplicate-id']],
  ['no name at all', '/organisations/0/name', {}, ['/organisations/0/name invalid-name']],
  ['an empty name', '/organisations/0/name', { fi: ' ' }, ['/organisations/0/name invalid-name']],
  [
    'an unknown successor',
    '/organisations/1/successor',
    { organisation: 'x', from: '2026-01-01' },
    ['/organisations/1/successor/organisation unknown-id'],
  ],
  [
    'its own successor',
    '/organisations/1/successor',
    { organisation: 'police', from: '2026-01-01' },
    ['/organisations/1/successor/organisation successor-cycle'],
  ],
  // premises
  ['an unknown time zone', `${house}/timeZone`, 'Europe/Kuusamo', [`${house}/timeZone unknown-time-zone`]],
  ['an offset as a time zone', `${house}/timeZone`, '+02:00', [`${house}/timeZone unknown-time-zone`]],
  ['an unknown landlord', `${house}/landlord`, 'x', [`${house}/landlord unknown-id`]],
  ['a negative area', `${house}/spaces/0/areaM2`, '-1', [`${house}/spaces/0/areaM2 out-of-range`]],
  ['an area in words', `${house}/spaces/0/areaM2`, 'NaN', [`${house}/spaces/0/areaM2 invalid-number`]],
  ['an area with a comma', `${house}/spaces/0/areaM2`, '45,5', [`${house}/spaces/0/areaM2 invalid-number`]],
  ['an area with an exponent', `${house}/spaces/0/areaM2`, '1e400', [`${house}/spaces/0/areaM2 invalid-number`]],
  ['a use that is none', `${house}/spaces/0/use`, 'shared', [`${house}/spaces/0/use invalid-choice`]],
  [
    'two spaces of one id',
    `${house}/spaces/1/id`,
    'lobby',
    [`${house}/spaces/2/id duplicate-id`, `${house}/tenancies/2/space unknown-id`],
  ],
  ['a tenancy of no space', `${house}/tenancies/2/space`, 'k9', [`${house}/tenancies/2/space unknown-id`]],
  ['a tenant nobody knows', `${house}/tenancies/2/organisation`, 'x', [`${house}/tenancies/2/organisation unknown-id`]],
  ['the 30th of February', `${house}/tenancies/0/to`, '2026-02-30', [`${house}/tenancies/0/to invalid-date`]],
  ['a date in another form', `${house}/tenancies/0/from`, '1.1.2026', [`${house}/tenancies/0/from invalid-date`]],
  [
    'a tenancy that ends before it begins',
    `${house}/tenancies/0/to`,
    '2025-12-31',
    [`${house}/tenancies/0/to dates-reversed`],
  ],
  ['a tenancy of no day', `${house}/tenancies/0/to`, '2026-01-01', [`${house}/tenancies/0/to dates-reversed`]],
  [
    'tenancies of one space that overlap by a day',
    `${house}/tenancies/0/to`,
    '2026-06-02',
    [`${house}/tenancies/1 overlap`],
  ],
  ['an open-ended tenancy before another', `${house}/tenancies/0/to`, null, [`${house}/tenancies/1 overlap`]],
  ['a negative headcount', `${house}/headcounts/0/people`, -1, [`${house}/headcounts/0/people out-of-range`]],
  [
    'a headcount that is no number',
    `${house}/headcounts/0/people`,
    Number.NaN,
    [`${house}/headcounts/0/people invalid-number`],
  ],
  // devices
  ['unknown premises', `${device}/premises`, 'x', [`${device}/premises unknown-id`]],
  ['a space of other premises', '/devices/1/space', 'k1', ['/devices/1/space unknown-id']],
  ['ownership rows that overlap', `${device}/ownership/0/to`, '2026-07-02', [`${device}/ownership/1 overlap`]],
  ['a share of zero', `${device}/ownership/1/shares/police`, '0', [`${device}/ownership/1/shares/police out-of-range`]],
  [
    'a negative share',
    `${device}/ownership/1/shares/police`,
    '-1',
    [`${device}/ownership/1/shares/police out-of-range`],
  ],
  [
    'a row that adds up to nothing',
    `${device}/ownership/1/shares`,
    {},
    [`${device}/ownership/1/shares adds-up-to-nothing`],
  ],
  [
    'S10: a share of __proto__',
    `${device}/ownership/1/shares/__proto__`,
    '1',
    [`${device}/ownership/1/shares/__proto__ unknown-id`],
  ],
  [
    'S10: a share of constructor',
    `${device}/ownership/1/shares/constructor`,
    '1',
    [`${device}/ownership/1/shares/constructor unknown-id`],
  ],
  [
    'an owner nobody knows, with signs to escape',
    `${device}/ownership/1/shares`,
    { town: '1', 'a/b~c': '1' },
    [`${device}/ownership/1/shares/a~1b~0c unknown-id`],
  ],
  ['owner as a role', `${device}/roles/0/role`, 'owner', [`${device}/roles/0/role invalid-choice`]],
  ['a role that is none', `${device}/roles/0/role`, 'cleaner', [`${device}/roles/0/role invalid-choice`]],
  [
    'a cost in parts of a cent',
    `${device}/acquisition/cost`,
    '12000.005',
    [`${device}/acquisition/cost not-whole-cents`],
  ],
  ['a negative cost', `${device}/acquisition/cost`, '-1.00', [`${device}/acquisition/cost out-of-range`]],
  [
    'a residual above the cost',
    `${device}/acquisition/residual`,
    '12000.01',
    [`${device}/acquisition/residual out-of-range`],
  ],
  [
    'a useful life of nothing',
    `${device}/acquisition/usefulLifeMonths`,
    0,
    [`${device}/acquisition/usefulLifeMonths out-of-range`],
  ],
  [
    'a useful life of half a month',
    `${device}/acquisition/usefulLifeMonths`,
    0.5,
    [`${device}/acquisition/usefulLifeMonths out-of-range`],
  ],
  ['an acquisition on no day', `${device}/acquisition/date`, '2025-06-31', [`${device}/acquisition/date invalid-date`]],
  ['a buyer nobody knows', `${device}/acquisition/payer`, 'x', [`${device}/acquisition/payer unknown-id`]],
  [
    'an interval nobody can wait for',
    `${device}/expectedInterval`,
    '15 min',
    [`${device}/expectedInterval invalid-interval`],
  ],
  [
    'two points of one key',
    `${device}/points/1/key`,
    'energy',
    [`${device}/points/1/key duplicate-id`, '/readings/1/point unknown-point'],
  ],
  [
    'S11: a wildcard as a point',
    `${device}/points/1/key`,
    '#',
    [`${device}/points/1/key invalid-id`, '/readings/1/point unknown-point'],
  ],
  [
    'S11: __proto__ as a point',
    `${device}/points/1/key`,
    '__proto__',
    [`${device}/points/1/key invalid-id`, '/readings/1/point unknown-point'],
  ],
  [
    'an interval point without its interval',
    `${device}/points/1/interval`,
    undefined,
    [`${device}/points/1/interval invalid-interval`],
  ],
  [
    'an interval point of half an hour',
    `${device}/points/1/interval`,
    'PT30M',
    [`${device}/points/1/interval invalid-interval`, '/readings/1/values/0/0 invalid-instant'],
  ],
  ['a multiplier of zero', `${energy}/multiplier`, '0', [`${energy}/multiplier out-of-range`]],
  ['a roll-over that is no number', `${energy}/rollover`, '', [`${energy}/rollover invalid-number`]],
  [
    'a meter change without an offset',
    `${energy}/meterChanges/0/at`,
    '2026-03-10T10:00:00',
    [`${energy}/meterChanges/0/at invalid-instant`],
  ],
  [
    'two meter changes at once',
    `${energy}/meterChanges/-`,
    { at: '2026-03-10T12:00:00+02:00', final: '1', initial: '0' },
    [`${energy}/meterChanges/1/at duplicate`],
  ],
  [
    'a meter change with a value that is none',
    `${energy}/meterChanges/0/final`,
    'x',
    [`${energy}/meterChanges/0/final invalid-number`],
  ],
  [
    'a meter change with a value beyond any meter',
    `${energy}/meterChanges/0/initial`,
    2 ** 63,
    [`${energy}/meterChanges/0/initial out-of-range`],
  ],
  // prices and tariffs
  ['a price per something unknown', '/priceSeries/0/unit', 'EUR/kW', ['/priceSeries/0/unit unknown-unit']],
  ['a price in another money', '/priceSeries/0/unit', 'SEK/kWh', ['/priceSeries/0/unit unknown-unit']],
  ['a price series of another family', '/priceSeries/0/unit', 'EUR/m3', [`${components}/2/series unit-family`]],
  [
    'a price without an offset',
    '/priceSeries/0/values/0/0',
    '2026-03-01T00:00:00',
    ['/priceSeries/0/values/0/0 invalid-instant'],
  ],
  [
    'a price off the quarter',
    '/priceSeries/0/values/0/0',
    '2026-03-01T00:05:00Z',
    ['/priceSeries/0/values/0/0 invalid-instant'],
  ],
  ['a price for five minutes', '/priceSeries/0/values/0/1', 'PT5M', ['/priceSeries/0/values/0/1 invalid-interval']],
  ['a price that is none', '/priceSeries/0/values/0/2', 'Infinity', ['/priceSeries/0/values/0/2 invalid-number']],
  [
    'a price as a float beyond decimals',
    '/priceSeries/0/values/0/2',
    1e300,
    ['/priceSeries/0/values/0/2 invalid-number'],
  ],
  ['a tariff unit that cannot be settled', '/tariffs/0/unit', 'kW', ['/tariffs/0/unit unknown-unit']],
  ['tariff versions that overlap', `${version}/to`, '2026-07-02', ['/tariffs/0/versions/1 overlap']],
  [
    'a VAT category that is none',
    `${version}/vat`,
    { category: 'X', rate: '0' },
    [`${version}/vat/category invalid-choice`],
  ],
  ['a rate without tax', `${version}/vat`, { category: 'Z', rate: '25.5' }, [`${version}/vat/rate invalid-rate`]],
  ['a rate above 100 %', `${version}/vat/rate`, '100.5', [`${version}/vat/rate invalid-rate`]],
  ['a negative rate', `${version}/vat/rate`, '-1', [`${version}/vat/rate out-of-range`]],
  ['two components of one id', `${components}/1/id`, 'energy', [`${components}/1/id duplicate-id`]],
  ['an unknown price series', `${components}/2/series`, 'x', [`${components}/2/series unknown-id`]],
  [
    'a price of more than 64 characters',
    `${components}/0/price`,
    `0.${'1'.repeat(63)}`,
    [`${components}/0/price invalid-number`],
  ],
  ['a month 13', `${components}/1/when/months`, [12, 13], [`${components}/1/when/months/1 out-of-range`]],
  ['a day 0', `${components}/1/when/days/0`, 0, [`${components}/1/when/days/0 out-of-range`]],
  [
    'a clock time off the quarter',
    `${components}/1/when/from`,
    '07:10',
    [`${components}/1/when/from invalid-interval`],
  ],
  ['a clock time of 24:00', `${components}/1/when/to`, '24:00', [`${components}/1/when/to invalid-interval`]],
  ['half a time of day', `${components}/1/when/to`, undefined, [`${components}/1/when invalid-choice`]],
  ['steps that go back', `${components}/3/steps/1/upTo`, '1000', [`${components}/3/steps/1/upTo steps-not-ascending`]],
  [
    'a last step with an end',
    `${components}/3/steps/2/upTo`,
    '3000',
    [`${components}/3/steps/2/upTo steps-not-ascending`],
  ],
  [
    'a step in the middle without an end',
    `${components}/3/steps/0/upTo`,
    undefined,
    [`${components}/3/steps/0/upTo steps-not-ascending`],
  ],
  ['no steps at all', `${components}/3/steps`, [], [`${components}/3/steps steps-not-ascending`]],
  ['a negative minimum', `${components}/4/minimum`, '-8', [`${components}/4/minimum out-of-range`]],
  [
    'a peak of water',
    '/tariffs/1/versions/0/components/-',
    { id: 'p', kind: 'peak', price: '1' },
    ['/tariffs/1/versions/0/components/0/kind unit-family'],
  ],
  ['a component of no kind', `${components}/5/kind`, 'gift', [`${components}/5/kind invalid-choice`]],
  // agreements
  [
    'no parties',
    `${agreement}/parties`,
    [],
    [
      `${agreement}/parties adds-up-to-nothing`,
      `${agreement}/versions/0/approvals/0/organisation not-a-party`,
      `${agreement}/versions/0/approvals/1/organisation not-a-party`,
      `${rules}/0/method/meters/police not-a-party`,
      `${rules}/0/method/remainder/parts/1/method/shares/town not-a-party`,
      `${rules}/0/method/remainder/parts/1/method/shares/police not-a-party`,
      `${rules}/2/method/party not-a-party`,
    ],
  ],
  ['a party twice', `${agreement}/parties/-`, 'town', [`${agreement}/parties/2 duplicate`]],
  ['a party nobody knows', `${agreement}/parties/-`, 'x', [`${agreement}/parties/2 unknown-id`]],
  ['negative days to comment', `${agreement}/commentDays`, -1, [`${agreement}/commentDays out-of-range`]],
  [
    'two versions of one number',
    `${agreement}/versions/-`,
    { version: 1, from: '2027-01-01', to: null, rules: [] },
    [`${agreement}/versions/1/version duplicate`],
  ],
  ['a version 0', `${agreement}/versions/0/version`, 0, [`${agreement}/versions/0/version out-of-range`]],
  [
    'dates of a version reversed',
    `${agreement}/versions/0/to`,
    '2025-01-01',
    [`${agreement}/versions/0/to dates-reversed`],
  ],
  [
    'an approval of somebody else',
    `${agreement}/versions/0/approvals/-`,
    { organisation: 'kela' },
    [`${agreement}/versions/0/approvals/2/organisation not-a-party`],
  ],
  [
    'an approval twice',
    `${agreement}/versions/0/approvals/-`,
    { organisation: 'town' },
    [`${agreement}/versions/0/approvals/2 duplicate`],
  ],
  [
    'an approval without an offset',
    `${agreement}/versions/0/approvals/0/at`,
    '2025-12-01',
    [`${agreement}/versions/0/approvals/0/at invalid-instant`],
  ],
  ['a rule without a category', `${rules}/0/category`, '', [`${rules}/0/category invalid-text`]],
  ['a method that is none', `${rules}/1/method`, { by: 'mood' }, [`${rules}/1/method/by invalid-choice`]],
  ['direct to a non-party', `${rules}/2/method/party`, 'kela', [`${rules}/2/method/party not-a-party`]],
  [
    'a fixed share of a non-party',
    `${rules}/2/method`,
    { by: 'fixed', shares: { kela: '1' } },
    [`${rules}/2/method/shares/kela not-a-party`],
  ],
  [
    'a negative fixed share',
    `${rules}/2/method`,
    { by: 'fixed', shares: { town: '-1' } },
    [`${rules}/2/method/shares/town out-of-range`],
  ],
  [
    'S10: a fixed share of __proto__',
    `${rules}/2/method`,
    JSON.parse('{"by":"fixed","shares":{"__proto__":"1"}}'),
    [`${rules}/2/method/shares/__proto__ not-a-party`, `${rules}/2/method/shares/__proto__ unknown-id`],
  ],
  [
    'a negative use weight',
    `${rules}/0/method/remainder/parts/0/method/useWeights/storage`,
    '-0.5',
    [`${rules}/0/method/remainder/parts/0/method/useWeights/storage out-of-range`],
  ],
  [
    'S10: a use weight of constructor',
    `${rules}/0/method/remainder/parts/0/method/useWeights/constructor`,
    '1',
    [`${rules}/0/method/remainder/parts/0/method/useWeights/constructor invalid-text`],
  ],
  [
    'a negative weight in a mix',
    `${rules}/0/method/remainder/parts/0/weight`,
    '-70',
    [`${rules}/0/method/remainder/parts/0/weight out-of-range`],
  ],
  ['a mix of nothing', `${rules}/2/method`, { by: 'mix', parts: [] }, [`${rules}/2/method/parts adds-up-to-nothing`]],
  [
    'sub-meters of a non-party',
    `${rules}/0/method/meters`,
    { kela: [] },
    [`${rules}/0/method/meters/kela not-a-party`],
  ],
  [
    'an unknown sub-meter',
    `${rules}/0/method/meters/police/0/device`,
    'x',
    [`${rules}/0/method/meters/police/0/device unknown-id`],
  ],
  [
    'an unknown point of a sub-meter',
    `${rules}/0/method/meters/police/0/point`,
    'x',
    [`${rules}/0/method/meters/police/0/point unknown-point`],
  ],
  [
    'a thermometer as a main meter',
    `${rules}/0/method/main`,
    { device: 'em-main', point: 'temperature' },
    [`${rules}/0/method/main/point not-a-meter`],
  ],
  [
    'main and sub-meters of two families',
    `${rules}/0/method/main`,
    { device: 'wm', point: 'volume' },
    [`${rules}/0/method/meters/police/0 unit-family`],
  ],
  [
    'sub-meters of another family than the item',
    `${rules}/0/method/meters/police/0`,
    { device: 'wm', point: 'volume' },
    ['/meteredCosts/0/meter unit-family'],
  ],
  ['usage of an unknown device', `${rules}/1/method/devices/0`, 'x', [`${rules}/1/method/devices/0 unknown-id`]],
  [
    'methods nested too deep',
    `${rules}/2/method`,
    nested(METHOD_DEPTH_LIMIT + 1),
    [`${rules}/2/method${'/parts/0/method'.repeat(METHOD_DEPTH_LIMIT)} too-deep`],
  ],
  [
    'an agreement for other premises that nobody knows',
    `${agreement}/premises`,
    'x',
    [`${agreement}/premises unknown-id`],
  ],
  // costs
  ['a meter that is unknown', '/meteredCosts/0/meter/device', 'x', ['/meteredCosts/0/meter/device unknown-id']],
  ['a point that is unknown', '/meteredCosts/0/meter/point', 'x', ['/meteredCosts/0/meter/point unknown-point']],
  ['a meter and a tariff of two families', '/meteredCosts/0/tariff', 'water', ['/meteredCosts/0/meter unit-family']],
  ['an unknown tariff', '/meteredCosts/0/tariff', 'x', ['/meteredCosts/0/tariff unknown-id']],
  ['an unknown payer', '/meteredCosts/0/payer', 'x', ['/meteredCosts/0/payer unknown-id']],
  ['a meter in a unit that cannot be settled', `${energy}/unit`, 'h', ['/meteredCosts/0/meter/point unknown-unit']],
  ['a cost without a category', '/recurringCosts/0/category', '', ['/recurringCosts/0/category invalid-text']],
  ['an amount in words', '/recurringCosts/0/amount', '820 €', ['/recurringCosts/0/amount invalid-number']],
  ['dates of a cost reversed', '/recurringCosts/0/to', '2025-01-01', ['/recurringCosts/0/to dates-reversed']],
  ['an invoice in parts of a cent', '/invoices/0/net', '1234.575', ['/invoices/0/net not-whole-cents']],
  ['service dates reversed', '/invoices/0/serviceTo', '2026-02-01', ['/invoices/0/serviceTo dates-reversed']],
  ['an unknown device of an invoice', '/invoices/0/device', 'x', ['/invoices/0/device unknown-id']],
  // usage and readings
  ['usage by nobody', '/usage/0/organisation', 'x', ['/usage/0/organisation unknown-id']],
  ['usage of nothing', '/usage/0/device', 'x', ['/usage/0/device unknown-id']],
  ['usage that ends before it begins', '/usage/0/to', '2026-03-10T06:30:00Z', ['/usage/0/to dates-reversed']],
  ['readings of an unknown device', '/readings/0/device', 'x', ['/readings/0/device unknown-id']],
  ['readings of an undeclared point', '/readings/0/point', 'x', ['/readings/0/point unknown-point']],
  [
    'a reading without an offset',
    '/readings/0/values/0/0',
    '2026-03-01T00:00:00',
    ['/readings/0/values/0/0 invalid-instant'],
  ],
  [
    'a reading on the 30th of February',
    '/readings/0/values/0/0',
    '2026-02-30T00:00:00Z',
    ['/readings/0/values/0/0 invalid-instant'],
  ],
  [
    'a reading of the year 3000',
    '/readings/0/values/0/0',
    '3000-01-01T00:00:00Z',
    ['/readings/0/values/0/0 invalid-instant'],
  ],
  ['S39: NaN on a meter', '/readings/0/values/0/1', Number.NaN, ['/readings/0/values/0/1 invalid-number']],
  ['S39: a decimal comma on a meter', '/readings/0/values/0/1', '10234,5', ['/readings/0/values/0/1 invalid-number']],
  ['S39: 2^63 on a meter', '/readings/0/values/0/1', 2 ** 63, ['/readings/0/values/0/1 out-of-range']],
  ['a state on a meter', '/readings/0/values/0/1', true, ['/readings/0/values/0/1 invalid-number']],
  [
    'an interval off the quarter',
    '/readings/1/values/0/0',
    '2026-03-01T00:10:00Z',
    ['/readings/1/values/0/0 invalid-instant'],
  ],
  ['an interval below zero', '/readings/1/values/0/1', '-0.5', ['/readings/1/values/0/1 out-of-range']],
  [
    'a state of a thousand characters',
    '/readings/2/values/0/1',
    'x'.repeat(1_000),
    ['/readings/2/values/0/1 invalid-text'],
  ],
]

describe('refused', () => {
  test.each(REFUSALS)('%s', (_, pointer, value, problems) => {
    expect(found(edited(exampleBundle(), pointer, value)).toSorted()).toEqual(problems.toSorted())
  })

  test('every message is a sentence that names what it found', () => {
    for (const [, pointer, value] of REFUSALS) {
      for (const { message } of checkBundle(edited(exampleBundle(), pointer, value), NO_FACTS)) {
        expect(message).toMatch(/^[^\n]{10,}[.?]$/)
        expect(message.length).toBeLessThan(700)
      }
    }
  })

  test('successors that go round in a circle', () => {
    const bundle = exampleBundle()
    const [town, police, kela] = bundle.organisations!
    town!.successor = { organisation: 'police', from: '2026-01-01' }
    police!.successor = { organisation: 'kela', from: '2026-01-01' }
    kela!.successor = { organisation: 'town', from: '2026-01-01' }
    expect(found(bundle)).toEqual([0, 1, 2].map((i) => `/organisations/${i}/successor/organisation successor-cycle`))
  })

  test('two agreements of one premises for the same day, approved or not', () => {
    const bundle = exampleBundle()
    bundle.agreements!.push({
      id: 'second',
      premises: 'house',
      parties: ['town'],
      versions: [{ version: 1, from: '2027-01-01', to: null, rules: [] }],
    })
    expect(found(bundle)).toEqual(['/agreements/0/versions/0 overlap', '/agreements/1/versions/0 overlap'])
    bundle.agreements![0]!.versions[0]!.to = '2027-01-01'
    expect(found(bundle)).toEqual([])
    bundle.agreements![1]!.versions[0]!.from = '2025-01-01'
    bundle.agreements![1]!.premises = 'garage'
    expect(found(bundle)).toEqual([])
  })

  test('an hourly interval point takes whole hours only', () => {
    const bundle = edited(
      edited(exampleBundle(), `${device}/points/1/interval`, 'PT1H'),
      '/readings/1/values/0/0',
      '2026-03-01T00:15:00Z',
    )
    expect(found(bundle)).toEqual(['/readings/1/values/0/0 invalid-instant'])
    expect(found(edited(bundle, '/readings/1/values/0/0', '2026-03-01T00:00:00Z'))).toEqual([])
  })

  test('ten thousand problems are named up to the limit', () => {
    const bundle = { organisations: Array.from({ length: 10_000 }, () => ({ id: '', name: {} })) }
    const problems = checkBundle(bundle, NO_FACTS)
    expect(problems).toHaveLength(PROBLEM_LIMIT + 1)
    expect(problems.at(-1)?.code).toBe('more-problems')
  })
})

describe('against what is stored', () => {
  const known = factsOf(exampleBundle())

  test('objects may name what is stored only', () => {
    expect(found({ usage: exampleBundle().usage!, readings: exampleBundle().readings! }, known)).toEqual([])
    expect(found({ invoices: exampleBundle().invoices! }, known)).toEqual([])
    expect(found({ invoices: exampleBundle().invoices! })).toHaveLength(2)
  })

  test('premises replaced without a space that a stored device stands in', () => {
    const bundle = edited({ premises: [exampleBundle().premises![0]!] }, '/premises/0/spaces/0/id', 'k7')
    expect(found(edited(bundle, '/premises/0/tenancies', []), known)).toEqual(['/premises/0 unknown-id'])
  })

  test('a device replaced without a point, or with another unit, that stored costs and agreements measure with', () => {
    const [, sub] = exampleBundle().devices!
    expect(found({ devices: [{ ...sub!, points: [] }] }, known)).toEqual(['/devices/0 unknown-point'])
    const inLitres = [{ key: 'energy', unit: 'l', kind: 'counter' }]
    expect(found({ devices: [{ ...sub!, points: inLitres }] }, known)).toEqual(['/devices/0 unit-family'])
    const [main] = exampleBundle().devices!
    expect(found({ devices: [{ ...main!, points: inLitres }] }, known)).toEqual([
      '/devices/0 unit-family',
      '/devices/0 unit-family',
    ])
  })

  test('a tariff or series replaced with another unit', () => {
    expect(found({ tariffs: [{ ...exampleBundle().tariffs![1]!, id: 'el' }] }, known)).toEqual([
      '/tariffs/0 unit-family',
    ])
    expect(found({ priceSeries: [{ id: 'spot', unit: 'EUR/l' }] }, known)).toEqual(['/priceSeries/0 unit-family'])
  })

  test('an agreement beside a stored one, or with sub-meters that do not fit a stored cost', () => {
    const [stored] = exampleBundle().agreements!
    expect(found({ agreements: [{ ...stored!, id: 'other' }] }, known)).toEqual(['/agreements/0/versions/0 overlap'])
    const meters = { police: [{ device: 'wm', point: 'volume' }] }
    expect(found(edited({ agreements: [stored!] }, `${rules}/0/method/meters`, meters), known)).toEqual([
      '/agreements/0 unit-family',
    ])
  })
})

describe('not refused', () => {
  test.each([
    ['zero weights: they block the item', `${rules}/2/method`, { by: 'fixed', shares: { town: '0' } }],
    ['methods nested to the limit', `${rules}/2/method`, nested(METHOD_DEPTH_LIMIT)],
    ['two rules of one category: the first holds', `${rules}/1/category`, 'electricity'],
    ['a credit note', '/invoices/0/net', '-12.00'],
    ['negative spot prices', '/priceSeries/0/values/0/2', -1.5],
    ['a lower counter value: it blocks what uses it', '/readings/0/values/1/1', '1'],
    ['a time of day over midnight', `${components}/1/when`, { from: '22:00', to: '07:00' }],
  ])('%s', (_, pointer, value) => {
    const bundle = edited(exampleBundle(), pointer, value)
    expect(found(bundle)).toEqual([])
  })

  test('dated rows in any order', () => {
    const bundle = exampleBundle()
    bundle.tariffs![0]!.versions.reverse()
    bundle.premises![0]!.tenancies!.reverse()
    bundle.devices![0]!.ownership!.reverse()
    expect(found(bundle)).toEqual([])
  })
})
