// The bundle and its objects, strictly: unknown properties are refused, every list and text has a bound.
import { Type, type Static } from 'typebox'
import type * as Domain from '#domain/registry/bundle.ts'
import {
  closed,
  Decimal,
  Id,
  Instant,
  LocalDate,
  Names,
  orNull,
  PointKey,
  PositiveDecimal,
  VatCategory,
} from './common.ts'
import { patterned } from './patterned.ts'

const list = <T extends Parameters<typeof Type.Array>[0]>(item: T, maxItems = 10_000) => Type.Array(item, { maxItems })
const optional = Type.Optional
const dated = { from: LocalDate, to: orNull(LocalDate) }
/** What a register gives as a serial, a number, a model: bounded text that may be empty. */
const Remark = Type.String({ maxLength: 500 })
const Named = Type.String({ minLength: 1, maxLength: 500 })
const Category = Type.String({ minLength: 1, maxLength: 64 })
const Unit = Type.String({ minLength: 1, maxLength: 32 })
const sharesOf = <T extends Parameters<typeof Type.Record>[1]>(value: T) =>
  Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), value, {
    additionalProperties: false,
    maxProperties: 1000,
  })

export const Vat = closed({ category: VatCategory, rate: PositiveDecimal, basis: optional(Remark) })

export const Organisation = closed({
  id: Id,
  name: Names,
  kind: optional(Remark),
  businessId: optional(Remark),
  successor: optional(closed({ organisation: Id, from: LocalDate })),
})

/** Words of one's own to find and group by. */
export const Tags = list(Type.String({ minLength: 1, maxLength: 60 }), 50)
export const Space = closed({
  id: Id,
  name: optional(Names),
  storey: optional(Remark),
  use: Type.Union([Type.Literal('exclusive'), Type.Literal('common'), Type.Literal('technical')]),
  type: optional(Remark),
  areaM2: PositiveDecimal,
  globalId: optional(Remark),
  tags: optional(Tags),
  protected: optional(Type.Boolean()),
})
export const Tenancy = closed({ space: Id, organisation: Id, ...dated })
export const Headcount = closed({
  organisation: Id,
  people: Type.Union([Type.Number({ minimum: 0, maximum: 1e9 }), PositiveDecimal]),
  ...dated,
})
export const Premises = closed({
  id: Id,
  name: Names,
  address: optional(Remark),
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  landlord: Id,
  spaces: optional(list(Space)),
  tenancies: optional(list(Tenancy)),
  headcounts: optional(list(Headcount)),
  demonstration: optional(Type.Boolean()),
})

