// How a command on the same machine reaches the running server: a file in the data folder, readable by its owner only,
// with the address and an operator token that ends with the server.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '#config'
import type { Actor, Records, Token } from '#domain/ports/records.ts'

export type LocalAccess = { url: string; token: string; pid: number }

const FILE = 'local-access.json'
const TOKEN_ID = 'local-command-line'
/** Characters of a node's name. */
const NAME_LENGTH = 12
const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Samtila', organisation: null }

/** The same after each start, and another one for each data folder and machine. */
export const folderName = ({ dataFolder }: Pick<Settings, 'dataFolder'>): string =>
  createHash('sha256').update(`${hostname()}:${dataFolder}`).digest('hex').slice(0, NAME_LENGTH)

/** Tells the nodes on one server apart, the same after each start; null where the records are this folder's own. */
export const nodeName = ({ records, dataFolder }: Pick<Settings, 'records' | 'dataFolder'>): string | null =>
  records.engine === 'embedded' ? null : folderName({ dataFolder })

/** Makes a fresh operator token for commands on this machine; the former one of the node ends with it. Gives the token's text. */
export async function createLocalToken(records: Records, node: string | null, now: number): Promise<string> {
  const text = `samtila_${randomBytes(32).toString('base64url')}`
  const token: Token = {
    id: node === null ? TOKEN_ID : `${TOKEN_ID}-${node}`,
    name: 'samtila (CLI)',
    hash: createHash('sha256').update(text).digest('hex'),
    organisation: null,
    roles: ['admin'],
    scopes: [],
    createdAt: now,
    expiresAt: null,
    revokedAt: null,
  }
  await records.putToken(token, SYSTEM)
  return text
}

export function writeLocalAccess(dataFolder: string, access: LocalAccess): void {
  const path = join(dataFolder, FILE)
  rmSync(path, { force: true })
  writeFileSync(path, JSON.stringify(access), { mode: 0o600 })
}

export function removeLocalAccess(dataFolder: string): void {
  rmSync(join(dataFolder, FILE), { force: true })
}

/** The running server of a data folder, or null when none runs there. */
export function readLocalAccess(dataFolder: string): LocalAccess | null {
  const path = join(dataFolder, FILE)
  if (!existsSync(path)) return null
  try {
    const { url, token, pid } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    if (typeof url !== 'string' || typeof token !== 'string' || typeof pid !== 'number') return null
    process.kill(pid, 0)
    return { url, token, pid }
  } catch {
    return null // half written, or its process is gone
  }
}
