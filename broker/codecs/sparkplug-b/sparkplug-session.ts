// What a host remembers of edge nodes: births with their aliases, sequence numbers, deaths; and when a rebirth is wanted.
import { refused } from '#broker/codecs/codec.ts'
import type { DecodeContext, Decoded } from '#broker/codecs/codec.ts'
import { Gathering } from '#broker/codecs/gathering.ts'
import { addMetrics } from './metrics.ts'
import type { BornMetric } from './metrics.ts'
import { decodePayloadBytes, encodePayload } from './payload.ts'
import type { Metric, SparkplugPayload } from './payload.ts'
import { isHostState, parseTopic } from './topic.ts'
import type { SparkplugTopic } from './topic.ts'

export type RebirthReason = 'no-birth' | 'sequence-gap' | 'unknown-alias' | 'limit'
export type SessionResult = {
  decoded: Decoded
  /** The node that must be asked for its births, and why; null when none or when it was asked a moment ago. */
  rebirth: { node: string; reason: RebirthReason } | null
  /** Devices (and the node) that came alive or died with this message: their readings are fresh, or stale. */
  born: string[]
  died: string[]
}

type Node = {
  bdSeq: bigint | null
  seq: number
  /** By alias and by `device/name`; aliases are unique within a node. */
  byAlias: Map<bigint, BornMetric>
  byName: Map<string, BornMetric>
  devices: Set<string>
  isAlive: boolean
}

export type SessionLimits = { nodes: number; metricsPerNode: number; rebirthPauseMs: number }
const LIMITS: SessionLimits = { nodes: 10_000, metricsPerNode: 50_000, rebirthPauseMs: 30_000 }
const SEQUENCE = 256

export class SparkplugSession {
  readonly #nodes = new Map<string, Node>()
  /** When each node was last asked for a rebirth. */
  readonly #asked = new Map<string, number>()
  readonly #limits: SessionLimits

