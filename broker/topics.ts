// The topic set: what each topic of a device is for, and in which direction it goes. New topic sets add rows here.
import { ID_PATTERN } from '#domain/registry/bundle.ts'

/** What the broker does with a message of a topic. */
export type TopicUse = 'telemetry' | 'status' | 'reported' | 'accepted' | 'result' | 'firmware'

type TopicRow = { levels: readonly string[]; use: TopicUse | 'downlink'; retained: boolean }

/** `{device}` is the sender's own id, `{id}` any one level. Only rows with `retained` are kept for later subscribers. */
const TOPIC_ROWS: readonly TopicRow[] = [
  { levels: ['samtila', 'v1', '{device}', 'telemetry'], use: 'telemetry', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'status'], use: 'status', retained: true },
  { levels: ['samtila', 'v1', '{device}', 'reported'], use: 'reported', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'commands', '{id}', 'accepted'], use: 'accepted', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'commands', '{id}', 'result'], use: 'result', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'firmware', 'request'], use: 'firmware', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'firmware', 'progress'], use: 'firmware', retained: false },
  // The topics of devices that come from ThingsBoard: `me` is whoever is connected. All of them are read by the codec.
  { levels: ['v1', 'devices', 'me', 'telemetry'], use: 'telemetry', retained: false },
  { levels: ['v1', 'devices', 'me', 'attributes'], use: 'telemetry', retained: false },
  { levels: ['v1', 'devices', 'me', 'attributes', 'request', '{id}'], use: 'telemetry', retained: false },
  { levels: ['v1', 'devices', 'me', 'rpc', 'response', '{id}'], use: 'telemetry', retained: false },
  { levels: ['v1', 'devices', 'me', 'rpc', 'request', '{id}'], use: 'telemetry', retained: false },
  { levels: ['v1', 'devices', 'me', 'claim'], use: 'telemetry', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'desired'], use: 'downlink', retained: true },
  { levels: ['samtila', 'v1', '{device}', 'commands', '{id}'], use: 'downlink', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'firmware', 'offer'], use: 'downlink', retained: false },
  { levels: ['samtila', 'v1', '{device}', 'firmware', 'chunks', '{id}'], use: 'downlink', retained: false },
]

export function telemetryTopicOf(device: string): string {
  return `samtila/v1/${device}/telemetry`
}

/** What devices that come from ThingsBoard subscribe to. Messages go to one connection each, so they need no name in the topic. */
const MOVED_FILTER =
  /^v1\/devices\/me\/(?:attributes|(?:attributes\/response|rpc\/(?:request|response))\/(?:\+|[^/+#]+))$/

/** Whether a device may be sent this topic as one that came from ThingsBoard. */
export function isMovedTopic(topic: string): boolean {
  return topic.startsWith('v1/devices/me/')
}

/** The platform's own set, and the one that is kept for devices which come from elsewhere: no connector can claim them. */
export const RESERVED_FILTERS = ['samtila/#', 'v1/devices/#'] as const

/** Whether a topic belongs to the platform's own set, which no connector can claim. */
export function isPlatformTopic(topic: string): boolean {
  return topic === 'samtila' || topic.startsWith('samtila/') || topic.startsWith('v1/devices/')
}

/** What a device may publish to this topic for, or null: it is not one of its own. */
export function uplinkUse(device: string, topic: string): { use: TopicUse; retained: boolean } | null {
  const row = rowOf(device, topic)
  return row === null || row.use === 'downlink' ? null : { use: row.use, retained: row.retained }
}

/** The device whose desired configuration has this topic, or null. */
export function desiredDeviceOf(topic: string): string | null {
  const [, device = null] = /^samtila\/v1\/([^/]+)\/desired$/.exec(topic) ?? []
  return device
}

/** Whether a device may be sent this topic: its own configuration and commands. */
export function isDownlink(device: string, topic: string): boolean {
  return isMovedTopic(topic) || rowOf(device, topic)?.use === 'downlink'
}

/** Whether a filter covers nothing but own downlinks: they by name, `commands/#`, `commands/+` or `firmware/chunks/+`. */
export function isDownlinkFilter(device: string, filter: string): boolean {
  const commands = `samtila/v1/${device}/commands/`
  if (filter === `${commands}#` || filter === `${commands}+` || MOVED_FILTER.test(filter)) return true
  if (filter === `samtila/v1/${device}/firmware/chunks/+`) return true
  return !filter.includes('#') && !filter.includes('+') && rowOf(device, filter)?.use === 'downlink'
}

/** Whether a retained message may be kept under this topic, by whomever it is published. */
export function isRetainedTopic(topic: string): boolean {
  const device = topic.split('/')[2] ?? ''
  return ID_PATTERN.test(device) && rowOf(device, topic)?.retained === true
}

function rowOf(device: string, topic: string): TopicRow | null {
  const levels = topic.split('/')
  for (const row of TOPIC_ROWS) {
    if (row.levels.length !== levels.length) continue
    const fits = row.levels.every((level, index) => {
      if (level === '{device}') return levels[index] === device
      if (level === '{id}') return levels[index] !== ''
      return levels[index] === level
    })
    if (fits) return row
  }
  return null
}
