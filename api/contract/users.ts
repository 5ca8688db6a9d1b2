// Users and their memberships.
import { Type, type Static } from 'typebox'
import { closed, Id, itemsOf, LanguageCode, orNull, RoleName, Text } from './common.ts'
import { Email, Login, Password } from './session.ts'

export const Membership = closed({
  organisation: orNull(Id),
  roles: Type.Array(RoleName, { minItems: 1, maxItems: 6 }),
})
const Memberships = Type.Array(Membership, { maxItems: 100 })
export const UserWanted = closed({
  login: Login,
  name: Text,
  language: Type.Optional(LanguageCode),
  /** Where reminders go; without it there are none. */
  email: Type.Optional(orNull(Email)),
  memberships: Memberships,
  /** Absent: one is made and answered once. */
  password: Type.Optional(Password),
  /** Absent: true, the password must be changed at the first sign-in. */
  mustChangePassword: Type.Optional(Type.Boolean()),
})
export const UserMade = closed({ id: Id, login: Type.String(), password: orNull(Type.String()) })
export const UserChange = closed({
  name: Type.Optional(Text),
  language: Type.Optional(LanguageCode),
  email: Type.Optional(orNull(Email)),
  disabled: Type.Optional(Type.Boolean()),
  memberships: Type.Optional(Memberships),
  /** Makes a new password, answered once. */
  resetPassword: Type.Optional(Type.Boolean()),
})
export const UserShown = closed({
  id: Id,
  login: Type.String(),
  name: Type.String(),
  language: LanguageCode,
  email: orNull(Type.String()),
  disabled: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  memberships: Type.Array(Membership),
})
export const UserList = itemsOf(UserShown)
export const UserChanged = closed({ ...UserShown.properties, password: orNull(Type.String()) })

export type UserWanted = Static<typeof UserWanted>
export type UserMade = Static<typeof UserMade>
export type UserChange = Static<typeof UserChange>
export type UserShown = Static<typeof UserShown>
export type UserList = Static<typeof UserList>
export type UserChanged = Static<typeof UserChanged>
