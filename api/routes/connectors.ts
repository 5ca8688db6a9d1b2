// Connectors: how the topics and device keys of a gateway map to devices here.
import { IdParams, Nothing } from '#contract/common.ts'
import { Changed } from '#contract/change.ts'
import { Connector, ConnectorList, ConnectorShown } from '#contract/connectors.ts'
import { BRIDGE } from '#domain/bridges/bridge.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import { UNKNOWN_DEVICE, type UnknownPaper } from '#domain/inbox/unknown-device.ts'
import type { Page, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, isOperator, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { checkVersion, notFound, problems, setEtag } from './answers.ts'

/** Connectors of an installation. */
export const MAX_CONNECTORS = 1000
/** Problems of a device map that are told at once. */
const MAX_PROBLEMS = 100

export function addConnectorRoutes(app: ApiApp, { records, broker }: RouteParts): void {
  app.get(
    '/connectors',
    {
      config: { who: ['technician'] },
      schema: { tags: ['connectors'], summary: 'Connectors', response: { 200: ConnectorList, ...problems } },
    },
    async (request) => ({ items: await records.listConnectors(scopeOf(request)) }),
  )
  app.get(
    '/connectors/:id',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['connectors'],
        summary: 'One connector',
        params: IdParams,
        response: { 200: ConnectorShown, ...problems },
      },
    },
    async (request, reply) => {
      const known = (await records.listConnectors(scopeOf(request))).find((one) => one.id === request.params.id)
      if (known === undefined) throw notFound()
      setEtag(reply, known.version)
      return known
    },
  )
  app.put(
    '/connectors/:id',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['connectors'],
        summary: 'Make or change a connector',
        params: IdParams,
        body: Connector,
        response: { 200: Changed, 201: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const connector = request.body
      if (connector.id !== request.params.id)
        throw new Failure('invalid-body', 'The id in the body is not that of the path.', {
          problems: [{ pointer: '/id', code: 'other-id', message: `should be ${request.params.id}` }],
        })
      const premises = await records.getObject(scopeOf(request), 'premises', connector.premises)
      if (premises === null)
        throw new Failure('not-found', NOTHING_HERE, {
          problems: [{ pointer: '/premises', code: 'unknown-id', message: NOTHING_HERE }],
        })
      const everyOne = await records.listConnectors({ organisation: null })
      const known = everyOne.find((one) => one.id === connector.id)
      if (known !== undefined && !(await records.listConnectors(scopeOf(request))).some((one) => one.id === known.id))
        throw notFound()
      if (known === undefined && everyOne.length >= MAX_CONNECTORS)
        throw new Failure('conflict', `There are ${MAX_CONNECTORS} connectors already.`)
      if (!isOperator(identity) && premises.value.landlord !== identity.organisation)
        throw new Failure('not-allowed', 'Connectors are made by the landlord of the premises or by the operator.')
      checkVersion(request, known?.version ?? null)
      const gateway = await records.getObject(scopeOf(request), 'devices', connector.credential)
      if (gateway !== null) await checkMayChange(identity, { devices: [gateway.value] }, records)
      else if (!isOperator(identity)) throw notFound()
      const found = [
        ...broker.checkConnector(connector),
        ...(gateway === null ? await unknownGateway(connector) : []),
        ...(await unknownDevices(scopeOf(request), connector)),
      ]
      if (found.length > 0)
        throw new Failure('invalid-body', 'The connector cannot work; nothing was changed.', { problems: found })
      const version = await records.putConnector(connector, actorOf(identity), known?.version ?? 0)
      broker.refreshConnectors()
      setEtag(reply, version)
      reply.code(known === undefined ? 201 : 200)
      return { created: known === undefined, version }
    },
  )
  /** Unknown devices of a connector that is gone can be accepted no more; under another one they appear again. */
  const forgetUnknown = async (connector: Id): Promise<void> => {
    for (let after: string | null | undefined; after !== null;) {
      const query = { states: ['waiting', 'ignored'], limit: MAX_CONNECTORS, ...(after === undefined ? {} : { after }) }
      const page: Page<UnknownPaper> = await records.listPapers({ organisation: null }, UNKNOWN_DEVICE, query)
      const gone = page.items.filter(({ body }) => body.connector === connector).map(({ id }) => id)
      const system = { kind: 'system', id: 'inbox', name: 'Samtila', organisation: null } as const
      if (gone.length > 0) await records.deletePapers(UNKNOWN_DEVICE, gone, system, 'inbox.connector-gone')
      after = page.next
    }
  }
  /** A gateway that is no device is known by its credential. */
  const unknownGateway = async ({ credential }: Connector): Promise<Problem[]> =>
    (await records.credentialsOf(credential)).length > 0 ||
    (await records.getPaper({ organisation: null }, BRIDGE, credential)) !== null
      ? []
      : [
          {
            pointer: '/credential',
            code: 'unknown-id',
            message: `there is neither a device, a gateway's credential nor a bridge ${credential}`,
          },
        ]
  const unknownDevices = async (scope: Scope, { deviceMap, premises }: Connector): Promise<Problem[]> => {
    const found: Problem[] = []
    for (const [key, id] of Object.entries(deviceMap)) {
      const device = await records.getObject(scope, 'devices', id)
      if (device?.value.premises === premises) continue
      const pointer = `/deviceMap/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      found.push({ pointer, code: 'unknown-id', message: `there is no device ${id} in ${premises}` })
      if (found.length >= MAX_PROBLEMS) break
    }
    return found
  }
  app.delete(
    '/connectors/:id',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['connectors'],
        summary: 'Remove a connector',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const known = (await records.listConnectors(scopeOf(request))).find((one) => one.id === request.params.id)
      if (known === undefined) throw notFound()
      const identity = identityOf(request)
      const premises = await records.getObject(scopeOf(request), 'premises', known.premises)
      if (!isOperator(identity) && premises?.value.landlord !== identity.organisation)
        throw new Failure('not-allowed', 'Connectors are removed by the landlord of the premises or by the operator.')
      await records.deleteConnector(known.id, actorOf(identity))
      await forgetUnknown(known.id)
      broker.refreshConnectors()
      return reply.code(204).send(null)
    },
  )
}
