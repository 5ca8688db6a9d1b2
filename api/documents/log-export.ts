// Every file that leaves the platform with figures of a premises is noted: who, what, when.
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'

/** `what` is the sort of file (`statement.pdf`), `id` what it is of; the line is in the audit log before the file is given. */
export const logExport = (
  records: Records,
  identity: Identity,
  what: string,
  id: string,
  premises: Id | null,
): Promise<void> => records.appendAudit(actorOf(identity), `export.${what}`, 'export', id, premises, what)
