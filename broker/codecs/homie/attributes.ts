// What Homie's attributes declare: version 5 in one JSON description, versions 3 and 4 one attribute per topic.
import type { DeclaredPoint } from '#broker/codecs/codec.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'

/** Homie's recommended units that are written differently here. */
const UNITS = new Map(
  Object.entries({
    'm³': 'm3',
    VA: 'V·A',
    VAr: 'var',
    'µg/m³': 'µg/m3',
    'm³/h': 'm3/h',
    '#': '',
    '°F': '°F',
    lx: 'lx',
    lux: 'lx',
  }),
)
const TEXT_LENGTH = 128
/** Nodes and properties of one description. */
const DECLARED = 1_000

/** `{"nodes": {node: {"properties": {property: {"name", "datatype", "unit"}}}}}`; nothing when it is not of that form. */
export function declaredByDescription(device: string, payload: Uint8Array): DeclaredPoint[] {
  const { value } = parseJson(payload)
  const declared: DeclaredPoint[] = []
  for (const [node, properties] of nodesOf(value)) {
    for (const property of Object.keys(properties)) {
      const of = properties[property]
      if (!isJsonObject(of) || declared.length === DECLARED) continue
      declared.push({
        ...empty(device, `${node}.${property}`),
        name: textOf(of['name']),
        unit: unitOf(textOf(of['unit'])),
        deviceClass: textOf(of['datatype']),
      })
    }
  }
  return declared
}

/** `$name`, `$unit` and `$datatype` of a property. */
export function declaredByAttribute(
  device: string,
  point: string,
  attribute: string,
  payload: Uint8Array,
): DeclaredPoint[] {
  const text = textOf(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8'))
  if (attribute === '$name') return [{ ...empty(device, point), name: text }]
  if (attribute === '$unit') return [{ ...empty(device, point), unit: unitOf(text) }]
  return attribute === '$datatype' ? [{ ...empty(device, point), deviceClass: text }] : []
}

function nodesOf(description: Json): [string, { [key: string]: Json }][] {
  const nodes = isJsonObject(description) ? description['nodes'] : undefined
  if (!isJsonObject(nodes)) return []
  return Object.keys(nodes).flatMap((node): [string, { [key: string]: Json }][] => {
    const of = nodes[node]
    const properties = isJsonObject(of) ? of['properties'] : undefined
    return isJsonObject(properties) ? [[node, properties]] : []
  })
}

function empty(device: string, point: string): DeclaredPoint {
  return { device, point, name: null, unit: null, deviceClass: null, stateTopic: null, valueTemplate: null }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, TEXT_LENGTH) : null
}

function unitOf(text: string | null): string | null {
  if (text === null) return null
  return (UNITS.get(text) ?? text) || null
}
