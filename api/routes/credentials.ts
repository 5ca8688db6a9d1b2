// Credentials of devices and gateways: made (the password is shown once), listed, revoked.
import {
  CredentialList,
  CredentialParams,
  CredentialQuery,
  CredentialsMade,
  CredentialsWanted,
  Revoked,
} from '#contract/credentials.ts'
import { Failure } from '#domain/failure.ts'
import type { Credential } from '#domain/ports/records.ts'
import { actorOf, identityOf, isOperator, scopeOf } from '#api/access/identity.ts'
import { checkMayCredential, checkRoom } from '#api/access/may-credential.ts'
import { createId, createSecret, hashSecret } from '#api/access/secrets.ts'
import { usesOf } from '#api/credentials/uses.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull, notFound, problems } from './answers.ts'

/** Says what to do, and no more: whether another organisation has something of this id is not told. */
const NO_SUCH_GATEWAY =
  'Your organisation has no device of this id. Add the gateway as a device first (by import, or by putting it into use), then make its credential. A gateway that is no device gets its credential from the operator.'

export function addCredentialRoutes(app: ApiApp, { records, broker, now }: RouteParts): void {
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
        if (
          gateway === true &&
          !isOperator(identity) &&
          (await records.getObject(scopeOf(request), 'devices', device)) === null
        )
          throw new Failure('not-found', NO_SUCH_GATEWAY)
        await checkMayCredential(identity, device, gateway === true, records)
        checkRoom(device, await records.credentialsOf(device))
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
      const useOf = await usesOf(device, credentials, { records, broker })
      return {
        items: credentials.map(({ id, gateway, createdAt, revokedAt }) => ({
          id,
          device,
          gateway,
          ...useOf(id),
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
      await checkMayCredential(identity, request.params.device, true, records)
      return { revoked: await records.revokeCredentials(request.params.device, now(), actorOf(identity)) }
    },
  )
}
