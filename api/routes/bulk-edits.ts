// Bulk edits of devices: the preview of every change, the act, and the way back.
import { BulkCount, BulkEditNew, BulkEditQuery, BulkEditShown } from '#contract/bulk-edits.ts'
import { closed, IdParams } from '#contract/common.ts'
import { DEVICE_FILTER } from '#contract/devices.ts'
import type { EditRow } from '#domain/bulk-edits/bulk-edit.ts'
import { identityOf, type Identity } from '#api/access/identity.ts'
import { createBulkEdits, type StoredBulkEdit } from '#api/bulk-edits/bulk-edits.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, iso, problems, setEtag } from './answers.ts'

const tags = ['bulk edits']
const who = ['manager'] as const
const ROWS = 50

export function addBulkEditRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const edits = createBulkEdits(parts)
  const CHOSEN: Record<string, (row: EditRow) => boolean> = {
    refused: (row) => row.refusal !== null,
    changed: (row) => row.refusal === null,
    kept: (row) => row.kept !== null,
  }
  const shownOf = async (
    identity: Identity,
    stored: StoredBulkEdit,
    { from = 0, limit = ROWS, only }: { from?: number; limit?: number; only?: string } = {},
  ): Promise<BulkEditShown> => {
    const { edit, by, rows, failure } = stored.body
    const interrupted = edits.isInterrupted(stored)
    const progress = edits.progressOf(stored.id)
    const chosen = only === undefined ? rows : rows.filter((row) => CHOSEN[only]?.(row) ?? true)
    const page = chosen.slice(from, from + limit)
    const names = new Map(
      (
        await records.listObjects({ organisation: identity.organisation }, 'devices', {
          ids: page.map(({ device }) => device),
          limit: Math.max(1, page.length),
        })
      ).items.map(({ value }) => [value.id, value.name ?? null]),
    )
    return {
      id: stored.id,
      version: stored.version,
      state: interrupted ? 'failed' : (stored.state as BulkEditShown['state']),
      by,
      at: iso(stored.createdAt),
      edit,
      total: progress?.total ?? rows.length,
      done: progress?.done ?? rows.length,
      storing: progress?.storing ?? false,
      changing: rows.filter((row) => row.refusal === null).length,
      refused: rows.filter((row) => row.refusal !== null).length,
      kept: rows.filter((row) => row.kept !== null).length,
      failure: interrupted ? edits.INTERRUPTED : failure,
      rows: page.map(({ device, changes, refusal, kept }) => ({
        device,
        name: names.get(device) ?? null,
        changes,
        refusal,
        kept,
      })),
      rowCount: chosen.length,
    }
  }

  app.post(
    '/bulk-edits',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Look what an edit would mean for devices, chosen one by one or by a filter; nothing is changed yet',
        body: BulkEditNew,
        response: { 202: BulkEditShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const id = await edits.check(identity, request.body)
      return reply.code(202).send(await shownOf(identity, await edits.get(identity, id)))
    },
  )

  app.get(
    '/bulk-edits/count',
    {
      config: { who },
      schema: {
        tags,
        summary: 'How many devices a filter gives',
        querystring: closed(DEVICE_FILTER),
        response: { 200: BulkCount, ...problems },
      },
    },
    async (request) => ({ devices: await edits.count(identityOf(request), request.query) }),
  )

  app.get(
    '/bulk-edits/:id',
    {
      config: { who },
      schema: {
        tags,
        summary: 'How far a bulk edit is, and its rows with what changes or why not',
        params: IdParams,
        querystring: BulkEditQuery,
        response: { 200: BulkEditShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await edits.get(identity, request.params.id)
      setEtag(reply, stored.version)
      return shownOf(identity, stored, request.query)
    },
  )

  for (const [step, summary] of [
    ['apply', 'Do it, in one act, but for devices that were changed since they were looked at. If-Match'],
    ['undo', 'Give every device back what it had, but for those that somebody has changed since. If-Match'],
  ] as const)
    app.post(
      `/bulk-edits/:id/${step}`,
      {
        config: { who },
        schema: { tags, summary, params: IdParams, response: { 202: BulkEditShown, ...problems } },
      },
      async (request, reply) => {
        const identity = identityOf(request)
        const stored = await edits.get(identity, request.params.id)
        checkVersion(request, stored.version)
        await edits[step](identity, stored)
        return reply.code(202).send(await shownOf(identity, await edits.get(identity, request.params.id)))
      },
    )
}
