// Connectors: topic filter, codec, gateway credential and how its device keys map to devices here.
import { Type, type Static } from 'typebox'
import { closed, Id, itemsOf, Text } from './common.ts'

export const Connector = closed({
  id: Id,
  name: Text,
  topicFilter: Type.String({ minLength: 1, maxLength: 1024 }),
  codec: Type.String({ minLength: 1, maxLength: 64 }),
  credential: Id,
  premises: Id,
  /** Device key in the payload or topic → id of the device here. */
  deviceMap: Type.Record(Type.String({ pattern: '^.{1,200}$' }), Id, {
    additionalProperties: false,
    maxProperties: 5000,
  }),
  acceptUnknown: Type.Boolean(),
  /** JSONata that makes readings of any JSON; with the codec `mapped` only. */
  mapping: Type.Optional(
    Type.Union([closed({ expression: Type.String({ minLength: 1, maxLength: 16_384 }) }), Type.Null()]),
  ),
})
/** A connector with its version, which ETag and If-Match carry. */
export const ConnectorShown = closed({ ...Connector.properties, version: Type.Integer() })
export const ConnectorList = itemsOf(ConnectorShown)

export type Connector = Static<typeof Connector>
export type ConnectorList = Static<typeof ConnectorList>
