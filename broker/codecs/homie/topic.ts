// Takes a Homie topic apart: homie/{device}/{node}/{property} (3, 4) and homie/5/{device}/{node}/{property} (5).

export type HomieTopic = {
  /** Null for broadcasts. */
  device: string | null
  /** Node and property, as far as the topic goes. */
  path: string[]
  /** `$name`, `$unit`, `$target` … or `set`: what follows the path without being a value. */
  attribute: string | null
}

const ROOT = 'homie'
/** Levels of a value's topic behind its root: device, node, property. */
const VALUE_LEVELS = 3
const VERSION_5 = '5'

/**
 * The same of an installation with another root (`homie` is the convention's default), for a connector that says it is Homie's. Version 5 is
 * told by its level `5`; else the last three levels without attribute are device, node and property.
 */
export function parseOtherRoot(topic: string): HomieTopic | null {
  const levels = topic.split('/')
  const version = levels.indexOf(VERSION_5, 1)
  if (version > 0) return parseTopic([ROOT, ...levels.slice(version)].join('/'))
  const attribute = levels.findIndex((level) => level.startsWith('$'))
  const end = attribute > 0 ? attribute : levels.at(-1) === 'set' ? levels.length - 1 : levels.length
  if (attribute > 0 && end <= VALUE_LEVELS)
    return { device: null, path: [], attribute: levels.slice(attribute).join('/') }
  return end <= VALUE_LEVELS ? null : parseTopic([ROOT, ...levels.slice(end - VALUE_LEVELS)].join('/'))
}

/** The parts, or null when the topic is not Homie's. */
export function parseTopic(topic: string): HomieTopic | null {
  const levels = topic.split('/')
  if (levels[0] !== ROOT || levels.length < 3) return null
  // A device of version 4 could be called "5"; only version 5 has a level more before the value, or an attribute there.
  const is5 =
    levels[1] === VERSION_5 &&
    (levels.length > 4 || levels[3]?.startsWith('$') === true || levels[2]?.startsWith('$') === true)
  const [device = '', ...rest] = levels.slice(is5 ? 2 : 1)
  if (device.startsWith('$')) return { device: null, path: [], attribute: [device, ...rest].join('/') }
  const at = rest.findIndex((level, index) => level.startsWith('$') || (level === 'set' && index === 2))
  if (at === -1) return { device, path: rest, attribute: null }
  return { device, path: rest.slice(0, at), attribute: rest.slice(at).join('/') }
}
