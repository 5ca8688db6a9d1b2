// The lorawan-raw family: the bare application payload of an uplink; the topic tells the model, or the bytes do.
import { problem, refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf } from '#broker/codecs/gathering.ts'
import { modelOf, recogniseFrame } from './recognise-model.ts'
import { FRAME_BYTES, addFrame, bytesOfHex } from './uplink.ts'

const TOPIC = /^(?:.+\/)?lorawan-raw\/([^/]+)\/([0-9A-Fa-f]{16}|[^/]+)(?:\/(\d{1,3}))?$/
const NAME = 'lorawan-raw'

export const lorawanRawCodec: Codec = {
  name: NAME,
  recognises(topic, payload) {
    return TOPIC.test(topic) || (!isText(payload) && payload.length <= FRAME_BYTES && isKnownFrame(payload))
  },
  decode(topic, payload, context) {
    if (payload.length === 0) return refused(NAME, 'empty')
    // Gateways publish the bytes as they are or as hex digits; a frame of printable digits only is hex.
    if (payload.length > FRAME_BYTES * 2) return refused(NAME, 'too-large', `at most ${FRAME_BYTES} bytes in a frame`)
    const frame = bytesOfHex(beginningOf(payload, FRAME_BYTES * 2).trim()) ?? payload
    const [, model, device, port] = TOPIC.exec(topic) ?? []
    const gathering = new Gathering(NAME, context)
    const isDeclared = model !== undefined && model !== 'unknown'
    if (isDeclared && modelOf(model) === null) {
      gathering.decoded.problems.push(problem('unknown-model', `"${model.slice(0, 64)}" is no known model`))
      return gathering.result()
    }
    const facts = {
      names: isDeclared ? [model] : [],
      port: port === undefined ? null : Number(port),
      devEui: device ?? null,
    }
    addFrame(frame, facts, { device: device ?? context.device, at: null }, gathering)
    return gathering.result()
  },
}

function isText(payload: Uint8Array): boolean {
  return payload.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09)
}

/** Bytes under any topic, whose structure only a frame of a known model has. */
function isKnownFrame(payload: Uint8Array): boolean {
  return recogniseFrame(payload, { names: [], port: null, devEui: null }).isRecognised
}
