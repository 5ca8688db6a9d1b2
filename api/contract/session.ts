// Signing in and out, and whose eyes the session has.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, LanguageCode, Names, orNull, RoleName } from './common.ts'
import { patterned } from './patterned.ts'

export const Login = Type.String({ minLength: 1, maxLength: 254 })
export const Password = Type.String({ minLength: 1, maxLength: 256 })

/** An address of RFC 5321 in its everyday form. */
export const Email = patterned('^[^\\s@<>",;]{1,64}@[^\\s@<>",;]{1,190}$', 'an e-mail address', { maxLength: 254 })

export const SignIn = closed({
  login: Login,
  password: Password,
  /** Of an authenticator, or a recovery code; asked for by 401 `code-needed`. */
  code: Type.Optional(Type.String({ minLength: 6, maxLength: 40 })),
})
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
    /** Where reminders go. */
    email: orNull(Type.String()),
    /** Whether a second factor is in force. */
    secondFactor: Type.Boolean(),
    /** False for people who come by an identity provider only. */
    hasPassword: Type.Boolean(),
    /** They have put the guide of their role away. */
    guideSeen: Type.Boolean(),
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
  /** Where reminders go; null: nowhere. */
  email: Type.Optional(orNull(Email)),
  guideSeen: Type.Optional(Type.Boolean()),
})
export const PasswordChange = closed({ current: Password, next: Password })
export const SecondFactorPassword = closed({ password: Password })
/** `uri` is the otpauth address that an authenticator scans; `secret` the same in base32, to be typed. */
export const SecondFactorBegun = closed({ secret: Type.String(), uri: Type.String() })
export const SecondFactorCode = closed({ code: Type.String({ minLength: 6, maxLength: 6 }) })
export const RecoveryCodes = closed({ recoveryCodes: Type.Array(Type.String()) })
export const OwnSession = closed({
  id: Type.String(),
  createdAt: Instant,
  expiresAt: Instant,
  /** What the browser said it is. */
  agent: Type.String(),
  organisation: orNull(Id),
  current: Type.Boolean(),
})
export const OwnSessions = itemsOf(OwnSession)
export const SessionParams = closed({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }) })

export type SignIn = Static<typeof SignIn>
export type MembershipShown = Static<typeof MembershipShown>
export type Session = Static<typeof Session>
export type SessionChange = Static<typeof SessionChange>
export type PasswordChange = Static<typeof PasswordChange>
export type SecondFactorBegun = Static<typeof SecondFactorBegun>
export type RecoveryCodes = Static<typeof RecoveryCodes>
export type OwnSession = Static<typeof OwnSession>
export type OwnSessions = Static<typeof OwnSessions>
