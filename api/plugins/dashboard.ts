// Serves the built dashboard: hashed files for long, index.html with a fresh nonce for every page of it, nothing outside its folder.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import type { RouteParts } from '#api/parts.ts'
import { sendProblem } from '#api/problem.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { contentSecurityPolicy } from './security-headers.ts'

const NONCE_PLACE = '__NONCE__'
const NOT_PAGES = /^\/(api|healthz|readyz|metrics|mqtt|assets|\.well-known)(\/|$)/

/** Addresses of pages: ids of objects and of cost items (`metered:x@2026-03-10`), nothing that looks like a file or a way out. */
const PAGE_PATH = /^\/(?:[A-Za-z0-9/_:@-]|%3A|%40)*$/i

/** To be called after the routes: what no route takes is a page of the dashboard or is not there. */
export async function addDashboard(app: FastifyInstance, { dashboardFolder, log }: RouteParts): Promise<void> {
  const indexFile = join(dashboardFolder, 'index.html')
  if (existsSync(indexFile)) {
    await app.register(fastifyStatic, {
      root: dashboardFolder,
      index: false,
      dotfiles: 'deny',
      decorateReply: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const hashed = path.includes(join(dashboardFolder, 'assets'))
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.get('/index.html', { config: { who: 'open' }, schema: { hide: true } }, (_request, reply) =>
      sendPage(reply, indexFile),
    )
    app.get('/', { config: { who: 'open' }, schema: { hide: true } }, (_request, reply) => sendPage(reply, indexFile))
  }
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (isPage(request) && existsSync(indexFile)) return sendPage(reply, indexFile)
    return sendProblem(request, reply, new Failure('not-found', NOTHING_HERE), log)
  })
}

function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? ''
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !NOT_PAGES.test(path) &&
    PAGE_PATH.test(path) &&
    (request.headers.accept ?? '').includes('text/html')
  )
}

function sendPage(reply: FastifyReply, indexFile: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(readFileSync(indexFile, 'utf8').replaceAll(NONCE_PLACE, nonce))
}
