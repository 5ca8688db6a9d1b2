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
const VERSION_5 = '5'

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
