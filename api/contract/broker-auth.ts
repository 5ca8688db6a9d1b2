// What other brokers ask (EMQX, mosquitto-go-auth, RabbitMQ), in their own words, and what they are answered.
import { Type, type Static } from 'typebox'

const Name = Type.String({ maxLength: 512 })
const Password = Type.Optional(Type.Union([Type.String({ maxLength: 512 }), Type.Null()]))
const ClientId = Type.Optional(Type.Union([Type.String({ maxLength: 65_535 }), Type.Null()]))
const Topic = Type.String({ maxLength: 65_535 })

/** EMQX sends what its configuration lists; further members are let pass. */
export const EmqxConnect = Type.Object({ username: Name, password: Password, clientid: ClientId })
export const EmqxAction = Type.Object({
  username: Name,
  clientid: ClientId,
  topic: Topic,
  action: Type.Union([Type.Literal('publish'), Type.Literal('subscribe')]),
})
export const EmqxAnswer = Type.Object({
  result: Type.Union([Type.Literal('allow'), Type.Literal('deny')]),
  is_superuser: Type.Optional(Type.Boolean()),
})
export type EmqxAnswer = Static<typeof EmqxAnswer>

/** mosquitto-go-auth sends texts in the form mode, so `acc` may be one: 1 read, 2 write, 3 both, 4 subscribe. */
export const MosquittoUser = Type.Object({ username: Name, password: Password, clientid: ClientId })
export const MosquittoSuperuser = Type.Object({ username: Name })
export const MosquittoAcl = Type.Object({
  username: Name,
  clientid: ClientId,
  topic: Topic,
  acc: Type.Union([Type.Integer({ minimum: 1, maximum: 4 }), Type.String({ pattern: '^[1-4]$' })]),
})
/** `mode=text`: the answer of http_response_mode text. */
export const MosquittoQuery = Type.Object({
  token: Type.Optional(Type.String({ maxLength: 256 })),
  mode: Type.Optional(Type.Literal('text')),
})
export const MosquittoAnswer = Type.Union([Type.Object({ ok: Type.Boolean(), error: Type.String() }), Type.String()])

/** RabbitMQ asks by forms, with more members than these. Only its MQTT plugin says the client id with a resource. */
const RabbitClientId = Type.Optional(Type.String({ maxLength: 65_535 }))
export const RabbitUser = Type.Object({ username: Name, password: Password, client_id: RabbitClientId })
export const RabbitVhost = Type.Object({ username: Name, vhost: Type.String({ maxLength: 512 }) })
const RabbitPermission = Type.Union(['configure', 'write', 'read'].map((name) => Type.Literal(name)))
export const RabbitResource = Type.Object({
  username: Name,
  client_id: RabbitClientId,
  resource: Type.String({ maxLength: 64 }),
  name: Topic,
  permission: RabbitPermission,
})
export const RabbitTopic = Type.Object({
  username: Name,
  name: Topic,
  permission: RabbitPermission,
  routing_key: Topic,
})
export const RabbitQuery = Type.Object({ token: Type.Optional(Type.String({ maxLength: 256 })) })
/** As text, always with 200: any other status is an error to it. */
export const RabbitAnswer = Type.Union([Type.Literal('allow'), Type.Literal('deny')])
