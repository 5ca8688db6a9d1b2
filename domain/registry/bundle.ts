// The bundle: every fact that can be imported and exported, in the form in which it travels (docs/MONEY.md "The bundle").
// Decimal numbers are strings, dates are local dates YYYY-MM-DD (`from` is in, `to` is not), instants are ISO 8601 with offset.

export type Id = string
export type Decimal = string
export type LocalDate = string
export type Instant = string

export type Language = 'fi' | 'sv' | 'en'
/** A name in one or more languages; at least one is given. */
export type Names = { [L in Language]?: string }

export type VatCategory = 'S' | 'Z' | 'E' | 'O' | 'AE'
/** VAT treatment by UNCL5305; `rate` in per cent, "0" unless category S; `basis` is the written ground. */
export type Vat = { category: VatCategory; rate: Decimal; basis?: string }

export type Organisation = {
  id: Id
  name: Names
  kind?: string
  businessId?: string
  /** The body that took over this one's rights and duties, and from which local date. */
  successor?: { organisation: Id; from: LocalDate }
}

export type SpaceUse = 'exclusive' | 'common' | 'technical'
export type Space = {
  id: Id
  name?: Names
  storey?: string
  use: SpaceUse
  type?: string
  areaM2: Decimal
  /** Its GlobalId in the building's IFC model (ISO 16739-1): by it the next import knows the space again. */
  globalId?: string
  /** Words of one's own to find and group it by. */
  tags?: string[]
  /** Security arrangements: the public record leaves out its name and place. */
  protected?: boolean
}
export type Tenancy = { space: Id; organisation: Id; from: LocalDate; to: LocalDate | null }
export type Headcount = { organisation: Id; people: number | Decimal; from: LocalDate; to: LocalDate | null }
export type Premises = {
  id: Id
  name: Names
  address?: string
  timeZone: string
  landlord: Id
  spaces?: Space[]
  tenancies?: Tenancy[]
  headcounts?: Headcount[]
  /** A demonstration may close settlements that rest on simulated readings, and says so on every page of output. */
  demonstration?: boolean
}

/** The seven roles an organisation can have towards a device. `owner` may be given as fractional `ownership` rows. */
export const DEVICE_ROLES = ['owner', 'holder', 'maintainer', 'acquirer', 'payer', 'dataHolder', 'user'] as const
export type DeviceRole = (typeof DEVICE_ROLES)[number]
/** Who has a role (all but `owner`, which is `ownership`) from when to when; several rows of one role may overlap in time. */
export type RoleRow = { role: Exclude<DeviceRole, 'owner'>; organisation: Id; from: LocalDate; to: LocalDate | null }
/** Fractional ownership: shares by organisation; a share is its number over the sum of its row. Rows do not overlap. */
export type OwnershipRow = { from: LocalDate; to: LocalDate | null; shares: Record<Id, Decimal> }

export type MeterChange = { at: Instant; final: Decimal | number; initial: Decimal | number }
export type PointKind = 'counter' | 'interval' | 'gauge' | 'state'
/** One part of a virtual meter: the consumption of a counter or interval point, times a constant (-1 subtracts it). */
export type FormulaTerm = { of: PointRef; times: Decimal }
export type Point = {
  key: string
  name?: Names
  unit?: string
  /** `counter` and `interval` can be settled; anything else is shown only. `virtual` is computed by its formula. */
  kind?: PointKind | 'virtual' | (string & {})
  /** Length of the interval that starts at the instant; only for `interval`. */
  interval?: 'PT15M' | 'PT1H'
  rollover?: Decimal
  multiplier?: Decimal
  meterChanges?: MeterChange[]
  /** The main meter that this one measures a part of. */
  mainMeter?: PointRef
  /** Only of kind `virtual`: the sum of these. */
  formula?: FormulaTerm[]
  /** A point that a device sent undeclared and that nobody has accepted yet. */
  proposed?: boolean
}
export type Acquisition = {
  cost: Decimal
  residual?: Decimal
  date: LocalDate
  usefulLifeMonths: number
  payer: Id
  category?: string
  vat: Vat
}
/**
 * What is known of a meter: whether it may be billed by (approved, and `verifiedUntil`, the first day on which its verification is
 * over), its MID marking as printed, class and year, pulses for one unit, digits of its register before and after the point, seal.
 */
export type MeterFacts = {
  approved: boolean
  mid?: string
  midClass?: string
  markingYear?: number
  verifiedUntil?: LocalDate
  pulsesPerUnit?: Decimal
  digits?: number
  decimals?: number
  seal?: string
}
export const CRA_STATES = ['conforms', 'placed-before', 'out-of-scope'] as const
/**
 * Firmware and its support: `supportUntil` is the last day of security updates; CE marking; standing under the Cyber Resilience Act
 * (EU) 2024/2847 (`placed-before`: placed on the market before 11.12.2027, so only its reporting duties apply).
 */
