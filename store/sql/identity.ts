// Who may come in: users, sessions, API tokens, credentials of devices. Secrets are here only as the hashes that the caller gives.
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Actor, Credential, Scope, Session, Token, User } from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import { numberOrNull, text, textOrNull } from './columns.ts'
import type { Context, Row, SqlValue } from './context.ts'

const userOf = (row: Row): User => JSON.parse(text(row, 'body')) as User
const tokenOf = (row: Row): Token => JSON.parse(text(row, 'body')) as Token
const sessionOf = (row: Row): Session => ({
  idHash: text(row, 'id_hash'),
  user: text(row, 'user'),
  organisation: textOrNull(row, 'organisation'),
  csrf: text(row, 'csrf'),
  createdAt: Number(row['created_at']),
  seenAt: Number(row['seen_at']),
  expiresAt: Number(row['expires_at']),
  agent: text(row, 'agent'),
})
const credentialOf = (row: Row): Credential => ({
  id: text(row, 'id'),
  device: text(row, 'device'),
  hash: text(row, 'hash'),
  gateway: row['gateway'] === 1,
  createdAt: Number(row['created_at']),
  revokedAt: numberOrNull(row, 'revoked_at'),
})

const AMONG = 'AND id IN (SELECT value FROM json_each($ids))'
const idsOf = (ids?: readonly Id[]): Record<string, SqlValue> => (ids === undefined ? {} : { ids: JSON.stringify(ids) })

/** Logins are compared without regard to case, so that two cannot look alike. */
const loginKey = (login: string): string => login.normalize('NFC').toLowerCase()

