// START of the API: puts plugins and routes together. Creates everything, starts nothing; whoever made it listens and closes it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createHttpServer } from 'node:http'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify, type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSaw } from './access/saw.ts'
import { readApiLimits } from './limits.ts'
import type { ApiParts, RouteParts } from './parts.ts'
import { addAccess } from './plugins/access.ts'
import { addBodies } from './plugins/bodies.ts'
import { addCompression, COMPRESSED_FROM_BYTES } from './plugins/compression.ts'
import { addDashboard } from './plugins/dashboard.ts'
import { addIdempotency } from './plugins/idempotency.ts'
import { addMetrics } from './plugins/metrics.ts'
import { addOpenApi, addReader } from './plugins/openapi.ts'
import { addRateLimits } from './plugins/rate-limits.ts'
import { addSecurityHeaders } from './plugins/security-headers.ts'
import { addTracing } from './plugins/tracing.ts'
import { sendProblem } from './problem.ts'
import { addRoutes } from './routes/all.ts'
import { serializerCompiler, validatorCompiler } from './schema-compilers.ts'

/** Fastify with types by the schemas of the contract. */
export type ApiApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

const HEADERS_MS = 20_000
const KEEP_ALIVE_MS = 72_000
const MAX_HEADER_BYTES = 16_384

const versionOfProgram = (): string => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

/**
 * Makes the API and all that is served beside it on one port: dashboard, metrics, MQTT over WebSocket.
 * @throws whatever makes a start pointless: a route without access rule, a certificate that is none.
 */
export async function createApi(given: ApiParts): Promise<FastifyInstance> {
  const parts: RouteParts = {
    ...given,
    limits: readApiLimits(given.settings.limits),
    version: versionOfProgram(),
    sessionsSeen: { startedAt: given.now(), at: new Map() },
    saw: createSaw(given.records, given.now),
  }
  const { settings, limits, log, broker } = parts
  const app: ApiApp = fastify({
    serverFactory: (handler) => {
      const server =
        settings.tls === null
          ? createHttpServer({ maxHeaderSize: MAX_HEADER_BYTES }, handler)
          : createHttpsServer({ ...settings.tls, minVersion: 'TLSv1.2', maxHeaderSize: MAX_HEADER_BYTES }, handler)
      server.headersTimeout = HEADERS_MS
      server.requestTimeout = limits.requestMs
      server.keepAliveTimeout = KEEP_ALIVE_MS
      return server
    },
    logger: false,
    trustProxy: false,
    bodyLimit: limits.bodyBytes,
    handlerTimeout: limits.requestMs,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: false },
    requestIdHeader: false,
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, error, log),
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setValidatorCompiler(validatorCompiler() as never)
  app.setSerializerCompiler(serializerCompiler as never)
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error, log))
  addTracing(app, parts)
  addBodies(app, parts)
  await app.register(cookie)
  await addSecurityHeaders(app, parts)
  addCompression(app)
  await app.register(compress, {
    global: true,
    globalDecompression: false,
    encodings: ['gzip', 'deflate'],
    threshold: COMPRESSED_FROM_BYTES,
  })
  addAccess(app, parts)
  await addRateLimits(app, parts)
  addIdempotency(app, parts)
  addMetrics(app, parts)
  const readDocument = await addOpenApi(app)
  await addRoutes(app, parts)
  await addReader(app, readDocument)
  await addDashboard(app, parts)

  app.addHook('onResponse', async (request, reply) => {
    // The secrets of a reporter's link and of a person's calendar are nobody else's.
    const path = (request.url.split('?', 1)[0] ?? '').replace(/^(\/f|\/api\/v1\/calendars)\/.*/, '$1/…')
    log.debug('request', { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
  app.server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
    if ((request.url ?? '').split('?', 1)[0] === '/mqtt') broker.handleWebSocket(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  })
  return app
}