export type FirmwareFacts = {
  version?: string
  supportUntil?: LocalDate
  ce?: boolean
  cra?: (typeof CRA_STATES)[number]
}
/** Who holds the data of a connected product outside the parties, (EU) 2023/2854 art. 2(13): usually the maker or its service. */
export type DataHolder = { name: string; contact?: string; data?: string }
/** From plan to scrap; domain/lifecycle/lifecycle.ts tells which may follow which. */
export type LifecycleState = 'planned' | 'in-stock' | 'installed' | 'in-use' | 'out-of-service' | 'retired'
/** A state from a date on, until the next row's. */
export type LifecycleRow = { state: LifecycleState; from: LocalDate; note?: string }
/** Money that somebody gave for it. Up to `encumberedUntil`, that day too, a transfer, another use or scrapping may mean paying it back. */
export type Grant = { by: string; amount: Decimal; decision?: string; encumberedUntil?: LocalDate }
/** A warranty, a service contract or an insurance: of whom, under which number, and the last day on which it holds. */
export type Cover = { by: string; reference?: string; until: LocalDate }
/** What takes its place: on which day, and for how much without VAT. The owners of that day bear it by their shares. */
export type Replacement = { on: LocalDate; cost: Decimal; note?: string }
/** `owner`: its owners, holder and maintainer; `parties`: whoever sees the premises; `public`: also the public record. */
export type Classification = 'public' | 'parties' | 'owner'
export type ClassifiedField = 'name' | 'place' | 'type' | 'serial' | 'model' | 'readings' | 'money' | 'security'
export type Device = {
  id: Id
  name?: Names
  premises: Id
  space?: Id | null
  type?: string
  brick?: string
  serial?: string
  manufacturer?: string
  model?: string
  /** Words of one's own to find and group it by. */
  tags?: string[]
  ownership?: OwnershipRow[]
  roles?: RoleRow[]
  acquisition?: Acquisition
  /** In the order of their dates; absent: in use. */
  lifecycle?: LifecycleRow[]
  /** Of whom it was bought. */
  supplier?: string
  funding?: Grant[]
  warranty?: Cover
  serviceContract?: Cover
  insurance?: Cover
  /** From the acquisition on; how long it can be used, whatever the books say. */
  expectedLifeMonths?: number
  replacement?: Replacement
  /** Absent: nothing is known of it, or it is no meter. */
  meter?: MeterFacts
  firmware?: FirmwareFacts
  /** Absent: the body with the role `dataHolder`. */
  dataHolder?: DataHolder
  points?: Point[]
  /** ISO 8601 duration: how often it is expected to be heard (presence: online within three of them). */
  expectedInterval?: string
  /** Its readings come from a simulator and are marked so everywhere. */
  simulated?: boolean
  /** As of a space: the public record leaves out what it is, where, and its readings. */
  protected?: boolean
  /** Who sees a field, where it is neither `public` nor, of what is protected, `parties`. */
  visibility?: { [F in ClassifiedField]?: Classification }
}

export type PriceSeries = {
  id: Id
  unit: string
  values?: [Instant, 'PT15M' | 'PT1H' | (string & {}), Decimal | number][]
}

/** Months 1–12, days 1–7 from Monday, local clock times on quarter boundaries; `to` before `from` wraps over midnight. */
export type When = { months?: number[]; days?: number[]; from?: string; to?: string }
export type TariffComponent =
  | { id: Id; kind: 'energy'; price: Decimal; when?: When }
  | { id: Id; kind: 'spot'; series: Id; factor?: Decimal; margin?: Decimal }
  | { id: Id; kind: 'stepped'; steps: { upTo?: Decimal; price: Decimal }[] }
  | { id: Id; kind: 'peak'; price: Decimal; minimum?: Decimal }
  | { id: Id; kind: 'fixed'; amount: Decimal }
export type TariffVersion = { from: LocalDate; to: LocalDate | null; vat: Vat; components: TariffComponent[] }
export type Tariff = { id: Id; name?: Names; unit: string; versions: TariffVersion[] }

export type PointRef = { device: Id; point: string }
export type SplitMethod =
  | { by: 'fixed'; shares: Record<Id, Decimal> }
  | { by: 'equal' }
  | { by: 'area'; useWeights?: Record<string, Decimal> }
  | { by: 'headcount' }
  | { by: 'usage'; devices?: Id[] }
  | { by: 'ownership' }
  | { by: 'direct'; party: Id }
  | { by: 'metered'; main?: PointRef; meters: Record<Id, PointRef[]>; remainder: SplitMethod; allowEstimated?: boolean }
  | { by: 'mix'; parts: { weight: Decimal; method: SplitMethod }[] }
export type Rule = { category: string; method: SplitMethod }
/** `text` is the hash (`sha256:…`) of the canonical text that was approved; approvals made before there was one, or elsewhere, have none. */
export type Approval = { organisation: Id; decision?: string; at?: Instant; text?: string }

