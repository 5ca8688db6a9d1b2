// What a host remembers of edge nodes: births with their aliases, sequence numbers, deaths; and when a rebirth is wanted.
import { refused } from '#broker/codecs/codec.ts'
import type { DecodeContext, Decoded } from '#broker/codecs/codec.ts'
import { Gathering } from '#broker/codecs/gathering.ts'
import { addMetrics, declaredPoints } from './metrics.ts'
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
  bornAt: number
}

/** `metrics` counts the metrics and devices of all nodes together. */
export type SessionLimits = { nodes: number; metrics: number; rebirthPauseMs: number }
const LIMITS: SessionLimits = { nodes: 10_000, metrics: 50_000, rebirthPauseMs: 30_000 }
/** Longer names are read where they stand, and not remembered. */
const NAME_CHARACTERS = 256
const SEQUENCE = 256

export class SparkplugSession {
  readonly #nodes = new Map<string, Node>()
  /** When each node was last asked for a rebirth. */
  readonly #asked = new Map<string, number>()
  readonly #limits: SessionLimits
  /** Metrics and devices remembered in all. */
  #kept = 0

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

  /** Reads a message that came earlier, from the quarantine: births after it do not count for it, and nothing is remembered. */
  peek(topic: string, bytes: Uint8Array, context: DecodeContext): Decoded {
    const gathering = new Gathering('sparkplug-b', context)
    const parts = parseTopic(topic)
    if (parts === null) return refused('sparkplug-b', 'wrong-shape', 'no topic of Sparkplug B')
    const result = decodePayloadBytes(bytes)
    if ('problem' in result) return refused('sparkplug-b', result.problem, result.detail || undefined)
    const node = this.#nodes.get(parts.node)
    const known = node !== undefined && node.isAlive && node.bornAt <= context.receivedAt ? node : undefined
    if (/DATA$|BIRTH$/.test(parts.type)) {
      addMetrics(result.payload, parts.device, (metric) => bornMetric(known, parts.device, metric), gathering)
    } else gathering.ignore(parts.type)
    return gathering.result()
  }

