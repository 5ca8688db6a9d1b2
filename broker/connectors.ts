// What each gateway may publish besides its own topics: its connectors, by topic filter, each with its codec and device map.
import type { Connector, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { BrokerLimits } from './limits.ts'
import type { Sender } from './telegram.ts'
import { isPlatformTopic } from './topics.ts'
import { filterCovers } from './topic-filter.ts'

export type Connectors = {
  /** The connector of this sender that covers the topic, null when none does. Rejects when the records are unavailable. */
  covering(sender: Sender, topic: string): Promise<Connector | null>
  /** The connectors of a gateway, and all, as known last. */
  of(gateway: Id): readonly Connector[]
  all(): readonly Connector[]
  /** Resolves when what is known is fresh. */
  fresh(): Promise<void>
  /** The connector as it is now, where it was changed since it was found. */
  current(connector: Connector): Connector
  /** Forget what is known: a connector was changed. */
  refresh(): void
}

/** The port tells no changes of connectors, so the list is read again when it is older than the limit says, and before a refusal. */
export function createConnectors(records: Records, limits: BrokerLimits, now: () => number): Connectors {
  let list: Connector[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null

  async function readOnce(): Promise<void> {
    try {
      list = await records.listConnectors({ organisation: null })
      readAt = now()
    } finally {
      reading = null
    }
  }

  function find(sender: Sender, topic: string): Connector | null {
    return (
      list.find(
        ({ credential, topicFilter }) =>
          (credential === sender.device || credential === sender.credential) && filterCovers(topicFilter, topic),
      ) ?? null
    )
  }

  async function fresh(): Promise<void> {
    if (now() - readAt > limits.connectorRefreshMs) await (reading ??= readOnce())
  }

  return {
    of: (gateway) => list.filter(({ credential }) => credential === gateway),
    all: () => list,
    fresh,
    async covering(sender, topic) {
      if (!sender.gateway || isPlatformTopic(topic) || topic.startsWith('$')) return null
      await fresh()
      return find(sender, topic)
    },
    current: (connector) => list.find(({ id }) => id === connector.id) ?? connector,
    refresh() {
      readAt = Number.NEGATIVE_INFINITY
    },
  }
}