export const createIdentity = (context: Context) => {
  const premisesOfDevice = (device: Id): string | null => {
    const row = context.one(
      "SELECT premises FROM objects WHERE kind = 'devices' AND id = ? AND superseded_at IS NULL",
      device,
    )
    return row === undefined ? null : textOrNull(row, 'premises')
  }
  const auditCredentials = (actor: Actor, action: string, device: Id, detail: object): void =>
    writeAudit(context, actor, {
      action,
      kind: 'credentials',
      id: device,
      premises: premisesOfDevice(device),
      detail: JSON.stringify(detail),
    })

  return {
    putUser(user: User, actor: Actor): void {
      context.transaction(() => {
        const login = loginKey(user.login)
        const taken = context.one('SELECT id FROM users WHERE login = ? AND id <> ?', login, user.id)
        if (taken !== undefined) throw new Failure('conflict', `The login ${user.login} is taken. Choose another.`)
        context.run(
          'INSERT INTO users (id, login, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET login = excluded.login, body = excluded.body',
          user.id,
          login,
          JSON.stringify(user),
        )
        const { memberships, disabled, mustChangePassword } = user
        const detail = JSON.stringify({ login: user.login, memberships, disabled, mustChangePassword })
        writeAudit(context, actor, { action: 'user.put', kind: 'users', id: user.id, premises: null, detail })
      })
    },
    getUser(id: Id): User | null {
      const row = context.one('SELECT body FROM users WHERE id = ?', id)
      return row === undefined ? null : userOf(row)
    },
    findUser(login: string): User | null {
      const row = context.one('SELECT body FROM users WHERE login = ?', loginKey(login))
      return row === undefined ? null : userOf(row)
    },
    findExternalUser(provider: Id, subject: string): User | null {
      const row = context.one(
        `SELECT body FROM users WHERE EXISTS (SELECT 1 FROM json_each(body, '$.externals')
           WHERE json_extract(value, '$.provider') = ? AND json_extract(value, '$.subject') = ?)`,
        provider,
        subject,
      )
      return row === undefined ? null : userOf(row)
    },
    /** An organisation sees the users who are its members. */
    listUsers: (scope: Scope, ids?: readonly Id[]): User[] =>
      context
        .named(
          `SELECT body FROM users WHERE ($organisation IS NULL
             OR EXISTS (SELECT 1 FROM json_each(body, '$.memberships') WHERE json_extract(value, '$.organisation') = $organisation))
           ${ids === undefined ? '' : AMONG} ORDER BY id`,
          { organisation: scope.organisation, ...idsOf(ids) },
        )
        .map(userOf),

    putSession(session: Session): void {
      context.transaction(() =>
        context.run(
          `INSERT INTO sessions (id_hash, "user", organisation, csrf, created_at, seen_at, expires_at, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id_hash) DO UPDATE SET "user" = excluded."user", organisation = excluded.organisation, csrf = excluded.csrf,
             created_at = excluded.created_at, seen_at = excluded.seen_at, expires_at = excluded.expires_at, agent = excluded.agent`,
          session.idHash,
          session.user,
          session.organisation,
          session.csrf,
          session.createdAt,
          session.seenAt,
          session.expiresAt,
          session.agent,
        ),
      )
    },
    getSession(idHash: string): Session | null {
      const row = context.one('SELECT * FROM sessions WHERE id_hash = ?', idHash)
      return row === undefined ? null : sessionOf(row)
    },
    listSessions: (user: Id): Session[] =>
      context.all('SELECT * FROM sessions WHERE "user" = ? ORDER BY created_at DESC, id_hash', user).map(sessionOf),
    /** Also removes whatever has expired by now. */
    deleteSessions(by: { idHash?: string; user?: Id }): number {
      return context.transaction(() => {
        const conditions = { 'id_hash = ?': by.idHash, '"user" = ?': by.user }
        const asked = Object.entries(conditions).filter(([, value]) => value !== undefined)
        const deleted =
          asked.length === 0
            ? 0
            : context.run(
                `DELETE FROM sessions WHERE ${asked.map(([condition]) => condition).join(' AND ')}`,
                ...asked.map(([, value]) => value ?? null),
              )
        context.run('DELETE FROM sessions WHERE expires_at <= ?', context.now)
        return deleted
      })
    },

    putToken(token: Token, actor: Actor): void {
      context.transaction(() => {
        context.run(
          `INSERT INTO tokens (id, hash, organisation, body) VALUES (?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, organisation = excluded.organisation, body = excluded.body`,
          token.id,
          token.hash,
          token.organisation,
          JSON.stringify(token),
        )
        const { name, organisation, roles, scopes, expiresAt, revokedAt } = token
        const detail = JSON.stringify({ name, organisation, roles, scopes, expiresAt, revokedAt })
        writeAudit(context, actor, { action: 'token.put', kind: 'tokens', id: token.id, premises: null, detail })
      })
    },
    findToken(hash: string): Token | null {
      const row = context.one('SELECT body FROM tokens WHERE hash = ?', hash)
      return row === undefined ? null : tokenOf(row)
    },
    listTokens: (scope: Scope, ids?: readonly Id[]): Token[] =>
      context
        .named(
          `SELECT body FROM tokens WHERE ($organisation IS NULL OR organisation = $organisation)
           ${ids === undefined ? '' : AMONG} ORDER BY id`,
          { organisation: scope.organisation, ...idsOf(ids) },
        )
        .map(tokenOf),

    putCredentials(credentials: Credential[], actor: Actor): void {
      const devices = [...new Set(credentials.map((credential) => credential.device))]
      context.transaction(() => {
        for (const { id, device, hash, gateway, createdAt, revokedAt } of credentials) {
          context.run(
            `INSERT INTO credentials (id, device, hash, gateway, created_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET device = excluded.device, hash = excluded.hash, gateway = excluded.gateway,
               created_at = excluded.created_at, revoked_at = excluded.revoked_at`,
            id,
            device,
            hash,
            gateway ? 1 : 0,
            createdAt,
            revokedAt,
          )
          auditCredentials(actor, 'credential.put', device, { id, gateway, revokedAt })
        }
        if (devices.length > 0) context.events.push({ on: 'credentials', devices })
      })
    },
    credentialsOf: (device: Id): Credential[] =>
      context
        .all('SELECT * FROM credentials WHERE device = ? AND revoked_at IS NULL ORDER BY created_at, id', device)
        .map(credentialOf),
    findCredential(hash: string): Credential | null {
      const row = context.one('SELECT * FROM credentials WHERE hash = ? AND revoked_at IS NULL', hash)
      return row === undefined ? null : credentialOf(row)
    },
    revokeCredentials(device: Id, at: number, actor: Actor): number {
      return context.transaction(() => {
        const count = context.run(
          'UPDATE credentials SET revoked_at = ? WHERE device = ? AND revoked_at IS NULL',
          at,
          device,
        )
        if (count > 0) {
          auditCredentials(actor, 'credential.revoke', device, { count })
          context.events.push({ on: 'credentials', devices: [device] })
        }
        return count
      })
    },
  }
}
