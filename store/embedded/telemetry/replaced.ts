// A value that a later one replaced, as a row of the table `superseded`.
import { ByteReader, ByteWriter } from './bytes.ts'
import { seal, unseal } from './seal.ts'

/** One value of a series at an instant. */
export type Standing = { value: number; flags: number; receivedAt: number; text: string | undefined }

export function encodeReplaced(series: number, at: number, former: Standing, supersededAt: number): Uint8Array {
  const writer = new ByteWriter(64)
  writer.double(former.value)
  writer.double(former.receivedAt)
  writer.double(supersededAt)
  writer.byte(former.flags)
  writer.byte(former.text === undefined ? 0 : 1)
  if (former.text !== undefined) writer.text(former.text)
  return seal(writer.written(), [series, at])
}

/** @throws DamagedBytes */
export function decodeReplaced(blob: unknown, series: number, at: number): Standing & { supersededAt: number } {
  const reader = new ByteReader(unseal(blob, [series, at]))
  const value = reader.double()
  const receivedAt = reader.double()
  const supersededAt = reader.double()
  const flags = reader.byte()
  const text = reader.byte() === 1 ? reader.text() : undefined
  return { value, receivedAt, supersededAt, flags, text }
}