  /** What the birth of a node or device told of a metric, for commands; undefined while none is alive. */
  metricOf(device: string, name: string): BornMetric | null | undefined {
    const node = this.#nodes.get(device.split('/').slice(0, 2).join('/'))
    return node?.isAlive !== true || !node.devices.has(device)
      ? undefined
      : bornMetric(node, device, { name, alias: null })
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
    if (parts.type === 'NBIRTH') reason = this.#nodeBorn(parts, payload, context.receivedAt)
    const node = this.#nodes.get(parts.node)
    if (node === undefined || !node.isAlive) reason ??= 'no-birth'
    else if (parts.type !== 'NBIRTH' && !isNext(node, payload.seq)) reason = 'sequence-gap'
    const born: string[] = []
    const died: string[] = []
    if (node !== undefined && parts.type === 'DBIRTH') reason ??= this.#remember(node, parts.device, payload)
    if (node !== undefined && parts.type.endsWith('BIRTH')) {
      if (this.#keep(node.devices.has(parts.device))) node.devices.add(parts.device)
      born.push(parts.device)
    }
    if (parts.type === 'DDEATH') {
      if (node?.devices.delete(parts.device) === true) this.#kept--
      died.push(parts.device)
      gathering.ignore('DDEATH')
    } else {
      const known = node?.isAlive === true ? node : undefined
      const unknown = addMetrics(payload, parts.device, (metric) => bornMetric(known, parts.device, metric), gathering)
      if (unknown > 0) reason ??= 'unknown-alias'
      if (parts.type === 'DDATA' && node?.devices.has(parts.device) === false) reason ??= 'no-birth'
    }
    const decoded = gathering.result()
    if (parts.type.endsWith('BIRTH') && decoded.problems.length === 0)
      decoded.declares = declaredPoints(payload, parts.device)
    return { decoded, rebirth: this.#ask(parts.node, reason, context.receivedAt), born, died }
  }

  /** A new birth forgets all that the node said before; its devices are born again after it. */
  #nodeBorn(parts: SparkplugTopic, payload: SparkplugPayload, bornAt: number): RebirthReason | null {
    const former = this.#nodes.get(parts.node)
    if (former === undefined && this.#nodes.size >= this.#limits.nodes) return 'limit'
    if (former !== undefined) this.#kept -= former.byName.size + former.devices.size
    this.#kept++
    const node: Node = {
      bdSeq: bdSeqOf(payload),
      seq: payload.seq ?? 0,
      byAlias: new Map(),
      byName: new Map(),
      devices: new Set([parts.node]),
      isAlive: true,
      bornAt,
    }
    this.#nodes.set(parts.node, node)
    this.#asked.delete(parts.node)
    return this.#remember(node, parts.device, payload)
  }

  #remember(node: Node, device: string, payload: SparkplugPayload): RebirthReason | null {
    for (const { name, alias, datatype, unit } of payload.metrics) {
      if (name === null || name.length > NAME_CHARACTERS) continue
      const key = `${device}/${name}`
      if (!this.#keep(node.byName.has(key))) return 'limit'
      const born = { name, datatype, unit }
      node.byName.set(key, born)
      if (alias !== null) node.byAlias.set(alias, born)
    }
    return null
  }

  /** Whether one more may be remembered; counts it. */
  #keep(isThere: boolean): boolean {
    if (isThere) return true
    if (this.#kept >= this.#limits.metrics) return false
    this.#kept++
    return true
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

/** A value to be written, by its metric's name and datatype (of the birth). */
export type CommandMetric = { name: string; datatype: number; value: number | boolean | string }

/** NCMD to a node (`{group}/{edge node}`), DCMD to a device (`{group}/{edge node}/{device}`). */
export function commandMessage(
  key: string,
  metrics: readonly CommandMetric[],
  now: number,
): { topic: string; payload: Uint8Array } {
  const [group, node, device] = key.split('/')
  const topic = device === undefined ? `spBv1.0/${group}/NCMD/${node}` : `spBv1.0/${group}/DCMD/${node}/${device}`
  const wire = metrics.map(({ name, datatype, value }) => ({
    name,
    timestamp: now,
    datatype,
    ...wireValue(value, datatype),
  }))
  return { topic, payload: encodePayload({ timestamp: now, metrics: wire }) }
}

/** The field of a value by its datatype: signed integers travel as their two's complement. */
function wireValue(value: number | boolean | string, datatype: number): { [key: string]: unknown } {
  if (typeof value === 'boolean') return { booleanValue: value }
  if (typeof value === 'string') return { stringValue: value }
  if (datatype === 9) return { floatValue: value }
  if (datatype === 10) return { doubleValue: value }
  if (datatype === 4 || datatype === 8 || datatype === 13)
    return { longValue: BigInt.asUintN(64, BigInt(value)).toString() }
  return { intValue: value < 0 ? value + 2 ** 32 : value }
}

/** The command that asks a node (`{group}/{edge node}`) for its births. */
export function rebirthCommand(node: string, now: number): { topic: string; payload: Uint8Array } {
  return commandMessage(node, [{ name: 'Node Control/Rebirth', datatype: 11, value: true }], now)
}

/** Counts the message; false when one before it is missing. The same number again is the same message, a missing one is 0. */
function isNext(node: Node, said: number | null): boolean {
  const seq = said ?? 0
  const isExpected = seq === node.seq || seq === (node.seq + 1) % SEQUENCE
  node.seq = seq
  return isExpected
}

function bornMetric(
  node: Node | undefined,
  device: string,
  { name, alias }: Pick<Metric, 'name' | 'alias'>,
): BornMetric | null {
  if (node === undefined) return null
  if (name !== null) return node.byName.get(`${device}/${name}`) ?? null
  return alias === null ? null : (node.byAlias.get(alias) ?? null)
}

function bdSeqOf({ metrics }: SparkplugPayload): bigint | null {
  const value = metrics.find(({ name }) => name === 'bdSeq')?.value
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : null
}
