// Security headers of every answer, and the policy of the one page that carries a nonce for its style library.
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { RouteParts } from '#api/parts.ts'

const POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

/** The technician's pages read QR codes by camera; no other page may open it. */
const SCANS = /^\/(?:install|c\/[^/?#]*)(?:[?#]|$)/

/** The policy as one header; with a nonce, styles that carry it are taken too. */
export function contentSecurityPolicy(styleNonce: string | null): string {
  return Object.entries(POLICY)
    .map(([name, sources]) => {
      const nonce = name === 'style-src' && styleNonce !== null ? [`'nonce-${styleNonce}'`] : []
      return [name, ...sources, ...nonce].join(' ')
    })
    .join('; ')
}

export async function addSecurityHeaders(app: FastifyInstance, { settings }: RouteParts): Promise<void> {
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: settings.tls === null ? false : { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header(
      'permissions-policy',
      `accelerometer=(), camera=${SCANS.test(request.url) ? '(self)' : '()'}, geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()`,
    )
  })
  // What the API says is for the one who asked; the files of the dashboard set their own caching.
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    return payload
  })
}
