// What a device or gateway may be sent and subscribe to: its own downlinks, and those of the families of its connectors.
import type { Connector } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { filterCovers } from '#broker/topic-filter.ts'
import { isDownlink, isDownlinkFilter } from '#broker/topics.ts'
import { DOWNLINK_FAMILIES } from './families.ts'

export type DownlinkRights = {
  mayReceive(device: Id, topic: string): boolean
  maySubscribe(device: Id, filter: string): boolean
}

/** `#` below this level reaches no other node, application or device. */
const OWN_LEVELS = 4

/** `connectorsOf` gives the connectors of a gateway as known last; `stateTopic` is the Sparkplug host's. */
export function createDownlinkRights(
  connectorsOf: (gateway: Id) => readonly Connector[],
  stateTopic: string,
): DownlinkRights {
  return {
    mayReceive(device, topic) {
      if (isDownlink(device, topic)) return true
      return connectorsOf(device).some((connector) => {
        if (topic === stateTopic) return connector.codec === 'sparkplug-b'
        const family = DOWNLINK_FAMILIES[connector.codec]
        return (
          family !== undefined &&
          family.filters.some((filter) => filterCovers(filter, topic)) &&
          isOwn(connector.topicFilter, topic, family.ownLevels)
        )
      })
    },
    maySubscribe(device, filter) {
      if (isDownlinkFilter(device, filter)) return true
      return connectorsOf(device).some((connector) => {
        if (filter === stateTopic) return connector.codec === 'sparkplug-b'
        if (LISTENS_TO_ITSELF.has(connector.codec)) return isWithin(connector.topicFilter, filter)
        const family = DOWNLINK_FAMILIES[connector.codec]
        return (
          family !== undefined &&
          family.filters.some((wide) => contains(wide, filter)) &&
          isOwn(connector.topicFilter, filter, family.ownLevels)
        )
      })
    },
  }
}

/**
 * Programs that end when they may not listen below their own topics. Nothing is passed on there but what `mayReceive` lets through: what
 * they and others publish is not.
 */
const LISTENS_TO_ITSELF = new Set(['zigbee2mqtt', 'tasmota', 'shelly', 'homie'])

/** Whether a filter reaches nothing beyond the connector's own. */
function isWithin(own: string, filter: string): boolean {
  const [ours, theirs] = [own.split('/').indexOf('#'), filter.split('/').indexOf('#')]
  return (theirs === -1 || (ours !== -1 && ours <= theirs)) && filterCovers(own, filter)
}

/** Whether the connector's filter covers the levels that say whose a topic (or narrower filter) is. */
function isOwn(connectorFilter: string, topic: string, ownLevels: readonly number[]): boolean {
  const wanted = connectorFilter.split('/')
  const given = topic.split('/')
  for (const level of ownLevels) {
    const end = wanted.indexOf('#')
    if (end !== -1 && level >= end) return true
    if (level >= given.length) return true
    // A connector of nodes only (no device level) covers its nodes' devices too.
    if (level >= wanted.length) return true
    if (wanted[level] !== '+' && wanted[level] !== given[level]) return false
  }
  return true
}

/** Whether a filter reaches nothing but topics of the wide one; `#` only behind the levels of its owner. */
function contains(wide: string, filter: string): boolean {
  const wanted = wide.split('/')
  const given = filter.split('/')
  for (let level = 0; level < given.length; level++) {
    if (given[level] === '#') return level >= OWN_LEVELS
    if (level >= wanted.length) return false
    if (wanted[level] !== '+' && wanted[level] !== given[level]) return false
  }
  return given.length === wanted.length
}
