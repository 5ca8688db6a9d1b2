// Who may come in: user names, the SHA-256 of their tokens, kept in memory and followed when they are made or revoked.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Credential, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ID_PATTERN } from '#domain/registry/bundle.ts'

export type Credentials = {
  /** The valid credential that user name and password show, or null. Rejects when the records are unavailable: nobody comes in then. */
  check(userName: string, password: Uint8Array): Promise<Credential | null>
  /** The valid credential of a token that is shown alone, as the user name (ThingsBoard's access token), or null. Rejects like `check`. */
  checkToken(token: string): Promise<Credential | null>
  /** It came in with this credential, or goes on using it. */
  used(credential: Id, at: number): void
  /** When a credential was last used to come in, in milliseconds since 1970; null since this start. */
  usedAt(credential: Id): number | null
  /** Valid credentials of a device or gateway id. */
  of(id: Id): Promise<readonly Credential[]>
  close(): void
}

/** Ids whose credentials are kept in memory; the oldest goes first. */
const KEPT_IDS = 100_000
/** A token is 43 characters of base64url; nobody's password is longer than this. */
const PASSWORD_BYTES = 256
/** What a token may look like where it stands alone. */
const TOKEN = /^[A-Za-z0-9_-]{32,128}$/
const NO_HASH = Buffer.alloc(32)

/** The stored form of a token: SHA-256 in lower-case hexadecimal. A token has 256 random bits, so no slow hash is needed. */
export function hashToken(token: string | Uint8Array): string {
  return createHash('sha256').update(token).digest('hex')
}

/** `changed` is called with each id whose credentials were made or revoked, after the cache forgot it. */
export function createCredentials(records: Records, changed: (ids: Id[]) => void): Credentials {
  const kept = new Map<Id, readonly Credential[]>()
  const lastUse = new Map<Id, number>()
  let generation = 0
  const stop = records.onCredentials((ids) => {
    generation++
    for (const id of ids) kept.delete(id)
    changed(ids)
  })

  async function of(id: Id): Promise<readonly Credential[]> {
    const known = kept.get(id)
    if (known !== undefined) return known
    const before = generation
    const found = await records.credentialsOf(id)
    const valid = found.filter(({ revokedAt }) => revokedAt === null)
    // Unknown names are not kept: strangers choose them.
    if (before === generation && valid.length > 0) {
      if (kept.size >= KEPT_IDS) {
        const oldest = kept.keys().next()
        if (!oldest.done) kept.delete(oldest.value)
      }
      kept.set(id, valid)
    }
    return valid
  }

  return {
    of,
    used(credential, at) {
      lastUse.delete(credential)
      if (lastUse.size >= KEPT_IDS) {
        const oldest = lastUse.keys().next()
        if (!oldest.done) lastUse.delete(oldest.value)
      }
      lastUse.set(credential, at)
    },
    usedAt: (credential) => lastUse.get(credential) ?? null,
    async check(userName, password) {
      if (!ID_PATTERN.test(userName) || password.length > PASSWORD_BYTES) return null
      const shown = createHash('sha256').update(password).digest()
      for (const credential of await of(userName)) {
        const stored = Buffer.from(credential.hash, 'hex')
        if (timingSafeEqual(shown, stored.length === shown.length ? stored : NO_HASH)) return credential
      }
      return null
    },
    async checkToken(token) {
      if (!TOKEN.test(token)) return null
      const found = await records.findCredential(hashToken(token))
      return found?.revokedAt === null ? found : null
    },
    close: stop,
  }
}
