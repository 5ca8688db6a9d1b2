// The open connections: how many there may be, which have not yet shown a credential, and how all of them end.
import type { Client } from 'aedes'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { countReason } from './counters.ts'
import type { BrokerCounters } from './counters.ts'
import { guardConnection } from './guard-connection.ts'
import type { Guard } from './guard-connection.ts'
import { createIntake } from './intake.ts'
import type { BrokerLimits } from './limits.ts'
import type { RefusalReason } from './refuse.ts'

export type Connections = {
  /** Takes a new connection, or destroys it when there are too many. */
  accept(stream: Duplex, request?: IncomingMessage): void
  /** Its credential was accepted. */
  admit(client: Client): void
  /** Its CONNACK is out. */
  openLane(client: Client, parts: Parameters<Guard['openLane']>[0]): void
  /** Nothing more is read from anyone. */
  stopReading(): void
  destroyAll(): void
}

export function createConnections(
  limits: BrokerLimits,
  counters: BrokerCounters,
  handle: (stream: Duplex, request?: IncomingMessage) => void,
): Connections {
  const guards = new Map<Duplex, Guard>()
  const strangers = new Set<Duplex>()
  const intake = createIntake(limits.messagesUnderWay, limits.turnMs)

  function count(reason: RefusalReason): void {
    countReason(counters.refusedByReason, reason)
  }

  return {
    accept(stream, request) {
      if (guards.size >= limits.connections || strangers.size >= limits.unauthenticatedConnections) {
        count('too-many-connections')
        stream.on('error', () => {})
        stream.destroy()
        return
      }
      guards.set(stream, guardConnection(stream, limits, intake, count))
      strangers.add(stream)
      counters.connections = guards.size
      stream.once('close', () => {
        guards.delete(stream)
        strangers.delete(stream)
        counters.connections = guards.size
      })
      handle(stream, request)
    },
    admit(client) {
      const stream = client.conn as Duplex
      strangers.delete(stream)
      guards.get(stream)?.admit()
      counters.connectionsAccepted++
    },
    openLane: (client, parts) => guards.get(client.conn as Duplex)?.openLane(parts),
    stopReading() {
      for (const guard of guards.values()) guard.stopReading()
    },
    destroyAll() {
      for (const stream of guards.keys()) stream.destroy()
    },
  }
}
