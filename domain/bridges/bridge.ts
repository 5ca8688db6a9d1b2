// A bridge: the platform as a client of somebody else's MQTT broker (a municipality's Mosquitto, a LoRaWAN server), kept as a paper.
import { paperKind } from '#domain/ports/papers.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type Bridge = {
  name: string
  /** DNS name or IP address, without scheme. */
  host: string
  port: number
  tls: boolean
  version: '3.1.1' | '5'
  /** The other broker keeps what it has for us under this id while we are away. */
  clientId: string
  username: string | null
  /** Sealed (domain/ports/sealer.ts) for `bridgeSecret(id, 'password')`. */
  password: string | null
  /** PEM: authorities that may have signed the other broker's certificate; null: the public ones. */
  ca: string | null
  /** PEM: the client certificate, and its private key, sealed. */
  certificate: string | null
  key: string | null
  /** Topic filters, each subscribed with QoS 1. */
  topicFilters: string[]
}

/** States: `on` connects; `off` keeps its settings, and the other broker keeps its messages as long as it pleases. */
export const BRIDGE = paperKind<Bridge>('bridge')
export type BridgePaper = StoredPaper<Bridge>

/** What a sealed secret of a bridge is for, so that it fits nowhere else. */
export const bridgeSecret = (id: Id, secret: 'password' | 'key'): string => `bridge/${id}/${secret}`
