// Opens the MQTT broker: listeners, admission, rights, and the path of readings into the store. It gets ports and clock as values.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { QuarantinedMessage, Records } from '#domain/ports/records.ts'
import type { Problem } from '#domain/failure.ts'
import { AUTHORITY } from '#domain/certificates/certificate.ts'
import type { BrokerTelemetry } from './broker-telemetry.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import type { Trace } from '#domain/ports/trace.ts'
import { createAskedRights } from './asked-rights.ts'
import type { AskedRights } from './asked-rights.ts'
import { createAdmission, isStillValid } from './admission.ts'
import { createBridgeIntake } from './bridges/bridge-intake.ts'
import { createBridges } from './bridges/bridges.ts'
import type { BridgeSettings } from './bridges/bridge-client.ts'
import type { BridgeStanding } from './bridges/bridges.ts'
import { checkBridge } from './bridges/check-bridge.ts'
import { checkConnector } from './check-connector.ts'
import type { CheckedConnector } from './check-connector.ts'
import { LISTENER } from '#domain/notification/listener.ts'
import { createMappingPool } from './codecs/mapped/mapping-pool.ts'
import { isJsonObject, parseJson } from './codecs/json.ts'
import { decodeMapped, decodePayload } from './codecs/registry.ts'
import type { DecodeAnswer, DecodeRequest } from './codecs/registry.ts'
import { createClientCertificates } from './client-certificates.ts'
import { createConnections } from './connections.ts'
import { createConnectors } from './connectors.ts'
import { countReason, createCounters } from './counters.ts'
import type { BrokerCounters } from './counters.ts'
import { createExternal } from './external/external.ts'
import type { ExternalSettings, ExternalStanding } from './external/external.ts'
import { createExternalIntake } from './external/external-intake.ts'
import { createCredentials } from './credentials.ts'
import { createDirectory } from './directory.ts'
import { createDownlinks } from './downlink/downlinks.ts'
import { createKeptRoutes } from './downlink/kept-routes.ts'
import type { Carrier, Downlinks, SentDown } from './downlink/downlinks.ts'
import type { DeviceCommand } from './downlink/families.ts'
import { createDownlinkRights } from './downlink/rights.ts'
import type { DownlinkRights } from './downlink/rights.ts'
import { openEngine, publishDown, refreshKeepAlive } from './engine.ts'
import { createIngest } from './ingest.ts'
import type { Replayed } from './ingest.ts'
import type { BrokerLimits } from './limits.ts'
import { listenTcp, listenTls } from './listeners.ts'
import type { Address, Listener, TlsListener, TlsSettings } from './listeners.ts'
import { createOrganisationListeners, isNotifyTopic } from './organisation-listeners.ts'
import { createPresence, restorePresence } from './presence.ts'
import type { PresenceAt, PresenceChange, PresenceOf, PresenceState } from './presence.ts'
import { createAnnouncements } from './announcements.ts'
import { createProposals } from './proposals.ts'
import { createPublishHandler } from './publish.ts'
import type { DeviceMessage } from './publish.ts'
import { createQuarantine } from './quarantine.ts'
import type { LiveReading } from './read-telegram.ts'
import { createRefusalLog } from './refusal-log.ts'
import { Refusal } from './refuse.ts'
import { createSessions } from './session.ts'
import { createSignals } from './signals.ts'
import type { Configuration } from './signals.ts'
import { createSparkplugHost } from './sparkplug-host.ts'
import type { Session } from './session.ts'
import type { RedisAddress } from './nodes/redis-link.ts'
import { createSessionStore } from './session-store.ts'
import type { SessionStore } from './session-store.ts'
import type { Telegram } from './telegram.ts'
import { desiredDeviceOf, isRetainedTopic, uplinkUse } from './topics.ts'
import { createUplinkMemory } from './uplink-memory.ts'
import { createUnknownDevices } from './unknown-devices.ts'
import { createUnknownListener } from './unknown-listener.ts'
import { createWatchers } from './watch.ts'
import type { WatchListener } from './watch.ts'
import { createWebSocketGate } from './web-socket.ts'

