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
  messagesUnderWay: {
    default: 50_000,
    description:
      'Messages of all devices that are read and not yet answered; beyond, sockets are read no further and TCP slows the senders',
  },
  turnMs: {
    default: 6,
    description:
      'How long messages are read in one turn of the event loop; then acknowledgements, requests and the next commit get theirs',
  },
  gatherMs: {
    default: 10,
    description:
      'Least time between two commits while 64 messages or more come in each: they share reads, writes and the disk',
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
  quarantinedPerSecond: {
    default: 200,
    description:
      'Messages a second of one credential that are set aside, each 4 KiB counting as one; then it is slowed down',
  },
  quarantinedBurst: {
    default: 2_000,
    description: 'Messages that one credential may have set aside at once before it is slowed down',
  },
  quarantineRows: {
    default: 10_000,
    description: 'Topics and reasons of one credential that the quarantine tells apart until the next start',
  },
  proposedPointsPerDevice: { default: 200, description: 'Undeclared keys of one device that become proposed points' },
  unknownDevices: {
    default: 10_000,
    description: 'Unknown devices behind gateways that wait in the inbox or are ignored',
  },
  unknownDevicesPerGateway: {
    default: 1_000,
    description: 'Unknown devices of one gateway in the inbox; further ones appear when there is room again',
  },
  unknownPointsPerDevice: { default: 64, description: 'Keys that the inbox shows of one unknown device' },
  unknownDeviceDays: {
    default: 90,
    description: 'Days after which an unknown device that is no longer heard leaves the inbox',
  },
  retainedMessages: { default: 100_000, description: 'Retained messages' },
  retainedBytes: { default: 67_108_864, description: 'Bytes of all retained messages' },
  retainedMessageBytes: { default: 16_384, description: 'Bytes of one retained message' },
  offlineSessions: { default: 20_000, description: 'Sessions kept for clients that are away' },
  offlineMessages: { default: 100, description: 'Messages kept for one client that is away; the oldest goes first' },
  sessionSeconds: {
    default: 604_800,
    description: 'How long the session of a client that is away is kept where several nodes share them',
  },
  nodeBatches: {
    default: 256,
    description: 'Batches of readings on their way to the other nodes; those beyond are not told live, and counted',
  },
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
  sparkplugNodes: { default: 1_000, description: 'Sparkplug edge nodes of one gateway' },
  sparkplugMetrics: {
    default: 100_000,
    description: 'Metrics and devices of all Sparkplug edge nodes of one gateway that are remembered from their births',
  },
  sparkplugRebirthMs: { default: 30_000, description: 'Time between two requests for the births of one edge node' },
  pendingCommands: { default: 10_000, description: 'Commands whose answers are waited for; the oldest goes first' },
  watchedPerSecond: { default: 20, description: 'Messages a second that one person who watches a gateway is shown' },
  watchedBytes: { default: 16_384, description: 'Bytes of a watched message that are shown' },
  bridgeInFlight: { default: 1_000, description: 'Messages of one bridge that are not yet durable and acknowledged' },
  bridgePauseMs: { default: 120_000, description: 'Longest pause before a bridge tries to connect again' },
  bridgeSessionSeconds: {
    default: 604_800,
    description: 'How long another broker is asked to keep what it has for a bridge that is away (MQTT 5)',
  },
  externalInFlight: {
    default: 2_000,
    description: 'Messages of an external broker that are not yet durable; it sends no more until some are',
  },
  connectorRefreshMs: { default: 5_000, description: 'How old the known connectors of a gateway may be' },
} as const satisfies Record<string, { default: number; description: string }>

export type BrokerLimits = { [K in keyof typeof BROKER_LIMITS]: number }

/** The defaults with some of them replaced. */
export function brokerLimits(changes: Partial<BrokerLimits> = {}): BrokerLimits {
  const entries = Object.entries(BROKER_LIMITS).map(([name, limit]) => [name, limit.default])
  return { ...(Object.fromEntries(entries) as BrokerLimits), ...changes }
}
