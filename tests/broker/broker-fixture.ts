// A broker on real stores in memory, with devices of two landlords, for the tests of this folder.
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connectAsync } from 'mqtt'
import type { IClientOptions, MqttClient } from 'mqtt'
import { onTestFinished } from 'vitest'
import type { BrokerTelemetry } from '#broker/broker-telemetry.ts'
import { brokerLimits } from '#broker/limits.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import type { Broker, BrokerOptions } from '#broker/open-broker.ts'
import type { Connector, Records } from '#domain/ports/records.ts'
import type { Reading, Telemetry } from '#domain/ports/telemetry.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { ACTOR, fillRecords } from './fill-records.ts'

export { ACTOR, fillRecords } from './fill-records.ts'

export const EVERYTHING = { organisation: null } as const

export type Fixture = {
  broker: Broker
  port: number
  telemetry: Telemetry
  records: Records
  logged: string[]
  /** Connects with the credential of a device or gateway; its password is `token of {id}`. */
  connect(id: string, options?: IClientOptions): Promise<MqttClient>
  /** A raw connection, for what no client would send. */
  raw(): Promise<RawConnection>
  readings(device: string, point: string): Promise<Reading[]>
  /** Reasons and counts in the quarantine. */
  quarantine(): Promise<Record<string, number>>
}

/** Opens everything; it is closed when the test ends. */
export async function openFixture(
  options: {
    limits?: Partial<BrokerLimits>
    telemetry?: BrokerTelemetry
    records?: Records
    connectors?: Connector[]
  } & Partial<Pick<BrokerOptions, 'now' | 'onPresence' | 'onMessage' | 'onReading' | 'configurationOf'>> = {},
): Promise<Fixture> {
  const telemetry = openMemoryTelemetry()
  const records = options.records ?? openMemoryRecords()
  if (options.records === undefined) await fillRecords(records)
  for (const connector of options.connectors ?? []) await records.putConnector(connector, ACTOR)
  const logged: string[] = []
  const { limits, connectors: _connectors, ...rest } = options
  const broker = await openBroker({
    now: Date.now,
    ...rest,
    settings: { tcp: { host: '127.0.0.1', port: 0 }, tls: null, allowedOrigins: [], limits: brokerLimits(limits) },
    telemetry: options.telemetry ?? telemetry,
    records,
    log: (line) => void logged.push(line),
  })
  const port = broker.state().tcp?.port ?? 0
  const clients: MqttClient[] = []
  onTestFinished(async () => {
    for (const client of clients) await client.endAsync(true)
    await broker.close()
    await telemetry.close()
    await records.close()
  })
  return {
    broker,
    port,
    telemetry,
    records,
    logged,
    async connect(id, clientOptions = {}) {
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
        clientId: id,
        username: id,
        password: `token of ${id}`,
        protocolVersion: 4,
        reconnectPeriod: 0,
        connectTimeout: 5_000,
        ...clientOptions,
      })
      client.on('error', () => {})
      clients.push(client)
      return client
    },
    raw: () => openRaw(port),
    async readings(device, point) {
      const series = telemetry.findSeries(device, point)
      return series === null ? [] : telemetry.readings(series, 0, 7e12, 100_000)
    },
    async quarantine() {
      const { items } = await records.listQuarantine(EVERYTHING, { limit: 200 })
      const counts: Record<string, number> = {}
      for (const { reason, count } of items) counts[reason] = (counts[reason] ?? 0) + count
      return counts
    },
  }
}

/** Publishes JSON on a device's own telemetry topic, at QoS 1 unless said otherwise. */
export async function send(client: MqttClient, device: string, body: unknown, qos: 0 | 1 | 2 = 1): Promise<void> {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  await client.publishAsync(`samtila/v1/${device}/telemetry`, payload, { qos })
}

/** A TCP connection whose received bytes and end can be waited for. */
export class RawConnection {
  readonly socket: Socket
  received: Buffer = Buffer.alloc(0)
  closed = false
  #wake: (() => void)[] = []

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.received = Buffer.concat([this.received, Buffer.from(chunk)])
      this.#wakeAll()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.closed = true
      this.#wakeAll()
    })
  }

  #wakeAll(): void {
    const wake = this.#wake
    this.#wake = []
    for (const resolve of wake) resolve()
  }

  write(...packets: Uint8Array[]): void {
    this.socket.write(Buffer.concat(packets))
  }

  /** Waits until the condition holds; gives whether it did in time. */
  async until(holds: () => boolean, ms = 3_000): Promise<boolean> {
    const end = Date.now() + ms
    while (!holds()) {
      const rest = end - Date.now()
      if (rest <= 0) return false
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest)
        this.#wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
    return true
  }

  untilClosed(ms = 3_000): Promise<boolean> {
    return this.until(() => this.closed, ms)
  }

  untilBytes(count: number, ms = 3_000): Promise<boolean> {
    return this.until(() => this.received.length >= count, ms)
  }
}

function openRaw(port: number): Promise<RawConnection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    const raw = new RawConnection(socket)
    socket.once('connect', () => {
      onTestFinished(() => void socket.destroy())
      resolve(raw)
    })
    socket.once('error', reject)
  })
}

/** Waits until something is so, and fails the test when it is not in time. */
export async function eventually(holds: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not so after ${ms} ms: ${holds.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
