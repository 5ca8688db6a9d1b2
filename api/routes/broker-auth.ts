// Another broker asks here who may come in and what they may publish and subscribe to: in the forms of EMQX, of mosquitto-go-auth and of RabbitMQ.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import {
  EmqxAction,
  EmqxAnswer,
  EmqxConnect,
  MosquittoAcl,
  MosquittoAnswer,
  MosquittoQuery,
  MosquittoSuperuser,
  MosquittoUser,
  RabbitAnswer,
  RabbitQuery,
  RabbitResource,
  RabbitTopic,
  RabbitUser,
  RabbitVhost,
} from '#contract/broker-auth.ts'
import { Failure } from '#domain/failure.ts'
import { sameSecret } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { problems } from './answers.ts'

const READ = 1
const WRITE = 2
const SUBSCRIBE = 4
const SHORTEST_SECRET = 32
/** The exchange through which RabbitMQ's MQTT plugin carries everything, unless its own setting says another. */
const RABBIT_EXCHANGE = 'amq.topic'
/** Its routing keys are topics with other signs. */
const topicOf = (routingKey: string): string => routingKey.replaceAll('.', '/').replaceAll('*', '+')

export async function addBrokerAuthRoutes(app: ApiApp, parts: RouteParts): Promise<void> {
  const { broker, limits, log, settings } = parts
  const { brokerAuth } = settings
  if (brokerAuth === undefined) return
  if (brokerAuth.token.length < SHORTEST_SECRET)
    throw new Failure(
      'wrong-setting',
      `The token in SAMTILA_BROKER_AUTH_SECRET_FILE has fewer than ${SHORTEST_SECRET} characters.`,
    )
  const { token, worker } = brokerAuth

  /** In the header, or for mosquitto-go-auth, which sends none of its own, in the query; the log has no queries. */
  function shows(request: FastifyRequest): boolean {
    const [, given] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
    const { token: asked } = request.query as { token?: unknown }
    const shown = given ?? (typeof asked === 'string' ? asked : '')
    return sameSecret(shown, token)
  }

  /** The worker that takes the messages of that broker in: it may do everything there. */
  const isWorker = (userName: string): boolean => worker !== null && worker.userName === userName
  async function mayConnect(asked: { username: string; password?: string | null; clientid?: string | null }) {
    const { username, password, clientid } = asked
    if (isWorker(username)) return worker !== null && sameSecret(password ?? '', worker.password)
    return broker.asked.mayConnect(username, password ?? '', clientid ?? null)
  }
  /** With the records away nobody is let in and nothing allowed: another answer than `deny` could let the other broker go on asking elsewhere. */
  const orNo = (may: Promise<boolean>): Promise<boolean> =>
    may.catch((error: unknown) => {
      log.warn('another broker gets no answer but no', {
        error: error instanceof Error ? error.message : String(error),
      })
      return false
    })

  await app.register(async (open: ApiApp) => {
    open.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body.toString())))
    })
    open.addHook('preParsing', async (request) => {
      if (!shows(request)) throw new Failure('not-signed-in', 'Send the token of this service as a bearer token.')
    })
    const config = {
      who: 'open' as const,
      rateLimit: {
        keyGenerator: (request: FastifyRequest) => `broker-auth ${shows(request) ? 'known' : request.ip}`,
        max: (request: FastifyRequest) =>
          shows(request) ? limits.brokerAuthPerMinute : limits.anonymousRequestsPerMinute,
      },
    }
    const tags = ['broker-auth']

    open.post(
      '/broker-auth/emqx/authn',
      {
        config,
        schema: {
          tags,
          summary: 'EMQX: whether a client may connect',
          body: EmqxConnect,
          response: { 200: EmqxAnswer, ...problems },
        },
      },
      async (request) => {
        const may = await orNo(mayConnect(request.body))
        return may
          ? { result: 'allow' as const, is_superuser: isWorker(request.body.username) }
          : { result: 'deny' as const }
      },
    )
    open.post(
      '/broker-auth/emqx/authz',
      {
        config,
        schema: {
          tags,
          summary: 'EMQX: whether a client may publish to a topic or subscribe to a filter',
          body: EmqxAction,
          response: { 200: EmqxAnswer, ...problems },
        },
      },
      async ({ body: { username, topic, action } }) => {
        const asked =
          action === 'publish' ? broker.asked.mayPublish(username, topic) : broker.asked.maySubscribe(username, topic)
        return { result: isWorker(username) || (await orNo(asked)) ? ('allow' as const) : ('deny' as const) }
      },
    )

    /** By its status, and in its body for http_response_mode json and text. */
    const answer = (request: FastifyRequest, reply: FastifyReply, may: boolean) => {
      const { mode } = request.query as { mode?: 'text' }
      const error = may ? '' : 'not allowed'
      return reply.code(may ? 200 : 403).send(mode === 'text' ? (may ? 'ok' : error) : { ok: may, error })
    }
    const response = { 200: MosquittoAnswer, 403: MosquittoAnswer, ...problems }
    const querystring = MosquittoQuery
    open.post(
      '/broker-auth/mosquitto/user',
      {
        config,
        schema: {
          tags,
          summary: 'mosquitto-go-auth: whether a client may connect',
          body: MosquittoUser,
          querystring,
          response,
        },
      },
      async (request, reply) => answer(request, reply, await orNo(mayConnect(request.body))),
    )
    open.post(
      '/broker-auth/mosquitto/superuser',
      {
        config,
        schema: {
          tags,
          summary: 'mosquitto-go-auth: whether a client may do everything',
          body: MosquittoSuperuser,
          querystring,
          response,
        },
      },
      async (request, reply) => answer(request, reply, isWorker(request.body.username)),
    )
    open.post(
      '/broker-auth/mosquitto/acl',
      {
        config,
        schema: {
          tags,
          summary: 'mosquitto-go-auth: whether a client may read (1), write (2), both (3) or subscribe (4)',
          body: MosquittoAcl,
          querystring,
          response,
        },
      },
      async (request, reply) => {
        const { username, topic, acc } = request.body
        const wanted = Number(acc)
        const asked = [
          ...(wanted === SUBSCRIBE ? [broker.asked.maySubscribe(username, topic)] : []),
          ...(wanted !== SUBSCRIBE && (wanted & READ) !== 0 ? [broker.asked.mayReceive(username, topic)] : []),
          ...(wanted !== SUBSCRIBE && (wanted & WRITE) !== 0 ? [broker.asked.mayPublish(username, topic)] : []),
        ]
        const may = isWorker(username) || (await orNo(Promise.all(asked).then((all) => all.every(Boolean))))
        return answer(request, reply, may)
      },
    )

    const rabbit = { querystring: RabbitQuery, response: { 200: RabbitAnswer, ...problems } }
    const say = async (reply: FastifyReply, may: Promise<boolean>) =>
      reply.type('text/plain').send((await orNo(may)) ? 'allow' : 'deny')
    open.post(
      '/broker-auth/rabbitmq/user',
      { config, schema: { tags, summary: 'RabbitMQ: whether a client may connect', body: RabbitUser, ...rabbit } },
      async ({ body: { username, password, client_id } }, reply) =>
        say(reply, mayConnect({ username, password: password ?? null, clientid: client_id ?? null })),
    )
    open.post(
      '/broker-auth/rabbitmq/vhost',
      {
        config,
        schema: { tags, summary: 'RabbitMQ: whether a client may come in here', body: RabbitVhost, ...rabbit },
      },
      async ({ body: { username } }, reply) =>
        say(reply, isWorker(username) ? Promise.resolve(true) : broker.asked.mayUse(username, null)),
    )
    /** Only what the MQTT plugin does for a client: through the exchange of topics, and in queues of its own client id. */
    const mayUseResource = async (asked: Static<typeof RabbitResource>): Promise<boolean> => {
      const { username, client_id: clientId, resource, name, permission } = asked
      if (isWorker(username)) return true
      if (clientId === undefined || !(await broker.asked.mayUse(username, clientId))) return false
      if (resource === 'exchange') return name === RABBIT_EXCHANGE && permission !== 'configure'
      const own = [`mqtt-subscription-${clientId}qos0`, `mqtt-subscription-${clientId}qos1`, `mqtt-will-${clientId}`]
      return resource === 'queue' && own.includes(name)
    }
    open.post(
      '/broker-auth/rabbitmq/resource',
      {
        config,
        schema: {
          tags,
          summary: 'RabbitMQ: whether a client may use an exchange or a queue',
          body: RabbitResource,
          ...rabbit,
        },
      },
      async ({ body }, reply) => say(reply, mayUseResource(body)),
    )
    open.post(
      '/broker-auth/rabbitmq/topic',
      {
        config,
        schema: {
          tags,
          summary: 'RabbitMQ: whether a client may publish or subscribe by a routing key',
          body: RabbitTopic,
          ...rabbit,
        },
      },
      async ({ body: { username, name, permission, routing_key } }, reply) => {
        const topic = topicOf(routing_key)
        const asked = permission === 'write' ? broker.asked.mayPublish : broker.asked.maySubscribe
        const may =
          name === RABBIT_EXCHANGE && permission !== 'configure' ? asked(username, topic) : Promise.resolve(false)
        return say(reply, isWorker(username) ? Promise.resolve(true) : may)
      },
    )
  })
}
