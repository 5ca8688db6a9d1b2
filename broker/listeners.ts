// The TCP and TLS listeners.
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Failure } from '#domain/failure.ts'
import type { BrokerLimits } from './limits.ts'

export type Address = { host: string; port: number }
/** Certificate and key as PEM. */
export type TlsSettings = Address & { cert: string | Buffer; key: string | Buffer }
export type Listener = { address: Address; close(): Promise<void> }

/** Waiting connections that the system keeps before they are accepted: a fleet reconnects at once after a power cut. */
const BACKLOG = 4_096
/** How long a silent peer may be gone before the system asks whether it is there. */
const TCP_KEEP_ALIVE_MS = 60_000

export function listenTcp(address: Address, accept: (socket: Socket) => void): Promise<Listener> {
  const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS }
  return listening(createServer(options, accept), address)
}

/** TLS 1.2 and 1.3 only. Rejects with Failure 'wrong-setting' when certificate and key are none. */
export async function listenTls(
  settings: TlsSettings,
  limits: BrokerLimits,
  accept: (socket: Socket) => void,
): Promise<Listener> {
  const server = createSecureServer(settings, limits, accept)
  // A handshake that fails concerns its own socket only.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return listening(server, settings)
}

function createSecureServer(
  { cert, key }: TlsSettings,
  limits: BrokerLimits,
  accept: (socket: Socket) => void,
): Server {
  const tls = { cert, key, minVersion: 'TLSv1.2', handshakeTimeout: limits.connectMs } as const
  const tcp = { noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS }
  try {
    return createTlsServer({ ...tls, ...tcp }, accept)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Failure('wrong-setting', `the TLS certificate or its key cannot be used: ${why}`, { cause })
  }
}

function listening(server: Server, { host, port }: Address): Promise<Listener> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program uses it'
          : error.code === 'EACCES'
            ? 'this user may not use it'
            : error.message
      reject(
        new Failure('wrong-setting', `cannot listen on the MQTT address ${host}:${port}: ${why}`, { cause: error }),
      )
    })
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.removeAllListeners('error')
      server.on('error', () => {})
      const { address, port: given } = server.address() as AddressInfo
      resolve({
        address: { host: address, port: given },
        close: () => new Promise((closed) => server.close(() => closed())),
      })
    })
  })
}
