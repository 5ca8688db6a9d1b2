// Lets the acknowledgements of a connection leave in the order in which its messages came (MQTT 3.1.1, 4.6),
// although some wait for the quarantine, for a lookup or for their pace while others are already durable.

export type Done = (error?: Error | null) => void
type Answer = { done: Done; settled: boolean; next: Answer | null }

export class Answers {
  #first: Answer | null = null
  #last: Answer | null = null

  /** Takes the place of a message that came now; the callback settles it. An error does not wait: it closes the connection. */
  inOrder(done: Done): Done {
    const answer: Answer = { done, settled: false, next: null }
    if (this.#last === null) this.#first = answer
    else this.#last.next = answer
    this.#last = answer
    return (error) => {
      if (answer.settled) return
      answer.settled = true
      if (error != null) return done(error)
      if (answer === this.#first) this.#leave()
    }
  }

  #leave(): void {
    let answer = this.#first
    while (answer !== null && answer.settled) {
      this.#first = answer.next
      if (answer.next === null) this.#last = null
      answer.done(null)
      answer = this.#first
    }
  }
}
