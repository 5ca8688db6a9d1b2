// What another broker asks, that lets devices in by our credentials: the same answers as at our own listeners.
import type { Id } from '#domain/registry/bundle.ts'
import type { Connectors } from './connectors.ts'
import type { Credentials } from './credentials.ts'
import type { DownlinkRights } from './downlink/rights.ts'
import type { BrokerLimits } from './limits.ts'
import { isNotifyTopic } from './organisation-listeners.ts'
import type { OrganisationListeners } from './organisation-listeners.ts'
import { isFilter, isTopicName } from './topic-filter.ts'
import { isDownlinkFilter, isMovedTopic, uplinkUse } from './topics.ts'

/** All reject while the records are unavailable. */
export type AskedRights = {
  /** Whether it may come in; a client id that is the user name of another credential is that one's. */
  mayConnect(userName: string, password: string, clientId: string | null): Promise<boolean>
  /** Whether it has a credential that is valid now, and the client id is no other's. */
  mayUse(userName: string, clientId: string | null): Promise<boolean>
  mayPublish(userName: string, topic: string): Promise<boolean>
  maySubscribe(userName: string, filter: string): Promise<boolean>
  mayReceive(userName: string, topic: string): Promise<boolean>
}

export function createAskedRights(parts: {
  limits: BrokerLimits
  credentials: Credentials
  connectors: Connectors
  rights: DownlinkRights
  listeners: OrganisationListeners
  now: () => number
}): AskedRights {
  const { limits, credentials, connectors, rights, listeners, now } = parts

  /** Rights are those of a credential that is valid now: a session that the other broker keeps longer has none. */
  async function isGateway(userName: string): Promise<boolean | null> {
    const valid = await credentials.of(userName)
    return valid.length === 0 ? null : valid.some(({ gateway }) => gateway)
  }

  /** A client id that is the user name of another credential is that one's. */
  const isFree = async (clientId: string | null, userName: string): Promise<boolean> =>
    clientId === null || clientId === userName || (await credentials.of(clientId)).length === 0

  async function listens(userName: Id, topic: string, may: (device: Id, topic: string) => boolean): Promise<boolean> {
    const gateway = await isGateway(userName)
    if (gateway === null || isMovedTopic(topic)) return false
    if (isNotifyTopic(topic)) await listeners.reload()
    else if (gateway && !isDownlinkFilter(userName, topic)) await connectors.fresh()
    return may(userName, topic)
  }

  return {
    async mayConnect(userName, password, clientId) {
      const credential = await credentials.check(userName, Buffer.from(password))
      if (credential === null) return false
      if (!(await isFree(clientId, userName))) return false
      credentials.used(credential.id, now())
      return true
    },
    mayUse: async (userName, clientId) =>
      (await credentials.of(userName)).length > 0 && (await isFree(clientId, userName)),
    async mayPublish(userName, topic) {
      const gateway = await isGateway(userName)
      if (gateway === null || listeners.isListener(userName)) return false
      // Topics with `me` say whose a message is only at our own listeners.
      if (!isTopicName(topic, limits.topicBytes, limits.topicLevels) || isMovedTopic(topic)) return false
      if (uplinkUse(userName, topic) !== null) return true
      const sender = { device: userName, credential: userName, gateway, entry: null }
      return (await connectors.covering(sender, topic)) !== null
    },
    maySubscribe: async (userName, filter) =>
      isFilter(filter, limits.topicBytes, limits.topicLevels) && listens(userName, filter, rights.maySubscribe),
    mayReceive: (userName, topic) => listens(userName, topic, rights.mayReceive),
  }
}
