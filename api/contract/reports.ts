// The public page: what a printed code is of, a report without signing in, the link by which it is followed; and the codes themselves.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, LanguageCode, Names, orNull, pageOf, pageQuery } from './common.ts'
import { FaultChoice, FaultState } from './faults.ts'

const Code = Type.String({ minLength: 1, maxLength: 64 })
/** Characters of a photo in base64; the limit `reportPhotoBytes` says what is taken. */
const MAX_PHOTO_CHARACTERS = 33_554_432

export const ReportCodeParams = closed({ code: Code })
/** A puzzle whose answer goes with the report: costly to send a thousand, cheap to send one. */
const Challenge = closed({
  token: Type.String(),
  /** So many leading bits of SHA-256(token + '.' + number) are zero. */
  bits: Type.Integer(),
  expiresAt: Instant,
})
export const ReportSubject = closed({
  of: Type.Union([Type.Literal('device'), Type.Literal('space')]),
  /** null where the public may not know it: "this device". */
  name: orNull(Names),
  type: orNull(Names),
  spaceName: orNull(Names),
  premisesName: Names,
  address: orNull(Type.String()),
  choices: Type.Array(FaultChoice),
  /** What was reported already and is not mended yet, the newest first. */
  open: Type.Array(
    closed({ ref: Id, choice: orNull(FaultChoice), state: FaultState, reportedAt: Instant, today: Type.Boolean() }),
  ),
  /** A further report of the same device joins the open one by itself. */
  joins: Type.Boolean(),
  photoBytes: Type.Integer(),
  challenge: Challenge,
})
export const ReportWanted = closed({
  what: Type.Optional(Type.String({ maxLength: 2000 })),
  choice: Type.Optional(FaultChoice),
  language: LanguageCode,
  /** How the reporter can be reached, if they wish; kept apart and deleted. */
  contact: Type.Optional(Type.String({ maxLength: 200 })),
  /** JPEG, PNG or WebP in base64. */
  photo: Type.Optional(Type.String({ maxLength: MAX_PHOTO_CHARACTERS })),
  /** The open fault that it is the same as. */
  same: Type.Optional(Id),
  /** Left empty by people. */
  website: Type.Optional(Type.String({ maxLength: 200 })),
})
export const ReportTaken = closed({
  /** The secret of the link; shown this once. */
  follow: Type.String(),
  address: Type.String(),
  joined: Type.Boolean(),
})
const Secret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
export const FollowWanted = closed({ secret: Secret })
export const FollowedShown = closed({
  state: FaultState,
  choice: orNull(FaultChoice),
  subject: orNull(Names),
  premisesName: Names,
  timeZone: Type.String(),
  reportedAt: Instant,
  /** Who has it. */
  keeper: Names,
  /** An answer is due by then. */
  dueAt: orNull(Instant),
  /** What happened; the words are as the organisation wrote them. */
  entries: Type.Array(
    closed({
      at: Instant,
      kind: Type.Union([
        Type.Literal('reported'),
        Type.Literal('joined'),
        Type.Literal('offered'),
        Type.Literal('accepted'),
        Type.Literal('declined'),
        Type.Literal('escalated'),
        Type.Literal('message'),
        Type.Literal('note'),
        Type.Literal('step'),
        Type.Literal('done'),
        Type.Literal('reopened'),
        Type.Literal('closed'),
      ]),
      organisation: orNull(Names),
      text: Type.String(),
    }),
  ),
  mayAdd: Type.Boolean(),
  opensUntil: orNull(Instant),
})
export const NoteWanted = closed({ secret: Secret, text: Type.String({ minLength: 1, maxLength: 1000 }) })

/** Codes for devices and spaces; what has an open one keeps it. */
export const ReportCodesWanted = closed({
  premises: Id,
  devices: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
  spaces: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
  all: Type.Optional(Type.Union([Type.Literal('devices'), Type.Literal('spaces'), Type.Literal('both')])),
})
const coded = {
  code: Type.String(),
  address: Type.String(),
  device: orNull(Id),
  space: orNull(Id),
  premises: Id,
}
export const ReportCodesMade = closed({ items: Type.Array(closed({ ...coded, isNew: Type.Boolean() })) })
export const ReportCodeShown = closed({
  ...coded,
  name: orNull(Names),
  state: Type.Union([Type.Literal('open'), Type.Literal('withdrawn')]),
  madeAt: Instant,
})
export const ReportCodePage = pageOf(ReportCodeShown)
export const ReportCodeQuery = pageQuery({
  premises: Type.Optional(Id),
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('withdrawn')])),
})
export const ReportCodesWithdrawn = closed({ codes: Type.Array(Code, { minItems: 1, maxItems: 1000 }) })
export const ReportCodesWithdrawnAnswer = closed({ withdrawn: Type.Integer() })
export const ReportLabelsWanted = closed({
  codes: Type.Array(Code, { minItems: 1, maxItems: 1000 }),
  sheet: Type.String({ maxLength: 20 }),
  first: Type.Optional(Type.Integer({ minimum: 1, maximum: 65 })),
  /** Absent: those in which the premises have a name. */
  languages: Type.Optional(Type.Array(LanguageCode, { minItems: 1, maxItems: 3 })),
})

export type ReportSubject = Static<typeof ReportSubject>
export type ReportWanted = Static<typeof ReportWanted>
export type ReportTaken = Static<typeof ReportTaken>
export type FollowedShown = Static<typeof FollowedShown>
export type ReportCodesMade = Static<typeof ReportCodesMade>
export type ReportCodeShown = Static<typeof ReportCodeShown>
export type ReportCodePage = Static<typeof ReportCodePage>
