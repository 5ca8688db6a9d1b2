// Deterministic numbers: the same seed, name and index give the same number on every machine and in any order of asking.

/** A 32-bit number from a seed and a name (FNV-1a, then mixed). */
export function hashName(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return mix(hash)
}

function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

/** A number in [0, 1) for an index of a key: random access instead of a stream, so that any instant can be asked first. */
export function randomAt(key: number, index: number): number {
  return mix(key ^ Math.imul(index | 0, 0x9e3779b1)) / 0x1_0000_0000
}

/** Smooth noise in [-1, 1] at position x: one random value per whole number, blended between. */
export function smoothNoise(key: number, x: number): number {
  const cell = Math.floor(x)
  const t = x - cell
  const blend = t * t * (3 - 2 * t)
  const a = randomAt(key, cell)
  const b = randomAt(key, cell + 1)
  return (a + (b - a) * blend) * 2 - 1
}

/** A whole number near `mean` whose average is exactly `mean`: the fraction decides how often it is one more. */
export function wholeNumber(key: number, index: number, mean: number): number {
  return mean <= 0 ? 0 : Math.floor(mean + randomAt(key, index))
}

/** A generator with state, for what has no natural index (which message is lost, which devices a fleet has). */
export function randomStream(seed: number): () => number {
  let index = 0
  const key = mix(seed ^ 0x5bd1e995)
  return () => randomAt(key, index++)
}
