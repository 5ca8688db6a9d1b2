// Reads bodies: JSON only, not deeper than the limit, without keys that reach into prototypes, not compressed.
import type { FastifyInstance } from 'fastify'
import { Failure } from '#domain/failure.ts'
import type { RouteParts } from '#api/parts.ts'

export function addBodies(app: FastifyInstance, { limits }: RouteParts): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity')
      return done(new Failure('unsupported-type', 'Bodies are taken uncompressed only.'))
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    if (isDeeperThan(text, limits.jsonDepth))
      return done(new Failure('invalid-body', `JSON may be nested ${limits.jsonDepth} deep at most.`))
    return parse(request, text, done)
  })
}

/** Whether brackets outside texts open more than `limit` at a time; one pass, before anything recursive sees the text. */
export function isDeeperThan(json: string, limit: number): boolean {
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i)
    if (c === 34) {
      i++
      while (i < json.length && json.charCodeAt(i) !== 34) i += json.charCodeAt(i) === 92 ? 2 : 1
    } else if (c === 123 || c === 91) {
      if (++depth > limit) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}