export const RoleRow = closed({
  role: Type.Union([
    Type.Literal('holder'),
    Type.Literal('maintainer'),
    Type.Literal('acquirer'),
    Type.Literal('payer'),
    Type.Literal('dataHolder'),
    Type.Literal('user'),
  ]),
  organisation: Id,
  ...dated,
})
export const OwnershipRow = closed({ ...dated, shares: sharesOf(PositiveDecimal) })
const Figure = Type.Union([Decimal, Type.Number()])
export const MeterChange = closed({ at: Instant, final: Figure, initial: Figure })
export const PointRef = closed({ device: Id, point: PointKey })
export const FormulaTerm = closed({ of: PointRef, times: Decimal })
export const Point = closed({
  key: PointKey,
  name: optional(Names),
  unit: optional(Unit),
  kind: optional(
    Type.String({ minLength: 1, maxLength: 64, examples: ['counter', 'interval', 'gauge', 'state', 'virtual'] }),
  ),
  interval: optional(Type.Union([Type.Literal('PT15M'), Type.Literal('PT1H')])),
  rollover: optional(PositiveDecimal),
  multiplier: optional(Decimal),
  meterChanges: optional(list(MeterChange, 1000)),
  mainMeter: optional(PointRef),
  formula: optional(list(FormulaTerm, 100)),
  proposed: optional(Type.Boolean()),
})
export const Acquisition = closed({
  cost: Decimal,
  residual: optional(Decimal),
  date: LocalDate,
  usefulLifeMonths: Type.Integer({ minimum: 1, maximum: 1200 }),
  payer: Id,
  category: optional(Category),
  vat: Vat,
})
export const LifecycleState = Type.Union([
  Type.Literal('planned'),
  Type.Literal('in-stock'),
  Type.Literal('installed'),
  Type.Literal('in-use'),
  Type.Literal('out-of-service'),
  Type.Literal('retired'),
])
export const LifecycleRow = closed({ state: LifecycleState, from: LocalDate, note: optional(Remark) })
export const Grant = closed({
  by: Named,
  amount: PositiveDecimal,
  decision: optional(Remark),
  encumberedUntil: optional(LocalDate),
})
export const Cover = closed({ by: Named, reference: optional(Remark), until: LocalDate })
export const Replacement = closed({ on: LocalDate, cost: PositiveDecimal, note: optional(Remark) })
export const MONEY_FACTS = {
  supplier: optional(Named),
  funding: optional(list(Grant, 100)),
  warranty: optional(Cover),
  serviceContract: optional(Cover),
  insurance: optional(Cover),
  expectedLifeMonths: optional(Type.Integer({ minimum: 1, maximum: 1200 })),
  replacement: optional(Replacement),
}
export const MeterFacts = closed({
  approved: Type.Boolean(),
  mid: optional(Remark),
  midClass: optional(Type.String({ minLength: 1, maxLength: 16, examples: ['B', '2'] })),
  markingYear: optional(Type.Integer({ minimum: 1900, maximum: 2200 })),
  verifiedUntil: optional(LocalDate),
  pulsesPerUnit: optional(PositiveDecimal),
  digits: optional(Type.Integer({ minimum: 1, maximum: 12 })),
  decimals: optional(Type.Integer({ minimum: 0, maximum: 6 })),
  seal: optional(Type.String({ minLength: 1, maxLength: 200 })),
})
export const FirmwareFacts = closed({
  version: optional(Type.String({ minLength: 1, maxLength: 100 })),
  supportUntil: optional(LocalDate),
  ce: optional(Type.Boolean()),
  cra: optional(Type.Union([Type.Literal('conforms'), Type.Literal('placed-before'), Type.Literal('out-of-scope')])),
})
export const DataHolder = closed({ name: Named, contact: optional(Remark), data: optional(Remark) })
const Classification = Type.Union([Type.Literal('public'), Type.Literal('parties'), Type.Literal('owner')])
export const Visibility = closed({
  name: optional(Classification),
  place: optional(Classification),
  type: optional(Classification),
  serial: optional(Classification),
  model: optional(Classification),
  readings: optional(Classification),
  money: optional(Classification),
  security: optional(Classification),
})
export const Device = closed({
  id: Id,
  name: optional(Names),
  premises: Id,
  space: optional(orNull(Id)),
  type: optional(Remark),
  brick: optional(Remark),
  serial: optional(Remark),
  manufacturer: optional(Remark),
  model: optional(Remark),
  tags: optional(Tags),
  ownership: optional(list(OwnershipRow, 1000)),
  roles: optional(list(RoleRow, 1000)),
  acquisition: optional(Acquisition),
  lifecycle: optional(list(LifecycleRow, 1000)),
  ...MONEY_FACTS,
  meter: optional(MeterFacts),
  firmware: optional(FirmwareFacts),
  dataHolder: optional(DataHolder),
  points: optional(list(Point, 1000)),
  expectedInterval: optional(patterned('^P[0-9A-Z.]{1,30}$', 'a duration such as PT15M or P1D', { maxLength: 32 })),
  simulated: optional(Type.Boolean()),
  protected: optional(Type.Boolean()),
  visibility: optional(Visibility),
})

