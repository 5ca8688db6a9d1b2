// One MQTT connection by hand for the benches: TCP_NODELAY, whole packets, nothing in between.
import { connect } from 'node:net'

export type RawDevice = {
  publish(topic: string, payload: string, qos?: 0 | 1): void
  subscribe(filter: string): void
  /** Resolves with the next bytes that come. */
  next(): Promise<Buffer>
  close(): void
}

export function openRaw(port: number, id: string, password: string): Promise<RawDevice> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    let waiter: ((bytes: Buffer) => void) | null = null
    let identifier = 0
    const nextId = (): Buffer => {
      identifier = (identifier % 65_535) + 1
      return Buffer.from([identifier >> 8, identifier & 0xff])
    }
    socket.once('error', reject)
    socket.once('connect', () => socket.write(connectPacket(id, password)))
    socket.once('data', (connack: Buffer) => {
      if (connack[3] !== 0) return reject(new Error(`CONNACK ${connack[3]}`))
      socket.on('data', (bytes: Buffer) => {
        const waiting = waiter
        waiter = null
        waiting?.(bytes)
      })
      resolve({
        publish: (topic, payload, qos = 1) =>
          void socket.write(
            packet(0x30 | (qos << 1), text(topic), ...(qos === 0 ? [] : [nextId()]), Buffer.from(payload)),
          ),
        subscribe: (filter) => void socket.write(packet(0x82, nextId(), text(filter), Buffer.from([0]))),
        next: () => new Promise((given) => (waiter = given)),
        close: () => void socket.destroy(),
      })
    })
  })
}

export function connectPacket(id: string, password: string): Buffer {
  return packet(0x10, text('MQTT'), Buffer.from([4, 0xc2, 4, 176]), text(id), text(id), text(password))
}

function packet(head: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7]
  return Buffer.concat([Buffer.from([head, ...length]), body])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}
