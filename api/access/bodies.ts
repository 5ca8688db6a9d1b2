// An organisation with the bodies whose rights and duties it took over.
import { bodyOn } from '#domain/agreement/responsible.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id, LocalDate, Organisation } from '#domain/registry/bundle.ts'
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

/** Itself, and everyone whose duties are its own on a local date: those who wait for it then. */
export async function dutiesOf(organisation: Id, records: Records, day: LocalDate): Promise<ReadonlySet<Id>> {
  const known = new Map<Id, Organisation>()
  for await (const one of listAll(records, 'organisations', {})) known.set(one.id, one)
  return new Set([organisation, ...[...known.keys()].filter((id) => bodyOn(known, id, day) === organisation)])
}