export const PriceSeries = closed({
  id: Id,
  unit: Unit,
  values: optional(list(Type.Tuple([Instant, Type.String({ maxLength: 16 }), Figure]), 1_000_000)),
})
const ClockTime = patterned('^[0-9]{2}:[0-9]{2}$', 'a clock time such as 07:30', { maxLength: 5 })
export const When = closed({
  months: optional(list(Type.Integer({ minimum: 1, maximum: 12 }), 12)),
  days: optional(list(Type.Integer({ minimum: 1, maximum: 7 }), 7)),
  from: optional(ClockTime),
  to: optional(ClockTime),
})
export const TariffComponent = Type.Union([
  closed({ id: Id, kind: Type.Literal('energy'), price: Decimal, when: optional(When) }),
  closed({ id: Id, kind: Type.Literal('spot'), series: Id, factor: optional(Decimal), margin: optional(Decimal) }),
  closed({
    id: Id,
    kind: Type.Literal('stepped'),
    steps: list(closed({ upTo: optional(PositiveDecimal), price: Decimal }), 1000),
  }),
  closed({ id: Id, kind: Type.Literal('peak'), price: Decimal, minimum: optional(PositiveDecimal) }),
  closed({ id: Id, kind: Type.Literal('fixed'), amount: Decimal }),
])
export const TariffVersion = closed({ ...dated, vat: Vat, components: list(TariffComponent, 1000) })
export const Tariff = closed({ id: Id, name: optional(Names), unit: Unit, versions: list(TariffVersion, 1000) })

export const SplitMethod = Type.Cyclic(
  {
    SplitMethod: Type.Union([
      closed({ by: Type.Literal('fixed'), shares: sharesOf(PositiveDecimal) }),
      closed({ by: Type.Literal('equal') }),
      closed({
        by: Type.Literal('area'),
        useWeights: optional(
          Type.Record(Type.String({ pattern: '^.{1,200}$' }), PositiveDecimal, {
            additionalProperties: false,
            maxProperties: 1000,
          }),
        ),
      }),
      closed({ by: Type.Literal('headcount') }),
      closed({ by: Type.Literal('usage'), devices: optional(list(Id)) }),
      closed({ by: Type.Literal('ownership') }),
      closed({ by: Type.Literal('direct'), party: Id }),
      closed({
        by: Type.Literal('metered'),
        main: optional(PointRef),
        meters: sharesOf(list(PointRef, 1000)),
        remainder: Type.Ref('SplitMethod'),
        allowEstimated: optional(Type.Boolean()),
      }),
      closed({
        by: Type.Literal('mix'),
        parts: list(closed({ weight: PositiveDecimal, method: Type.Ref('SplitMethod') }), 100),
      }),
    ]),
  },
  'SplitMethod',
)
export const Rule = closed({ category: Category, method: SplitMethod })
export const TextHash = Type.String({ pattern: '^sha256:[0-9a-f]{64}$', maxLength: 71 })
export const Approval = closed({
  organisation: Id,
  decision: optional(Remark),
  at: optional(Instant),
  text: optional(TextHash),
})
export const ResponsibilityRow = closed({
  of: Type.Union([closed({ device: Id }), closed({ deviceType: Category }), closed({ system: Names })]),
  tasks: closed({
    buy: optional(Id),
    insure: optional(Id),
    maintain: optional(Id),
    repair: optional(Id),
    renew: optional(Id),
    pay: optional(Id),
    patch: optional(Id),
    data: optional(Id),
    steer: optional(Id),
  }),
})
export const AgreementTerms = closed({
  responsibilities: optional(list(ResponsibilityRow, 1000)),
  reminderDays: optional(Type.Integer({ minimum: 0, maximum: 366 })),
  answerDays: optional(Type.Integer({ minimum: 1, maximum: 366 })),
  faultHours: optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  unusualChange: optional(closed({ part: PositiveDecimal, euros: PositiveDecimal })),
  remainderBands: optional(
    list(
      closed({
        of: Type.Union([closed({ meter: PointRef }), closed({ category: Category })]),
        least: PositiveDecimal,
        most: PositiveDecimal,
      }),
      1000,
    ),
  ),
  estimates: optional(
    closed({ most: PositiveDecimal, beyond: Type.Union([Type.Literal('block'), Type.Literal('show')]) }),
  ),
  unapprovedMeters: optional(
    list(closed({ meter: PointRef, reason: optional(Remark), to: optional(orNull(LocalDate)) }), 1000),
  ),
  accounts: optional(
    list(closed({ party: Id, category: Category, account: optional(Remark), costCentre: optional(Remark) }), 10_000),
  ),
})
export const AgreementVersion = closed({
  version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  ...dated,
  rules: list(Rule, 1000),
  terms: optional(AgreementTerms),
  approvals: optional(list(Approval, 1000)),
})
export const Agreement = closed({
  id: Id,
  name: optional(Names),
  premises: Id,
  parties: list(Id, 1000),
  commentDays: optional(Type.Number({ minimum: 0, maximum: 3650 })),
  versions: list(AgreementVersion, 1000),
})

