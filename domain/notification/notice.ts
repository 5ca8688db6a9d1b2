// What one person was told, as it stands in the product: a paper for each time, read or unread. Each person has a kind of their own.
import { paperKind, type PaperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Thing } from './occurrence.ts'

/** `more`: how many further things there were, beyond those that are kept one by one. */
export type Notice = { things: readonly Thing[]; more: number }
/** States: `unread` and `read`. Only ever read for that person. */
export const noticesOf = (user: Id): PaperKind<Notice> => paperKind<Notice>(`notice/${user}`)

/** Things of one notice or mail that are named one by one. */
export const THINGS_NAMED = 50
