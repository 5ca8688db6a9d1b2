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

const permissions = (camera: string): string =>
  `accelerometer=(), camera=${camera}, geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()`
const NO_CAMERA = permissions('()')
const CAMERA = permissions('(self)')

/** The policy as one header; with a nonce, styles that carry it are taken too, and with a digest the one script in the page that has it. */
export function contentSecurityPolicy(styleNonce: string | null, scriptDigest: string | null = null): string {
  const more: Record<string, string | null> = {
    'style-src': styleNonce === null ? null : `'nonce-${styleNonce}'`,
    'script-src': scriptDigest,
  }
  return Object.entries(POLICY)
    .map(([name, sources]) => [name, ...sources, ...(more[name] == null ? [] : [more[name]])].join(' '))
    .join('; ')
}

export async function addSecurityHeaders(app: FastifyInstance, { settings }: RouteParts): Promise<void> {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: settings.tls === null ? false : { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  })
  // They are the same for every answer, and putting them together each time cost as much as a small answer itself.
  let always: [string, unknown][] | null = null
  app.addHook('onRequest', (request, reply, done) => {
    if (always === null) {
      const before = reply.getHeaders()
      reply.helmet()
      always = Object.entries(reply.getHeaders()).filter(([name]) => !Object.hasOwn(before, name))
    } else for (const [name, value] of always) reply.header(name, value)
    reply.header('permissions-policy', SCANS.test(request.url) ? CAMERA : NO_CAMERA)
    done()
  })
  // What the API says is for the one who asked; the files of the dashboard set their own caching.
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done()
  })
}
