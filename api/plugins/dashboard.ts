// Serves the built dashboard: hashed files for long, index.html with a fresh nonce for every page of it, nothing outside its folder.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { openFirstPages, type FirstPage } from '#api/pages/first-page.ts'
import { openPageHtml } from '#api/pages/page-html.ts'
import type { RouteParts } from '#api/parts.ts'
import { sendProblem } from '#api/problem.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { contentSecurityPolicy } from './security-headers.ts'

const NOT_PAGES = /^\/(api|healthz|readyz|metrics|mqtt|assets|\.well-known)(\/|$)/

/** Addresses of pages: ids of objects and of cost items (`metered:x@2026-03-10`), nothing that looks like a file or a way out. */
const PAGE_PATH = /^\/(?:[A-Za-z0-9/_:@-]|%3A|%40)*$/i

/** To be called after the routes: what no route takes is a page of the dashboard or is not there. */
export async function addDashboard(app: FastifyInstance, parts: RouteParts): Promise<void> {
  const { dashboardFolder, log } = parts
  const indexFile = join(dashboardFolder, 'index.html')
  const drawFirstPage = openFirstPages(app, parts)
  const pages = openPageHtml(dashboardFolder)
  const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    send(reply, await drawFirstPage(request))
  const send = (reply: FastifyReply, page: FirstPage | null): FastifyReply => {
    const nonce = randomBytes(16).toString('base64')
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce, page === null ? null : pages.script))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(pages.html(nonce, page))
  }
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
    // By its scripts an open page finds out whether it is the newest (dashboard/client/new-version.ts).
    app.get('/index.html', { config: { who: 'open' }, schema: { hide: true } }, (_, reply) => send(reply, null))
    app.get('/', { config: { who: 'open' }, schema: { hide: true } }, sendPage)
  }
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (isPage(request) && existsSync(indexFile)) return sendPage(request, reply)
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
