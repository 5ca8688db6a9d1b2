// Remembers who a token or session belongs to: every request asks that first, and each time it was a way to the thread of the records and back.
// It is exact: the folder is this process's own, so all changes pass here, and any change of users, sessions or tokens forgets everything.
import type { Answer, EngineMethod } from '#store/sql/engine.ts'
import type { EngineCall } from '#store/sql/port.ts'

const REMEMBERED: ReadonlySet<EngineMethod> = new Set(['getUser', 'getSession', 'findToken'])
const FORGETS: ReadonlySet<EngineMethod> = new Set(['putUser', 'putSession', 'deleteSessions', 'putToken'])
/** Answers kept at most; beyond, the oldest goes. */
const MAX_KEPT = 10_000

export function rememberIdentities(call: EngineCall): EngineCall {
  const kept = new Map<string, Answer>()
  /** Counts changes: what was asked before one is not kept after it. */
  let changes = 0
  const forget = (): void => {
    changes++
    kept.clear()
  }
  return async (method, values) => {
    if (FORGETS.has(method)) {
      forget()
      return call(method, values).finally(forget)
    }
    if (!REMEMBERED.has(method)) return call(method, values)
    const key = `${method} ${String(values[0])}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const before = changes
    const answer = await call(method, values)
    // Guesses at secrets must not push out what is there.
    if (changes !== before || answer.result === null) return answer
    if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, answer)
    return answer
  }
}
