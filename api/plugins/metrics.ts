// Prometheus metrics at /metrics: for peers on this machine without proxy, or with a token of the operator.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { findIdentity } from '#api/access/identity.ts'
import type { BrokerCounts, RouteParts } from '#api/parts.ts'

/** To be called before the routes whose times it measures. */
export function addMetrics(
  app: FastifyInstance,
  { broker, telemetry, alarms, notification, recordsAwaySince }: RouteParts,
): void {
  const registers = [new Registry()]
  const registry = registers[0] as Registry
  collectDefaultMetrics({ register: registry })
  const fromBroker = (name: string, help: string, pick: keyof BrokerCounts): void => {
    // The broker counts; each scrape takes its figure as it stands.
    const counter = new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(Number(broker.counts()[pick]))
      },
    })
    void counter
  }
  fromBroker('samtila_readings_stored_total', 'Readings made durable since start', 'stored')
  fromBroker('samtila_readings_duplicate_total', 'Readings that were there already', 'duplicate')
  fromBroker(
    'samtila_readings_superseded_total',
    'Readings that replaced another value of the same instant',
    'superseded',
  )
  fromBroker('samtila_readings_quarantined_total', 'Readings and messages put into quarantine', 'quarantined')
  fromBroker('samtila_messages_acknowledged_total', 'Messages acknowledged to devices', 'acknowledged')
  fromBroker('samtila_messages_lost_qos0_total', 'QoS 0 messages that the store did not take', 'messagesLostQos0')
  fromBroker(
    'samtila_readings_lost_qos0_total',
    'Readings of these messages; of each that could not even be read, one',
    'lostQos0',
  )
  fromBroker('samtila_messages_held_total', 'Messages that waited for a store that was away', 'held')
  fromBroker('samtila_messages_delayed_total', 'Messages slowed down by the pace of their sender', 'delayed')
  const gauge = (name: string, help: string, read: () => number): void => {
    const made = new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
    void made
  }
  gauge('samtila_connections', 'Open MQTT connections', () => broker.counts().connections)
  if (broker.cluster() !== null) {
    gauge('samtila_redis_ready', '1 while Redis answers this node', () => (broker.cluster()?.redis === true ? 1 : 0))
    gauge('samtila_node_batches_dropped', 'Batches of readings that other nodes were not told live', () =>
      Number(broker.cluster()?.dropped),
    )
  }
  if (broker.externalStanding() !== null) {
    gauge('samtila_external_connected', '1 while this worker has its connection to the external broker', () =>
      broker.externalStanding()?.connectedSince == null ? 0 : 1,
    )
    gauge('samtila_external_in_flight', 'Messages of the external broker that are not yet durable', () =>
      Number(broker.externalStanding()?.inFlight),
    )
  }
  gauge('samtila_messages_waiting', 'Messages that wait to become durable', () => broker.counts().waiting)
  gauge('samtila_telemetry_readings', 'Readings in the telemetry store', () => telemetry.state().readings)
  gauge('samtila_telemetry_bytes', 'Bytes of the telemetry store', () => telemetry.state().bytes)
  gauge('samtila_telemetry_queued', 'Readings added and not yet durable', () => telemetry.state().queued)
  gauge('samtila_telemetry_ready', '1 when the telemetry store takes readings', () =>
    telemetry.state().state === 'ready' ? 1 : 0,
  )
  gauge('samtila_records_ready', '1 while the records (registry, ledger, papers) answer', () =>
    recordsAwaySince?.() == null ? 1 : 0,
  )
  if (alarms !== undefined) {
    gauge('samtila_alarm_rules', 'Alarm rules that are on', () => alarms.counts().rules)
    gauge(
      'samtila_alarm_watches',
      'Devices that alarm rules watch, each counted once per rule',
      () => alarms.counts().watches,
    )
    gauge('samtila_alarm_unwritten', 'Changes of alarms that are not written yet', () => alarms.counts().waiting)
    gauge(
      'samtila_alarm_write_seconds',
      'How long the last change of an alarm waited to be written',
      () => alarms.counts().writeMs / 1000,
    )
    gauge('samtila_alarm_lag_seconds', 'How late the last alarm was raised', () => alarms.counts().lagMs / 1000)
    const standing = new Gauge({
      name: 'samtila_alarms_standing',
      help: 'Alarms that stand, by severity',
      labelNames: ['severity'],
      registers,
      collect() {
        for (const [severity, count] of Object.entries(alarms.counts().standing)) this.set({ severity }, count)
      },
    })
    void standing
    const total = (name: string, help: string, pick: 'raised' | 'cleared'): void => {
      const counter = new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(alarms.counts()[pick])
        },
      })
      void counter
    }
    total('samtila_alarms_raised_total', 'Alarms raised since start', 'raised')
    total('samtila_alarms_cleared_total', 'Alarms cleared by the engine since start', 'cleared')
  }
  if (notification !== undefined) {
    const { counts } = notification
    const deliveries = new Counter({
      name: 'samtila_notification_deliveries_total',
      help: 'Mails and webhook messages by what became of a try: sent, failed (tried again), dead, dropped',
      labelNames: ['channel', 'state'],
      registers,
      collect() {
        this.reset()
        const { mail, webhook } = counts()
        for (const [channel, states] of Object.entries({ mail, webhook }))
          for (const [state, count] of Object.entries(states)) this.inc({ channel, state }, count)
      },
    })
    void deliveries
    const since = (name: string, help: string, pick: 'occurrences' | 'notices' | 'published' | 'escalations'): void =>
      gauge(name, help, () => counts()[pick])
    since('samtila_notification_occurrences', 'Occurrences told of since start', 'occurrences')
    since('samtila_notification_notices', 'Notices put into the product since start', 'notices')
    since('samtila_notification_published', 'Messages to MQTT listeners since start', 'published')
    since('samtila_notification_escalations', 'Escalations begun since start', 'escalations')
  }
  const seconds = new Histogram({
    name: 'samtila_http_request_seconds',
    help: 'Time to answer by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { config: { who: 'open' }, schema: { hide: true } }, async (request, reply) => {
    if (!isLocal(request) && findIdentity(request)?.organisation !== null)
      throw new Failure('not-signed-in', 'From outside this machine, metrics need a token of the operator.')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** A peer on this machine that is no proxy for someone else. */
function isLocal(request: FastifyRequest): boolean {
  const proxied = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in request.headers)
  return !proxied && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
}
