// Connectors: how the topics and device keys of a gateway map to devices here.
import { IdParams, Nothing } from '#contract/common.ts'
import { Connector, ConnectorList, ConnectorSaved } from '#contract/connectors.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf, isOperator, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'

const MAX_CONNECTORS = 1000

export function addConnectorRoutes(app: ApiApp, { records, broker }: RouteParts): void {
  app.get(
    '/connectors',
    {
      config: { who: ['technician'] },
      schema: { tags: ['connectors'], summary: 'Connectors', response: { 200: ConnectorList, ...problems } },
    },
    async (request) => ({ items: await records.listConnectors(scopeOf(request)) }),
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
        response: { 200: ConnectorSaved, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const connector = request.body
      if (connector.id !== request.params.id)
        throw new Failure('invalid-body', 'The id in the body is not that of the path.')
      const premises = await records.getObject(scopeOf(request), 'premises', connector.premises)
      if (premises === null) throw notFound()
      const everyOne = await records.listConnectors({ organisation: null })
      const known = everyOne.find((one) => one.id === connector.id)
      if (known !== undefined && !(await records.listConnectors(scopeOf(request))).some((one) => one.id === known.id))
        throw notFound()
      if (known === undefined && everyOne.length >= MAX_CONNECTORS)
        throw new Failure('conflict', `There are ${MAX_CONNECTORS} connectors already.`)
      if (!isOperator(identity)) {
        if (premises.value.landlord !== identity.organisation)
          throw new Failure('not-allowed', 'Connectors are made by the landlord of the premises or by the operator.')
        const gateway = await records.getObject(scopeOf(request), 'devices', connector.credential)
        if (gateway === null) throw notFound()
        await checkMayChange(identity, { devices: [gateway.value] }, records)
      }
      for (const [key, id] of Object.entries(connector.deviceMap)) {
        const device = await records.getObject(scopeOf(request), 'devices', id)
        if (device === null || device.value.premises !== connector.premises)
          throw new Failure('invalid-body', `There is no device ${id} in ${connector.premises}.`, {
            problems: [
              {
                pointer: `/deviceMap/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
                code: 'unknown-id',
                message: `there is no device ${id} in ${connector.premises}`,
              },
            ],
          })
      }
      await records.putConnector(connector, actorOf(identity))
      broker.refreshConnectors()
      return { created: known === undefined }
    },
  )
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
      broker.refreshConnectors()
      return reply.code(204).send(null)
    },
  )
}
