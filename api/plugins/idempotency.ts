// Idempotency-Key on POST: the same key with the same body gets the same answer again and changes nothing; with another body it is refused.
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { findIdentity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'

const KEY = /^[\x21-\x7e]{1,128}$/
const MAX_ANSWER_CHARACTERS = 1_048_576
type Kept = { actor: string; key: string; bodyHash: string; done: () => void }
const KEPT = 'idempotentRequest'

/** Adds the hooks; to be called before any route is registered, after access. */
export function addIdempotency(app: FastifyInstance, { records, now, log }: RouteParts): void {
  const running = new Map<string, Promise<void>>()
  app.decorateRequest(KEPT, null)

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    const identity = findIdentity(request)
    if (key === undefined || request.method !== 'POST' || identity === null) return
    if (typeof key !== 'string' || !KEY.test(key))
      throw new Failure('bad-request', 'Idempotency-Key has 1 to 128 visible characters.')
    const actor = `${identity.kind}:${identity.id}`
    const bodyHash = createHash('sha256')
      .update(`${request.url}\n`)
      .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
      .digest('hex')
    const place = `${actor} ${key}`
    // The same key while the first is still at work waits for its answer.
    for (let before = running.get(place); before !== undefined; before = running.get(place)) await before
    let done = (): void => {}
    running.set(
      place,
      new Promise((resolve) => {
        done = () => {
          running.delete(place)
          resolve()
        }
      }),
    )
    request.setDecorator<Kept>(KEPT, { actor, key, bodyHash, done })
    const known = await records.getIdempotent(actor, key)
    if (known === null) return
    if (known.bodyHash !== bodyHash)
      throw new Failure('conflict', 'This Idempotency-Key was used with another request.')
    if (showsSecret(request))
      throw new Failure(
        'conflict',
        'This was done already with the same Idempotency-Key; its secret was shown that once.',
      )
    return sendAgain(reply, known.status, known.answer)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const kept = request.getDecorator<Kept | null>(KEPT)
    if (kept === null || reply.hasHeader('idempotency-replayed')) return payload
    // Only what was done is kept: what was refused is tried anew.
    const text = payload === null || payload === undefined ? '' : payload
    if (reply.statusCode < 400 && typeof text === 'string' && text.length <= MAX_ANSWER_CHARACTERS)
      try {
        await records.putIdempotent(
          kept.actor,
          kept.key,
          kept.bodyHash,
          reply.statusCode,
          showsSecret(request) ? '' : text,
          now(),
        )
      } catch (error) {
        // The change is made: a refusal now would have it made twice.
        log.warn('the answer to an Idempotency-Key is not kept', { error: String(error) })
      }
    return payload
  })
  const release = async (request: FastifyRequest): Promise<void> => request.getDecorator<Kept | null>(KEPT)?.done()
  app.addHook('onResponse', release)
  app.addHook('onRequestAbort', release)
}

/** Secrets are shown once and kept nowhere: such an answer cannot be given again. */
const showsSecret = (request: FastifyRequest): boolean => request.routeOptions.config.showsSecret === true

function sendAgain(reply: FastifyReply, status: number, answer: string): FastifyReply {
  reply.code(status).header('idempotency-replayed', 'true')
  if (answer === '') return reply.send()
  return reply
    .type('application/json; charset=utf-8')
    .serializer((text: unknown) => String(text))
    .send(answer)
}
