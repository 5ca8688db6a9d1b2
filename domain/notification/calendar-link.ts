// The secret address of one person's own calendar. The paper's id is made of the secret's hash; the secret itself is kept nowhere.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type CalendarLink = { user: Id }
/** State: `on`; a revoked one is deleted. Only ever read for that person, or by the secret. */
export const CALENDAR_LINK = paperKind<CalendarLink>('calendar-link')
