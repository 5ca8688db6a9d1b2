// Compresses the texts of answers whole: through a stream it cost several times more. What is streamed is left to @fastify/compress.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

/** What goes out with the first packets of a connection comes no sooner for being smaller. */
export const COMPRESSED_FROM_BYTES = 14_000
/** The quickest level: answers are made anew each time. */
const LEVEL = 1
const TEXTS = /^(application\/(problem\+)?json|text\/)/

const compressed = promisify(gzip)

/** To be called before @fastify/compress is registered, which leaves alone what is compressed. */
export function addCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < COMPRESSED_FROM_BYTES) return payload
    if (reply.hasHeader('content-encoding') || !TEXTS.test(String(reply.getHeader('content-type')))) return payload
    if (!/\bgzip\b(?!;\s*q=0(\.0*)?(,|$))/.test(request.headers['accept-encoding'] ?? '')) return payload
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length')
    return compressed(payload, { level: LEVEL })
  })
}
