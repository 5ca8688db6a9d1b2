// The byte range that a download asks for (RFC 9110, section 14): one range; several, and other units, count as none.

export type ByteRange = { from: number; to: number }

/** `to` is the last byte, in it. `null`: send everything; `unsatisfiable`: 416. */
export function readRange(header: string | undefined, bytes: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec((header ?? '').replaceAll(' ', ''))
  const [, first = '', last = ''] = match ?? []
  if (match === null || (first === '' && last === '')) return null
  if (first === '') {
    const count = Math.min(Number(last), bytes)
    return count === 0 ? 'unsatisfiable' : { from: bytes - count, to: bytes - 1 }
  }
  const from = Number(first)
  // A last byte before the first makes no range at all.
  if (last !== '' && Number(last) < from) return null
  if (from >= bytes) return 'unsatisfiable'
  return { from, to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) }
}
