// Credentials for the devices and gateways that an import made: each password is shown in one CSV, once.
import { stringify } from 'csv-stringify/sync'
import { Failure } from '#domain/failure.ts'
import type { Before } from '#domain/imports/undo.ts'
import type { Credential } from '#domain/ports/records.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { listChunked } from '#domain/registry/list-all.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { createId, createSecret, hashSecret } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { scopeOfIdentity, type Imports } from './imports.ts'
import { mustChangeAll } from './rights.ts'

/**
 * A credential for each new device that has none and speaks for itself: what a connector reads behind a gateway needs none; gives `device,username,password`.
 * @throws Failure 'conflict' when the import is not taken or every device has one, 'not-allowed' as for the devices themselves.
 */
export async function makeCredentials(
  identity: Identity,
  id: string,
  imports: Imports,
  { records, now }: RouteParts,
): Promise<string> {
  const stored = await imports.find(identity, id)
  if (stored.state !== 'taken' || stored.body.before === null)
    throw new Failure('conflict', 'Credentials are made for the devices of an import that is taken.')
  const before = await imports.jsonOf<Before>(identity, stored.body.before)
  const news = before.objects.filter(({ kind, version }) => kind === 'devices' && version === 0).map((one) => one.id)
  const connectors = await records.listConnectors({ organisation: null })
  const gateways = new Set(connectors.map(({ credential }) => credential))
  const behind = new Set(connectors.flatMap(({ deviceMap }) => Object.values(deviceMap)))
  const devices: Device[] = []
  for await (const device of listChunked(records, 'devices', news, (ids) => ({ ids }), scopeOfIdentity(identity)))
    if (!behind.has(device.id) && (await records.credentialsOf(device.id)).length === 0) devices.push(device)
  if (devices.length === 0)
    throw new Failure(
      'conflict',
      'Each device of this import has a credential already, or is read behind a gateway; a password is shown once.',
    )
  await mustChangeAll(identity, { devices }, records)
  const made = devices.map(({ id: device, type }) => ({
    device,
    gateway: type === 'gateway' || gateways.has(device),
    password: createSecret(),
  }))
  await records.putCredentials(
    made.map(({ device, gateway, password }): Credential => ({
      id: createId('credential'),
      device,
      hash: hashSecret(password),
      gateway,
      createdAt: now(),
      revokedAt: null,
    })),
    actorOf(identity),
  )
  const rows = made.map(({ device, password }) => [device, device, password])
  return stringify(rows, { header: true, columns: ['device', 'username', 'password'] })
}
