// Prometheus metrics at /metrics: for peers on this machine without proxy, or with a token of the operator.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { findIdentity } from '#api/access/identity.ts'
import type { BrokerCounts, RouteParts } from '#api/parts.ts'

/** To be called before the routes whose times it measures. */
export function addMetrics(app: FastifyInstance, { broker, telemetry }: RouteParts): void {
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
  gauge('samtila_telemetry_readings', 'Readings in the telemetry store', () => telemetry.state().readings)
  gauge('samtila_telemetry_bytes', 'Bytes of the telemetry store', () => telemetry.state().bytes)
  gauge('samtila_telemetry_queued', 'Readings added and not yet durable', () => telemetry.state().queued)
  gauge('samtila_telemetry_ready', '1 when the telemetry store takes readings', () =>
    telemetry.state().state === 'ready' ? 1 : 0,
  )
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