/** What is to be done for a device or system in its life; each task may be another organisation's. */
export const RESPONSIBILITY_TASKS = [
  'buy',
  'insure',
  'maintain',
  'repair',
  'renew',
  'pay',
  'patch',
  'data',
  'steer',
] as const
export type ResponsibilityTask = (typeof RESPONSIBILITY_TASKS)[number]
/** A row of the responsibility matrix: of one device, of all devices of a type, or of a system in words; who does which task. */
export type ResponsibilityRow = {
  of: { device: Id } | { deviceType: string } | { system: Names }
  tasks: { [T in ResponsibilityTask]?: Id }
}
/** Which part of the main meter's quantity, 0 to 1, the remainder may be: at one meter, in one cost category, or in all (`*`). */
export type RemainderBand = { of: { meter: PointRef } | { category: string }; least: Decimal; most: Decimal }
/** Which part of a meter's quantity, 0 to 1, may be estimated; a month beyond it is not issued (`block`) or says so (`show`). */
export type EstimateTerms = { most: Decimal; beyond: 'block' | 'show' }
/** A cost that changes by more than this part (0.3 is 30 %) and by at least these euros is told before a month is issued. */
export type UnusualChange = { part: Decimal; euros: Decimal }
/** A meter without type approval or verification that may decide a price all the same; `to` is the first day on which it may not. */
export type UnapprovedMeter = { meter: PointRef; reason?: string; to?: LocalDate | null }
/** Where a party books its shares of a cost category (`*`: of all others). */
export type PartyAccount = { party: Id; category: string; account?: string; costCentre?: string }
/** What is agreed besides the rules. No cent depends on it: it is held against a month before it is issued. */
export type AgreementTerms = {
  responsibilities?: ResponsibilityRow[]
  /** Days before the end of the comment days when those who have not answered are reminded. */
  reminderDays?: number
  /** Days that each side of a dispute has when it is its turn. */
  answerDays?: number
  /** Working hours within which whoever is offered a fault accepts or declines it. */
  faultHours?: number
  unusualChange?: UnusualChange
  remainderBands?: RemainderBand[]
  estimates?: EstimateTerms
  unapprovedMeters?: UnapprovedMeter[]
  accounts?: PartyAccount[]
}
export type AgreementVersion = {
  version: number
  from: LocalDate
  to: LocalDate | null
  rules: Rule[]
  terms?: AgreementTerms
  approvals?: Approval[]
}
export type Agreement = {
  id: Id
  name?: Names
  premises: Id
  parties: Id[]
  commentDays?: number
  versions: AgreementVersion[]
}

export type MeteredCost = {
  id: Id
  premises: Id
  category: string
  meter: PointRef
  tariff: Id
  payer: Id
  from: LocalDate
  to: LocalDate | null
  allowEstimated?: boolean
}
export type RecurringCost = {
  id: Id
  /** What people call it, as "Siivous, uusi sopimus"; without one it is known by its category. */
  name?: Names
  premises: Id
  category: string
  amount: Decimal
  vat: Vat
  payer: Id
  from: LocalDate
  to: LocalDate | null
  device?: Id | null
}
export type Invoice = {
  id: Id
  premises: Id
  category: string
  net: Decimal
  vat: Vat
  payer: Id
  serviceFrom: LocalDate
  serviceTo: LocalDate
  device?: Id | null
  number?: string
  supplier?: string
  /** The fault whose repair it is for: its ground, of no bearing on any cent. */
  fault?: Id
}
export type UsageRecord = { device: Id; organisation: Id; from: Instant; to: Instant }
/** How readings came about, where it was not by measuring: read by a person, estimated, put in the place of others. */
export type GivenQuality = 'measured' | 'manual' | 'estimated' | 'substituted'
export type ReadingRows = {
  device: Id
  point: string
  /** Absent: measured. */
  quality?: GivenQuality
  values: [Instant, string | number | boolean][]
}

/** Lists may be absent; an object whose id is known replaces the old one whole; readings, prices and usage are added. */
export type Bundle = {
  organisations?: Organisation[]
  premises?: Premises[]
  devices?: Device[]
  priceSeries?: PriceSeries[]
  tariffs?: Tariff[]
  agreements?: Agreement[]
  meteredCosts?: MeteredCost[]
  recurringCosts?: RecurringCost[]
  invoices?: Invoice[]
  usage?: UsageRecord[]
  readings?: ReadingRows[]
}

/** The lists whose members are objects with an id, in the order in which they refer to each other. */
export const OBJECT_KINDS = [
  'organisations',
  'premises',
  'devices',
  'priceSeries',
  'tariffs',
  'agreements',
  'meteredCosts',
  'recurringCosts',
  'invoices',
] as const
export type ObjectKind = (typeof OBJECT_KINDS)[number]
export type ObjectOf<K extends ObjectKind> = NonNullable<Bundle[K]>[number]

/** What an id of an object looks like. Point keys are wider: see POINT_KEY_PATTERN. */
export const ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/
/** A point key: printable, no slash, wildcard or control character; devices name them, so they are not ids. */
export const POINT_KEY_PATTERN = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$/
