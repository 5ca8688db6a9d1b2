// Plans of storeys: sent as pictures, shown with their devices, changed and withdrawn. A picture runs nothing, wherever it is opened.
import { IdParams, Nothing, Streamed } from '#contract/common.ts'
import {
  PLAN_TYPES,
  PlacementsChange,
  PlanChange,
  PlanList,
  PlanListQuery,
  PlanOpened,
  PlanSendQuery,
  PlanSent,
  PlanShown,
} from '#contract/plans.ts'
import { Failure } from '#domain/failure.ts'
import { identityOf } from '#api/access/identity.ts'
import { isDelicateType } from '#api/devices/delicate.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { cleanPicture } from '#api/plans/plan-picture.ts'
import { createPlans } from '#api/plans/plans.ts'
import { dateOf, problems, setEtag, versionOfIfMatch } from './answers.ts'

const WHO = ['technician', 'manager'] as const
const tags = ['plans']

export async function addPlanRoutes(api: ApiApp, parts: RouteParts): Promise<void> {
  const { limits } = parts
  const plans = createPlans(parts)

  api.get(
    '/premises/:id/plans',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The plan of each storey that holds on a date (today), from the lowest storey',
        params: IdParams,
        querystring: PlanListQuery,
        response: { 200: PlanList, ...problems },
      },
    },
    async (request) => {
      const { at, all = false } = request.query
      const date = at === undefined ? null : dateOf(at, 'at')
      return { items: await plans.list(identityOf(request), request.params.id, date, all) }
    },
  )
  await api.register(async (app: ApiApp) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser([...PLAN_TYPES], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post(
      '/premises/:id/plans',
      {
        config: { who: WHO },
        bodyLimit: limits.planBytes,
        schema: {
          tags,
          summary:
            'Keeps a picture (SVG, PNG, JPEG, WebP) as the plan of a storey from a day on; the body is the picture. Places are taken over from the plan before',
          params: IdParams,
          querystring: PlanSendQuery,
          response: { 201: PlanSent, ...problems },
        },
      },
      async (request, reply) => {
        const { body } = request as { body: unknown }
        if (!Buffer.isBuffer(body) || body.length === 0) throw new Failure('invalid-body', 'The picture is empty.')
        const { from } = request.query
        if (from !== undefined) dateOf(from, 'from')
        const picture = cleanPicture(body, limits.planPixels)
        const plan = await plans.send(identityOf(request), request.params.id, request.query, picture)
        setEtag(reply, plan.version)
        return reply.status(201).send({ plan, leftOut: picture.leftOut })
      },
    )
  })
  api.get(
    '/plans/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One plan, with the devices that stand on it and those of its storey that do not',
        params: IdParams,
        response: { 200: PlanOpened, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const opened = await plans.open(identity, request.params.id)
      setEtag(reply, opened.plan.version)
      // Where doors, locks, alarms and cameras are.
      if (opened.devices.some(({ device }) => isDelicateType(device.type)))
        await parts.saw(identity, { kind: 'plan', id: opened.plan.id, premises: opened.plan.premises })
      return opened
    },
  )
  api.get(
    '/plans/:id/picture',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The picture of a plan, for an img element: it runs, loads and opens nothing',
        params: IdParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { bytes, mediaType, name } = await plans.picture(identityOf(request), request.params.id)
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
      reply.header('x-content-type-options', 'nosniff')
      reply.header('cache-control', 'private, max-age=300')
      reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`)
      return reply.type(mediaType).send(Buffer.from(bytes))
    },
  )
  api.put(
    '/plans/:id',
    {
      config: { who: WHO },
      schema: {
        tags,
        summary: 'Changes the storey, the day, who sees it, its scale, or the outlines of spaces',
        params: IdParams,
        body: PlanChange,
        response: { 200: PlanShown, ...problems },
      },
    },
    async (request, reply) => {
      const { storey, from, shownTo, widthM, outlines } = request.body
      if (from !== undefined) dateOf(from, 'from')
      const plan = await plans.change(identityOf(request), request.params.id, mustMatch(versionOfIfMatch(request)), {
        ...(storey === undefined ? {} : { storey }),
        ...(from === undefined ? {} : { from }),
        ...(shownTo === undefined ? {} : { shownTo }),
        ...(widthM === undefined ? {} : { widthM }),
        ...(outlines === undefined ? {} : { outlines }),
      })
      setEtag(reply, plan.version)
      return plan
    },
  )
  api.put(
    '/plans/:id/placements',
    {
      config: { who: WHO },
      schema: {
        tags,
        summary: 'Puts devices on the plan, moves them, or takes them off it',
        params: IdParams,
        body: PlacementsChange,
        response: { 200: PlanShown, ...problems },
      },
    },
    async (request, reply) => {
      const { place, remove } = request.body
      const plan = await plans.place(identityOf(request), request.params.id, mustMatch(versionOfIfMatch(request)), {
        ...(place === undefined ? {} : { place }),
        ...(remove === undefined ? {} : { remove }),
      })
      setEtag(reply, plan.version)
      return plan
    },
  )
  api.delete(
    '/plans/:id',
    {
      config: { who: WHO },
      schema: { tags, summary: 'Withdraws a plan', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await plans.withdraw(identityOf(request), request.params.id)
      return reply.status(204).send(null)
    },
  )
}

function mustMatch(version: number | null): number {
  if (version === null)
    throw new Failure('precondition-required', 'Send If-Match with the ETag of the plan as you have seen it.')
  return version
}
