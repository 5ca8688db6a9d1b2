// What belongs to the installation itself: its small settings, and the answers of POSTs that may be asked for again.
import { Failure } from '#domain/failure.ts'
import { text } from './columns.ts'
import type { Context } from './context.ts'
import { putMeta } from './meta.ts'

/** How long the answer of a POST is kept for a repetition with the same key. */
export const IDEMPOTENCY_KEPT_MS = 24 * 60 * 60 * 1000
/** Keys of meta that the engine keeps for itself. */
const OWN_KEYS: ReadonlySet<string> = new Set(['audit-head', 'last-recorded-at'])

export const createInstallation = (context: Context) => ({
  getIdempotent(actor: string, key: string): { bodyHash: string; status: number; answer: string } | null {
    const row = context.one(
      'SELECT body_hash, status, answer FROM idempotency WHERE actor = ? AND key = ? AND at > ?',
      actor,
      key,
      context.now - IDEMPOTENCY_KEPT_MS,
    )
    return row === undefined
      ? null
      : { bodyHash: text(row, 'body_hash'), status: Number(row['status']), answer: text(row, 'answer') }
  },
  putIdempotent(actor: string, key: string, bodyHash: string, status: number, answer: string, at: number): void {
    context.transaction(() => {
      context.run('DELETE FROM idempotency WHERE at <= ?', at - IDEMPOTENCY_KEPT_MS)
      const before = context.one('SELECT body_hash FROM idempotency WHERE actor = ? AND key = ?', actor, key)
      if (before !== undefined && before['body_hash'] !== bodyHash) {
        throw new Failure('conflict', `The idempotency key ${key} was used with another body. Choose a new key.`)
      }
      context.run(
        'INSERT INTO idempotency (actor, key, body_hash, status, answer, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        actor,
        key,
        bodyHash,
        status,
        answer,
        at,
      )
    })
  },

  getMeta(key: string): string | null {
    const row = context.one('SELECT value FROM meta WHERE key = ?', key)
    return row === undefined ? null : text(row, 'value')
  },
  putMeta(key: string, value: string): void {
    if (OWN_KEYS.has(key)) throw new Failure('internal', `The setting ${key} belongs to the records store.`)
    context.transaction(() => putMeta(context, key, value))
  },

  takeLease(name: string, holder: string, until: number): boolean {
    const key = `lease:${name}`
    return context.transaction(() => {
      const row = context.one('SELECT value FROM meta WHERE key = ?', key)
      const held = row === undefined ? null : (JSON.parse(text(row, 'value')) as { holder: string; until: number })
      if (held !== null && held.holder !== holder && held.until > context.now) return false
      putMeta(context, key, JSON.stringify({ holder, until }))
      return true
    })
  },
})
