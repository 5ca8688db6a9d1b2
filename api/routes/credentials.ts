// Credentials of devices and gateways: made (the password is shown once), listed, revoked.
import {
  CredentialList,
  CredentialParams,
  CredentialQuery,
  CredentialsMade,
  CredentialsWanted,
  Revoked,
} from '#contract/credentials.ts'
import { BRIDGE } from '#domain/bridges/bridge.ts'
import { Failure } from '#domain/failure.ts'
import type { Credential } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, isOperator, scopeOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { createId, createSecret, hashSecret } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull, notFound, problems } from './answers.ts'

/** Several may be valid while one is rotated; more are forgotten ones. */
const MAX_VALID = 5

export function addCredentialRoutes(app: ApiApp, { records, now }: RouteParts): void {
  /** Whoever may change a device may give it a credential; a gateway that is no device is the operator's. */
  const checkRights = async (identity: Identity, id: Id, gateway: boolean): Promise<void> => {
    const device = await records.getObject({ organisation: identity.organisation }, 'devices', id)
    if (device !== null) return checkMayChange(identity, { devices: [device.value] }, records)
    if (!(gateway && isOperator(identity))) throw notFound()
    // A bridge acts under its id as a gateway does under its user name: one id is never both.
    if ((await records.getPaper({ organisation: null }, BRIDGE, id)) !== null)
      throw new Failure('conflict', `${id} is a bridge: choose another id for the gateway.`)
  }
  app.post(
    '/credentials',
    {
      config: { who: ['technician'], showsSecret: true },
      schema: {
        tags: ['credentials'],
        summary: 'Make credentials; passwords are shown once',
        body: CredentialsWanted,
        response: { 200: CredentialsMade, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { devices, gateway } = request.body
      if (new Set(devices).size !== devices.length) throw new Failure('invalid-body', 'devices names one twice.')
      for (const device of devices) {
        await checkRights(identity, device, gateway === true)
        if ((await records.credentialsOf(device)).length >= MAX_VALID)
          throw new Failure('conflict', `${device} has ${MAX_VALID} valid credentials; revoke them first.`)
      }
      const made = devices.map((device) => ({ device, username: device, password: createSecret() }))
      const credentials = made.map(({ device, password }): Credential => ({
        id: createId('credential'),
        device,
        hash: hashSecret(password),
        gateway: gateway === true,
        createdAt: now(),
        revokedAt: null,
      }))
      await records.putCredentials(credentials, actorOf(identity))
      return made
    },
  )
  app.get(
    '/credentials',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['credentials'],
        summary: 'Valid credentials of a device',
        querystring: CredentialQuery,
        response: { 200: CredentialList, ...problems },
      },
    },
    async (request) => {
      const { device } = request.query
      if (!isOperator(identityOf(request)) && (await records.getObject(scopeOf(request), 'devices', device)) === null)
        throw notFound()
      const credentials = await records.credentialsOf(device)
      return {
        items: credentials.map(({ id, gateway, createdAt, revokedAt }) => ({
          id,
          device,
          gateway,
          createdAt: iso(createdAt),
          revokedAt: isoOrNull(revokedAt),
        })),
      }
    },
  )
  app.delete(
    '/credentials/:device',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['credentials'],
        summary: 'Revoke all credentials of a device; its connections are cut',
        params: CredentialParams,
        response: { 200: Revoked, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await checkRights(identity, request.params.device, true)
      return { revoked: await records.revokeCredentials(request.params.device, now(), actorOf(identity)) }
    },
  )
}
