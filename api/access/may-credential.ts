// Who may give a device or gateway a proof of who it is, and take it away.
import { BRIDGE } from '#domain/bridges/bridge.ts'
import { Failure } from '#domain/failure.ts'
import type { Credential, Records } from '#domain/ports/records.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { isOperator, type Identity } from './identity.ts'
import { checkMayChange } from './may-change.ts'

/** Several may be valid while one is rotated; more are forgotten ones. */
export const MAX_VALID_CREDENTIALS = 5

/**
 * Whoever may change a device may give it a credential; a gateway that is no device is the operator's. Gives the device.
 * @throws Failure 'not-found', 'not-allowed', or 'conflict' where the id is a bridge.
 */
export async function checkMayCredential(
  identity: Identity,
  id: Id,
  gateway: boolean,
  records: Records,
): Promise<Device | null> {
  const device = await records.getObject({ organisation: identity.organisation }, 'devices', id)
  if (device !== null) {
    await checkMayChange(identity, { devices: [device.value] }, records)
    return device.value
  }
  if (!(gateway && isOperator(identity))) throw new Failure('not-found', NOTHING_HERE)
  // A bridge acts under its id as a gateway does under its user name: one id is never both.
  if ((await records.getPaper({ organisation: null }, BRIDGE, id)) !== null)
    throw new Failure('conflict', `${id} is a bridge: choose another id for the gateway.`)
  return null
}

/** @throws Failure 'conflict' when it has as many valid credentials as it may have. */
export function checkRoom(device: Id, valid: readonly Credential[]): void {
  if (valid.length >= MAX_VALID_CREDENTIALS)
    throw new Failure('conflict', `${device} has ${MAX_VALID_CREDENTIALS} valid credentials; revoke them first.`)
}
