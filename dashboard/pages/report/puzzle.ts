// The puzzle of a report: the first number with which the token's SHA-256 begins with so many zero bits.
import { hasherOf } from './sha256.ts'

/** `token.number`: what goes with the report. */
export const solvePuzzle = (token: string, bits: number): string => {
  const hash = hasherOf(`${token}.`)
  for (let number = 0; ; number += 1) if (zeroBits(hash(String(number))) >= bits) return `${token}.${number}`
}

const zeroBits = (words: Int32Array): number => {
  let bits = 0
  for (const word of words) {
    if (word !== 0) return bits + Math.clz32(word)
    bits += 32
  }
  return bits
}
