// How names and values stand in the line protocol and in InfluxQL.

/** A field value in the line protocol. */
export const float = (value: number): string => String(value)
export const integer = (value: number): string => `${value}i`
export const text = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/**
 * A tag value for a name: readable as it is, but control characters, backslash and % as %XX, and no name as %,
 * because a tag can hold neither line ends nor nothing. No two names have the same.
 */
export const tagOf = (name: string): string => (name === '' ? '%' : name.replaceAll(/[%\\\p{Cc}]/gu, escapeCharacter))

const escapeCharacter = (character: string): string =>
  `%${(character.codePointAt(0) as number).toString(16).padStart(2, '0').toUpperCase()}`

/** A string in InfluxQL. Tag values need no more: tagOf leaves no backslash and no line end. */
export const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** `from` ≤ time < `to`, within what the store takes. */
export const between = (from: number, to: number): string =>
  `time >= ${Math.ceil(clamp(from))}ms AND time < ${Math.ceil(clamp(to))}ms`

const END = Date.UTC(2200, 0, 1)
const clamp = (at: number): number => Math.min(Math.max(at, 0), END)

/** One point as a line, for drivers that take lines. */
export function lineOf(point: {
  measurement: string
  tags: Record<string, string>
  fields: Record<string, string>
  time: string
}): string {
  let line = point.measurement
  for (const [name, value] of Object.entries(point.tags)) line += `,${name}=${value.replaceAll(/[,= ]/g, '\\$&')}`
  const fields = Object.entries(point.fields)
  for (let index = 0; index < fields.length; index++) {
    const [name, value] = fields[index] as [string, string]
    line += `${index === 0 ? ' ' : ','}${name}=${value}`
  }
  return `${line} ${point.time}`
}
