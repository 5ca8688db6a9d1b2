// Bridges to other MQTT brokers: made and changed by administrators of the operator; secrets are kept sealed and never shown.
import { BridgeList, BridgeShown, BridgeWanted } from '#contract/bridges.ts'
import { IdParams, Nothing } from '#contract/common.ts'
import { Changed } from '#contract/change.ts'
import { BRIDGE, bridgeSecret, type Bridge, type BridgePaper } from '#domain/bridges/bridge.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, isoOrNull, notFound, problems, setEtag } from './answers.ts'

const MAX_BRIDGES = 100
const ALL = { organisation: null }

export function addBridgeRoutes(app: ApiApp, { records, broker, sealer }: RouteParts): void {
  const who = { operator: ['admin'] as const }
  const shown = ({ id, state, version: recordedVersion, body }: BridgePaper): BridgeShown => {
    const { password, key, ...rest } = body
    const standing = broker.bridgeStanding(id)
    return {
      ...rest,
      id,
      enabled: state === 'on',
      hasPassword: password !== null,
      hasKey: key !== null,
      recordedVersion,
      standing:
        standing === null
          ? null
          : {
              ...standing,
              connectedSince: isoOrNull(standing.connectedSince),
              lastMessageAt: isoOrNull(standing.lastMessageAt),
              lastErrorAt: isoOrNull(standing.lastErrorAt),
              retryAt: isoOrNull(standing.retryAt),
            },
    }
  }
  app.get(
    '/bridges',
    {
      config: { who: { operator: ['admin', 'technician'] } },
      schema: { tags: ['bridges'], summary: 'Bridges and how they stand', response: { 200: BridgeList, ...problems } },
    },
    async () => ({ items: (await records.listPapers(ALL, BRIDGE, { limit: MAX_BRIDGES })).items.map(shown) }),
  )
  app.get(
    '/bridges/:id',
    {
      config: { who: { operator: ['admin', 'technician'] } },
      schema: {
        tags: ['bridges'],
        summary: 'One bridge',
        params: IdParams,
        response: { 200: BridgeShown, ...problems },
      },
    },
    async (request, reply) => {
      const paper = await records.getPaper(ALL, BRIDGE, request.params.id)
      if (paper === null) throw notFound()
      setEtag(reply, paper.version)
      return shown(paper)
    },
  )
  app.put(
    '/bridges/:id',
    {
      // The body holds secrets: no answer is kept for its Idempotency-Key, and no log has it.
      config: { who, showsSecret: true },
      schema: {
        tags: ['bridges'],
        summary: 'Make or change a bridge; it connects at once when it is enabled',
        params: IdParams,
        body: BridgeWanted,
        response: { 200: Changed, 201: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const { id, enabled, password, key, clientId, ...rest } = request.body
      if (id !== request.params.id)
        throw new Failure('invalid-body', 'The id in the body is not that of the path.', {
          problems: [{ pointer: '/id', code: 'other-id', message: `should be ${request.params.id}` }],
        })
      const stored = await records.getPaper(ALL, BRIDGE, id)
      checkVersion(request, stored?.version ?? null)
      if (
        stored === null &&
        (await records.listPapers(ALL, BRIDGE, { limit: MAX_BRIDGES })).items.length >= MAX_BRIDGES
      )
        throw new Failure('conflict', `There are ${MAX_BRIDGES} bridges already.`)
      const seal = (secret: 'password' | 'key', given: string | null | undefined): string | null =>
        given === undefined
          ? (stored?.body[secret] ?? null)
          : given === null
            ? null
            : sealer.seal(given, bridgeSecret(id, secret))
      const body: Bridge = {
        ...rest,
        clientId: clientId ?? stored?.body.clientId ?? createId(`samtila-${id}`).slice(0, 64),
        password: seal('password', password),
        key: seal('key', key),
      }
      // What was entered for one host is not sent to another: whoever changes where it goes enters the secrets anew.
      const isMoved =
        stored !== null &&
        (stored.body.host !== body.host || stored.body.port !== body.port || (stored.body.tls && !body.tls))
      const found = [
        ...broker.checkBridge({ ...body, password: password ?? null, key: key ?? null }),
        ...(await takenId(id)),
        ...(isMoved && body.password !== null && password === undefined
          ? [problem('/password', 'secret-needed', 'enter the password anew: the bridge goes elsewhere now')]
          : []),
        ...((body.certificate === null) === (body.key === null)
          ? []
          : [problem('/key', 'certificate-and-key', 'a client certificate and its key belong together')]),
      ]
      if (found.length > 0)
        throw new Failure('invalid-body', 'The bridge cannot work; nothing was changed.', { problems: found })
      const paper = {
        id,
        premises: null,
        audience: 'operator' as const,
        state: enabled ? 'on' : 'off',
        dueAt: null,
        body,
      }
      const { versions } = await records.changePapers(
        { papers: [{ kind: BRIDGE, paper, expectedVersion: stored?.version ?? 0 }] },
        actorOf(identityOf(request)),
        'bridge.put',
      )
      const version = versions[0] ?? 1
      setEtag(reply, version)
      reply.code(stored === null ? 201 : 200)
      return { created: stored === null, version }
    },
  )
  app.delete(
    '/bridges/:id',
    {
      config: { who },
      schema: {
        tags: ['bridges'],
        summary: 'Remove a bridge',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const removed = await records.deletePapers(
        BRIDGE,
        [request.params.id],
        actorOf(identityOf(request)),
        'bridge.delete',
      )
      if (removed === 0) throw notFound()
      return reply.code(204).send(null)
    },
  )
  /** A bridge acts under its id as a gateway does under its user name: one id is never both. */
  const takenId = async (id: Id): Promise<Problem[]> =>
    (await records.getObject(ALL, 'devices', id)) !== null || (await records.credentialsOf(id)).length > 0
      ? [problem('/id', 'taken', 'is the id of a device or gateway: choose another one')]
      : []
}

const problem = (pointer: string, code: string, message: string): Problem => ({ pointer, code, message })