export type BrokerSettings = {
  /** The TCP listener; null for none (WebSocket only). Port 0 takes a free one. */
  tcp: Address | null
  tls: TlsSettings | null
  /** Origins of browser pages that may connect besides the API's own. */
  allowedOrigins: readonly string[]
  /** The id under which Sparkplug's edge nodes know this host; `samtila` when absent. */
  sparkplugHost?: string
  limits: BrokerLimits
}
export type BrokerOptions = {
  settings: BrokerSettings
  telemetry: BrokerTelemetry
  records: Records
  /** Opens the secrets of bridges; without it there are none. */
  sealer?: Sealer
  /** Milliseconds since 1970. */
  now: () => number
  log: (message: string) => void
  /** Gets batches of readings after they are durable. More followers can join later (`follow`). */
  onReading?: (batch: LiveReading[]) => void
  /** Gets each change of a device's presence. */
  onPresence?: (change: PresenceChange) => void
  /** Gets reported configurations and what became of commands. */
  onMessage?: (message: DeviceMessage) => void
  /** The Redis server that several nodes share; absent for one alone. */
  nodes?: RedisAddress
  /** Whether this node connects to other brokers is told by `lead`; absent: it does. */
  bridgesWhenLeading?: boolean
  /** Another broker whose devices are taken in as by our own listeners. */
  external?: ExternalSettings
  /** Takes traces of some messages. */
  trace?: Trace | null
  /** What is known of a device's configuration, for devices that ask; without it only what is retained as `desired`. */
  configurationOf?: (device: Id) => Promise<Configuration>
}
export type BrokerState = {
  tcp: Address | null
  tls: Address | null
  counters: BrokerCounters
  presence: Record<PresenceState, number>
  /** Telegrams that wait for the store. */
  waiting: number
}
export type Broker = {
  /** Takes the upgrade of `/mqtt` on the API's port. */
  handleWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): void
  state(): BrokerState
  presenceOf(device: Id): PresenceOf
  presenceAt(premises: Id): Readonly<PresenceAt>
  /** When a credential was last used since this start, and whether a connection uses it now. */
  useOfCredential(device: Id, credential: Id): { lastUsedAt: number | null; connected: boolean }
  /** Whether user name and password are a valid credential. Rejects when the records are unavailable. */
  knowsDevice(userName: string, password: string): Promise<boolean>
  /** What another broker asks that lets devices in by our credentials. */
  asked: AskedRights
  /** Follows readings as they become durable; while nobody does, they cost nothing. Gives the way to stop. */
  follow(follower: (batch: LiveReading[]) => void): () => void
  /** Follows reported configurations and what became of commands, as `onMessage` does. Gives the way to stop. */
  followMessages(follower: (message: DeviceMessage) => void): () => void
  /** Follows devices that send undeclared points, when those are stored as proposals. Gives the way to stop. */
  followProposals(follower: (devices: ReadonlySet<Id>) => void): () => void
  /** Follows devices that begin to listen to what is sent to them, each time that they come. Gives the way to stop. */
  followArrivals(follower: (device: Id) => void): () => void
  /** Sends to devices, for the API: desired configuration (retained) and firmware. */
  publish(topic: string, payload: Uint8Array | string, options: { retain: boolean; qos: 0 | 1 | 2 }): Promise<void>
  /** Sends a command to a device in the words that it speaks, through whichever gateway; answers come by `onMessage`. */
  publishToDevice(device: Id, command: DeviceCommand): Promise<SentDown>
  /** What is sent to devices behind this gateway goes by the carrier (a bridge), not by connections here. Gives the way to stop. */
  carry(gateway: Id, carrier: Carrier): () => void
  /** Reads quarantined messages again in this order, each as it was sent then: its receive time is the instant of readings that have none. */
  replay(messages: readonly QuarantinedMessage[]): Promise<Replayed[]>
  /** What a payload would be read as, by family or by an expression, without storing; never throws. */
  decode(request: DecodeRequest & { mapping?: string }, receivedAt: number): Promise<DecodeAnswer>
  /** What is wrong with the filter, codec or mapping of a connector, with JSON Pointers into it. */
  checkConnector(connector: CheckedConnector): Problem[]
  /** Watches what a gateway or bridge sends under a filter, as it comes. Gives the way to stop. */
  watch(gateway: Id, topicFilter: string, listener: WatchListener): () => void
  /** What is wrong with a bridge, with JSON Pointers into it. */
  checkBridge(bridge: BridgeSettings): Problem[]
  /** How a bridge stands; null when there is none, or when this process runs none. */
  bridgeStanding(id: Id): BridgeStanding | null
  /** Of several nodes one leads: it alone connects to other brokers. */
  lead(leads: boolean): void
  /** How the worker of an external broker stands; null where there is none. */
  externalStanding(): ExternalStanding | null
  /** How the nodes are; null for one alone. */
  cluster(): { redis: boolean; others: boolean; dropped: number } | null
  /** Resolves when what unknown devices sent so far is written, and what was being read is in the store or the quarantine. */
  settled(): Promise<void>
  /** A connector was changed: it counts from the next message on. */
  refreshConnectors(): void
  /** Stops taking, acknowledges what is durable, cuts the connections. */
  close(): Promise<void>
}

