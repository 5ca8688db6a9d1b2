// Retained messages by the levels of their topics: a filter walks down to what it covers and looks at nothing else.

type Node<T> = { below: Map<string, Node<T>>; value: T | undefined }

export class RetainedIndex<T> {
  readonly #root: Node<T> = { below: new Map(), value: undefined }
  #size = 0

  /** Topics that have a message. */
  get size(): number {
    return this.#size
  }

  get(topic: string): T | undefined {
    let node: Node<T> | undefined = this.#root
    for (const level of topic.split('/')) node = node?.below.get(level)
    return node?.value
  }

  set(topic: string, value: T): void {
    let node = this.#root
    for (const level of topic.split('/'))
      node = node.below.getOrInsertComputed(level, () => ({ below: new Map(), value: undefined }))
    if (node.value === undefined) this.#size++
    node.value = value
  }

  /** Also drops the levels that lead to nothing any more. */
  delete(topic: string): void {
    const levels = topic.split('/')
    const path: Node<T>[] = [this.#root]
    for (const level of levels) {
      const next = path.at(-1)?.below.get(level)
      if (next === undefined) return
      path.push(next)
    }
    const last = path.at(-1) as Node<T>
    if (last.value === undefined) return
    last.value = undefined
    this.#size--
    for (let i = levels.length; i > 0; i--) {
      const node = path[i] as Node<T>
      if (node.value !== undefined || node.below.size > 0) return
      path[i - 1]?.below.delete(levels[i - 1] as string)
    }
  }

  /** The messages that a filter covers (MQTT 3.1.1, 4.7): `#` also its own parent; a leading wildcard no topic that begins with `$`. */
  covered(filter: string): Generator<T> {
    return this.#walk(this.#root, filter.split('/'), 0)
  }

  *#walk(node: Node<T>, levels: readonly string[], at: number): Generator<T> {
    const level = levels[at]
    if (level === undefined) {
      if (node.value !== undefined) yield node.value
      return
    }
    if (level === '#') {
      if (at > 0 && node.value !== undefined) yield node.value
      for (const [name, next] of node.below) if (at > 0 || !name.startsWith('$')) yield* everything(next)
      return
    }
    if (level === '+') {
      const after = levels[at + 1]
      const isPlain = after !== undefined && after !== '+' && after !== '#'
      for (const [name, next] of node.below) {
        if (at === 0 && name.startsWith('$')) continue
        // Very many devices lie side by side: those without the next level are not gone into.
        if (!isPlain || next.below.has(after)) yield* this.#walk(next, levels, at + 1)
      }
      return
    }
    const next = node.below.get(level)
    if (next !== undefined) yield* this.#walk(next, levels, at + 1)
  }
}

function* everything<T>(node: Node<T>): Generator<T> {
  if (node.value !== undefined) yield node.value
  for (const next of node.below.values()) yield* everything(next)
}
