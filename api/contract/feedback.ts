// Feedback on accessibility (act 306/2019, 9 §): from anyone, without signing in; answered within 14 days.
import { Type, type Static } from 'typebox'
import { closed, Instant, orNull, pageOf, pageQuery } from './common.ts'

export const FeedbackWanted = closed({
  text: Type.String({ minLength: 5, maxLength: 4000 }),
  /** An address for the answer, if one is wanted; nothing else about the person is asked. */
  contact: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  /** The page that it is about, as a path. */
  page: Type.Optional(Type.String({ pattern: '^/[\\x21-\\x7e]*$', maxLength: 300 })),
  /** Left empty by people; programs that fill in every field show themselves by it. */
  website: Type.Optional(Type.String({ maxLength: 200 })),
})
/** The number by which the sender can ask about it. */
export const FeedbackTaken = closed({ id: Type.String() })
export const FeedbackShown = closed({
  id: Type.String(),
  text: Type.String(),
  contact: orNull(Type.String()),
  page: orNull(Type.String()),
  state: Type.Union([Type.Literal('open'), Type.Literal('answered')]),
  at: Instant,
  /** An answer is due by then. */
  dueAt: Instant,
})
export const FeedbackPage = pageOf(FeedbackShown)
export const FeedbackQuery = pageQuery({})
export const FeedbackParams = closed({ id: Type.String({ pattern: '^[a-z0-9-]{1,63}$' }) })
export const FeedbackChange = closed({ state: Type.Union([Type.Literal('open'), Type.Literal('answered')]) })

export type FeedbackWanted = Static<typeof FeedbackWanted>
export type FeedbackTaken = Static<typeof FeedbackTaken>
export type FeedbackPage = Static<typeof FeedbackPage>