/** How long closing waits for the store to take what was received. */
const CLOSE_MS = 5_000
/** How often it is looked whose certificate has expired meanwhile, and when authorities that could not be read are read again. */
const CERTIFICATES_EVERY_MS = 5_000
const AUTHORITIES_AGAIN_MS = 1_000

/** Rejects with Failure 'wrong-setting' when it cannot listen. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { settings, telemetry, records, now, log } = options
  const { limits } = settings
  const counters = createCounters()
  const followers = new Set<(batch: LiveReading[]) => void>()
  if (options.onReading !== undefined) followers.add(options.onReading)
  /** Whoever listens must not be able to stop the broker. */
  let isStopping = false
  let isLeading = options.bridgesWhenLeading !== true
  const guarded =
    <Event>(listener: ((event: Event) => void) | undefined) =>
    (event: Event): void => {
      try {
        listener?.(event)
      } catch (error) {
        log(`a listener failed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  const tell = (batch: LiveReading[]): void => followers.forEach((follower) => guarded(follower)(batch))

  const ownPresence = createPresence(now, limits, guarded(options.onPresence))
  const directory = createDirectory(records, telemetry, ownPresence, limits)
  const sessions = createSessions((clientId) => sessionStore.ownerOf(clientId))
  const connectors = createConnectors(records, limits, now)
  const sparkplug = createSparkplugHost({
    limits,
    hostId: settings.sparkplugHost ?? 'samtila',
    now,
    send: (gateway, topic, payload) => void downlinks.sendToGateway(gateway, topic, payload, 0),
  })
  const organisationListeners = createOrganisationListeners(records)
  const downRights = createDownlinkRights(connectors.of, sparkplug.state(true).topic)
  const rights: DownlinkRights = {
    mayReceive: (device, topic) =>
      isNotifyTopic(topic) ? organisationListeners.mayHear(device, topic) : downRights.mayReceive(device, topic),
    maySubscribe: (device, filter) =>
      isNotifyTopic(filter) ? organisationListeners.mayHear(device, filter) : downRights.maySubscribe(device, filter),
  }
  const { maySubscribe } = rights
  const sessionRights = { deviceOf: sessions.openOwnerOf, maySubscribe }
  const cluster =
    options.nodes === undefined
      ? null
      : await (
          await import('./nodes/open-cluster.ts')
        ).openCluster({
          address: options.nodes,
          limits,
          counters,
          rights: sessionRights,
          sessions,
          presence: ownPresence,
          directory: () => directory,
          downlinks: () => ownDownlinks,
          now,
          log,
        })
  const sessionStore: SessionStore = cluster?.sessionStore ?? createSessionStore(limits, counters, sessionRights)
  const presence = cluster?.presence ?? ownPresence
  const credentials = createCredentials(records, (ids) => ids.forEach((id) => void recheck(id)))
  const certificates = createClientCertificates(records, now)
  const quarantine = createQuarantine(records, limits, counters)
  const proposalFollowers = new Set<(devices: ReadonlySet<Id>) => void>()
  const proposals = createProposals(records, log, (devices) =>
    proposalFollowers.forEach((one) => guarded(one)(devices)),
  )
  const announcements = createAnnouncements(records, limits.cachedDevices, log)
  const unknownDevices = createUnknownDevices({ records, limits, counters, now, log })
  const unknown = createUnknownListener({ unknownDevices, connectors, limits })
  const tellAll = (batch: LiveReading[]): void => {
    tell(batch)
    cluster?.readings(batch)
  }
  const follower = (): typeof tell | null => (followers.size === 0 && cluster?.isHeard() !== true ? null : tellAll)
  const watchers = createWatchers(limits, now)
  const stores = { telemetry, directory, presence, quarantine, proposals, announcements }
  const parts = { ...stores, connectors, unknown, watchers, sessions, sessionStore }
  const refused = createRefusalLog(records, now, log)
  const common = { limits, counters, now, log, refused, trace: options.trace ?? null }
  const mappings = createMappingPool(limits, log)
  const messageFollowers = new Set<(message: DeviceMessage) => void>()
  if (options.onMessage !== undefined) messageFollowers.add(options.onMessage)
  const message = (told: DeviceMessage): void => messageFollowers.forEach((one) => guarded(one)(told))
  const arrivalFollowers = new Set<(device: Id) => void>()
  const arrived = (device: Id): void => arrivalFollowers.forEach((one) => guarded(one)(device))
  const uplinks = createUplinkMemory(limits.cachedDevices)
  const keptRoutes = createKeptRoutes(records, limits.cachedDevices, log)
  const ownDownlinks = createDownlinks({
    ...parts,
    keptRoutes,
    limits,
    message,
    sparkplug: () => sparkplug,
    connectors: connectors.all,
    freshConnectors: connectors.fresh,
    keepsFor: sessionStore.keepsFor,
    publishNative: (topic, payload) => publish(topic, payload, false, 1),
    toExternal:
      options.external === undefined
        ? null
        : async (topic, payload) => (await external?.publish(topic, payload, 1, false)) === true,
    works: (device) => presence.presenceOf(device).state === 'works',
  })
  const downlinks: Downlinks = {
    ...ownDownlinks,
    ...cluster?.downlinks,
    carry(gateway, carrier) {
      const stops = [ownDownlinks.carry(gateway, carrier), cluster?.reached(gateway)]
      return () => stops.forEach((stop) => stop?.())
    },
  }
  const configurationOf = options.configurationOf ?? retainedConfiguration
  const signals = createSignals({ ...parts, ...common, uplinks, downlinks, message, configurationOf })
  const ingest = createIngest({ ...parts, ...common, follower, mappings, sparkplug, uplinks, downlinks, signals })
  const authorizePublish = createPublishHandler({
    ...parts,
    ...common,
    ingest,
    message,
    isListener: organisationListeners.isListener,
  })
  const bridges =
    options.sealer === undefined
      ? null
      : createBridges({
          records,
          sealer: options.sealer,
          limits,
          now,
          log,
          take: createBridgeIntake({ ...parts, ...common, ingest }),
          carry: downlinks.carry,
          async hostState(bridge) {
            await connectors.fresh()
            if (!connectors.of(bridge).some(({ codec }) => codec === 'sparkplug-b')) return null
            const { topic, payload: online } = sparkplug.state(true)
            return { topic, online, offline: sparkplug.state(false).payload }
          },
        })
  const external =
    options.external === undefined
      ? null
      : createExternal({
          settings: options.external,
          ...common,
          take: createExternalIntake({
            ...parts,
            ...common,
            ingest,
            message,
            arrived: (device) => isLeading && arrived(device),
          }),
        })
  const admission = createAdmission({
    ...common,
    credentials,
    certificates,
    sessions,
    mayWill,
    admitted,
    ...(cluster === null ? {} : { claim: cluster.sessionStore.claim }),
  })
  const engine = await openEngine({
    ...parts,
    ...common,
    admission,
    mq: cluster?.mq ?? null,
    authorizePublish,
    rights,
    freshRights: connectors.fresh,
    freshListeners: organisationListeners.reload,
  })
  engine.on('subscribe', (subscriptions, client) => {
    const session = sessions.of(client)
    // 128 is a filter that was refused.
    if (session === null || subscriptions.every(({ qos }) => (qos as number) === 128)) return
    arrived(session.device)
  })
  engine.on('clientReady', (client) => {
    const session = sessions.of(client)
    if (session === null) return
    connections.openLane(client, {
      telemetryTopic: session.telemetryTopic,
      publish: (packet, done) => authorizePublish(client, packet, done),
      heard: () => refreshKeepAlive(client),
    })
  })
  const connections = createConnections(limits, counters, (stream, request) => engine.handle(stream, request))
  const webSockets = createWebSocketGate(limits, settings.allowedOrigins, connections.accept, () =>
    countReason(counters.refusedByReason, 'wrong-origin'),
  )

  function publish(topic: string, payload: Uint8Array | string, retain: boolean, qos: 0 | 1 | 2): Promise<void> {
    return publishDown(engine, { cmd: 'publish', topic, payload: Buffer.from(payload), qos, dup: false, retain })
  }

  /** Told to the edge nodes that have this host as their primary one, also when it goes. */
  function tellHostState(isOnline: boolean): Promise<void> {
    const { topic, payload } = sparkplug.state(isOnline)
    return publish(topic, payload, true, 1)
  }

  async function retainedConfiguration(device: Id): Promise<Configuration> {
    const retained = await sessionStore.retainedOf(`samtila/v1/${device}/desired`)
    const { value } = retained === null ? { value: null } : parseJson(retained)
    return { reported: null, desired: isJsonObject(value) ? value : null }
  }

  async function mayWill(session: Session, topic: string): Promise<boolean> {
    return uplinkUse(session.device, topic) !== null || (await connectors.covering(session, topic)) !== null
  }

  /** From the accepted credential to the end of the connection: it counts as its device being there. */
  function admitted(session: Session): void {
    connections.admit(session.client)
    cluster?.came(session)
    let isOpen = true
    const arrival = directory.load(session.device).then(
      (entry) => {
        session.entry = entry
        if (entry !== null && isOpen) presence.connected(entry.presence)
        return entry !== null && isOpen ? entry : null
      },
      () => null,
    )
    const leave = (): void => {
      isOpen = false
      sessions.close(session)
      cluster?.went(session)
      void arrival.then((entry) => entry !== null && presence.disconnected(entry.presence))
    }
    if (session.client.conn.destroyed) leave()
    else session.client.conn.once('close', leave)
  }

  /** Credentials of a device were made or revoked: whoever came in with one that is no more is cut off at once. */
  async function recheck(device: Id): Promise<void> {
    await Promise.all(sessions.ofDevice(device).map(recheckSession))
    const valid = await credentials.of(device).catch(() => [])
    if (valid.length === 0 && sessions.ofDevice(device).every(({ revoked }) => revoked))
      sessionStore.forgetDevice(device)
  }

  /** Records that cannot be asked count as revoked. */
  async function recheckSession(session: Session): Promise<void> {
    if (await isStillValid(session, { credentials, certificates }).catch(() => false)) return
    session.revoked = true
    countReason(counters.refusedByReason, 'credential-revoked')
    session.client.conn.destroy(new Refusal('credential-revoked'))
  }

  const byCertificate = (): Session[] => [...sessions.all()].filter(({ certificate }) => certificate !== null)

  let secure: TlsListener | null = null

  /** An authority was added, changed or taken away. */
  async function authoritiesChanged(): Promise<void> {
    try {
      const authorities = await certificates.reload()
      secure?.trust(authorities)
    } catch (error) {
      log(`certificate authorities are not read: ${error instanceof Error ? error.message : String(error)}`)
      if (!isStopping) setTimeout(() => void authoritiesChanged(), AUTHORITIES_AGAIN_MS).unref()
    }
    for (const session of byCertificate()) void recheckSession(session)
  }
  const unfollow = [
    records.onPapers((changed) => {
      if (changed.some(({ kind }) => kind === AUTHORITY)) void authoritiesChanged()
      // One that is made is read when it subscribes; one that ends is heard of here.
      if (changed.some(({ kind }) => kind === LISTENER)) organisationListeners.reload().catch(() => {})
    }),
    // Whose a device is, and whose premises, says what a foreign authority may vouch for.
    records.onChange((changed) => {
      const isPremises = changed.some(({ kind }) => kind === 'premises')
      const ids = new Set(changed.filter(({ kind }) => kind === 'devices').map(({ id }) => id))
      if (!isPremises && ids.size === 0) return
      for (const session of byCertificate()) if (isPremises || ids.has(session.device)) void recheckSession(session)
    }),
  ]
  const expiry = setInterval(() => {
    for (const session of byCertificate())
      if (session.certificate !== null && session.certificate.certificate.validToDate.getTime() <= now())
        void recheckSession(session)
  }, CERTIFICATES_EVERY_MS).unref()

  /** A quarantined message on its way again, or why it cannot go. */
  async function telegramOf({ credential, topic, payload, truncated, at }: QuarantinedMessage) {
    const sender = { device: credential, credential, gateway: true, entry: null }
    const isOwn = uplinkUse(credential, topic)?.use === 'telemetry'
    const connector = isOwn ? null : await connectors.covering(sender, topic)
    if (!isOwn && connector === null) return 'publish-not-allowed'
    if (truncated) return 'too-large'
    const common = { sender, topic, payload, qos: 0, connector, done: (): void => {} }
    const telegram: Telegram = {
      ...common,
      receivedAt: at,
      learnedAt: now(),
      readings: 0,
      hasQuarantine: true,
      isUnkept: false,
    }
    return telegram
  }

  function acceptSecure(socket: TLSSocket): void {
    certificates.note(socket)
    connections.accept(socket)
  }

  async function listen(): Promise<{ tcp: Listener | null; tls: TlsListener | null }> {
    const tcp = settings.tcp === null ? null : await listenTcp(settings.tcp, connections.accept)
    try {
      if (settings.tls !== null) secure = await listenTls(settings.tls, limits, acceptSecure)
      await authoritiesChanged()
      return { tcp, tls: secure }
    } catch (error) {
      await tcp?.close()
      throw error
    }
  }

  async function stop(listeners: Listener[]): Promise<void> {
    isStopping = true
    clearInterval(expiry)
    for (const step of unfollow) step()
    const closed = listeners.map((listener) => listener.close())
    connections.stopReading()
    bridges?.close()
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref())
    await Promise.race([
      Promise.all([ingest.idle(), proposals.idle(), announcements.idle(), keptRoutes.idle(), unknownDevices.idle()]),
      timeout,
    ])
    ingest.stop()
    mappings.close()
    await tellHostState(false).catch(() => {})
    // The acknowledgements of the last commit are written before the connections go.
    await new Promise((resolve) => setImmediate(resolve))
    external?.close()
    await new Promise<void>((resolve) => engine.close(() => resolve()))
    webSockets.close()
    connections.destroyAll()
    unknownDevices.close()
    await cluster?.close()
    presence.close()
    directory.close()
    credentials.close()
    await Promise.all(closed)
  }

  await organisationListeners.reload().catch(() => {})
  await cluster?.start(tell)
  await tellHostState(true)
  const listening = await listen().catch(async (error: unknown) => {
    await stop([])
    throw error
  })
  if (options.bridgesWhenLeading !== true) bridges?.start()
  external?.start()
  void restorePresence(directory, telemetry, presence).catch((error: unknown) =>
    log(`presence before this start is unknown: ${error instanceof Error ? error.message : String(error)}`),
  )

  return {
    handleWebSocket: webSockets.handle,
    state: () => ({
      tcp: listening.tcp?.address ?? null,
      tls: listening.tls?.address ?? null,
      counters,
      presence: presence.counts(),
      waiting: ingest.waiting(),
    }),
    useOfCredential(device, credential) {
      const connected = sessions.ofDevice(device).some((session) => session.credential === credential)
      return { lastUsedAt: connected ? now() : credentials.usedAt(credential), connected }
    },
    async knowsDevice(userName, password) {
      const credential = await credentials.check(userName, Buffer.from(password))
      if (credential !== null) credentials.used(credential.id, now())
      return credential !== null
    },
    asked: createAskedRights({ limits, credentials, connectors, rights, listeners: organisationListeners, now }),
    presenceOf: presence.presenceOf,
    presenceAt: presence.presenceAt,
    follow(follower) {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    followMessages(follower) {
      messageFollowers.add(follower)
      return () => void messageFollowers.delete(follower)
    },
    followProposals(follower) {
      proposalFollowers.add(follower)
      return () => void proposalFollowers.delete(follower)
    },
    followArrivals(follower) {
      arrivalFollowers.add(follower)
      return () => void arrivalFollowers.delete(follower)
    },
    async publish(topic, payload, { retain, qos }) {
      const isRetained = retain && isRetainedTopic(topic)
      await publish(topic, payload, isRetained, qos)
      await external?.publish(topic, payload, qos, isRetained)
      // A device that came from ThingsBoard hears of its desired configuration as of shared attributes.
      const device = desiredDeviceOf(topic)
      if (device !== null) await downlinks.sendToGateway(device, 'v1/devices/me/attributes', payload, 1)
    },
    publishToDevice: downlinks.publishToDevice,
    carry: downlinks.carry,
    async replay(messages) {
      const answers: Replayed[] = []
      const telegrams: Telegram[] = []
      const placeOf: number[] = []
      for (const [place, message] of messages.entries()) {
        const telegram = await telegramOf(message)
        answers.push({ stored: 0, refused: typeof telegram === 'string' ? telegram : null })
        if (typeof telegram === 'string') continue
        telegrams.push(telegram)
        placeOf.push(place)
      }
      for (const [index, answer] of (await ingest.replay(telegrams)).entries()) answers[placeOf[index] ?? 0] = answer
      return answers
    },
    async decode({ mapping, ...request }, receivedAt) {
      if (mapping === undefined) return decodePayload(request, receivedAt)
      return decodeMapped({ ...request, mapping }, receivedAt, mappings.run)
    },
    checkConnector: (connector) => checkConnector(connector, limits),
    watch: (gateway, topicFilter, listener) => watchers.watch(gateway, topicFilter, guarded(listener)),
    checkBridge: (bridge) => checkBridge(bridge, limits),
    bridgeStanding: (id) => bridges?.standingOf(id) ?? null,
    async settled() {
      await ingest.settled()
      await unknownDevices.idle()
    },
    refreshConnectors: connectors.refresh,
    lead(leads) {
      if (leads === isLeading || isStopping) return
      isLeading = leads
      if (leads) bridges?.start()
      else bridges?.rest()
    },
    externalStanding: () => external?.standing() ?? null,
    cluster: () => cluster?.state() ?? null,
    close: () => stop([listening.tcp, listening.tls].filter((listener) => listener !== null)),
  }
}
