// The audit log: who did what, when, to which object; a chain of hashes.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, orNull, pageOf, pageQuery } from './common.ts'

export const AuditShown = closed({
  seq: Type.Integer(),
  at: Instant,
  actor: closed({
    kind: Type.Union([Type.Literal('user'), Type.Literal('token'), Type.Literal('device'), Type.Literal('system')]),
    id: Type.String(),
    name: Type.String(),
    organisation: orNull(Id),
  }),
  action: Type.String(),
  kind: Type.String(),
  id: Type.String(),
  premises: orNull(Id),
  detail: Type.String(),
  hash: Type.String(),
  /** The login of who did it, and who or which token it was done to; null where the reader's organisation has nothing to do with them. */
  login: orNull(Type.String()),
  target: orNull(Type.String()),
})
export const AuditPage = pageOf(AuditShown)
export const AuditQuery = pageQuery({
  premises: Type.Optional(Id),
  /** Kind of object, as in the lines. */
  kind: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  /** Part of who did it (name or login), what was done, the object's id, or the name or login of the person that it was done to. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
})
/** The first line that does not fit its hash, or null: the whole chain was checked. */
export const AuditChecked = closed({ brokenAt: orNull(Type.Integer()) })

export type AuditShown = Static<typeof AuditShown>
export type AuditPage = Static<typeof AuditPage>
export type AuditChecked = Static<typeof AuditChecked>
