// Lets a connection in or not: CONNECT is looked at before anything else, then the credential, then whose client id it is.
import type { Client, ConnectPacket } from 'aedes'
import type { Id } from '#domain/registry/bundle.ts'
import { countReason } from './counters.ts'
import type { CertificateOwner, ClientCertificates, ShownCertificate } from './client-certificates.ts'
import type { BrokerCounters } from './counters.ts'
import type { Credentials } from './credentials.ts'
import type { BrokerLimits } from './limits.ts'
import { Refusal } from './refuse.ts'
import type { RefusalReason } from './refuse.ts'
import type { Session, Sessions } from './session.ts'
import { createTokenBucket } from './token-bucket.ts'
import type { TokenBucket } from './token-bucket.ts'

type Will = { topic: string; payload: unknown }
export type Admission = {
  preConnect(client: Client, packet: ConnectPacket, callback: (error: Error | null, success: boolean) => void): void
  authenticate(
    client: Client,
    userName: string | undefined,
    password: Uint8Array | undefined,
    callback: (error: (Error & { returnCode: number }) | null, success: boolean | null) => void,
  ): void
}

// eslint-disable-next-line no-control-regex
const CLIENT_ID_UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd#+/\s]/

/** Whether the credential or certificate by which a session came in counts now. Rejects when the records are unavailable. */
export async function isStillValid(
  { device, credential, certificate }: Session,
  { credentials, certificates }: { credentials: Credentials; certificates: ClientCertificates },
): Promise<boolean> {
  if (certificate === null) return (await credentials.of(device)).some(({ id }) => id === credential)
  const owner = await certificates.check(certificate)
  return typeof owner !== 'string' && owner.device === device && owner.id === credential
}

/** `mayWill` asks the rights of a session about the topic of its will; `admitted` gets each session that was opened. */
export function createAdmission(parts: {
  limits: BrokerLimits
  counters: BrokerCounters
  credentials: Credentials
  certificates: ClientCertificates
  sessions: Sessions
  now: () => number
  mayWill(session: Session, topic: string): Promise<boolean>
  admitted(session: Session): void
  /** Whether the client id is this device's on all nodes; absent for a node alone. */
  claim?(clientId: string, device: Id): Promise<boolean>
}): Admission {
  const { limits, counters, credentials, certificates, sessions, now } = parts
  const wills = new WeakMap<Client, Will>()
  const buckets = new Map<Id, TokenBucket>()

  /** A new connection does not get a full bucket again: whoever reconnects is slowed down like whoever stays. */
  function bucketOf(device: Id): TokenBucket {
    const known = buckets.get(device)
    if (known !== undefined) return known
    if (buckets.size >= limits.cachedDevices) buckets.clear()
    const bucket = createTokenBucket(limits.messagesBurst, now())
    buckets.set(device, bucket)
    return bucket
  }

  function clientIdProblem(client: Client, device: Id): RefusalReason | null {
    if (Buffer.byteLength(client.id) > limits.clientIdBytes || CLIENT_ID_UNSAFE.test(client.id))
      return 'client-id-invalid'
    const owner = sessions.ownerOfClientId(client.id)
    return owner === null || owner === device ? null : 'client-id-taken'
  }

  /** What may have changed, or could not be asked, before the session was open. */
  async function lastLook(session: Session): Promise<RefusalReason | null> {
    const will = wills.get(session.client)
    if (will !== undefined && !(await parts.mayWill(session, will.topic))) return 'will-not-allowed'
    return (await isStillValid(session, parts)) && !session.revoked ? null : 'credential-revoked'
  }

  /** A certificate that is shown counts, not the password beside it. */
  async function ownerOf(
    shown: ShownCertificate | null,
    userName: string,
    password: Uint8Array,
  ): Promise<CertificateOwner | RefusalReason> {
    if (shown !== null) {
      const owner = await certificates.check(shown)
      return typeof owner === 'string' || userName === '' || userName === owner.device ? owner : 'other-user-name'
    }
    const credential =
      password.length === 0 ? await credentials.checkToken(userName) : await credentials.check(userName, password)
    return credential ?? 'wrong-credential'
  }

  /** A client id that is the user name of another credential is reserved for that one. */
  const isReserved = async (clientId: string): Promise<boolean> =>
    (await credentials.of(clientId)).length > 0 || (await certificates.isForeignDevice(clientId))

  async function admit(
    client: Client,
    certificate: ShownCertificate | null,
    userName: string,
    password: Uint8Array,
  ): Promise<RefusalReason | null> {
    const credential = await ownerOf(certificate, userName, password)
    if (typeof credential === 'string') return credential
    const device = credential.device
    const problem = clientIdProblem(client, device)
    if (problem !== null) return problem
    if (client.id !== device && (await isReserved(client.id))) return 'client-id-taken'
    if (parts.claim !== undefined && !(await parts.claim(client.id, device))) return 'client-id-taken'
    // The one with the same client id gives way to this one, so it does not count.
    const others = sessions.ofDevice(device).filter(({ clientId }) => clientId !== client.id)
    if (others.length >= limits.connectionsPerCredential) return 'too-many-connections-of-credential'
    if (client.closed) return 'malformed'
    const taken = clientIdProblem(client, device)
    if (taken !== null) return taken
    const { id, gateway } = credential
    const facts = { device, credential: id, gateway, certificate, bucket: bucketOf(device) }
    const session = sessions.open(client, facts)
    const refusal = await lastLook(session)
    if (refusal !== null) {
      session.revoked = true
      sessions.close(session)
      return refusal
    }
    credentials.used(credential.id, now())
    parts.admitted(session)
    return null
  }

  return {
    preConnect(client, packet, callback) {
      const { keepalive = 0, will } = packet
      packet.keepalive = keepalive === 0 || keepalive > limits.keepAliveSeconds ? limits.keepAliveSeconds : keepalive
      if (will !== undefined) wills.set(client, will)
      callback(null, true)
    },
    authenticate(client, userName, password, answer) {
      const refuse = (reason: RefusalReason): void => {
        countReason(counters.refusedByReason, reason)
        answer(new Refusal(reason), null)
      }
      const shown = certificates.shownBy(client.conn)
      if (shown === null && (userName === undefined || userName === '')) return refuse('no-credential')
      // Without a password the user name is a token by itself, as ThingsBoard's devices have it.
      admit(client, shown, userName ?? '', password ?? Buffer.alloc(0)).then(
        (reason) => (reason === null ? answer(null, true) : refuse(reason)),
        () => refuse('records-unavailable'),
      )
    },
  }
}
