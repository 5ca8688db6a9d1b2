// Files: sent first, then carried by a paper; who sees such a paper may read the file.
import { Streamed } from '#contract/common.ts'
import { FILE_TYPES, FileParams, FileQuery, FileStored } from '#contract/files.ts'
import { Failure } from '#domain/failure.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'

/** Types that a browser shows without running anything; everything else is downloaded. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

export async function addFileRoutes(api: ApiApp, parts: RouteParts): Promise<void> {
  const { records, limits } = parts
  await api.register(async (app: ApiApp) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser([...FILE_TYPES], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    app.post(
      '/files',
      {
        config: { who: 'viewer' },
        bodyLimit: limits.fileBytes,
        schema: {
          tags: ['files'],
          summary: 'Keeps a file until a paper carries it (a day at most); the body is the file itself',
          querystring: FileQuery,
          response: { 201: FileStored, ...problems },
        },
      },
      async (request, reply) => {
        const { body } = request as { body: unknown }
        if (!Buffer.isBuffer(body) || body.length === 0) throw new Failure('invalid-body', 'The file is empty.')
        const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
        const digest = await records.putFile(
          { mediaType, name: request.query.name, bytes: body },
          scopeOf(request).organisation,
        )
        return reply.status(201).send({ digest, bytes: body.length })
      },
    )
  })

  api.get(
    '/files/:digest',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['files'],
        summary: 'A file that a paper you see carries',
        params: FileParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const file = await records.getFile(scopeOf(request), request.params.digest)
      if (file === null) throw notFound()
      // A parameter says that a picture came from outside: it is never opened as a page of its own.
      const [mediaType = '', fromOutside] = file.mediaType.split('; ')
      const shown = SHOWN.has(mediaType)
      if (!shown) await parts.saw(identityOf(request), { kind: 'file', id: file.digest, premises: null })
      reply.header('content-security-policy', "default-src 'none'; sandbox")
      reply.header('x-content-type-options', 'nosniff')
      reply.header('cache-control', 'private, max-age=86400, immutable')
      reply.header(
        'content-disposition',
        `${shown && fromOutside === undefined ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      )
      reply.type(shown ? mediaType : 'application/octet-stream')
      return reply.send(Buffer.from(file.bytes))
    },
  )
}
