// The TCP and TLS listeners.
import { constants } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Server as TlsServer, TLSSocket } from 'node:tls'
import { Failure } from '#domain/failure.ts'
import type { BrokerLimits } from './limits.ts'

export type Address = { host: string; port: number }
/** `off` asks for no client certificate, `optional` takes one instead of a password, `required` lets nobody in without. */
export type ClientCertificateUse = 'off' | 'optional' | 'required'
/** Certificate and key as PEM. */
export type TlsSettings = Address & {
  cert: string | Buffer
  key: string | Buffer
  /** `optional` when absent. */
  clientCertificates?: ClientCertificateUse
}
export type Listener = { address: Address; close(): Promise<void> }
export type TlsListener = Listener & {
  /** From the next connection on, client certificates of these authorities (PEM) are trusted, and no others; at first, none. */
  trust(authorities: readonly string[]): void
}

/** Waiting connections that the system keeps before they are accepted: a fleet reconnects at once after a power cut. */
const BACKLOG = 4_096
/** How long a silent peer may be gone before the system asks whether it is there. */
const TCP_KEEP_ALIVE_MS = 60_000

export function listenTcp(address: Address, accept: (socket: Socket) => void): Promise<Listener> {
  // One read at a time; the next one is asked for when what came is dealt with (guard-connection.ts).
  const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS, highWaterMark: 1 }
  return listening(createServer(options, accept), address)
}

/** TLS 1.2 and 1.3 only. Rejects with Failure 'wrong-setting' when certificate and key are none. */
export async function listenTls(
  settings: TlsSettings,
  limits: BrokerLimits,
  accept: (socket: TLSSocket) => void,
): Promise<TlsListener> {
  const server = createSecureServer(settings, limits, accept)
  // A handshake that fails concerns its own socket only.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  const listener = await listening(server, settings)
  return { ...listener, trust: (changed) => server.setSecureContext(contextOf(settings, changed)) }
}

/**
 * No tickets: a resumed session would bring along what was found of its certificate then. No renegotiation: who a connection
 * is stays as it was.
 */
function contextOf({ cert, key }: TlsSettings, authorities: readonly string[]) {
  const secureOptions = constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION
  const ca = [...authorities]
  return { cert, key, ca, minVersion: 'TLSv1.2', secureOptions } as const
}

function createSecureServer(
  settings: TlsSettings,
  limits: BrokerLimits,
  accept: (socket: TLSSocket) => void,
): TlsServer {
  const use = settings.clientCertificates ?? 'optional'
  const asked = { requestCert: use !== 'off', rejectUnauthorized: use === 'required' }
  const tls = { ...contextOf(settings, []), ...asked, handshakeTimeout: limits.connectMs }
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
