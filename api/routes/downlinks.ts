// Commands to a device: sent in the words that it speaks, through whichever gateway or bridge, and listed with what became of them.
import { IdParams, pageQuery } from '#contract/common.ts'
import { DownlinkPage, DownlinkShown, DownlinkWanted } from '#contract/downlinks.ts'
import { DOWNLINK, type DownlinkPaper } from '#domain/downlinks/downlink.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { mustSteer } from '#api/twin/steer.ts'
import type { Downlinks } from '#api/downlinks/downlinks.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf, iso, isoOrNull, notFound, pageOfQuery, problems } from './answers.ts'

export function addDownlinkRoutes(app: ApiApp, parts: RouteParts, downlinks: Downlinks): void {
  const { records, now } = parts
  const shown = ({ id, state, dueAt, createdAt, createdBy, body }: DownlinkPaper): DownlinkShown => ({
    id,
    ...body,
    state: state === 'under-way' && dueAt !== null && dueAt <= now() ? 'expired' : (state as DownlinkShown['state']),
    answeredAt: isoOrNull(body.answeredAt),
    createdAt: iso(createdAt),
    createdBy,
    expiresAt: isoOrNull(dueAt),
  })
  app.post(
    '/devices/:id/downlinks',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['devices'],
        summary: 'Send a command to a device',
        params: IdParams,
        body: DownlinkWanted,
        response: { 200: DownlinkShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const device = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (device === null) throw notFound()
      await mustSteer('steer', identity.organisation, device.value, parts)
      const { name, params = {}, expiresAt } = request.body
      const expires = expiresAt === undefined ? null : instantOf(expiresAt, 'expiresAt')
      if (expires !== null && expires <= now())
        throw new Failure('invalid-body', 'The command is over before it is sent.', {
          problems: [{ pointer: '/expiresAt', code: 'past', message: 'should be in the future' }],
        })
      return shown(await downlinks.send(device.value, { name, params, expiresAt: expires }, actorOf(identity)))
    },
  )
  app.get(
    '/devices/:id/downlinks',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['devices'],
        summary: 'Commands to a device, the newest first',
        params: IdParams,
        querystring: pageQuery({}),
        response: { 200: DownlinkPage, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const device = await records.getObject(scopeOf(request), 'devices', id)
      if (device === null) throw notFound()
      const page = await records.listPapers(scopeOf(request), DOWNLINK, {
        ...pageOfQuery(request.query),
        premises: device.value.premises,
        text: `"device":"${id}"`,
        newestFirst: true,
      })
      return { items: page.items.filter(({ body }) => body.device === id).map(shown), next: page.next }
    },
  )
}