  constructor(limits: Partial<SessionLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits }
  }

  /** Reads one message in the order of its arrival. Data of a node without birth is read as far as it names itself. */
  take(topic: string, bytes: Uint8Array, context: DecodeContext): SessionResult {
    const none = (decoded: Decoded): SessionResult => ({ decoded, rebirth: null, born: [], died: [] })
    const gathering = new Gathering('sparkplug-b', context)
    const parts = parseTopic(topic)
    if (parts === null) {
      if (!isHostState(topic)) return none(refused('sparkplug-b', 'wrong-shape', 'no topic of Sparkplug B'))
      gathering.ignore('STATE')
      return none(gathering.result())
    }
    const result = decodePayloadBytes(bytes)
    if ('problem' in result) return none(refused('sparkplug-b', result.problem, result.detail || undefined))
    const { payload } = result
    if (parts.type.endsWith('CMD')) {
      gathering.ignore(parts.type)
      return none(gathering.result())
    }
    if (parts.type === 'NDEATH') {
      gathering.ignore('NDEATH')
      return { ...none(gathering.result()), died: this.#nodeDied(parts, payload) }
    }
    return this.#takeOfNode(parts, payload, gathering, context)
  }

  /** Whether the node, or a device of it, has been born and not died since. */
  isAlive(key: string): boolean {
    for (const node of this.#nodes.values()) if (node.devices.has(key)) return node.isAlive
    return false
  }

  #takeOfNode(
    parts: SparkplugTopic,
    payload: SparkplugPayload,
    gathering: Gathering,
    context: DecodeContext,
  ): SessionResult {
    let reason: RebirthReason | null = null
    if (parts.type === 'NBIRTH') reason = this.#nodeBorn(parts, payload)
    const node = this.#nodes.get(parts.node)
    if (node === undefined || !node.isAlive) reason ??= 'no-birth'
    else if (parts.type !== 'NBIRTH' && !isNext(node, payload.seq)) reason = 'sequence-gap'
    const born: string[] = []
    const died: string[] = []
    if (node !== undefined && parts.type === 'DBIRTH') reason ??= this.#remember(node, parts.device, payload)
    if (node !== undefined && parts.type.endsWith('BIRTH')) {
      node.devices.add(parts.device)
      born.push(parts.device)
    }
    if (parts.type === 'DDEATH') {
      node?.devices.delete(parts.device)
      died.push(parts.device)
      gathering.ignore('DDEATH')
    } else {
      const unknown = addMetrics(payload, parts.device, (metric) => bornMetric(node, parts.device, metric), gathering)
      if (unknown > 0) reason ??= 'unknown-alias'
      if (parts.type === 'DDATA' && node?.devices.has(parts.device) === false) reason ??= 'no-birth'
    }
    return { decoded: gathering.result(), rebirth: this.#ask(parts.node, reason, context.receivedAt), born, died }
  }

  /** A new birth forgets all that the node said before; its devices are born again after it. */
  #nodeBorn(parts: SparkplugTopic, payload: SparkplugPayload): RebirthReason | null {
    if (!this.#nodes.has(parts.node) && this.#nodes.size >= this.#limits.nodes) return 'limit'
    const bdSeq = bdSeqOf(payload)
    const node: Node = {
      bdSeq,
      seq: payload.seq ?? 0,
      byAlias: new Map(),
      byName: new Map(),
      devices: new Set([parts.node]),
      isAlive: true,
    }
    this.#nodes.set(parts.node, node)
    this.#asked.delete(parts.node)
    return this.#remember(node, parts.device, payload)
  }

  #remember(node: Node, device: string, payload: SparkplugPayload): RebirthReason | null {
    for (const { name, alias, datatype, unit } of payload.metrics) {
      if (name === null) continue
      if (node.byName.size >= this.#limits.metricsPerNode) return 'limit'
      const born = { name, datatype, unit }
      node.byName.set(`${device}/${name}`, born)
      if (alias !== null) node.byAlias.set(alias, born)
    }
    return null
  }

  /** A will of an earlier session, that comes after the new birth, has another bdSeq and kills nobody. */
  #nodeDied(parts: SparkplugTopic, payload: SparkplugPayload): string[] {
    const node = this.#nodes.get(parts.node)
    if (node === undefined) return [parts.node]
    const bdSeq = bdSeqOf(payload)
    if (!node.isAlive || (bdSeq !== null && node.bdSeq !== null && bdSeq !== node.bdSeq)) return []
    node.isAlive = false
    return [...node.devices]
  }

  #ask(node: string, reason: RebirthReason | null, now: number): SessionResult['rebirth'] {
    // A node that is too many would be asked again and again.
    if (reason === null || reason === 'limit') return null
    const before = this.#asked.get(node)
    if (before !== undefined && now - before < this.#limits.rebirthPauseMs) return null
    if (before === undefined && this.#asked.size >= this.#limits.nodes) return null
    this.#asked.set(node, now)
    return { node, reason }
  }
}

/** The command that asks a node (`{group}/{edge node}`) for its births. */
export function rebirthCommand(node: string, now: number): { topic: string; payload: Uint8Array } {
  const [group, name] = node.split('/')
  const metric = { name: 'Node Control/Rebirth', timestamp: now, datatype: 11, booleanValue: true }
  return {
    topic: `spBv1.0/${group}/NCMD/${name}`,
    payload: encodePayload({ timestamp: now, metrics: [metric] }),
  }
}

/** Counts the message; false when one before it is missing. The same number again is the same message, a missing one is 0. */
function isNext(node: Node, said: number | null): boolean {
  const seq = said ?? 0
  const isExpected = seq === node.seq || seq === (node.seq + 1) % SEQUENCE
  node.seq = seq
  return isExpected
}

function bornMetric(node: Node | undefined, device: string, { name, alias }: Metric): BornMetric | null {
  if (node === undefined) return null
  if (name !== null) return node.byName.get(`${device}/${name}`) ?? null
  return alias === null ? null : (node.byAlias.get(alias) ?? null)
}

function bdSeqOf({ metrics }: SparkplugPayload): bigint | null {
  const value = metrics.find(({ name }) => name === 'bdSeq')?.value
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : null
}
