// Takes a P1 telegram apart: /identification, data lines `id(value)(value)…`, ! and check sum.
import type { DecodeProblemCode } from '#broker/codecs/codec.ts'
import { crcOfTelegram } from './crc.ts'

export type DataLine = { obis: string; values: string[] }
export type Telegram = { lines: DataLine[]; end: number }
export type TelegramProblem = { problem: DecodeProblemCode; detail: string }

const SLASH = 0x2f
const EXCLAMATION = 0x21
const CR = 0x0d
/** Longest telegram: DSMR 5 allows messages of 1,024 characters (2,048 digits) beside a few kilobytes of lines. */
export const TELEGRAM_BYTES = 16_384
const LINE = /^(\d{1,3}-\d{1,3}:\d{1,3}\.\d{1,3}\.\d{1,3}(?:[.*]\d{1,3})?)((?:\([^()]*\))+)$/

/** The first telegram at or after `from`, checked; null when there is none. */
export function readTelegram(bytes: Uint8Array, from: number): Telegram | TelegramProblem | null {
  const start = bytes.indexOf(SLASH, from)
  if (start === -1) return null
  const mark = endMark(bytes, start)
  if (mark === -1) return { problem: 'truncated', detail: 'a telegram ends with "!"' }
  if (mark - start > TELEGRAM_BYTES) return { problem: 'too-large', detail: `at most ${TELEGRAM_BYTES} bytes` }
  const body = bytes.subarray(start, mark + 1)
  const lines = linesOf(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'))
  if (!Array.isArray(lines)) return lines
  const tail = Buffer.from(bytes.subarray(mark + 1, mark + 7)).toString('latin1')
  const [, digits = ''] = /^([0-9A-Fa-f]{0,4})(?=[\s/]|$)/.exec(tail) ?? []
  if (digits === '' && /^[^\s/]/.test(tail)) return { problem: 'bad-checksum', detail: 'not four hexadecimal digits' }
  // Only DSMR 2 and 3 have no check sum; they have no clock and no version line either.
  if (digits === '' && lines.some(({ obis }) => obis === '0-0:1.0.0' || obis === '1-3:0.2.8')) {
    return { problem: 'truncated', detail: 'no check sum after "!"' }
  }
  if (digits !== '' && !fits(body, Number.parseInt(digits, 16))) {
    return { problem: 'bad-checksum', detail: `${digits} is not the telegram's` }
  }
  return { lines, end: mark + 1 + digits.length }
}

/** The "!" that begins a line. */
function endMark(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(EXCLAMATION, start); at !== -1; at = bytes.indexOf(EXCLAMATION, at + 1)) {
    const before = bytes[at - 1]
    if (before === 0x0a || before === CR) return at
  }
  return -1
}

/** Some readers turn the line ends into single line feeds; the sum is always of the bytes that the meter sent. */
function fits(body: Uint8Array, sum: number): boolean {
  if (crcOfTelegram(body) === sum) return true
  if (body.includes(CR)) return false
  return crcOfTelegram(Buffer.from(Buffer.from(body).toString('latin1').replaceAll('\n', '\r\n'), 'latin1')) === sum
}

function linesOf(text: string): DataLine[] | TelegramProblem {
  const [, ...rest] = text.slice(0, -1).split(/\r\n|\n|\r/)
  const lines: DataLine[] = []
  for (const line of rest) {
    const trimmed = line.trim()
    const previous = lines.at(-1)
    // DSMR 2 and 3 write the gas value on a line of its own.
    if (/^\([^()]*\)$/.test(trimmed) && previous !== undefined) previous.values.push(trimmed.slice(1, -1))
    else if (trimmed !== '') {
      const match = LINE.exec(trimmed)
      if (match === null) return { problem: 'wrong-shape', detail: `the line ${JSON.stringify(trimmed.slice(0, 48))}` }
      const [, obis = '', values = ''] = match
      lines.push({ obis: obis.replace(/\*\d+$/, ''), values: values.slice(1, -1).split(')(') })
    }
  }
  return lines
}
