// Reads the everyday form of the native family straight from its bytes: {"ts":1790000000000,"values":{"energy":1234.5,"on":true}}.
// Anything else (escapes, texts, other key orders, long numbers, a key not known or named twice) is left to the plain codec.
import { HASH_START, hashByte } from './key-table.ts'
import type { KeyTable } from './key-table.ts'

/** Values of one message that are read here; larger messages go the plain way. */
const MOST_VALUES = 256
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

/** One reader serves a whole broker: it keeps the columns of the message read last. */
export class FastReader {
  /** Milliseconds since 1970, or -1 when the message has no instant. */
  at = -1
  /** Index of the point in the device's key table, per value. */
  readonly keys = new Int32Array(MOST_VALUES)
  readonly values: (number | boolean)[] = Array.from({ length: MOST_VALUES }, () => 0)
  #seenIn = new Int32Array(64)
  #message = 0
  #position = 0
  #payload: Uint8Array = new Uint8Array(0)
  #number = 0

  /** Number of values read, or -1 when the plain codec must look at the message. */
  read(payload: Uint8Array, table: KeyTable): number {
    this.#payload = payload
    this.#position = 0
    this.#message++
    if (this.#seenIn.length < table.size) this.#seenIn = new Int32Array(table.size * 2)
    if (!this.#take(123)) return -1
    this.at = -1
    if (this.#takeWord(TS)) {
      if (!this.#take(58) || !this.#readNumber()) return -1
      if (this.#number < 0 || !Number.isInteger(this.#number) || this.#number > 8.64e15) return -1
      this.at = this.#number
      if (!this.#take(44)) return -1
    }
    if (!this.#takeWord(VALUES) || !this.#take(58) || !this.#take(123)) return -1
    const count = this.#readValues(table)
    if (count === -1 || !this.#take(125)) return -1
    this.#skipSpace()
    return this.#position === payload.length ? count : -1
  }

  #readValues(table: KeyTable): number {
    let count = 0
    if (this.#take(125)) return 0
    for (;;) {
      if (count === MOST_VALUES || !this.#take(34)) return -1
      const key = this.#readKey(table)
      if (key === -1 || this.#seenIn[key] === this.#message || !this.#take(58)) return -1
      this.#seenIn[key] = this.#message
      this.keys[count] = key
      this.#skipSpace()
      const byte = this.#payload[this.#position]
      if (byte === 116 || byte === 102) {
        if (!this.#takeWord(byte === 116 ? TRUE : FALSE)) return -1
        this.values[count] = byte === 116
      } else if (this.#readNumber()) this.values[count] = this.#number
      else return -1
      count++
      if (this.#take(44)) continue
      return this.#take(125) ? count : -1
    }
  }

  /** Reads a key up to its closing quote; -1 for one that is escaped, not ASCII or unknown. */
  #readKey(table: KeyTable): number {
    const payload = this.#payload
    const from = this.#position
    let hash = HASH_START
    let at = from
    for (; at < payload.length; at++) {
      const byte = payload[at] as number
      if (byte === 34) break
      if (byte === 92 || byte < 32 || byte > 126) return -1
      hash = hashByte(hash, byte)
    }
    if (at === payload.length) return -1
    this.#position = at + 1
    return table.find(payload, from, at, hash)
  }

  /**
   * A JSON number of at most 15 digits without exponent. Digits and power of ten are both exact in a double then, and one
   * division rounds once, so the value is the one that JSON.parse gives.
   */
  #readNumber(): boolean {
    this.#skipSpace()
    const payload = this.#payload
    let at = this.#position
    const negative = payload[at] === 45
    if (negative) at++
    const first = at
    let digits = 0
    let mantissa = 0
    let byte = payload[at] as number
    while (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48)
      digits++
      byte = payload[++at] as number
    }
    if (digits === 0 || (digits > 1 && payload[first] === 48)) return false
    let decimals = 0
    if (byte === 46) {
      byte = payload[++at] as number
      while (byte >= 48 && byte <= 57) {
        mantissa = mantissa * 10 + (byte - 48)
        decimals++
        byte = payload[++at] as number
      }
      if (decimals === 0) return false
    }
    if (digits + decimals > 15 || byte === 101 || byte === 69) return false
    const value = decimals === 0 ? mantissa : mantissa / (POWERS_OF_TEN[decimals] as number)
    this.#number = negative ? -value : value
    this.#position = at
    return true
  }

  #skipSpace(): void {
    const payload = this.#payload
    let byte = payload[this.#position]
    while (byte === 32 || byte === 10 || byte === 13 || byte === 9) byte = payload[++this.#position]
  }

  #take(wanted: number): boolean {
    this.#skipSpace()
    if (this.#payload[this.#position] !== wanted) return false
    this.#position++
    return true
  }

  /** Takes exact bytes; the position stays when they are others. */
  #takeWord(word: Uint8Array): boolean {
    this.#skipSpace()
    for (let i = 0; i < word.length; i++) if (this.#payload[this.#position + i] !== word[i]) return false
    this.#position += word.length
    return true
  }
}

const TS = Buffer.from('"ts"')
const VALUES = Buffer.from('"values"')
const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')
