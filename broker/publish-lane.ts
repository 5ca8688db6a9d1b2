// The short way of everyday messages: PUBLISH of QoS 0 and 1, not retained, is read from a connection's bytes here and answered here.
// Everything else goes on to aedes, in whole packets and in the order in which it came. A fleet sends hardly anything but these, and
// aedes' parser, its queue of callbacks and its packet writer cost more than all that happens to the readings afterwards.
import type { PublishPacket } from 'aedes'
import type { Done } from './answers.ts'
import type { Intake } from './intake.ts'
import type { RefusalReason } from './refuse.ts'

const PUBLISH = 0x30
/** Packet type and retain flag; what stays free is QoS and DUP. */
const TYPE_AND_RETAIN = 0xf1
const QOS = 0x06
const QOS_1 = 0x02
const DUP = 0x08
const CONTINUES = 0x80

export type LaneParts = {
  /** The topic of nearly all messages, so that no text is made of it each time. */
  telemetryTopic: string
  packetBytes: number
  intake: Pick<Intake, 'entered' | 'left'>
  /** Rights, pace and everything after; settled when the message may be acknowledged. */
  publish(packet: PublishPacket, done: Done): void
  acknowledge(messageId: number): void
  /** A message is refused: the connection ends. */
  fail(error: Error): void
  /** Bytes came: the keep-alive runs anew. */
  heard(): void
  /** Everything taken is answered: more may be read. */
  ready(): void
}

export class PublishLane {
  readonly #parts: LaneParts
  readonly #ownTopic: Buffer
  /** Messages that are not answered yet; while there are any, nothing more is read. */
  #waiting = 0
  #isReadyDue = false
  /** The beginning of a packet whose rest is still to come. */
  #begun: Buffer[] = []
  #begunBytes = 0
  #wantedBytes = 0

  constructor(parts: LaneParts) {
    this.#parts = parts
    this.#ownTopic = Buffer.from(parts.telemetryTopic)
  }

  get isBusy(): boolean {
    return this.#waiting > 0
  }

  /** Takes what came; gives the whole packets that aedes must read, null for none, or why the connection must end. */
  take(chunk: Buffer): Buffer | null | RefusalReason {
    const bytes = this.#joined(chunk)
    if (bytes === null) return null
    this.#parts.heard()
    let at = 0
    let others = -1
    while (at < bytes.length) {
      let length = 0
      let shift = 0
      let body = at + 1
      let byte = CONTINUES
      while (body < bytes.length && byte >= CONTINUES) {
        if (shift === 28) return 'malformed'
        byte = bytes[body++] as number
        length += (byte & 0x7f) << shift
        shift += 7
      }
      if (byte >= CONTINUES) {
        if (shift === 28) return 'malformed'
        this.#begin(bytes, at, body - at + 1)
        break
      }
      if (length > this.#parts.packetBytes) return 'packet-too-large'
      const end = body + length
      if (end > bytes.length) {
        this.#begin(bytes, at, end - at)
        break
      }
      // From the first one that is not for here, all go to aedes: their order is kept.
      if (others === -1 && !this.#publish(bytes, at, body, end)) others = at
      at = end
    }
    return others === -1 ? null : bytes.subarray(others, at)
  }

  #joined(chunk: Buffer): Buffer | null {
    if (this.#begun.length === 0) return chunk
    this.#begun.push(chunk)
    this.#begunBytes += chunk.length
    if (this.#begunBytes < this.#wantedBytes) return null
    const bytes = Buffer.concat(this.#begun)
    this.#begun = []
    return bytes
  }

  /** A copy, so that a few bytes do not keep a whole chunk in memory. */
  #begin(bytes: Buffer, at: number, wanted: number): void {
    this.#begun = [Buffer.from(bytes.subarray(at))]
    this.#begunBytes = bytes.length - at
    this.#wantedBytes = wanted
  }

  /** False for what aedes must look at. */
  #publish(bytes: Buffer, at: number, body: number, end: number): boolean {
    const head = bytes[at] as number
    const qos = (head & QOS) === 0 ? 0 : 1
    const isAgain = (head & DUP) !== 0
    if ((head & TYPE_AND_RETAIN) !== PUBLISH || (head & QOS) > QOS_1 || (isAgain && qos === 0) || end - body < 2)
      return false
    const topicAt = body + 2
    const topicEnd = topicAt + (((bytes[body] as number) << 8) | (bytes[body + 1] as number))
    const payloadAt = topicEnd + 2 * qos
    if (topicEnd === topicAt || payloadAt > end) return false
    const messageId = qos === 0 ? 0 : ((bytes[topicEnd] as number) << 8) | (bytes[topicEnd + 1] as number)
    const topic = this.#isOwn(bytes, topicAt, topicEnd)
      ? this.#parts.telemetryTopic
      : bytes.toString('utf8', topicAt, topicEnd)
    this.#waiting++
    this.#parts.intake.entered()
    const payload = bytes.subarray(payloadAt, end)
    this.#parts.publish({ cmd: 'publish', topic, payload, qos, dup: isAgain, retain: false, messageId }, (error) =>
      this.#answer(error ?? null, messageId),
    )
    return true
  }

  #isOwn(bytes: Buffer, from: number, to: number): boolean {
    const own = this.#ownTopic
    if (to - from !== own.length) return false
    // From the end: topics of other devices differ there as well, those of one device only there.
    for (let i = own.length - 1; i >= 0; i--) if (own[i] !== bytes[from + i]) return false
    return true
  }

  #answer(error: Error | null, messageId: number): void {
    this.#waiting--
    this.#parts.intake.left()
    if (error !== null) return this.#parts.fail(error)
    if (messageId !== 0) this.#parts.acknowledge(messageId)
    if (this.#waiting > 0 || this.#isReadyDue) return
    this.#isReadyDue = true
    // After the acknowledgements of this turn have gone out.
    setImmediate(() => {
      this.#isReadyDue = false
      this.#parts.ready()
    })
  }
}
