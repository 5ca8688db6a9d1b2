// SHA-256 (FIPS 180-4) for the puzzle: browsers give their own only to pages over TLS, and one answer at a time.

/** The first 32 bits of the fractional parts of the roots of the first primes: square roots for the start, cube roots for the rounds. */
const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)))
const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)))

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by))
const schedule = new Int32Array(64)

/** Takes 64 bytes at `at` into the state. */
const takeBlock = (state: Int32Array, bytes: Uint8Array, at: number): void => {
  for (let i = 0; i < 16; i += 1) {
    const from = at + i * 4
    schedule[i] = (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!
  }
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [schedule[i - 15]!, schedule[i - 2]!]
    const first = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const second = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    schedule[i] = (schedule[i - 16]! + first + schedule[i - 7]! + second) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i]! + schedule[i]!) | 0
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  state[0] = state[0]! + a
  state[1] = state[1]! + b
  state[2] = state[2]! + c
  state[3] = state[3]! + d
  state[4] = state[4]! + e
  state[5] = state[5]! + f
  state[6] = state[6]! + g
  state[7] = state[7]! + h
}

const BLOCK = 64
const encoder = new TextEncoder()

/** Hashes texts that begin alike: the whole blocks of `prefix` are taken once. Gives the eight words of the digest. */
export const hasherOf = (prefix: string): ((suffix: string) => Int32Array) => {
  const begin = encoder.encode(prefix)
  const whole = begin.length - (begin.length % BLOCK)
  const known = START.slice()
  for (let at = 0; at < whole; at += BLOCK) takeBlock(known, begin, at)
  const rest = begin.subarray(whole)
  return (suffix) => {
    const end = encoder.encode(suffix)
    const length = rest.length + end.length
    const padded = new Uint8Array(Math.ceil((length + 9) / BLOCK) * BLOCK)
    padded.set(rest)
    padded.set(end, rest.length)
    padded[length] = 0x80
    const bits = (begin.length + end.length) * 8
    new DataView(padded.buffer).setUint32(padded.length - 4, bits)
    const state = known.slice()
    for (let at = 0; at < padded.length; at += BLOCK) takeBlock(state, padded, at)
    return state
  }
}
