// Sparkplug B's host application: what is known of the edge nodes of each gateway, rebirths asked for, its own state, commands.
import type { Id } from '#domain/registry/bundle.ts'
import type { DecodeContext, Decoded, Signal } from './codecs/codec.ts'
import { SparkplugSession, commandMessage, rebirthCommand } from './codecs/sparkplug-b/sparkplug-session.ts'
import type { CommandMetric } from './codecs/sparkplug-b/sparkplug-session.ts'
import type { BrokerLimits } from './limits.ts'

export type SparkplugHost = {
  /** Reads a message of a gateway in the order of its arrival; may ask its node for a rebirth. */
  take(gateway: Id, topic: string, payload: Uint8Array, context: DecodeContext): Decoded
  /** Reads a message that came earlier. */
  peek(gateway: Id, topic: string, payload: Uint8Array, context: DecodeContext): Decoded
  /** NCMD or DCMD for the node or device of a key; the text says why it cannot be made. */
  command(gateway: Id, key: string, name: string, value: number | boolean | string): CommandMessage | string
  /** The state that edge nodes with a primary host look for. */
  state(isOnline: boolean): { topic: string; payload: string }
}
export type CommandMessage = { topic: string; payload: Uint8Array }

const BOOLEAN = 11
const STRING = 12
const DOUBLE = 10
const NUMERIC = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, DOUBLE, 13])
const TEXTUAL = new Set([STRING, 14, 15])

/** `send` publishes to the connections of a gateway. After a restart nothing is known: the first data of a node asks for its births. */
export function createSparkplugHost(parts: {
  limits: BrokerLimits
  hostId: string
  now: () => number
  send(gateway: Id, topic: string, payload: Uint8Array): void
}): SparkplugHost {
  const { limits, now } = parts
  const sessions = new Map<Id, SparkplugSession>()
  /** One instant for the birth and the death of this host, as the specification asks. */
  const openedAt = now()

  function sessionOf(gateway: Id): SparkplugSession {
    const known = sessions.get(gateway)
    if (known !== undefined) return known
    const { sparkplugNodes: nodes, sparkplugMetrics: metrics, sparkplugRebirthMs: rebirthPauseMs } = limits
    const session = new SparkplugSession({ nodes, metrics, rebirthPauseMs })
    sessions.set(gateway, session)
    return session
  }

  return {
    take(gateway, topic, payload, context) {
      const { decoded, rebirth, born, died } = sessionOf(gateway).take(topic, payload, context)
      if (rebirth !== null) {
        const message = rebirthCommand(rebirth.node, now())
        parts.send(gateway, message.topic, message.payload)
      }
      const signals: Signal[] = [
        ...born.map((device) => ({ kind: 'alive' as const, device })),
        ...died.map((device) => ({ kind: 'gone' as const, device })),
      ]
      return signals.length === 0 ? decoded : { ...decoded, signals }
    },
    peek: (gateway, topic, payload, context) => sessionOf(gateway).peek(topic, payload, context),
    command(gateway, key, name, value) {
      if (name === 'rebirth') return rebirthCommand(key.split('/').slice(0, 2).join('/'), now())
      const born = sessions.get(gateway)?.metricOf(key, name)
      if (born === undefined) return 'the node or device has not been born since the last start'
      const isOfProtocol = name.startsWith('Node Control/') || name.startsWith('Device Control/')
      if (born === null && !isOfProtocol) return `its birth names no metric "${name.slice(0, 64)}"`
      const metric = metricOf(name, born?.datatype ?? null, value)
      return metric === null ? `the value is none of the metric's datatype` : commandMessage(key, [metric], now())
    },
    state(isOnline) {
      const payload = JSON.stringify({ online: isOnline, timestamp: openedAt })
      return { topic: `spBv1.0/STATE/${parts.hostId}`, payload }
    },
  }
}

/** Least and greatest of the integer datatypes 1–8. */
const RANGES: Record<number, [bigint, bigint]> = Object.fromEntries(
  [8n, 16n, 32n, 64n].flatMap((bits, index) => [
    [index + 1, [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]],
    [index + 5, [0n, (1n << bits) - 1n]],
  ]),
) as Record<number, [bigint, bigint]>

function metricOf(name: string, datatype: number | null, value: number | boolean | string): CommandMetric | null {
  if (typeof value === 'boolean')
    return datatype === null || datatype === BOOLEAN ? { name, datatype: BOOLEAN, value } : null
  if (typeof value === 'string') {
    return datatype === null || TEXTUAL.has(datatype) ? { name, datatype: datatype ?? STRING, value } : null
  }
  const type = datatype ?? DOUBLE
  if (!Number.isFinite(value) || !NUMERIC.has(type)) return null
  const range = RANGES[type]
  const fits = range === undefined || (Number.isSafeInteger(value) && value >= range[0] && value <= range[1])
  return fits ? { name, datatype: type, value } : null
}
