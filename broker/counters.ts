// What the broker counts; the API's /metrics reads this object as it is.

export type BrokerCounters = {
  connections: number
  connectionsAccepted: number
  messagesReceived: number
  /** QoS 1 and 2 messages acknowledged after everything in them was durable. */
  messagesAcknowledged: number
  /** Messages of telemetry topics. */
  telemetryMessages: number
  readingsStored: number
  readingsDuplicate: number
  readingsSuperseded: number
  readingsQuarantined: number
  /** QoS 0 messages that the store did not take, and their readings: one of each message that was not read. Nobody will send them again. */
  messagesLostQos0: number
  readingsLostQos0: number
  readingsSuspect: number
  /** Readings of devices that a person chose to ignore. */
  readingsIgnored: number
  /** Messages of unknown devices that the inbox had no room for; they are in quarantine. */
  unknownDevicesNotKept: number
  quarantinedByReason: Record<string, number>
  refusedByReason: Record<string, number>
  /** Messages that the quarantine had no room for, because too many waited; they were not acknowledged. */
  quarantineOverflow: number
  messagesHeld: number
  messagesDelayedByRate: number
  /** Messages whose sender was slowed down because too much of its was set aside. */
  messagesDelayedByQuarantine: number
  retainedMessages: number
  retainedBytes: number
  offlineSessions: number
  offlineMessagesDropped: number
}

export function createCounters(): BrokerCounters {
  return {
    connections: 0,
    connectionsAccepted: 0,
    messagesReceived: 0,
    messagesAcknowledged: 0,
    telemetryMessages: 0,
    readingsStored: 0,
    readingsDuplicate: 0,
    readingsSuperseded: 0,
    readingsQuarantined: 0,
    messagesLostQos0: 0,
    readingsLostQos0: 0,
    readingsSuspect: 0,
    readingsIgnored: 0,
    unknownDevicesNotKept: 0,
    quarantinedByReason: Object.create(null) as Record<string, number>,
    refusedByReason: Object.create(null) as Record<string, number>,
    quarantineOverflow: 0,
    messagesHeld: 0,
    messagesDelayedByRate: 0,
    messagesDelayedByQuarantine: 0,
    retainedMessages: 0,
    retainedBytes: 0,
    offlineSessions: 0,
    offlineMessagesDropped: 0,
  }
}

/** Counts one more of a reason. */
export function countReason(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1
}
