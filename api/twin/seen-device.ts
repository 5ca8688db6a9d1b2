// The device of a request whose twin somebody may see: one whose readings are shown to them.
import type { Device, Id } from '#domain/registry/bundle.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { notFound } from '#api/routes/answers.ts'

/** @throws Failure 'not-found' where the device, or what it shows, is not theirs to see. */
export async function deviceWithTwin(records: Records, scope: Scope, id: Id): Promise<Device> {
  const seen = (await records.getObject(scope, 'devices', id))?.value
  const whole = (await records.getObject(ALL, 'devices', id))?.value
  // Configuration says as much as readings: who is not shown the points is not shown it either.
  if (seen === undefined || whole === undefined || (whole.points !== undefined && seen.points === undefined))
    throw notFound()
  return seen
}
