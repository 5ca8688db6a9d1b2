// The sparkplug-b family without memory: names and datatypes count only where the message itself has them.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec } from '#broker/codecs/codec.ts'
import { Gathering } from '#broker/codecs/gathering.ts'
import { addMetrics } from './metrics.ts'
import { decodePayloadBytes } from './payload.ts'
import { isHostState, isSparkplug, parseTopic } from './topic.ts'

export const sparkplugCodec: Codec = {
  name: 'sparkplug-b',
  recognises(topic) {
    return isSparkplug(topic) || isHostState(topic)
  },
  decode(topic, payload, context) {
    const gathering = new Gathering('sparkplug-b', context)
    if (isHostState(topic)) {
      gathering.ignore('STATE')
      return gathering.result()
    }
    const parts = parseTopic(topic)
    if (parts === null && isSparkplug(topic)) return refused('sparkplug-b', 'wrong-shape', 'no topic of Sparkplug B')
    const result = decodePayloadBytes(payload)
    if ('problem' in result) return refused('sparkplug-b', result.problem, result.detail || undefined)
    const type = parts?.type ?? 'NBIRTH'
    // Commands come from hosts and deaths from the broker: no device measured anything.
    if (type.endsWith('CMD') || type.endsWith('DEATH')) gathering.ignore(type)
    else addMetrics(result.payload, parts?.device ?? context.device, () => null, gathering)
    return gathering.result()
  },
}
