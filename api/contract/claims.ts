// Claims (printed codes), label sheets, and putting devices into use.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, LanguageCode, Names, orNull, pageOf, pageQuery, ReadingValue } from './common.ts'

/** A claim code as it is read from a label: groups, small letters and spaces are fine. */
const Code = Type.String({ minLength: 1, maxLength: 64 })
const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
const Remark = Type.String({ maxLength: 500 })

export const ClaimsWanted = closed({
  devices: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
  blank: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Labels that may go on any device' })),
  premises: Type.Optional(Id),
  validDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 1825, description: 'Default 365' })),
})
export const ClaimMade = closed({
  code: Type.String(),
  address: Type.String(),
  device: orNull(Id),
  number: Type.Integer(),
  expiresAt: Instant,
})
export const ClaimsMade = closed({ batch: Type.String(), items: Type.Array(ClaimMade) })
export const LabelsWanted = closed({
  codes: Type.Array(Code, { minItems: 1, maxItems: 1000 }),
  sheet: Type.String({ maxLength: 20 }),
  first: Type.Optional(Type.Integer({ minimum: 1, maximum: 65, description: 'The first free label of the sheet' })),
  language: Type.Optional(LanguageCode),
})
export const LabelSheetList = closed({
  items: Type.Array(closed({ id: Type.String(), name: Type.String(), labels: Type.Integer() })),
})
export const CodeParams = closed({ code: Code })
export const ClaimState = Type.Union([Type.Literal('open'), Type.Literal('used'), Type.Literal('withdrawn')])
const DeviceNamed = closed({
  id: Id,
  name: orNull(Names),
  type: orNull(Type.String()),
  premises: Id,
  space: orNull(Id),
})
export const ClaimShown = closed({
  state: ClaimState,
  expired: Type.Boolean(),
  device: orNull(DeviceNamed),
  premises: orNull(Id),
  number: Type.Integer(),
  expiresAt: orNull(Instant),
})
export const ClaimListed = closed({
  id: Type.String(),
  batch: Type.String(),
  number: Type.Integer(),
  state: ClaimState,
  expired: Type.Boolean(),
  device: orNull(Id),
  premises: orNull(Id),
  expiresAt: orNull(Instant),
  madeAt: Instant,
})
export const ClaimPage = pageOf(ClaimListed)
export const ClaimQuery = pageQuery({ premises: Type.Optional(Id), state: Type.Optional(ClaimState) })
export const ClaimsWithdrawn = closed({ batch: Type.String({ minLength: 1, maxLength: 63 }) })
export const ClaimsWithdrawnAnswer = closed({ withdrawn: Type.Integer() })

/** What the technician says. `device` names one that is listed; without it a new one is made of `id` or name and type. */
const installed = {
  device: Type.Optional(Id),
  id: Type.Optional(Id),
  name: Type.Optional(Names),
  type: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  serial: Type.Optional(Remark),
  manufacturer: Type.Optional(Remark),
  model: Type.Optional(Remark),
  premises: Type.Optional(Id),
  space: Type.Optional(orNull(Id)),
  at: Type.Optional(Instant),
  photos: Type.Optional(Type.Array(Digest, { maxItems: 10 })),
  note: Type.Optional(Type.String({ maxLength: 2000 })),
}
export const Installed = closed(installed)
export const InstalledAnswer = closed({ device: Id, created: Type.Boolean(), commissioning: Id })

export const CommissioningShown = closed({
  id: Id,
  device: Id,
  premises: orNull(Id),
  space: orNull(Id),
  claimed: Type.Boolean(),
  by: Type.String(),
  at: Instant,
  receivedAt: Instant,
  note: Type.String(),
  photos: Type.Array(Type.String()),
  values: Type.Array(
    closed({
      point: Type.String(),
      unit: orNull(Type.String()),
      at: Instant,
      value: ReadingValue,
      simulated: Type.Boolean(),
    }),
  ),
})
export const CommissioningPage = pageOf(CommissioningShown)
export const CommissioningQuery = pageQuery({ premises: Type.Optional(Id), device: Type.Optional(Id) })

export type ClaimsMade = Static<typeof ClaimsMade>
export type ClaimMade = Static<typeof ClaimMade>
export type ClaimShown = Static<typeof ClaimShown>
export type ClaimListed = Static<typeof ClaimListed>
export type ClaimPage = Static<typeof ClaimPage>
export type Installed = Static<typeof Installed>
export type InstalledAnswer = Static<typeof InstalledAnswer>
export type CommissioningShown = Static<typeof CommissioningShown>
export type CommissioningPage = Static<typeof CommissioningPage>
export type LabelSheetList = Static<typeof LabelSheetList>
