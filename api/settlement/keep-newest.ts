// Keeps what was made at last, so many of them; what is asked for again stays longest.
export type Kept<T> = {
  /** What is kept under the key, else what is made now. What fails to be made is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T>
}

export function keepNewest<T>(limit: number): Kept<T> {
  const all = new Map<string, Promise<T>>()
  return {
    get(key, make) {
      const known = all.get(key)
      all.delete(key)
      const value = known ?? make()
      all.set(key, value)
      if (known === undefined) value.catch(() => all.get(key) === value && all.delete(key))
      if (all.size > limit) all.delete(all.keys().next().value ?? '')
      return value
    },
  }
}
