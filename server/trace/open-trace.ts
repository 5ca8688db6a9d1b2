// Traces for OpenTelemetry (OTLP over HTTP). Loaded only when a collector is named, so that nothing is paid otherwise.
import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace as traces } from '@opentelemetry/api'
import type { Context, Span as OtelSpan, Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { TraceSettings } from '#config'
import type { Span, SpanStart, Trace } from '#domain/ports/trace.ts'
import type { Log } from '#server/log.ts'

export type OpenTrace = Trace & {
  /** Sends what is waiting, then ends; a collector that is away is not waited for longer than this. */
  close(): Promise<void>
}

/** Spans that wait for the collector; beyond, they are dropped. */
const QUEUED_SPANS = 2_048
const BATCH_SPANS = 512
const SEND_EVERY_MS = 2_000
const SEND_MS = 5_000
/** A collector that is away is told of once in this time. */
const TELL_AGAIN_MS = 600_000

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/

/** `node` tells several nodes apart. */
export function openTrace(settings: TraceSettings, { node, log }: { node: string; log: Pick<Log, 'warn'> }): OpenTrace {
  const { endpoint, ratio, messageRatio, serviceName } = settings
  // Without an endpoint of ours the exporter goes by the standard variables OTEL_EXPORTER_OTLP_….
  const exporter = new OTLPTraceExporter({
    ...(endpoint === null ? {} : { url: tracesUrl(endpoint) }),
    timeoutMillis: SEND_MS,
  })
  const resource = defaultResource().merge(
    resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': node }),
  )
  const spanProcessors = [
    new BatchSpanProcessor({
      exporter: telling(exporter, log),
      maxQueueSize: QUEUED_SPANS,
      maxExportBatchSize: BATCH_SPANS,
      scheduledDelayMillis: SEND_EVERY_MS,
      exportTimeoutMillis: SEND_MS,
    }),
  ]
  const sampler = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) })
  const provider = new TracerProvider({ resource, spanProcessors, sampler })
  const tracer = provider.getTracer('samtila')
  // Messages are chosen before anything is made for them; those that are chosen are all taken.
  const chosen = new TracerProvider({ resource, spanProcessors, sampler: new AlwaysOnSampler() })
  const messageTracer = chosen.getTracer('samtila')
  const under = new AsyncLocalStorage<OurSpan>()

  function contextOf(traceparent: string | undefined): Context {
    const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? []
    if (traceId !== undefined && spanId !== undefined)
      return traces.setSpanContext(ROOT_CONTEXT, {
        traceId,
        spanId,
        traceFlags: Number.parseInt(flags ?? '0', 16) & TraceFlags.SAMPLED,
        isRemote: true,
      })
    const parent = under.getStore()
    return parent === undefined ? ROOT_CONTEXT : parent.context
  }

  function begin(name: string, { kind = 'internal', traceparent, attributes = {} }: SpanStart = {}): OurSpan {
    const context = contextOf(traceparent)
    return new OurSpan(tracer, tracer.startSpan(name, { kind: KINDS[kind], attributes }, context))
  }

  return {
    begin,
    within: (span, work) => under.run(span as OurSpan, work),
    current: () => under.getStore() ?? null,
    beginMessage() {
      if (Math.random() >= messageRatio) return null
      return new OurSpan(messageTracer, messageTracer.startSpan('publish', { kind: KINDS.consumer }, ROOT_CONTEXT))
    },
    close: () => provider.shutdown().catch(() => undefined),
  }
}

/** `http://collector:4318` or the whole address of its traces. */
const tracesUrl = (endpoint: string): string =>
  /\/v1\/traces\/?$/.test(endpoint) ? endpoint : `${endpoint.replace(/\/+$/, '')}/v1/traces`

/** The exporter, with a word in the log when the collector takes nothing. */
function telling(exporter: OTLPTraceExporter, log: Pick<Log, 'warn'>): SpanExporter {
  let toldAt = -Infinity
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined && performance.now() - toldAt > TELL_AGAIN_MS) {
          toldAt = performance.now()
          log.warn('the collector takes no traces; they are dropped', { error: result.error.message })
        }
        done(result)
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  }
}

class OurSpan implements Span {
  readonly traceId: string
  readonly traceparent: string
  readonly context: Context
  readonly #tracer: Tracer
  readonly #span: OtelSpan

  constructor(tracer: Tracer, span: OtelSpan) {
    const { traceId, spanId, traceFlags } = span.spanContext()
    this.#tracer = tracer
    this.#span = span
    this.traceId = traceId
    this.traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
    this.context = traces.setSpan(ROOT_CONTEXT, span)
  }

  set(attributes: Parameters<Span['set']>[0]): void {
    this.#span.setAttributes(attributes)
  }

  part(name: string, fromMs: number, toMs: number, attributes: Parameters<Span['set']>[0] = {}): void {
    this.#tracer.startSpan(name, { startTime: fromMs, attributes }, this.context).end(toMs)
  }

  end(outcome?: { failed: string }): void {
    if (outcome !== undefined) {
      this.#span.setAttribute('error.type', outcome.failed)
      this.#span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.#span.end()
  }
}
