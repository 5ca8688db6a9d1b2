// Rotating credentials without a gap, and where devices reach MQTT.
import { Connection, CredentialParams, RotationMade, RotationWanted } from '#contract/credentials.ts'
import { ROTATION } from '#domain/credentials/rotation.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { checkMayCredential, checkRoom } from '#api/access/may-credential.ts'
import { createId, createSecret, hashSecret } from '#api/access/secrets.ts'
import { rotationIdOf } from '#api/credentials/uses.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { ListenerAddress, RouteParts } from '#api/parts.ts'
import { iso, problems } from './answers.ts'

const DAY_MS = 86_400_000
const DEFAULT_OVERLAP_DAYS = 30
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

export function addRotationRoutes(app: ApiApp, { records, broker, settings, now }: RouteParts): void {
  app.post(
    '/credentials/:device/rotate',
    {
      config: { who: ['technician'], showsSecret: true },
      schema: {
        tags: ['credentials'],
        summary: 'A new credential beside the old, which end when the new one is used or at a date',
        params: CredentialParams,
        body: RotationWanted,
        response: { 200: RotationMade, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { device } = request.params
      const { overlapDays = DEFAULT_OVERLAP_DAYS, gateway } = request.body
      await checkMayCredential(identity, device, true, records)
      const old = await records.credentialsOf(device)
      if (old.length === 0) throw new Failure('conflict', `${device} has no credential yet: make one.`)
      checkRoom(device, old)
      const password = createSecret()
      const id = createId('credential')
      const oldEndAt = now() + overlapDays * DAY_MS
      const stored = await records.getObject({ organisation: null }, 'devices', device)
      const paper = {
        id: rotationIdOf(id),
        premises: stored?.value.premises ?? null,
        audience: stored === null ? ('operator' as const) : ('premises' as const),
        state: 'running',
        dueAt: oldEndAt,
        body: { device, fresh: id, old: old.map((one) => one.id), endedBy: null },
      }
      const credential = {
        id,
        device,
        hash: hashSecret(password),
        gateway: gateway ?? old.some((one) => one.gateway),
        createdAt: now(),
        revokedAt: null,
      }
      await records.putCredentials([credential], actorOf(identity))
      await records.changePapers({ papers: [{ kind: ROTATION, paper }] }, actorOf(identity), 'credential.rotate')
      return { device, username: device, password, oldEndAt: iso(oldEndAt) }
    },
  )

  app.get(
    '/connection',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags: ['credentials'],
        summary: 'Where devices reach MQTT, for their configuration',
        response: { 200: Connection, ...problems },
      },
    },
    async () => {
      const { tcp, tls } = broker.listeners()
      const at = new URL(settings.publicUrl)
      const host = at.hostname.replace(/^\[|\]$/g, '')
      // What listens on this machine only is reached by nobody else.
      const reached = (address: ListenerAddress | null) =>
        address === null || (isLoopback(address.host) && !isLoopback(host)) ? null : { host, port: address.port }
      return {
        mqtt: reached(tcp),
        mqtts: reached(tls),
        webSocket: `${at.protocol === 'https:' ? 'wss' : 'ws'}://${at.host}/mqtt`,
      }
    },
  )
}
