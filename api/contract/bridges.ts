// Bridges: connections of the platform, as a client, to other MQTT brokers. Secrets go in and never come out again.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, orNull, Text } from './common.ts'
import { patterned } from './patterned.ts'

const Pem = Type.String({ minLength: 1, maxLength: 32_768 })
const settings = {
  id: Id,
  name: Text,
  /** DNS name or IP address. */
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  tls: Type.Boolean(),
  version: Type.Union([Type.Literal('3.1.1'), Type.Literal('5')]),
  username: orNull(Type.String({ minLength: 1, maxLength: 256 })),
  /** PEM of the authorities that may have signed the other broker's certificate; null: the public ones. */
  ca: orNull(Pem),
  /** PEM of the client certificate. */
  certificate: orNull(Pem),
  topicFilters: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { minItems: 1, maxItems: 50 }),
  enabled: Type.Boolean(),
}
export const BridgeWanted = closed({
  ...settings,
  /** Under which the other broker knows us; absent: as before, or made. */
  clientId: Type.Optional(patterned('^[A-Za-z0-9._:-]{1,64}$', '1–64 letters a–z, digits and . _ : -')),
  /** Absent: stays as it is; null: none. */
  password: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 1024 }))),
  /** PEM of the private key of the client certificate, without a password. Absent: stays as it is; null: none. */
  key: Type.Optional(orNull(Pem)),
})
export const BridgeShown = closed({
  ...settings,
  clientId: Type.String(),
  hasPassword: Type.Boolean(),
  hasKey: Type.Boolean(),
  recordedVersion: Type.Integer(),
  /** How it stands in this process; null when this process runs no bridges. */
  standing: orNull(
    closed({
      state: Type.Union([
        Type.Literal('connecting'),
        Type.Literal('connected'),
        Type.Literal('waiting'),
        Type.Literal('off'),
      ]),
      connectedSince: orNull(Instant),
      lastMessageAt: orNull(Instant),
      lastError: orNull(Type.String()),
      lastErrorAt: orNull(Instant),
      messages: Type.Integer(),
      inFlight: Type.Integer(),
      retryAt: orNull(Instant),
    }),
  ),
})
export const BridgeList = itemsOf(BridgeShown)

export type BridgeWanted = Static<typeof BridgeWanted>
export type BridgeShown = Static<typeof BridgeShown>
export type BridgeList = Static<typeof BridgeList>
