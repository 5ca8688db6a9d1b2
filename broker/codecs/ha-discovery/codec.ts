// The Home Assistant discovery family: retained configurations that say what a device has; they give no readings.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, DeclaredPoint } from '#broker/codecs/codec.ts'
import { Gathering, beginningOf } from '#broker/codecs/gathering.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { fullDeviceKey, fullKey } from './abbreviations.ts'
import { pointOfTemplate } from './template.ts'

type Fields = { [key: string]: Json }

const PREFIX = 'homeassistant'
const COMPONENTS =
  /^(?:sensor|binary_sensor|switch|light|climate|cover|fan|number|select|button|text|lock|valve|siren|humidifier|water_heater|alarm_control_panel|camera|image|device_tracker|device_automation|event|scene|tag|update|vacuum|lawn_mower|notify|device)$/
const CONFIGURATION =
  /"(?:stat_t|state_topic)"\s*:\s*"[^]*"(?:uniq_id|unique_id|val_tpl|value_template|unit_of_meas|unit_of_measurement)"\s*:|"(?:uniq_id|unique_id|val_tpl|value_template|unit_of_meas|unit_of_measurement)"\s*:[^]*"(?:stat_t|state_topic)"\s*:\s*"/
const UNITS = new Map(
  Object.entries({
    'm³': 'm3',
    'm³/h': 'm3/h',
    VA: 'V·A',
    VAR: 'var',
    'µg/m³': 'µg/m3',
    'μg/m³': 'µg/m3',
    L: 'l',
    'L/h': 'l/h',
  }),
)
const TEXT_LENGTH = 256
/** Components of one device configuration. */
const DECLARED = 1_000

export const haDiscoveryCodec: Codec = {
  name: 'ha-discovery',
  recognises(topic, payload) {
    const levels = topic.split('/')
    if (levels[0] === PREFIX && levels.length > 1) return true
    const text = beginningOf(payload, 4_096)
    if (!/^\s*\{/.test(text) || (topic !== '' && levels.at(-1) !== 'config')) return false
    return (topic === '' || levels.some((level) => COMPONENTS.test(level))) && CONFIGURATION.test(text)
  },
  decode(topic, payload, context) {
    const gathering = new Gathering('ha-discovery', context)
    const levels = topic.split('/')
    const last = levels.at(-1) ?? ''
    // An empty configuration removes what was declared; `status` is Home Assistant's own presence.
    if (payload.length === 0 || (topic !== '' && last !== 'config')) {
      gathering.ignore(last === '' ? 'config' : last)
      return gathering.result()
    }
    const parsed = parseJson(payload, { sameTwice: true })
    if (parsed.problem !== null) return refused('ha-discovery', parsed.problem, parsed.detail || undefined)
    if (!isJsonObject(parsed.value)) return refused('ha-discovery', 'wrong-shape', 'an object of configuration')
    gathering.ignore('config')
    return { ...gathering.result(), declares: declaredBy(withFullKeys(parsed.value, fullKey), levels.slice(0, -1)) }
  },
}

/** One entity, or the `components` of a device (its topic is …/device/{object}/config). */
function declaredBy(config: Fields, levels: readonly string[]): DeclaredPoint[] {
  const object = levels.at(-1) ?? null
  const components = config['components']
  if (!isJsonObject(components)) return [declaredOf(config, config, object, levels)]
  return Object.keys(components)
    .slice(0, DECLARED)
    .flatMap((key) => {
      const component = components[key]
      return isJsonObject(component)
        ? [declaredOf({ ...config, ...withFullKeys(component, fullKey) }, config, key, levels)]
        : []
    })
}

function declaredOf(config: Fields, whole: Fields, object: string | null, levels: readonly string[]): DeclaredPoint {
  const device = isJsonObject(whole['device']) ? withFullKeys(whole['device'], fullDeviceKey) : {}
  const stateTopic = textOf(config['state_topic'] ?? config['current_temperature_topic'] ?? config['topic'])
  const valueTemplate = textOf(
    config['value_template'] ?? config['state_value_template'] ?? config['current_temperature_template'],
  )
  const identifiers = device['identifiers']
  return {
    // …/{component}/{node}/{object}: the node, where there is one, is what several entities share.
    device:
      textOf(Array.isArray(identifiers) ? identifiers[0] : identifiers) ??
      (levels.length > 3 ? (levels.at(-2) ?? null) : object),
    point:
      pointOfTemplate(valueTemplate) ?? textOf(config['object_id']) ?? object ?? textOf(config['unique_id']) ?? 'value',
    name: nameOf(textOf(device['name']), textOf(config['name'])),
    unit: unitOf(textOf(config['unit_of_measurement'])),
    deviceClass: textOf(config['device_class']),
    stateTopic: stateTopic === null ? null : withBase(stateTopic, textOf(config['~'])),
    valueTemplate,
    deviceName: textOf(device['name']),
    manufacturer: textOf(device['manufacturer']),
    model: textOf(device['model']),
  }
}

/** The device's name and the entity's; older configurations repeat the device's name in the entity's. */
function nameOf(device: string | null, entity: string | null): string | null {
  if (device === null || entity === null) return entity ?? device
  return entity.startsWith(device) ? entity : `${device} ${entity}`
}

/** `~` at the beginning or end of a topic stands for the base topic. */
function withBase(topic: string, base: string | null): string {
  if (base === null) return topic
  if (topic.startsWith('~')) return base + topic.slice(1)
  return topic.endsWith('~') ? topic.slice(0, -1) + base : topic
}

function withFullKeys(fields: Fields, full: (key: string) => string): Fields {
  return Object.fromEntries(Object.keys(fields).map((key) => [full(key), fields[key] as Json]))
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, TEXT_LENGTH) : null
}

function unitOf(text: string | null): string | null {
  return text === null ? null : (UNITS.get(text) ?? text)
}
