// MQTT packets by hand, for what no client library would send.

/** A length as MQTT writes it. */
export function remainingLength(length: number): Buffer {
  const bytes: number[] = []
  let rest = length
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
    rest >>= 7
  } while (rest > 0)
  return Buffer.from(bytes)
}

export function packetOf(header: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([header]), remainingLength(body.length), body])
}

export function textOf(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([numberOf(bytes.length), bytes])
}

export function numberOf(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff])
}

/** CONNECT with user name and password; `level` 4 is MQTT 3.1.1. */
export function connectOf(
  id: string,
  options: {
    password?: string
    clientId?: string
    level?: number
    clean?: boolean
    keepAlive?: number
    will?: { topic: string; payload: string; qos?: number; retain?: boolean }
  } = {},
): Buffer {
  const { password = `token of ${id}`, clientId = id, level = 4, clean = true, keepAlive = 60, will } = options
  const willFlags = will === undefined ? 0 : 0x04 | ((will.qos ?? 0) << 3) | (will.retain === true ? 0x20 : 0)
  const flags = 0xc0 | (clean ? 0x02 : 0) | willFlags
  const willParts = will === undefined ? [] : [textOf(will.topic), textOf(will.payload)]
  return packetOf(
    0x10,
    textOf('MQTT'),
    Buffer.from([level, flags]),
    numberOf(keepAlive),
    ...(level === 5 ? [Buffer.from([0])] : []),
    textOf(clientId),
    ...willParts,
    textOf(id),
    textOf(password),
  )
}

export function publishOf(
  topic: string | Uint8Array,
  payload: string | Uint8Array,
  messageId = 1,
  qos = 1,
  flags = 0,
): Buffer {
  const parts = qos === 0 ? [] : [numberOf(messageId)]
  return packetOf(0x30 | (qos << 1) | flags, textOf(topic), ...parts, Buffer.from(payload))
}

export function subscribeOf(filters: (string | Uint8Array)[], messageId = 1, qos = 0): Buffer {
  const parts = filters.flatMap((filter) => [textOf(filter), Buffer.from([qos])])
  return packetOf(0x82, numberOf(messageId), ...parts)
}
