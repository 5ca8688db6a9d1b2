// A span for each request: what route, how it ended, never what was asked. Takes the `traceparent` of whoever asks; gives its trace in the answer.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Span } from '#domain/ports/trace.ts'
import type { RouteParts } from '#api/parts.ts'

/** To be called before the routes. Costs nothing without a trace. */
export function addTracing(app: FastifyInstance, { trace }: Pick<RouteParts, 'trace'>): void {
  if (trace == null) return
  const spans = new WeakMap<FastifyRequest, Span>()
  // With a callback, so that everything after it, the route included, is within the span.
  app.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['traceparent']
    const span = trace.begin(request.method, {
      kind: 'server',
      traceparent: typeof given === 'string' ? given : undefined,
      attributes: { 'http.request.method': request.method },
    })
    spans.set(request, span)
    void reply.header('traceresponse', span.traceparent)
    trace.within(span, done)
  })
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request)
    if (span === undefined) return
    // The route as it is written, without the ids in it.
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
    span.set({ 'http.route': route, 'http.response.status_code': reply.statusCode })
    span.end(reply.statusCode >= 500 ? { failed: String(reply.statusCode) } : undefined)
  })
}
