// What is wrong with a connector's topic filter and codec: only what can match, and nothing of the platform's own topics.
import type { Problem } from '#domain/failure.ts'
import type { Connector } from '#domain/ports/records.ts'
import { CODECS, codecOf } from './codecs/registry.ts'
import type { BrokerLimits } from './limits.ts'
import { filtersMeet, isFilter } from './topic-filter.ts'
import { RESERVED_FILTERS } from './topics.ts'

/** The most of a filter that a problem shows. */
const SHOWN_CHARACTERS = 100

/** Each problem with its JSON Pointer into the connector; empty when it can work. */
export function checkConnector(
  { topicFilter, codec }: Pick<Connector, 'topicFilter' | 'codec'>,
  limits: BrokerLimits,
): Problem[] {
  const problems: Problem[] = []
  const wrong = wrongFilter(topicFilter, limits)
  if (wrong !== null) problems.push({ pointer: '/topicFilter', code: 'bad-filter', message: wrong })
  if (codecOf(codec) === null) {
    const names = CODECS.map(({ name }) => name).join(', ')
    problems.push({ pointer: '/codec', code: 'unknown-codec', message: `is no known payload family: ${names}` })
  }
  return problems
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
