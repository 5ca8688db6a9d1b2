// Bulk edits of devices: which, what is wanted, the preview row by row, and how far it is.
import { Type, type Static } from 'typebox'
import { LifecycleState, RoleRow, Tags } from './bundle.ts'
import { closed, Id, Instant, LocalDate, MAX_PAGE, Names, oneOf, orNull } from './common.ts'
import { DEVICE_FILTER } from './devices.ts'
import { patterned } from './patterned.ts'

const Fact = Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 500 })))
export const DeviceEdit = closed({
  addTags: Type.Optional(Tags),
  removeTags: Type.Optional(Tags),
  /** `null` takes a fact away. */
  space: Type.Optional(orNull(Id)),
  type: Fact,
  brick: Fact,
  manufacturer: Fact,
  model: Fact,
  expectedInterval: Type.Optional(
    orNull(patterned('^P[0-9A-Z.]{1,30}$', 'a duration such as PT15M or P1D', { maxLength: 32 })),
  ),
  /** From that day on the role is this organisation's; absent: today. */
  role: Type.Optional(closed({ role: RoleRow.properties.role, organisation: Id, from: Type.Optional(LocalDate) })),
  state: Type.Optional(
    closed({
      state: LifecycleState,
      from: Type.Optional(LocalDate),
      note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    }),
  ),
})
export const BulkEditNew = closed({
  /** These, or all that the filter gives. */
  devices: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 10_000 })),
  filter: Type.Optional(closed(DEVICE_FILTER)),
  edit: DeviceEdit,
})
export const BulkStateWord = oneOf(['checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'failed'])
const Refusal = closed({
  reason: oneOf(['nothing', 'classified', 'not-after', 'before-last', 'not-allowed', 'invalid', 'changed', 'gone']),
  /** What the check said, where it did. */
  message: orNull(Type.String()),
})
export const BulkEditRow = closed({
  device: Id,
  name: orNull(Names),
  changes: Type.Array(closed({ field: Type.String(), before: orNull(Type.String()), after: orNull(Type.String()) })),
  /** Why it stays as it is. */
  refusal: orNull(Refusal),
  /** After an undo: why it was not taken back. */
  kept: orNull(Refusal),
})
export const BulkEditQuery = closed({
  /** Rows from this one on. */
  from: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
  only: Type.Optional(Type.Union([Type.Literal('refused'), Type.Literal('changed'), Type.Literal('kept')])),
})
export const BulkEditShown = closed({
  id: Id,
  version: Type.Integer(),
  state: BulkStateWord,
  by: Type.String(),
  at: Instant,
  edit: DeviceEdit,
  /** Devices that were chosen, and of them: looked at so far, to be changed (or changed), refused, not taken back. */
  total: Type.Integer(),
  done: Type.Integer(),
  /** All are looked at, and what changes is being stored in one transaction: of thousands of devices this takes minutes. */
  storing: Type.Boolean(),
  changing: Type.Integer(),
  refused: Type.Integer(),
  kept: Type.Integer(),
  failure: orNull(Type.String()),
  /** Of the rows asked for. */
  rows: Type.Array(BulkEditRow),
  rowCount: Type.Integer(),
})
/** Null: more than one bulk edit takes. */
export const BulkCount = closed({ devices: orNull(Type.Integer()) })
export type BulkEditShown = Static<typeof BulkEditShown>
export type BulkEditNew = Static<typeof BulkEditNew>
export type BulkEditRow = Static<typeof BulkEditRow>
