// Takes a Tasmota topic apart: %prefix%/%topic%/SENSOR and %topic%/%prefix%/SENSOR, where %topic% may have levels.

const PREFIXES = new Set(['tele', 'stat', 'cmnd'])
/** Last levels that Tasmota's telemetry and answers have. */
const MESSAGES =
  /^(?:SENSOR\d*|STATE|ENERGY|LWT|RESULT|UPTIME|INFO\d|STATUS\d*|POWER\d*|MARGINS|RESULT_\w+|HASS_STATE|WAKEUP|BOOTCOUNT|EVENT|LOGGING)$/

export type TasmotaTopic = { prefix: string; device: string; message: string }

/** The parts, or null when the topic is not of this form. */
export function parseTopic(topic: string): TasmotaTopic | null {
  const levels = topic.split('/')
  const message = levels.pop() ?? ''
  if (!MESSAGES.test(message)) return null
  const first = levels[0] ?? ''
  const at = PREFIXES.has(first) ? 0 : levels.findLastIndex((level) => PREFIXES.has(level))
  if (at === -1 || levels.length < 2) return null
  const prefix = levels.splice(at, 1)[0] as string
  return { prefix, device: levels.join('/'), message }
}
