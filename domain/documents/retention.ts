// How long records are kept, by kind and law; what may be deleted, and what a legal hold keeps. Nothing is deleted by itself.
import { paperKind, type StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** Classes by years; the years count from the end of the calendar year in which the record's month, or its making, was. */
export const RETENTION_CLASSES = {
  /** Accounting Act 1336/1997, 2:10 § 2 mom.: vouchers, correspondence, what they rest on. */
  voucher: { years: 6 },
  /** Accounting Act 2:10 § 1 mom.: books. */
  book: { years: 10 },
  /** Value Added Tax Act 1501/1993, 209 q §: documents of real-estate investments. */
  'real-estate': { years: 13 },
  /** Act on the statute of limitations on debts 728/2003, 4 § and 7 §: what shows how damage came about, for the three years in which it is claimed. */
  claim: { years: 3 },
} as const
export type RetentionClass = keyof typeof RETENTION_CLASSES

/** Kinds of papers and their class; kinds that are not here are worked with and are not records (drafts, tasks, settings). */
export const RETAINED_KINDS: Readonly<Record<string, RetentionClass>> = {
  document: 'voucher',
  'supplier-invoice': 'voucher',
  dispute: 'voucher',
  fault: 'voucher',
  alarm: 'claim',
  accrual: 'voucher',
  'advance-plan': 'voucher',
  proposal: 'book',
  'party-change': 'book',
  import: 'voucher',
  'retention-export': 'book',
  'legal-hold': 'book',
}
/** Cost categories of real-estate investments: their documents are kept for 13 years. */
export const REAL_ESTATE_CATEGORIES: ReadonlySet<string> = new Set([
  'real-estate',
  'building',
  'renovation',
  'construction',
])

export type LegalHold = {
  reason: string
  /** Of one premises, or of all when null. */
  premises: Id | null
  /** Kinds of papers, or all when empty. */
  kinds: string[]
}
/** State `on` or `released`; both stay with who and when. */
export const LEGAL_HOLD = paperKind<LegalHold>('legal-hold')
export type RetentionExport = { papers: { kind: string; id: Id; version: number }[]; deletedAt: string | null }
/** State `exported`, then `deleted`; its file holds all versions and files of its papers. */
export const RETENTION_EXPORT = paperKind<RetentionExport>('retention-export')

type Body = { document?: { period?: string; lines?: { category?: string; source?: string }[] }; period?: string }

/** Of a paper as it is stored: its class, and the first day (YYYY-MM-DD) on which it may go. */
export function retentionOf(
  kind: string,
  paper: StoredPaper<unknown>,
): { class: RetentionClass; until: string } | null {
  const ofKind = Object.hasOwn(RETAINED_KINDS, kind) ? RETAINED_KINDS[kind] : undefined
  // What still stands is not over, however long ago it began.
  if (ofKind === undefined || (kind === 'alarm' && paper.state !== 'cleared')) return null
  const body = (paper.body ?? {}) as Body
  const realEstate = (body.document?.lines ?? []).some(({ category = '' }) => REAL_ESTATE_CATEGORIES.has(category))
  const found = ofKind === 'voucher' && realEstate ? 'real-estate' : ofKind
  const month = body.document?.period ?? body.period
  const changed = new Date(paper.changedAt).getUTCFullYear()
  const year = Math.max(changed, month === undefined ? 0 : Number(month.slice(0, 4)))
  return { class: found, until: `${year + RETENTION_CLASSES[found].years + 1}-01-01` }
}

/** Why a paper is kept whatever its age; null when no hold that is on concerns it. */
export const holdOf = (
  kind: string,
  premises: Id | null,
  holds: readonly StoredPaper<LegalHold>[],
): StoredPaper<LegalHold> | null =>
  holds.find(
    ({ state, body }) =>
      state === 'on' &&
      (body.premises === null || body.premises === premises) &&
      (body.kinds.length === 0 || body.kinds.includes(kind)),
  ) ?? null
