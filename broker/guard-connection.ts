// Stands between a socket and the MQTT parser: bounds what a stranger may send, and joins small writes into one.
// aedes takes bytes from a connection only by `read` and gives them only by `write`, so both are replaced on the one object;
// a wrapping stream would cost each connection a second pair of buffers.
import type { Duplex } from 'node:stream'
import { PublishLane } from './publish-lane.ts'
import type { LaneParts } from './publish-lane.ts'
import { Refusal } from './refuse.ts'
import type { RefusalReason } from './refuse.ts'
import type { Intake } from './intake.ts'
import type { BrokerLimits } from './limits.ts'

export type Guard = {
  /** The credential was accepted: from now on the limit of a packet counts. */
  admit(): void
  /** Its CONNACK is out: from the next whole packet on, everyday messages take the short way. */
  openLane(parts: Pick<LaneParts, 'telemetryTopic' | 'publish' | 'heard'>): void
  /** Nothing more is taken from it. */
  stopReading(): void
}

const CONNECT = 0x10
const CONTINUES = 0x80
const PUBACK = 0x40

/** `refuse` is told the reason before the connection is destroyed. */
export function guardConnection(
  connection: Duplex,
  limits: BrokerLimits,
  intake: Intake,
  refuse: (reason: RefusalReason) => void,
): Guard {
  let admitted = false
  let stopped = false
  let lane: PublishLane | null = null
  /** From then on only whole packets have gone to aedes. */
  let isLaneOpen = false
  let bytesBefore = 0
  let isFirstPacket = true
  // Where the scan stands: bytes of the running packet still to come, or in the middle of its length.
  let toSkip = 0
  let inLength = false
  let length = 0
  let lengthShift = 0

  function cut(reason: RefusalReason): null {
    refuse(reason)
    connection.destroy(new Refusal(reason))
    return null
  }

  /** Follows the packets' fixed headers through a chunk; the reason when one breaks a limit. */
  function scan(chunk: Buffer): RefusalReason | null {
    let at = 0
    while (at < chunk.length) {
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, chunk.length - at)
        toSkip -= skipped
        at += skipped
      } else if (inLength) {
        const byte = chunk[at++] as number
        length += (byte & 0x7f) << lengthShift
        lengthShift += 7
        if ((byte & CONTINUES) !== 0) {
          if (lengthShift >= 28) return 'malformed'
          continue
        }
        inLength = false
        if (length > (admitted ? limits.packetBytes : limits.preAuthBytes)) return 'packet-too-large'
        toSkip = length
      } else {
        if (isFirstPacket && chunk[at] !== CONNECT) return 'not-mqtt'
        isFirstPacket = false
        at++
        inLength = true
        length = 0
        lengthShift = 0
      }
    }
    return null
  }

  const read = connection.read.bind(connection) as (size?: number) => Buffer | null
  const readOn = connection._read.bind(connection)
  let isTaking = false
  let isMoreWanted = false

  // While messages of it wait for the disk, nothing more is fetched from the socket: a read of one small message costs as much as one of many.
  connection._read = (size: number): void => {
    if (isTaking || lane?.isBusy === true) isMoreWanted = true
    else readOn(size)
  }

  function fetchMore(): void {
    if (!isMoreWanted || lane?.isBusy === true || connection.destroyed) return
    isMoreWanted = false
    readOn(connection.readableHighWaterMark)
  }

  /** Everything that is there. `read()` gives one chunk; aedes asks once and would wait for ever for the rest of a packet. */
  function readAll(): Buffer | null {
    const first = read()
    if (first === null || connection.readableLength === 0) return first
    const chunks = [first]
    for (let next = read(); next !== null; next = read()) chunks.push(next)
    return Buffer.concat(chunks)
  }

  connection.read = (size?: number): Buffer | null => {
    if (stopped) return null
    // Node itself asks for 0 bytes, to have the source asked for more.
    if (size === 0) return read(0)
    if (lane?.isBusy === true) return null
    if (lane !== null && intake.isFull()) {
      intake.whenRoom(readAgain)
      return null
    }
    isTaking = lane !== null
    const chunk = readAll()
    isLaneOpen ||= chunk !== null && lane !== null && toSkip === 0 && !inLength
    const rest = chunk !== null && lane !== null && isLaneOpen ? lane.take(chunk) : undefined
    isTaking = false
    fetchMore()
    if (rest !== undefined) return typeof rest === 'string' ? cut(rest) : rest
    if (chunk === null) return null
    if (!admitted) {
      bytesBefore += chunk.length
      if (bytesBefore > limits.preAuthBytes) return cut('too-much-before-connect')
    }
    const reason = scan(chunk)
    return reason === null ? chunk : cut(reason)
  }

  /** Whoever reads asks again. */
  const readAgain = (): void => void connection.emit('readable')
  function ready(): void {
    if (connection.readableLength > 0) readAgain()
    fetchMore()
  }
  connection.once('close', () => intake.forget(readAgain))

  const acknowledge = joinWrites(connection, limits, () => cut('too-slow'))
  return {
    admit() {
      admitted = true
    },
    openLane(parts) {
      lane ??= new PublishLane({
        ...parts,
        packetBytes: limits.packetBytes,
        intake,
        acknowledge,
        fail: (error) => connection.destroy(error),
        ready,
      })
    },
    stopReading() {
      stopped = true
    },
  }
}

/** Room for the acknowledgements of an everyday chunk; it grows with what is written. */
const GATHERED_BYTES = 128
/** What is unsent beyond this makes writers wait until it has gone out. */
const FULL_BYTES = 16_384
/** Shorter parts are copied byte by byte: an acknowledgement comes in three parts of one or two bytes. */
const SHORT_BYTES = 8

/** Gathers what is written in one turn of the event loop (the acknowledgements of a whole commit) into one write; gives the way to write a PUBACK. */
function joinWrites(connection: Duplex, limits: BrokerLimits, tooSlow: () => void): (messageId: number) => void {
  const write = connection.write.bind(connection) as (chunk: Buffer) => boolean
  let gathered: Buffer | null = null
  let used = 0

  function flush(): void {
    const bytes = gathered?.subarray(0, used)
    gathered = null
    used = 0
    if (bytes === undefined || !connection.writable) return
    write(bytes)
    if (connection.writableLength > limits.outgoingBytes) tooSlow()
  }

  /** The bytes gathered so far, with room for more. */
  function roomFor(bytes: number): Buffer {
    if (gathered === null) {
      gathered = Buffer.allocUnsafe(Math.max(GATHERED_BYTES, bytes))
      process.nextTick(flush)
    } else if (used + bytes > gathered.length) {
      const larger = Buffer.allocUnsafe(2 * (used + bytes))
      gathered.copy(larger, 0, 0, used)
      gathered = larger
    }
    return gathered
  }

  function append(part: Uint8Array): void {
    const gathered = roomFor(part.length)
    if (part.length < SHORT_BYTES) for (let i = 0; i < part.length; i++) gathered[used + i] = part[i] as number
    else gathered.set(part, used)
    used += part.length
  }

  connection.write = (
    chunk: Buffer | string,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
  ): boolean => {
    append(typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8') : chunk)
    return connection.writableLength < FULL_BYTES
  }
  // The packet writer corks and schedules an uncork for every packet where it can; what is gathered here needs none of it.
  Object.assign(connection, { cork: undefined, uncork: undefined })

  return (messageId) => {
    const bytes = roomFor(4)
    bytes[used] = PUBACK
    bytes[used + 1] = 2
    bytes[used + 2] = messageId >> 8
    bytes[used + 3] = messageId & 0xff
    used += 4
  }
}
