// Signing in and out, and whose eyes the session has.
import { Type, type Static } from 'typebox'
import { closed, Id, LanguageCode, Names, orNull, RoleName } from './common.ts'

export const Login = Type.String({ minLength: 1, maxLength: 254 })
export const Password = Type.String({ minLength: 1, maxLength: 256 })

export const SignIn = closed({ login: Login, password: Password })
export const MembershipShown = closed({
  /** null: the platform's operator. */
  organisation: orNull(Id),
  name: orNull(Names),
  roles: Type.Array(RoleName),
})
export const Session = closed({
  user: closed({
    id: Id,
    login: Type.String(),
    name: Type.String(),
    language: LanguageCode,
    mustChangePassword: Type.Boolean(),
  }),
  organisation: orNull(Id),
  organisationName: orNull(Names),
  roles: Type.Array(RoleName),
  memberships: Type.Array(MembershipShown),
  /** Sent back in `x-csrf-token` with every unsafe method. */
  csrfToken: Type.String(),
  operator: Type.Boolean(),
})
export const SessionChange = closed({
  organisation: Type.Optional(orNull(Id)),
  language: Type.Optional(LanguageCode),
})
export const PasswordChange = closed({ current: Password, next: Password })

export type SignIn = Static<typeof SignIn>
export type MembershipShown = Static<typeof MembershipShown>
export type Session = Static<typeof Session>
export type SessionChange = Static<typeof SessionChange>
export type PasswordChange = Static<typeof PasswordChange>
