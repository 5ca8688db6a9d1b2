// Canonical JSON by RFC 8785: members by UTF-16 code units, numbers as ECMAScript writes them, no white space.

/** The canonical text of a JSON value. Throws for what JSON cannot hold: undefined, bigint, NaN, infinities, lone surrogates. */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return String(value)
    case 'number':
      if (!Number.isFinite(value)) throw new Error('canonical JSON has no NaN and no infinities')
      return JSON.stringify(value)
    case 'string':
      if (!value.isWellFormed()) throw new Error('canonical JSON has no lone surrogates')
      return JSON.stringify(value)
    case 'object': {
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
      // The default order of sort() is that of UTF-16 code units.
      const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(',')}}`
    }
    default:
      throw new Error(`canonical JSON has no ${typeof value}`)
  }
}
