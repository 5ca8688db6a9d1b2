// What is wrong with a connector: only what can match and be run, and nothing of the platform's own topics.
import type { Problem } from '#domain/failure.ts'
import type { Connector } from '#domain/ports/records.ts'
import { checkExpression } from './codecs/mapped/check-expression.ts'
import { CODEC_NAMES } from './codecs/registry.ts'
import type { BrokerLimits } from './limits.ts'
import { filtersMeet, isFilter } from './topic-filter.ts'
import { RESERVED_FILTERS } from './topics.ts'

/** The most of a filter that a problem shows. */
const SHOWN_CHARACTERS = 100

export type CheckedConnector = Pick<Connector, 'topicFilter' | 'codec' | 'mapping'>

/** Each problem with its JSON Pointer into the connector; empty when it can work. */
export function checkConnector(
  { topicFilter, codec, mapping = null }: CheckedConnector,
  limits: BrokerLimits,
): Problem[] {
  const problems: Problem[] = []
  const wrong = wrongFilter(topicFilter, limits)
  if (wrong !== null) problems.push({ pointer: '/topicFilter', code: 'bad-filter', message: wrong })
  if (!CODEC_NAMES.includes(codec)) {
    const message = `is no known payload family: ${CODEC_NAMES.join(', ')}`
    problems.push({ pointer: '/codec', code: 'unknown-codec', message })
  }
  problems.push(...wrongMapping(codec, mapping))
  return problems
}

function wrongMapping(codec: string, mapping: Connector['mapping']): Problem[] {
  const problem = (pointer: string, message: string): Problem[] => [{ pointer, code: 'wrong-mapping', message }]
  if (codec !== 'mapped')
    return mapping == null ? [] : problem('/mapping', `only the codec mapped has one, not ${codec}`)
  if (mapping == null) return problem('/mapping', 'is missing: the codec mapped needs its expression')
  const wrong = checkExpression(mapping.expression)
  return wrong === null ? [] : problem('/mapping/expression', wrong.message)
}

function wrongFilter(filter: string, { topicBytes, topicLevels }: BrokerLimits): string | null {
  const shown = JSON.stringify(filter.slice(0, SHOWN_CHARACTERS))
  if (!isFilter(filter, topicBytes, topicLevels))
    return `${shown} is no topic filter: # stands alone in the last level, + alone in its level; at most ${topicLevels} levels and ${topicBytes} bytes`
  if (/^[#+]/.test(filter)) return `${shown} begins with a wildcard; name the first level`
  if (filter.startsWith('$')) return `${shown} begins with $, which is the broker's own`
  const reserved = RESERVED_FILTERS.find((one) => filtersMeet(filter, one))
  return reserved === undefined ? null : `${shown} reaches into ${reserved}, which no connector can have`
}
