// MQTT over WebSocket, on the API's own port: the upgrade of `/mqtt`.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, createWebSocketStream } from 'ws'
import type { BrokerLimits } from './limits.ts'

export type WebSocketGate = {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

const SUBPROTOCOLS = new Set(['mqtt', 'mqttv3.1'])

/**
 * A browser sends its page's origin along, so pages of other sites are told apart from ours; devices send none.
 * `allowedOrigins` are further origins, as `https://example.fi`.
 */
export function isAllowedOrigin(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (allowedOrigins.includes(origin)) return true
  const url = URL.canParse(origin) ? new URL(origin) : null
  return url !== null && host !== undefined && url.host === host
}

export function createWebSocketGate(
  limits: BrokerLimits,
  allowedOrigins: readonly string[],
  accept: (stream: Duplex, request: IncomingMessage) => void,
  refused: () => void,
): WebSocketGate {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.webSocketFrameBytes,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: (offered) => [...offered].find((name) => SUBPROTOCOLS.has(name)) ?? false,
  })

  function deny(socket: Duplex, status: string): void {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  return {
    handle(request, socket, head) {
      socket.on('error', () => socket.destroy())
      if (!isAllowedOrigin(request, allowedOrigins)) {
        refused()
        return deny(socket, '403 Forbidden')
      }
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
      if (!offered.some((name) => SUBPROTOCOLS.has(name))) return deny(socket, '400 Bad Request')
      server.handleUpgrade(request, socket, head, (webSocket) => {
        if ('setNoDelay' in socket && typeof socket.setNoDelay === 'function') socket.setNoDelay(true)
        accept(createWebSocketStream(webSocket), request)
      })
    },
    close() {
      for (const webSocket of server.clients) webSocket.terminate()
      server.close()
    },
  }
}
