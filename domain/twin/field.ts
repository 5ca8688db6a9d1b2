// What a key of a configuration or a parameter of a command may be, and what is wrong with one that is not.
import type { Problem } from '#domain/failure.ts'
import type { Words } from '#domain/device-types/device-type.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** `least` and `most` are in `unit` and may be reached. */
export type Field = {
  name: Words
  /** A command is not given without it. */
  needed?: boolean
} & (
  | { kind: 'number'; least: number; most: number; unit: string }
  | { kind: 'boolean' }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'text'; longest: number }
)
export type Fields = { readonly [key: string]: Field }

/** Problems of an object by JSON Pointer below `at`: keys that are not there, keys that are missing, values that do not fit. */
export function checkFields(value: JsonObject, fields: Fields, at: string): Problem[] {
  const problems: Problem[] = []
  for (const [key, given] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (field === undefined) {
      const known = Object.keys(fields)
      const there = known.length === 0 ? 'there are none here' : `there are: ${known.join(', ')}`
      problems.push({ pointer, code: 'unknown-key', message: `is not known; ${there}` })
      continue
    }
    const why = given === null ? null : fault(given, field)
    if (why !== null) problems.push({ pointer, code: 'out-of-range', message: why })
  }
  for (const [key, field] of Object.entries(fields))
    if (field.needed === true && (value[key] === undefined || value[key] === null))
      problems.push({ pointer: `${at}/${key}`, code: 'missing', message: 'is needed' })
  return problems
}

function fault(value: Json, field: Field): string | null {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' && value >= field.least && value <= field.most
        ? null
        : `should be a number from ${field.least} to ${field.most} ${field.unit}`.trimEnd()
    case 'boolean':
      return typeof value === 'boolean' ? null : 'should be true or false'
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
        ? null
        : `should be one of: ${field.options.join(', ')}`
    case 'text':
      return typeof value === 'string' && value.length <= field.longest
        ? null
        : `should be a text of at most ${field.longest} characters`
  }
}

/** Equal by value, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [Object.entries(a), b as { [key: string]: Json }]
  return left.length === Object.keys(right).length && left.every(([key, value]) => sameJson(value, right[key]))
}
