// Pages of a list: a named largest size, and the cursor after which the next page begins.
import type { Page } from '#domain/ports/records.ts'

/** The most items of one page, whatever the caller asks for. */
export const PAGE_LIMIT = 1_000

export const pageSize = (asked: number): number => Math.max(1, Math.min(PAGE_LIMIT, Math.trunc(asked) || 1))

/** From up to limit + 1 items: the page, and the cursor of its last item when there are more. */
export const pageOf = <T>(items: T[], limit: number, cursorOf: (item: T) => string): Page<T> => {
  const page = items.slice(0, limit)
  const last = page.at(-1)
  return { items: page, next: items.length > limit && last !== undefined ? cursorOf(last) : null }
}
