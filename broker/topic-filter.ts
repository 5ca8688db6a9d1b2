// Topic filters of MQTT: whether one is well formed, and whether it covers a topic.

/** A topic that may be published to: no wildcard, no NUL, no control or unpaired surrogate, within the limits. */
export function isTopicName(topic: string, maxBytes: number, maxLevels: number): boolean {
  return !/[#+]/.test(topic) && isFilter(topic, maxBytes, maxLevels)
}

/** A well-formed filter: `#` alone in the last level, `+` alone in its level. */
export function isFilter(filter: string, maxBytes: number, maxLevels: number): boolean {
  // eslint-disable-next-line no-control-regex
  if (filter === '' || /[\u0000-\u001f\u007f-\u009f\ufeff\ufffd]/.test(filter) || !filter.isWellFormed()) return false
  if (filter.length > maxBytes || Buffer.byteLength(filter) > maxBytes) return false
  const levels = filter.split('/')
  if (levels.length > maxLevels) return false
  return levels.every(
    (level, index) =>
      level === '+' || (level === '#' && index === levels.length - 1) || !(level.includes('+') || level.includes('#')),
  )
}

/** Whether some topic is covered by both filters. */
export function filtersMeet(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')]
  for (let i = 0; i < a.length || i < b.length; i++) {
    if (a[i] === '#' || b[i] === '#') return true
    if (a[i] === undefined || b[i] === undefined) return false
    if (a[i] !== '+' && b[i] !== '+' && a[i] !== b[i]) return false
  }
  return true
}

/** Whether the filter covers the topic (MQTT 3.1.1, 4.7; a leading wildcard covers no `$` topic). */
export function filterCovers(filter: string, topic: string): boolean {
  if (filter === topic) return true
  const wanted = filter.split('/')
  const given = topic.split('/')
  if (given[0]?.startsWith('$') === true && wanted[0] !== given[0]) return false
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '#') return true
    if (i >= given.length) return false
    if (wanted[i] !== '+' && wanted[i] !== given[i]) return false
  }
  return wanted.length === given.length
}
