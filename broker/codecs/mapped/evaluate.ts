// Runs one mapping over one payload and reads its result as readings. Only the process of mappings does this.
import jsonata from 'jsonata'
import { refused } from '#broker/codecs/codec.ts'
import type { DecodeContext, Decoded } from '#broker/codecs/codec.ts'
import { Gathering } from '#broker/codecs/gathering.ts'
import { parseInstant } from '#broker/codecs/instant.ts'
import { ExactDecimal, isJsonObject, parseJson } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { checkExpression } from './check-expression.ts'

export const MAPPED = 'mapped'
/** Expressions kept parsed. */
const KEPT_EXPRESSIONS = 500
/** Functions within each other, and members of one result list. */
const STACK = 500
const SEQUENCE = 100_000
/** Names a device or unit may have. */
const NAME_CHARACTERS = 200

type Runnable = ReturnType<typeof jsonata>
const parsed = new Map<string, Runnable | string>()

/** The mapping's readings, or why there are none; never throws, but may run for ever or out of memory. */
export async function evaluateMapping(
  expression: string,
  topic: string,
  payload: Uint8Array,
  context: DecodeContext,
): Promise<Decoded> {
  const runnable = runnableOf(expression)
  if (typeof runnable === 'string') return refused(MAPPED, 'wrong-mapping', runnable)
  const input = parseJson(payload)
  if (input.problem !== null) return refused(MAPPED, input.problem, input.detail || undefined)
  let result: unknown
  try {
    result = await runnable.evaluate(plain(input.value), {
      topic,
      levels: topic.split('/'),
      receivedAt: context.receivedAt,
      // The same message gives the same readings whenever it is read: "now" is when it was received.
      millis: () => context.receivedAt,
      now: () => new Date(context.receivedAt).toISOString(),
      eval: undefined,
      random: undefined,
      shuffle: undefined,
    })
  } catch (error) {
    return refused(MAPPED, codeOf(error), messageOf(error))
  }
  return readingsOf(result, context)
}

function runnableOf(expression: string): Runnable | string {
  const known = parsed.get(expression)
  if (known !== undefined) return known
  const wrong = checkExpression(expression)
  const runnable = wrong === null ? jsonata(expression, { stack: STACK, sequence: SEQUENCE }) : wrong.message
  if (parsed.size >= KEPT_EXPRESSIONS) parsed.clear()
  parsed.set(expression, runnable)
  return runnable
}

function codeOf(error: unknown): 'mapping-failed' | 'mapping-too-large' {
  const code = (error as { code?: unknown } | null)?.code
  // The engine's own guards (depth, list length) and the language's.
  return code === 'D1011' || code === 'D2014' || code === 'D2015' || error instanceof RangeError
    ? 'mapping-too-large'
    : 'mapping-failed'
}

function messageOf(error: unknown): string {
  const { message, position } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const why = String(message ?? error).slice(0, 200)
  return typeof position === 'number' ? `${why} (character ${position})` : why
}

/** JSONata counts in doubles: decimals with more digits lose those behind the fifteenth. */
function plain(value: Json): unknown {
  if (value instanceof ExactDecimal) return Number(value.decimal)
  if (Array.isArray(value)) return value.map(plain)
  if (!isJsonObject(value)) return value
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(value)) copy[key] = plain(value[key] as Json)
  // The engine asks `hasOwnProperty` of objects itself, so it needs the ordinary prototype; own keys hide nothing of it.
  return Object.setPrototypeOf(copy, Object.prototype)
}

/** One reading or a list: `{device?, point, value, unit?, at?}`, or `{device?, at?, values: {point: value}}`. */
function readingsOf(result: unknown, context: DecodeContext): Decoded {
  const gathering = new Gathering(MAPPED, context)
  if (result === undefined || result === null) gathering.ignore('(nothing)')
  const list: unknown[] = Array.isArray(result) ? result : result === undefined || result === null ? [] : [result]
  for (const [index, one] of list.entries()) {
    if (gathering.isOver()) break
    addOne(one, index, gathering, context)
  }
  return gathering.result()
}

function addOne(one: unknown, index: number, gathering: Gathering, context: DecodeContext): void {
  const wrong = (why: string): void => gathering.refuse('wrong-shape', `result ${index}: ${why}`)
  if (!isPlainObject(one)) return wrong('is no object {device, point, value, unit, at}')
  const device = own(one, 'device') ?? context.device
  if (device !== null && (typeof device !== 'string' || device === '' || device.length > NAME_CHARACTERS))
    return wrong('"device" is no text')
  const instant = own(one, 'at') ?? null
  const at = instant === null ? null : parseInstant(instant as Json)
  if (typeof at === 'string')
    return gathering.refuse(at, `result ${index}: ${JSON.stringify(instant)?.slice(0, 64) ?? ''}`)
  const origin = { device, at }
  const values = own(one, 'values')
  if (isPlainObject(values)) {
    for (const key of Object.keys(values)) addValue(gathering, origin, key, values[key], null)
    return
  }
  const point = own(one, 'point')
  if (typeof point !== 'string') return wrong('has neither "point" nor "values"')
  const unit = own(one, 'unit') ?? null
  if (unit !== null && (typeof unit !== 'string' || unit.length > NAME_CHARACTERS)) return wrong('"unit" is no text')
  addValue(gathering, origin, point, own(one, 'value'), unit)
}

function addValue(
  gathering: Gathering,
  origin: { device: string | null; at: number | null },
  point: string,
  value: unknown,
  unit: string | null,
): void {
  if (value === undefined || value === null) gathering.ignore(point)
  else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    gathering.add(origin, point, value, unit)
  else gathering.refuse('bad-value', `"${point.slice(0, 64)}"`)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('_jsonata_function' in value)
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
