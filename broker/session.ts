// An open, authenticated connection: whose it is, and what it may do.
import type { Client } from 'aedes'
import type { Id } from '#domain/registry/bundle.ts'
import { Answers } from './answers.ts'
import type { ShownCertificate } from './client-certificates.ts'
import type { DeviceEntry } from './directory.ts'
import type { TokenBucket } from './token-bucket.ts'
import { telemetryTopicOf } from './topics.ts'

export type Session = {
  readonly client: Client
  readonly clientId: string
  /** User name, or whose certificate it is: the id of the device or gateway. */
  readonly device: Id
  readonly credential: Id
  readonly gateway: boolean
  /** The client certificate by which it came in, if it was one. */
  readonly certificate: ShownCertificate | null
  readonly telemetryTopic: string
  /** Shared by all connections of one credential's device. */
  readonly bucket: TokenBucket
  readonly answers: Answers
  /** The facts of its own device, once they were needed. */
  entry: DeviceEntry | null
  /** No right is left: nothing is taken from it any more, its will included. */
  revoked: boolean
  /** Topic filters it was granted. */
  readonly filters: Set<string>
}

export type SessionFacts = Pick<Session, 'device' | 'credential' | 'gateway' | 'certificate' | 'bucket'>

export type Sessions = {
  open(client: Client, facts: SessionFacts): Session
  close(session: Session): void
  of(client: Client | null): Session | null
  ofDevice(device: Id): readonly Session[]
  /** The device whose open connection has this client id, or null. */
  openOwnerOf(clientId: string): Id | null
  /** The device whose open connection or kept session has this client id, or null. */
  ownerOfClientId(clientId: string): Id | null
  all(): Iterable<Session>
}

/** `keptOwner` tells whose kept (offline) session a client id is. */
export function createSessions(keptOwner: (clientId: string) => Id | null): Sessions {
  const byClient = new WeakMap<Client, Session>()
  const byDevice = new Map<Id, Session[]>()
  const byClientId = new Map<string, Session>()
  return {
    open(client, { device, credential, gateway, certificate, bucket }) {
      const session: Session = {
        client,
        clientId: client.id,
        device,
        credential,
        gateway,
        certificate,
        bucket,
        answers: new Answers(),
        telemetryTopic: telemetryTopicOf(device),
        entry: null,
        revoked: false,
        filters: new Set(),
      }
      byClient.set(client, session)
      byClientId.set(client.id, session)
      const siblings = byDevice.get(device)
      if (siblings === undefined) byDevice.set(device, [session])
      else siblings.push(session)
      return session
    },
    close(session) {
      if (byClientId.get(session.clientId) === session) byClientId.delete(session.clientId)
      const siblings = byDevice.get(session.device)?.filter((other) => other !== session) ?? []
      if (siblings.length > 0) byDevice.set(session.device, siblings)
      else byDevice.delete(session.device)
    },
    of: (client) => (client === null ? null : (byClient.get(client) ?? null)),
    ofDevice: (device) => byDevice.get(device) ?? [],
    openOwnerOf: (clientId) => byClientId.get(clientId)?.device ?? null,
    ownerOfClientId: (clientId) => byClientId.get(clientId)?.device ?? keptOwner(clientId),
    *all() {
      for (const sessions of byDevice.values()) yield* sessions
    },
  }
}
