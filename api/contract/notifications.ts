// What a person was told, and how that person wants to be told.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, LocalDate, orNull, pageOf, pageQuery } from './common.ts'
import { patterned } from './patterned.ts'

export const SeverityWord = Type.Union([
  Type.Literal('info'),
  Type.Literal('warning'),
  Type.Literal('major'),
  Type.Literal('critical'),
])
export const FamilyWord = Type.Union([
  Type.Literal('alarm'),
  Type.Literal('fault'),
  Type.Literal('service'),
  Type.Literal('webhook'),
  Type.Literal('system'),
])
/** The same in each language. */
export const InAllLanguages = closed({ fi: Type.String(), sv: Type.String(), en: Type.String() })
export const ClockTime = patterned('^([01][0-9]|2[0-3]):[0-5][0-9]$', 'a clock time such as 07:30', { maxLength: 5 })
export const TimeZone = patterned('^[A-Za-z][A-Za-z0-9_+/-]{0,63}$', 'a time zone such as Europe/Helsinki', {
  maxLength: 64,
})

export const NoticeThing = closed({
  /** `alarm-raised`, `fault-offered`, … */
  kind: Type.String(),
  severity: SeverityWord,
  at: Instant,
  reason: Type.Union([
    Type.Literal('subscribed'),
    Type.Literal('assigned'),
    Type.Literal('on-call'),
    Type.Literal('deputy'),
  ]),
  /** What, where, and what more is to be said, a line each. */
  title: InAllLanguages,
  place: InAllLanguages,
  details: closed({
    fi: Type.Array(Type.String()),
    sv: Type.Array(Type.String()),
    en: Type.Array(Type.String()),
  }),
  over: Type.Boolean(),
  /** The page about it, below the dashboard's address. */
  path: Type.String(),
})
export const NoticeShown = closed({
  id: Id,
  at: Instant,
  read: Type.Boolean(),
  things: Type.Array(NoticeThing),
  /** Further things that are only counted. */
  more: Type.Integer(),
})
export const NoticeQuery = pageQuery({ unread: Type.Optional(Type.Boolean()) })
export const NoticePage = pageOf(NoticeShown)
export const NoticesRead = closed({
  /** These; absent: all that are unread. */
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })),
})
/** `unread` counts to 100 at most. */
export const UnreadCount = closed({ unread: Type.Integer() })

const WayWord = Type.Union([
  Type.Literal('at-once'),
  Type.Literal('hourly'),
  Type.Literal('daily'),
  Type.Literal('in-product'),
  Type.Literal('none'),
])
export const WishesWanted = closed({
  timeZone: TimeZone,
  ways: closed({ info: WayWord, warning: WayWord, major: WayWord, critical: WayWord }),
  dailyAt: Type.Integer({ minimum: 0, maximum: 23 }),
  quiet: orNull(
    closed({
      from: ClockTime,
      to: ClockTime,
      days: orNull(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 })),
    }),
  ),
  /** Null: by the person's roles. */
  subscriptions: orNull(
    Type.Array(
      closed({
        premises: orNull(Id),
        families: Type.Array(FamilyWord, { minItems: 1, maxItems: 4 }),
        from: SeverityWord,
        oursOnly: Type.Boolean(),
      }),
      { maxItems: 100 },
    ),
  ),
  absences: Type.Array(closed({ from: LocalDate, to: LocalDate, deputy: orNull(Id) }), { maxItems: 50 }),
})
export const WishesShown = closed({
  ...WishesWanted.properties,
  version: Type.Integer(),
  /** Where mail goes; null: the person has none. */
  email: orNull(Type.String()),
  /** Whether this installation has a mail server. */
  mail: Type.Boolean(),
  /** Who can stand in: people of the same organisation. */
  colleagues: Type.Array(closed({ id: Id, name: Type.String() })),
})

/** The secret of the address; calendar programs like it to end in .ics. */
export const CalendarLinkParams = closed({
  secret: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}([.]ics)?$', maxLength: 68 }),
})
export const CalendarLinkShown = closed({ madeAt: orNull(Instant) })
export const CalendarLinkMade = closed({ url: Type.String() })

export type NoticeThing = Static<typeof NoticeThing>
export type NoticeShown = Static<typeof NoticeShown>
export type NoticePage = Static<typeof NoticePage>
export type NoticesRead = Static<typeof NoticesRead>
export type UnreadCount = Static<typeof UnreadCount>
export type WishesWanted = Static<typeof WishesWanted>
export type WishesShown = Static<typeof WishesShown>
export type SeverityWord = Static<typeof SeverityWord>
export type CalendarLinkShown = Static<typeof CalendarLinkShown>
export type CalendarLinkMade = Static<typeof CalendarLinkMade>
