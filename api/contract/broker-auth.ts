// What other brokers ask (EMQX, mosquitto-go-auth), in their own words, and what they are answered.
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
