// The twin of a device: what is desired, reported, and differs; its commands; and who may steer it.
import { IdParams, Nothing, pageQuery } from '#contract/common.ts'
import {
  CommandPage,
  CommandParams,
  CommandShown,
  CommandWanted,
  SteeringShown,
  TwinChange,
  TwinHistory,
  TwinShown,
  type FieldShown,
} from '#contract/twins.ts'
import { Failure } from '#domain/failure.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { COMMAND, type CommandPaper, type CommandState } from '#domain/twin/command.ts'
import { commandsOfType, isAccessType } from '#domain/twin/command-types.ts'
import { checkDesired, configurationOfType } from '#domain/twin/configuration.ts'
import type { Fields, JsonObject } from '#domain/twin/field.ts'
import { driftOf, TWIN, type Twin } from '#domain/twin/twin.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import { seesFirmware } from '#api/firmware/reported-version.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { commandProblems, expiryOf, isRepeatable } from '#api/twin/check-command.ts'
import { deviceWithTwin } from '#api/twin/seen-device.ts'
import { mustSteer, steeringOf } from '#api/twin/steer.ts'
import type { TwinParts } from '#api/twin/open-twin-parts.ts'
import { checkVersion, instantOf, iso, isoOrNull, notFound, pageOfQuery, problems, setEtag } from './answers.ts'

/** Who steers, besides the right that the agreement gives the organisation. */
export const STEERING_ROLES = ['technician', 'manager'] as const
const STEERING = { who: [...STEERING_ROLES] }
const tags = ['twin']
const LONGEST_HISTORY = 200