export const MeteredCost = closed({
  id: Id,
  premises: Id,
  category: Category,
  meter: PointRef,
  tariff: Id,
  payer: Id,
  ...dated,
  allowEstimated: optional(Type.Boolean()),
})
export const RecurringCost = closed({
  id: Id,
  name: optional(Names),
  premises: Id,
  category: Category,
  amount: Decimal,
  vat: Vat,
  payer: Id,
  ...dated,
  device: optional(orNull(Id)),
})
export const Invoice = closed({
  id: Id,
  premises: Id,
  category: Category,
  net: Decimal,
  vat: Vat,
  payer: Id,
  serviceFrom: LocalDate,
  serviceTo: LocalDate,
  device: optional(orNull(Id)),
  number: optional(Remark),
  supplier: optional(Remark),
  fault: optional(Id),
})
export const UsageRecord = closed({ device: Id, organisation: Id, from: Instant, to: Instant })
export const ReadingRows = closed({
  device: Id,
  point: PointKey,
  quality: optional(
    Type.Union([
      Type.Literal('measured'),
      Type.Literal('manual'),
      Type.Literal('estimated'),
      Type.Literal('substituted'),
    ]),
  ),
  values: list(
    Type.Tuple([Instant, Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 1024 })])]),
    1_000_000,
  ),
})

export const Bundle = closed({
  organisations: optional(list(Organisation)),
  premises: optional(list(Premises)),
  devices: optional(list(Device, 50_000)),
  priceSeries: optional(list(PriceSeries, 1000)),
  tariffs: optional(list(Tariff)),
  agreements: optional(list(Agreement)),
  meteredCosts: optional(list(MeteredCost, 50_000)),
  recurringCosts: optional(list(RecurringCost, 50_000)),
  invoices: optional(list(Invoice, 200_000)),
  usage: optional(list(UsageRecord, 200_000)),
  readings: optional(list(ReadingRows, 50_000)),
})

export type Bundle = Static<typeof Bundle>
export type Organisation = Static<typeof Organisation>
export type Space = Static<typeof Space>
export type Premises = Static<typeof Premises>
export type Device = Static<typeof Device>
export type Point = Static<typeof Point>
export type PriceSeries = Static<typeof PriceSeries>
export type Tariff = Static<typeof Tariff>
export type TariffComponent = Static<typeof TariffComponent>
export type SplitMethod = Static<typeof SplitMethod>
export type Agreement = Static<typeof Agreement>
export type MeteredCost = Static<typeof MeteredCost>
export type RecurringCost = Static<typeof RecurringCost>
export type Invoice = Static<typeof Invoice>

/** Fails to compile when a schema and the domain's type drift apart. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
/** @public Only the compiler looks at it. */
export const SAME_AS_DOMAIN: [
  Same<Organisation, Domain.Organisation>,
  Same<Premises, Domain.Premises>,
  Same<Device, Domain.Device>,
  Same<PriceSeries, Domain.PriceSeries>,
  Same<Tariff, Domain.Tariff>,
  Same<SplitMethod, Domain.SplitMethod>,
  Same<Agreement, Domain.Agreement>,
  Same<MeteredCost, Domain.MeteredCost>,
  Same<RecurringCost, Domain.RecurringCost>,
  Same<Invoice, Domain.Invoice>,
  Same<Bundle, Domain.Bundle>,
] = [true, true, true, true, true, true, true, true, true, true, true]
