// Checks the chain of the audit log at most so often: a long log is read whole for it.
import type { Records } from '#domain/ports/records.ts'

const CHECK_EVERY_MS = 60_000

/** Gives the first line that does not fit its hash, or null; several askers share one check. */
export const createAuditCheck = (records: Records, now: () => number): (() => Promise<number | null>) => {
  let checked: { at: number; brokenAt: Promise<number | null> } | null = null
  return () => {
    if (checked === null || now() - checked.at > CHECK_EVERY_MS)
      checked = { at: now(), brokenAt: records.verifyAudit().then((broken) => broken?.seq ?? null) }
    return checked.brokenAt
  }
}