export function addTwinRoutes(app: ApiApp, parts: RouteParts, { twins, commands }: TwinParts): void {
  const { records, broker, limits, now } = parts

  const twinShown = (device: Device, twin: Twin, version: number): TwinShown => ({
    device: device.id,
    version,
    desired: twin.desired,
    desiredVersion: twin.desiredVersion,
    desiredAt: isoOrNull(twin.desiredAt),
    desiredBy: twin.desiredBy,
    reported: twin.reported,
    reportedVersion: twin.reportedVersion,
    reportedAt: isoOrNull(twin.reportedAt),
    drift: driftOf(twin).map((one) => ({ ...one, since: iso(one.since) })),
    connected: broker.presence(device.id).connected,
    fields: fieldsShown(configurationOfType(device.type)),
  })

  app.get(
    '/devices/:id/twin',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What is desired of a device, what it reports, and where they differ since when',
        params: IdParams,
        response: { 200: TwinShown, ...problems },
      },
    },
    async (request, reply) => {
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      const { twin, version } = await twins.get(device.id)
      setEtag(reply, version)
      const sees = await seesFirmware(records, scopeOf(request), device.id)
      return twinShown(device, sees ? twin : { ...twin, reported: withoutFirmware(twin.reported) }, version)
    },
  )

  app.patch(
    '/devices/:id/twin',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Change what is desired of a device: keys of the body replace, null takes a key away',
        params: IdParams,
        body: TwinChange,
        response: { 200: TwinShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      await mustSteer('steer', identity.organisation, device, parts)
      const desired = request.body.desired as JsonObject
      const found = checkDesired(device.type, desired, '/desired')
      if (found.length > 0)
        throw new Failure('invalid-body', 'This cannot be desired of such a device.', { problems: found })
      if (request.headers['if-match'] !== undefined) checkVersion(request, (await twins.get(device.id)).version)
      await twins.setDesired(device.id, device.premises, desired, actorOf(identity))
      const { twin, version } = await twins.get(device.id)
      setEtag(reply, version)
      return twinShown(device, twin, version)
    },
  )

  app.get(
    '/devices/:id/twin/history',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Former versions of the twin, the newest first',
        params: IdParams,
        response: { 200: TwinHistory, ...problems },
      },
    },
    async (request) => {
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      const history = await records.paperHistory(ALL, TWIN, device.id)
      const sees = await seesFirmware(records, scopeOf(request), device.id)
      return {
        items: history
          .slice(-LONGEST_HISTORY)
          .toReversed()
          .map(({ version, changedAt, changedBy, body: { desired, reported } }) => ({
            version,
            changedAt: iso(changedAt),
            changedBy,
            desired,
            reported: sees ? reported : withoutFirmware(reported),
          })),
      }
    },
  )

  app.get(
    '/devices/:id/steering',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Whether you may steer a device, by what right, and else who may',
        params: IdParams,
        response: { 200: SteeringShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      const answer = (await steeringOf('steer', device.premises, parts))(identity.organisation, device)
      const organisations = await Promise.all(
        (answer.allowed ? [] : answer.organisations).map(async (id) => ({
          id,
          name: (await records.getObject(ALL, 'organisations', id))?.value.name ?? null,
        })),
      )
      const hasSteeringRole = hasRole(identity, STEERING_ROLES)
      return {
        allowed: answer.allowed && hasSteeringRole,
        ground: answer.allowed ? answer.ground : null,
        reason: answer.allowed ? (hasSteeringRole ? null : ('role' as const)) : answer.reason,
        organisations,
        access: isAccessType(device.type),
        commands: commandsOfType(device.type).map(({ name, title, repeatable, params }) => ({
          name,
          title,
          repeatable,
          params: fieldsShown(params) ?? [],
        })),
      }
    },
  )

  app.post(
    '/devices/:id/commands',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Give a device a command: at once if it listens, else when it comes, until it expires',
        params: IdParams,
        body: CommandWanted,
        response: { 201: CommandShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      const ground = await mustSteer('steer', identity.organisation, device, parts)
      const { name, expiresAt, repeatable = false, reason = null } = request.body
      const params = (request.body.params ?? {}) as JsonObject
      const found = commandProblems(device, name, params, '')
      if (isAccessType(device.type) && reason === null)
        found.push({
          pointer: '/reason',
          code: 'missing',
          message: 'is needed: whom a door or booth is opened for is written down',
        })
      if (found.length > 0)
        throw new Failure('invalid-body', 'This command does not fit the device.', { problems: found })
      const id = createId('command')
      const wanted = {
        id,
        device: device.id,
        premises: device.premises,
        name,
        params,
        repeatable: isRepeatable(device, name, repeatable),
        source: { kind: 'person' } as const,
        organisation: identity.organisation,
        ground,
        reason,
        expiresAt: expiryOf(device, expiresAt === undefined ? null : instantOf(expiresAt, 'expiresAt'), now(), limits),
      }
      await commands.make([wanted], [], actorOf(identity), 'command.make')
      const paper = await records.getPaper(ALL, COMMAND, id)
      if (paper === null) throw notFound()
      return reply.status(201).send(commandShown(paper))
    },
  )

  app.get(
    '/devices/:id/commands',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Commands to a device, the newest first',
        params: IdParams,
        querystring: pageQuery({}),
        response: { 200: CommandPage, ...problems },
      },
    },
    async (request) => {
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      const page = await records.listPapers(ALL, COMMAND, {
        ...pageOfQuery(request.query),
        premises: device.premises,
        text: `"device":"${device.id}"`,
        newestFirst: true,
      })
      return { items: page.items.filter(({ body }) => body.device === device.id).map(commandShown), next: page.next }
    },
  )

  app.get(
    '/devices/:id/commands/:command',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One command, with what became of it',
        params: CommandParams,
        response: { 200: CommandShown, ...problems },
      },
    },
    async (request) => {
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      return commandShown(await commandOf(device, request.params.command))
    },
  )

  app.delete(
    '/devices/:id/commands/:command',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Take back a command that waits for its device',
        params: CommandParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const device = await deviceWithTwin(records, scopeOf(request), request.params.id)
      await mustSteer('steer', identity.organisation, device, parts)
      const { id } = await commandOf(device, request.params.command)
      if (!(await commands.withdraw(id, actorOf(identity))))
        throw new Failure('conflict', 'The command was given to the device already, or is over.')
      return reply.status(204).send(null)
    },
  )

  async function commandOf(device: Device, id: string): Promise<CommandPaper> {
    const paper = await records.getPaper(ALL, COMMAND, id)
    if (paper === null || paper.body.device !== device.id) throw notFound()
    return paper
  }
}

export const commandShown = ({ id, state, dueAt, createdAt, body }: CommandPaper): CommandShown => ({
  id,
  device: body.device,
  name: body.name,
  params: body.params,
  state: state as CommandState,
  repeatable: body.repeatable,
  source: body.source.kind,
  run: 'run' in body.source ? body.source.run : null,
  organisation: body.organisation,
  ground: body.ground,
  reason: body.reason,
  createdAt: iso(createdAt),
  createdBy: body.by,
  expiresAt: isoOrNull(dueAt),
  attempts: body.attempts,
  sentAt: isoOrNull(body.sentAt),
  acknowledgedAt: isoOrNull(body.acknowledgedAt),
  finishedAt: isoOrNull(body.finishedAt),
  answer: body.answer,
  late: body.late,
})

const fieldsShown = (fields: Fields | null): FieldShown[] | null =>
  fields === null
    ? null
    : Object.entries(fields).map(([key, field]) => ({
        key,
        name: field.name,
        kind: field.kind,
        least: field.kind === 'number' ? field.least : null,
        most: field.kind === 'number' ? field.most : null,
        unit: field.kind === 'number' ? field.unit : null,
        options: field.kind === 'choice' ? [...field.options] : [],
        needed: field.needed === true,
      }))

const withoutFirmware = ({ firmware: _hidden, ...rest }: JsonObject): JsonObject => rest
