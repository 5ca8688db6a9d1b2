// Every limit of the broker: its name, default and one sentence. config.ts shows each as a setting.

/** Counts are per broker unless the sentence says otherwise. */
export const BROKER_LIMITS = {
  connections: { default: 20_000, description: 'Open MQTT connections in all' },
  connectionsPerCredential: { default: 16, description: 'Open MQTT connections of one device or gateway' },
  unauthenticatedConnections: { default: 2_000, description: 'Connections that have not yet shown their credential' },
  connectMs: { default: 10_000, description: 'Time for the first complete CONNECT, and for the TLS handshake' },
  preAuthBytes: { default: 65_536, description: 'Bytes taken from a connection before its credential is accepted' },
  packetBytes: { default: 262_144, description: 'Largest MQTT packet' },
  topicBytes: { default: 512, description: 'Longest topic or topic filter, in UTF-8 bytes' },
  topicLevels: { default: 16, description: 'Levels of a topic or topic filter' },
  clientIdBytes: { default: 128, description: 'Longest client id' },
  inFlightQos2: { default: 1_000, description: 'QoS 2 messages of one connection that await their PUBREL' },
  subscriptionsPerConnection: { default: 64, description: 'Topic filters that one connection may hold' },
  messagesPerSecond: {
    default: 5_000,
    description: 'Messages a second of one credential; faster ones are slowed down, not dropped',
  },
  messagesBurst: {
    default: 10_000,
    description: 'Messages that a credential may send at once before it is slowed down',
  },
  readingsPerMessage: { default: 10_000, description: 'Readings in one message' },
  heldMessages: {
    default: 50_000,
    description: 'Messages that wait while the store is away; beyond, connections are closed unacknowledged',
  },
  holdMs: {
    default: 15_000,
    description: 'How long a message waits for a store that is away before its connection is closed unacknowledged',
  },
  quarantineBytes: {
    default: 262_144,
    description: 'Bytes of a payload that the quarantine keeps (1,048,576 at most); longer ones cannot be replayed',
  },
  quarantineQueue: {
    default: 10_000,
    description: 'Messages that wait to be set aside; beyond, connections are closed unacknowledged',
  },
  quarantineQueueBytes: {
    default: 67_108_864,
    description: 'Bytes of the messages that wait to be set aside; beyond, connections are closed unacknowledged',
  },
  quarantineRows: {
    default: 10_000,
    description: 'Topics and reasons of one credential that the quarantine tells apart until the next start',
  },
  proposedPointsPerDevice: { default: 200, description: 'Undeclared keys of one device that become proposed points' },
  retainedMessages: { default: 100_000, description: 'Retained messages' },
  retainedBytes: { default: 67_108_864, description: 'Bytes of all retained messages' },
  retainedMessageBytes: { default: 16_384, description: 'Bytes of one retained message' },
  offlineSessions: { default: 20_000, description: 'Sessions kept for clients that are away' },
  offlineMessages: { default: 100, description: 'Messages kept for one client that is away; the oldest goes first' },
  outgoingBytes: { default: 1_048_576, description: 'Unsent bytes of one connection; a slower reader is cut off' },
  drainMs: { default: 20_000, description: 'Time for a slow reader to take something' },
  keepAliveSeconds: { default: 1_200, description: 'Longest keep-alive; 0 and longer ones are taken as this' },
  webSocketFrameBytes: { default: 262_144, description: 'Largest WebSocket frame' },
  cachedDevices: { default: 100_000, description: 'Devices whose facts are kept in memory' },
  offlineAfterIntervals: {
    default: 12,
    description: 'Expected intervals of silence after which a stale device counts as offline',
  },
  defaultIntervalMs: { default: 900_000, description: 'Expected interval of a device that declares none' },
  mappingMs: { default: 1_000, description: 'How long a mapping may take over one message before it is stopped' },
  mappingMegabytes: { default: 64, description: 'Memory of a process in which mappings run, in MiB' },
  mappingProcesses: { default: 2, description: 'Processes in which mappings run' },
  mappingQueue: {
    default: 10_000,
    description: 'Messages that wait for their mapping; beyond, connections are closed unacknowledged',
  },
  mappingQueueBytes: {
    default: 67_108_864,
    description: 'Bytes of the messages that wait for their mapping; beyond, connections are closed unacknowledged',
  },
  connectorRefreshMs: { default: 5_000, description: 'How old the known connectors of a gateway may be' },
} as const satisfies Record<string, { default: number; description: string }>

export type BrokerLimits = { [K in keyof typeof BROKER_LIMITS]: number }

/** The defaults with some of them replaced. */
export function brokerLimits(changes: Partial<BrokerLimits> = {}): BrokerLimits {
  const entries = Object.entries(BROKER_LIMITS).map(([name, limit]) => [name, limit.default])
  return { ...(Object.fromEntries(entries) as BrokerLimits), ...changes }
}
