// An organisation with the bodies whose rights and duties it took over.
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'

/** Itself, and everyone whose successors lead to it. */
export async function bodiesOf(organisation: Id, records: Records): Promise<Set<Id>> {
  const successor = new Map<Id, Id>()
  for await (const one of listAll(records, 'organisations', {}))
    if (one.successor !== undefined) successor.set(one.id, one.successor.organisation)
  const bodies = new Set([organisation])
  for (let grown = true; grown;) {
    grown = false
    for (const [id, to] of successor)
      if (bodies.has(to) && !bodies.has(id)) {
        bodies.add(id)
        grown = true
      }
  }
  return bodies
}
