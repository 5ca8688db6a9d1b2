// The change of one device by a person: what is wanted, and what it comes to before it is saved.
import { Type, type Static, type TSchema } from 'typebox'
import type * as Domain from '#domain/registry/change-device.ts'
import { Device } from './bundle.ts'
import { closed, Id, LocalDate, Month, orNull, PositiveDecimal } from './common.ts'
import { RoleAt } from './devices.ts'
import { PartyMonth } from './party-changes.ts'

const of = Device.properties
const orAway = <T extends TSchema>(field: T) => Type.Optional(orNull(field))
const Bodies = Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true }))
/** Null takes a field away; what is absent stays. */
const Changed = closed({
  name: orAway(of.name),
  space: Type.Optional(of.space),
  type: orAway(of.type),
  brick: orAway(of.brick),
  serial: orAway(of.serial),
  manufacturer: orAway(of.manufacturer),
  model: orAway(of.model),
  tags: orAway(of.tags),
  expectedInterval: orAway(of.expectedInterval),
  acquisition: orAway(of.acquisition),
  supplier: orAway(of.supplier),
  funding: orAway(of.funding),
  warranty: orAway(of.warranty),
  serviceContract: orAway(of.serviceContract),
  insurance: orAway(of.insurance),
  expectedLifeMonths: orAway(of.expectedLifeMonths),
  replacement: orAway(of.replacement),
})
/** Until further notice, or until a later row that is recorded already. What is absent stays. */
const RolesFrom = closed({
  from: LocalDate,
  /** All owners with their parts; a part is its number over the sum of all. Empty: nobody. */
  shares: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), PositiveDecimal, {
      additionalProperties: false,
      maxProperties: 100,
    }),
  ),
  /** All bodies of each role that is named. */
  holders: Type.Optional(
    closed({ holder: Bodies, maintainer: Bodies, acquirer: Bodies, payer: Bodies, dataHolder: Bodies, user: Bodies }),
  ),
})
/** With `apply: false` nothing is written. */
export const DeviceChangeWanted = closed({
  set: Type.Optional(Changed),
  roles: Type.Optional(RolesFrom),
  apply: Type.Boolean(),
})
export const DeviceChangeAnswer = closed({
  applied: Type.Boolean(),
  version: Type.Integer(),
  /** The fields that differ; `ownership` and `roles` among them. */
  fields: Type.Array(Type.String()),
  /** Who has which role from the day on; null where no role was asked for. */
  rolesThen: orNull(Type.Array(RoleAt)),
  /** Others whose part would be another one: they are not asked here, as they are by a transfer. */
  othersMoved: Type.Array(Id),
  /**
   * Months with another result, each party against how it stands: the first open one, with the adjustments of closed months, and those in
   * which it begins. Empty: no cost rests on what changes. Null: your organisation does not see the costs.
   */
  months: orNull(
    Type.Array(
      closed({
        /** Closed months whose difference is adjusted in it; they themselves stay. */
        adjusts: Type.Array(Month),
        month: PartyMonth,
      }),
    ),
  ),
})
export type DeviceChangeWanted = Static<typeof DeviceChangeWanted>
export type DeviceChangeAnswer = Static<typeof DeviceChangeAnswer>

type Change = Omit<DeviceChangeWanted, 'apply'>
/** @public Only the compiler looks at it. */
export const DEVICE_CHANGE_FITS: Change extends Domain.DeviceChange ? true : never = true
