// The Homie family, versions 3 to 5: one value per topic, attributes that say what the values mean.
import { isUtf8 } from 'node:buffer'
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, DeclaredPoint } from '#broker/codecs/codec.ts'
import { Gathering, valueOfText } from '#broker/codecs/gathering.ts'
import { declaredByAttribute, declaredByDescription } from './attributes.ts'
import { parseOtherRoot, parseTopic } from './topic.ts'

/** Longest value that is a state; the convention bounds none. */
const TEXT_BYTES = 1_024

export const homieCodec: Codec = {
  name: 'homie',
  recognises(topic) {
    return parseTopic(topic) !== null
  },
  decode(topic, payload, context) {
    const parts = parseTopic(topic) ?? parseOtherRoot(topic)
    if (parts === null) return refused('homie', 'wrong-shape', 'homie/{device}/{node}/{property} or homie/5/…')
    const gathering = new Gathering('homie', context)
    const { device, path, attribute } = parts
    const name = [...path, ...(attribute === null ? [] : [attribute])].join('/')
    if (attribute !== null || device === null || path.length !== 2) {
      gathering.ignore(name)
      const declares = declaredBy(parts, payload)
      return declares.length === 0 ? gathering.result() : { ...gathering.result(), declares }
    }
    if (!isUtf8(payload)) return refused('homie', 'invalid-utf8')
    const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8')
    // An empty message clears a retained one; version 5 writes the empty text as one zero byte.
    if (payload.length === 0 || text === '\0' || payload.length > TEXT_BYTES) gathering.ignore(name)
    else gathering.add({ device, at: null }, path.join('.'), valueOfText(text), null)
    return gathering.result()
  },
}

function declaredBy(
  { device, path, attribute }: NonNullable<ReturnType<typeof parseTopic>>,
  payload: Uint8Array,
): DeclaredPoint[] {
  if (device === null || attribute === null) return []
  if (attribute === '$description' && path.length === 0) return declaredByDescription(device, payload)
  return path.length === 2 ? declaredByAttribute(device, path.join('.'), attribute, payload) : []
}
