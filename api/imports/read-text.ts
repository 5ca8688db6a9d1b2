// Bytes of a text file as text: by its byte order mark, else UTF-8, else what Windows wrote before (told to the person).
import { Failure } from '#domain/failure.ts'

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'

/** @throws Failure 'unsupported-type' for bytes that are no text. */
export function readText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const marked: Encoding | null =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  if (marked !== null) return { text: new TextDecoder(marked).decode(bytes), encoding: marked }
  if (bytes.subarray(0, 4096).includes(0))
    throw new Failure(
      'unsupported-type',
      'The file is neither a table nor text. Save it as CSV (UTF-8) or XLSX and send it again.',
    )
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}
