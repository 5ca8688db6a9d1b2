// Keeps answers of the records until something changes in them: pages ask the same again and again, and each time it was a way to a thread and back.
// It is exact: the folder is this process's own, so all changes pass here, and any change forgets everything.
import { deserialize, serialize } from 'node:v8'
import type { Answer, EngineMethod } from '#store/sql/engine.ts'
import type { EngineCall } from '#store/sql/port.ts'

const REMEMBERED: ReadonlySet<EngineMethod> = new Set([
  'seesPremises',
  'getObject',
  'listObjects',
  'objectIds',
  'listConnectors',
  'listProposedPoints',
  'getPaper',
  'listPapers',
])
/** What changes nothing of these and comes often. */
const APART: ReadonlySet<EngineMethod> = new Set([
  'takeLease',
  'putMeta',
  'appendAudit',
  'putSession',
  'deleteSessions',
  'putIdempotent',
  'addQuarantine',
])
/** Bytes of all answers kept, and of one; questions longer than so many letters are not kept. */
const MAX_BYTES = 33_554_432
const MAX_ANSWER_BYTES = 262_144
const MAX_QUESTION = 1_000
const DAY_MS = 86_400_000

/** `isRead` tells what changes nothing; `now` is the clock of the calls: what is classified may depend on the day. */
export function rememberAnswers(
  call: EngineCall,
  isRead: (method: EngineMethod) => boolean,
  now: () => number,
): EngineCall {
  // As bytes, so that each caller gets an answer of its own.
  const kept = new Map<string, Buffer>()
  let bytes = 0
  /** Counts changes: what was asked before one is not kept after it. */
  let changes = 0
  const forget = (): void => {
    changes++
    kept.clear()
    bytes = 0
  }
  const keep = (key: string, answer: Answer): void => {
    const body = serialize(answer.result)
    if (body.length > MAX_ANSWER_BYTES || kept.has(key)) return
    for (const [oldest, { length }] of kept) {
      if (bytes + body.length <= MAX_BYTES) break
      kept.delete(oldest)
      bytes -= length
    }
    kept.set(key, body)
    bytes += body.length
  }
  return async (method, values) => {
    if (!REMEMBERED.has(method)) {
      if (isRead(method) || APART.has(method)) return call(method, values)
      forget()
      return call(method, values).finally(forget)
    }
    const key = `${method} ${Math.floor(now() / DAY_MS)} ${JSON.stringify(values)}`
    if (key.length > MAX_QUESTION) return call(method, values)
    const known = kept.get(key)
    if (known !== undefined) return { result: deserialize(known) as unknown, events: [] }
    const before = changes
    const answer = await call(method, values)
    if (changes === before) keep(key, answer)
    return answer
  }
}
