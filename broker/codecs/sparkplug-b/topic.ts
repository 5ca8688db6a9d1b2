// Sparkplug's topic namespace: spBv1.0/{group}/{message type}/{edge node}[/{device}], and the hosts' STATE.

export const MESSAGE_TYPES = ['NBIRTH', 'NDEATH', 'DBIRTH', 'DDEATH', 'NDATA', 'DDATA', 'NCMD', 'DCMD'] as const
export type MessageType = (typeof MESSAGE_TYPES)[number]
export type SparkplugTopic = {
  type: MessageType
  /** `{group}/{edge node}`. */
  node: string
  /** The key of the readings: the node, or `{group}/{edge node}/{device}`. */
  device: string
}

const NAMESPACE = 'spBv1.0'

export function isSparkplug(topic: string): boolean {
  return topic.startsWith(`${NAMESPACE}/`)
}

/** A primary host's state: `spBv1.0/STATE/{host}`, in Sparkplug 2.2 `STATE/{host}`. */
export function isHostState(topic: string): boolean {
  return topic.startsWith(`${NAMESPACE}/STATE/`) || /^STATE\/[^/]+$/.test(topic)
}

/** The parts of a message's topic, or null. Messages of devices have a device level, those of nodes have none. */
export function parseTopic(topic: string): SparkplugTopic | null {
  const [namespace, group, type, node, device, ...more] = topic.split('/')
  const known = MESSAGE_TYPES.find((one) => one === type)
  if (namespace !== NAMESPACE || known === undefined || !group || !node || more.length > 0) return null
  if (known.startsWith('D') !== (device !== undefined && device !== '')) return null
  const key = `${group}/${node}`
  return { type: known, node: key, device: device === undefined ? key : `${key}/${device}` }
}
