// The Shelly family: generation 1 topics, generation 2+ RPC notifications and status topics.
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf } from '#broker/codecs/gathering.ts'
import { decodeGeneration1, isGeneration1 } from './generation-1.ts'
import { decodeGeneration2, isGeneration2Topic } from './generation-2.ts'

const NOTIFICATION = /"method"\s*:\s*"Notify(?:Full)?(?:Status|Event)"/
const ANSWER = /^\s*\{(?=[^]*"src"\s*:\s*"shelly)[^]*"result"\s*:\s*\{/
/** Status of a metering component, topic unknown. */
const STATUS =
  /^\s*\{\s*"id"\s*:\s*\d+\s*,(?=[^]*"(?:apower|aenergy|act_power|a_act_power|a_total_act_energy|total_act_energy)"\s*:)/

export const shellyCodec: Codec = {
  name: 'shelly',
  recognises(topic, payload) {
    if (isGeneration2Topic(topic) || isGeneration1(topic)) return true
    const text = beginningOf(payload)
    return text.includes('{') && (NOTIFICATION.test(text) || ANSWER.test(text) || STATUS.test(text))
  },
  decode(topic, payload, context) {
    const gathering = new Gathering('shelly', context)
    // Generation 2+ devices may have a prefix below "shellies" too.
    if (isGeneration1(topic) && !isGeneration2Topic(topic) && !NOTIFICATION.test(beginningOf(payload))) {
      return decodeGeneration1(topic, payload, gathering)
    }
    return decodeGeneration2(topic, payload, gathering)
  },
}
