// Documents and photos of devices and spaces: list, add, replace, change, remove, and each version as it was.
import {
  DeviceDocumentFile,
  DeviceDocumentHead,
  DeviceDocumentNew,
  DeviceDocumentPage,
  DeviceDocumentQuery,
  DeviceDocumentShown,
  FileNumberParams,
} from '#contract/device-documents.ts'
import { IdParams, Nothing, Streamed } from '#contract/common.ts'
import { Failure } from '#domain/failure.ts'
import { identityOf, type Identity } from '#api/access/identity.ts'
import {
  createDeviceDocuments,
  DOCUMENT_ROLES,
  type StoredDocument,
  type Thing,
} from '#api/device-documents/device-documents.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['documents']
const who = [...DOCUMENT_ROLES]
/** Types that a browser shows without running anything; everything else is downloaded. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

export function addDeviceDocumentRoutes(app: ApiApp, parts: RouteParts): void {
  const documents = createDeviceDocuments(parts)
  const shownOf = async (
    identity: Identity,
    { stored, thing }: { stored: StoredDocument; thing: Thing },
  ): Promise<DeviceDocumentShown> => {
    const { of, versions, ...head } = stored.body
    return {
      id: stored.id,
      version: stored.version,
      state: stored.state as DeviceDocumentShown['state'],
      premises: thing.premises.id,
      device: 'device' in of ? of.device : null,
      space: 'space' in of ? of.space : null,
      ...head,
      files: versions.map(({ name, at, by, note }, i) => ({ number: i + 1, name, at, by, note: note ?? null })),
      mayChange: await documents.mayChange(identity, thing),
    }
  }

  app.get(
    '/device-documents',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Documents and photos of a device, a space or premises that you may see, the newest first',
        querystring: DeviceDocumentQuery,
        response: { 200: DeviceDocumentPage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { device, premises, space, kind } = request.query
      if (device === undefined && premises === undefined)
        throw new Failure('bad-request', 'Ask for those of a device, or of premises.')
      const wanted = {
        ...(device === undefined ? {} : { device }),
        ...(premises === undefined ? {} : { premises }),
        ...(space === undefined ? {} : { space }),
      }
      const page = await documents.list(identity, wanted, pageOfQuery(request.query))
      const items = page.items.filter(({ stored }) => kind === undefined || stored.body.kind === kind)
      return { items: await Promise.all(items.map((one) => shownOf(identity, one))), next: page.next }
    },
  )

  app.post(
    '/device-documents',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Keep a document of a device or space; its file was sent to POST /files before',
        body: DeviceDocumentNew,
        response: { 201: DeviceDocumentShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { of, file, ...head } = request.body
      const id = await documents.add(identity, of, head, file)
      return reply.code(201).send(await shownOf(identity, await documents.get(identity, id)))
    },
  )

  app.get(
    '/device-documents/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One document with all its versions',
        params: IdParams,
        response: { 200: DeviceDocumentShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const found = await documents.get(identity, request.params.id)
      setEtag(reply, found.stored.version)
      return shownOf(identity, found)
    },
  )

  app.put(
    '/device-documents/:id',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Change title, kind, classification or validity. If-Match',
        params: IdParams,
        body: DeviceDocumentHead,
        response: { 200: DeviceDocumentShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const found = await documents.get(identity, request.params.id)
      checkVersion(request, found.stored.version)
      await documents.change(identity, found, request.body)
      return shownOf(identity, await documents.get(identity, request.params.id))
    },
  )

  app.post(
    '/device-documents/:id/files',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Replace its file by a new version; the earlier ones stay',
        params: IdParams,
        body: DeviceDocumentFile,
        response: { 201: DeviceDocumentShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      await documents.replace(identity, await documents.get(identity, request.params.id), request.body)
      return reply.code(201).send(await shownOf(identity, await documents.get(identity, request.params.id)))
    },
  )

  app.get(
    '/device-documents/:id/files/:number',
    {
      config: { who: 'viewer', saw: 'device-document' },
      schema: {
        tags,
        summary: 'One version of its file',
        params: FileNumberParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { stored } = await documents.get(identityOf(request), request.params.id)
      const { file, name } = await documents.file(stored, request.params.number)
      const shown = SHOWN.has(file.mediaType)
      reply.header('content-security-policy', "default-src 'none'; sandbox")
      reply.header('x-content-type-options', 'nosniff')
      reply.header('cache-control', 'private, no-store')
      reply.header(
        'content-disposition',
        `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      )
      reply.type(shown ? file.mediaType : 'application/octet-stream')
      return reply.send(Buffer.from(file.bytes))
    },
  )

  app.delete(
    '/device-documents/:id',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Remove it from the lists; its history stays. If-Match',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const found = await documents.get(identity, request.params.id)
      checkVersion(request, found.stored.version)
      await documents.remove(identity, found)
      return reply.code(204).send(null)
    },
  )
}
