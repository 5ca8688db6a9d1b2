// Finds the points of one device by the bytes of their keys, so that the path of a message makes no text of them.

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** Start of a hash; fold each byte of the key in with `hashByte`. */
export const HASH_START = FNV_OFFSET
export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, FNV_PRIME)
}

/** An open-addressing table from key bytes to the index of a point. */
export class KeyTable {
  #keys: Uint8Array[] = []
  #hashes: number[] = []
  #slots = new Int32Array(16).fill(-1)

  /** Number of keys; the next one added gets this index. */
  get size(): number {
    return this.#keys.length
  }

  /** Adds an ASCII key that is not there yet; gives its index. */
  add(key: string): number {
    const bytes = Buffer.from(key, 'latin1')
    let hash = HASH_START
    for (const byte of bytes) hash = hashByte(hash, byte)
    const index = this.#keys.length
    this.#keys.push(bytes)
    this.#hashes.push(hash)
    if (this.#keys.length * 2 > this.#slots.length) this.#grow()
    else this.#place(index)
    return index
  }

  /** Index of the key that stands at `from`–`to` in the bytes and has this hash, or -1. */
  find(payload: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] as number
      if (index === -1) return -1
      if (this.#hashes[index] === hash && this.#isKey(index, payload, from, to)) return index
    }
  }

  #isKey(index: number, payload: Uint8Array, from: number, to: number): boolean {
    const key = this.#keys[index] as Uint8Array
    if (key.length !== to - from) return false
    for (let i = 0; i < key.length; i++) if (key[i] !== payload[from + i]) return false
    return true
  }

  #place(index: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#hashes[index] as number) & mask
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
    this.#slots[slot] = index
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    for (let index = 0; index < this.#keys.length; index++) this.#place(index)
  }
}
