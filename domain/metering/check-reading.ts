// What the port does not take: refused at the call, before anything is kept.
import { Failure } from '#domain/failure.ts'
import { LAST_INSTANT, MAX_EDGES, MAX_TEXT_CHARACTERS } from '#domain/ports/telemetry.ts'
import type { Value } from '#domain/ports/telemetry.ts'

/** @throws Failure 'bad-request' on an instant outside 1970–2200 or a value that is not finite, no decimal, or too long. */
export function checkReading(at: number, value: Value, receivedAt: number): void {
  for (const instant of [at, receivedAt]) {
    if (!Number.isSafeInteger(instant) || instant < 0 || instant > LAST_INSTANT) {
      throw new Failure('bad-request', `The instant ${instant} is not a whole millisecond in 1970–2200.`)
    }
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Failure('bad-request', `${value} is no finite value.`)
  if (typeof value === 'string' && value.length > MAX_TEXT_CHARACTERS) {
    throw new Failure('bad-request', `A text value has at most ${MAX_TEXT_CHARACTERS} characters.`)
  }
  if (
    typeof value === 'object' &&
    !(value.decimal.length <= MAX_TEXT_CHARACTERS && /^-?\d+(\.\d+)?$/.test(value.decimal))
  ) {
    throw new Failure('bad-request', 'A decimal value has digits and at most one point.')
  }
}

/** @throws Failure 'bad-request' unless the edges ascend and are 2 to 2,001. */
export function checkEdges(edges: readonly number[]): void {
  const ascend = edges.every(
    (edge, index) => Number.isFinite(edge) && (index === 0 || edge > (edges[index - 1] as number)),
  )
  if (edges.length < 2 || edges.length > MAX_EDGES || !ascend) {
    throw new Failure('bad-request', `Bucket edges must ascend and be 2 to ${MAX_EDGES}.`)
  }
}
