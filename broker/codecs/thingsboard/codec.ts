// The thingsboard family: the device API and gateway API of ThingsBoard over MQTT, so that its devices can be moved here as they are.
import { refused } from '#broker/codecs/codec.ts'
import type { Codec, DecodeContext, Signal } from '#broker/codecs/codec.ts'
import { Gathering } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'

const NAME = 'thingsboard'
const OWN =
  /^v1\/devices\/me\/(telemetry|attributes|attributes\/request\/([^/]+)|rpc\/response\/([^/]+)|rpc\/request\/[^/]+|claim)$/
const GATEWAY = /^v1\/gateway\/(telemetry|connect|disconnect|attributes|attributes\/request|rpc|claim)$/
type Members = { [key: string]: Json }

export const thingsboardCodec: Codec = {
  name: NAME,
  recognises: (topic) => OWN.test(topic) || GATEWAY.test(topic),
  decode(topic, payload, context) {
    const parsed = parseJson(payload)
    if (parsed.problem !== null) return refused(NAME, parsed.problem, parsed.detail || undefined)
    const [, own, question, answer] = OWN.exec(topic) ?? []
    const gathering = new Gathering(NAME, context)
    const signals: Signal[] = []
    const body = parsed.value
    if (own !== undefined) {
      takeOwn(own.split('/')[0] as string, body, { question, answer }, context, gathering, signals)
    } else if (isJsonObject(body)) takeGateway(GATEWAY.exec(topic)?.[1] ?? 'telemetry', body, gathering, signals)
    else gathering.refuse('wrong-shape', 'an object by device name')
    const decoded = gathering.result()
    return signals.length === 0 ? decoded : { ...decoded, signals }
  },
}

function takeOwn(
  use: string,
  body: Json,
  { question, answer }: { question?: string | undefined; answer?: string | undefined },
  { device }: DecodeContext,
  gathering: Gathering,
  signals: Signal[],
): void {
  if (use === 'telemetry') return addRecords(body, device, gathering)
  if (answer !== undefined) signals.push(answerOf(device, answer, body))
  else if (question !== undefined) {
    if (!isJsonObject(body)) return gathering.refuse('wrong-shape', '{"clientKeys","sharedKeys"}')
    const [reported, desired] = [keysOf(body['clientKeys']), keysOf(body['sharedKeys'])]
    const isAll = reported === null && desired === null
    signals.push({
      kind: 'question',
      device,
      request: question,
      reported: isAll ? null : (reported ?? []),
      desired: isAll ? null : (desired ?? []),
      isSingle: false,
    })
  } else if (use === 'attributes') {
    if (!isJsonObject(body)) return gathering.refuse('wrong-shape', 'an object of attributes')
    signals.push({ kind: 'reported', device, values: body })
  }
  gathering.ignore(use)
}

function takeGateway(use: string, body: Members, gathering: Gathering, signals: Signal[]): void {
  if (use === 'telemetry') {
    for (const device of Object.keys(body)) {
      if (gathering.isOver()) return
      addRecords(body[device] as Json, device, gathering)
    }
    return
  }
  gathering.ignore(use)
  if (use === 'claim') return
  if (use === 'attributes') {
    for (const device of Object.keys(body)) {
      const values = body[device]
      if (isJsonObject(values)) signals.push({ kind: 'reported', device, values })
      else gathering.refuse('wrong-shape', `attributes of "${device.slice(0, 64)}" are no object`)
    }
    return
  }
  const device = body['device']
  if (typeof device !== 'string' || device === '') return gathering.refuse('wrong-shape', 'no "device"')
  const request = typeof body['id'] === 'number' || typeof body['id'] === 'string' ? String(body['id']) : null
  if (use === 'connect') signals.push({ kind: 'alive', device })
  else if (use === 'disconnect') signals.push({ kind: 'gone', device })
  else if (request === null) gathering.refuse('wrong-shape', 'no "id"')
  else if (use === 'rpc') signals.push(answerOf(device, request, body['data'] ?? null))
  else {
    const keys = Array.isArray(body['keys'])
      ? body['keys'].filter((key) => typeof key === 'string')
      : keysOf(body['key'])
    const isClient = body['client'] === true
    signals.push({
      kind: 'question',
      device,
      request,
      reported: isClient ? keys : [],
      desired: isClient ? [] : keys,
      isSingle: typeof body['key'] === 'string',
    })
  }
}

/** The answer to a remote procedure call; one that says `error`, or `success: false`, failed. */
function answerOf(device: string | null, command: string, data: Json): Signal {
  const isFailed = isJsonObject(data) && (data['success'] === false || Object.hasOwn(data, 'error'))
  return { kind: 'answer', device, command, state: isFailed ? 'failed' : 'done', data }
}

/** `{"ts","values"}`, a bare object of values, or an array of either. */
function addRecords(body: Json, device: string | null, gathering: Gathering): void {
  for (const record of Array.isArray(body) ? body : [body]) {
    if (gathering.isOver()) return
    if (!isJsonObject(record)) gathering.refuse('wrong-shape', 'an object of values, or {"ts","values"}')
    else if (Object.hasOwn(record, 'ts') && isJsonObject(record['values'])) {
      const at = parseInstant(record['ts'])
      if (typeof at === 'string') gathering.refuse(at, JSON.stringify(record['ts']).slice(0, 64))
      else addValues(record['values'], { device, at }, gathering)
    } else addValues(record, { device, at: null }, gathering)
  }
}

function addValues(values: Members, origin: { device: string | null; at: number | null }, gathering: Gathering): void {
  for (const key of Object.keys(values)) {
    const value = values[key] as Json
    // A JSON value is a record of its own there, no measurement.
    if (value === null || isJsonObject(value) || Array.isArray(value)) gathering.ignore(key)
    else gathering.add(origin, key, value, null)
  }
}

function keysOf(value: Json | undefined): string[] | null {
  return typeof value === 'string' ? value.split(',').filter((key) => key !== '') : null
}
