// The people of the year: a server on real stores and a real socket, a token per organisation and role made through the API, and steps that
// are first tried by everybody who must not take them.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { AuditPage, AuditShown } from '#contract/audit.ts'
import type { TokenMade } from '#contract/tokens.ts'
import type { Role } from '#domain/ports/records.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { startApi } from '#tests/api/start-api.ts'

/** `<organisation>.<hat>`, `operator`, or `nobody` (no token at all). */
export type Who = string
/** Hats of an organisation's people; `reader` has all roles in a token for reading only, `everything` all of them with writing. */
const HATS: Record<string, Role[]> = {
  controller: ['controller'],
  manager: ['manager'],
  signatory: ['signatory'],
  viewer: ['viewer'],
  reader: ['admin', 'controller', 'signatory'],
  everything: ['admin', 'controller', 'signatory'],
}
export type Answer = { status: number; text: string; bytes: Buffer; etag: string | null; type: string }
export type Step = {
  by: Who
  method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  path: string
  body?: unknown
  headers?: Record<string, string>
  /** Who must be refused, and with which status, beside those that always are; null: not tried. */
  refused?: Record<Who, number | null>
  /** Not tried by others again: the same step was before. */
  again?: boolean
}
export type Cast = {
  clock: { now: number }
  /** One request; never fails by its status. */
  ask(step: Step): Promise<Answer>
  /** Tries a step as everybody who must not take it, sees that nothing has changed, then takes it; gives its answer. */
  step<T>(step: Step): Promise<T>
  /** The same for a file. */
  file(step: Step): Promise<Answer>
  /** A GET by someone who may, tried by nobody else. */
  read<T>(by: Who, path: string): Promise<T>
  audit(): Promise<AuditShown[]>
  /** How many refusals were tried so far. */
  refusals(): number
  close(): Promise<void>
}

/** Starts the server with the operator's token; organisations get theirs by `enrol`. */
export async function openCast(now: number): Promise<Cast & { enrol(...organisations: string[]): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-year-'))
  const telemetry = await openEmbeddedTelemetry({ folder })
  let clock = { now }
  const records = await openEmbeddedRecords({ folder, now: () => clock.now })
  const api = await startApi({ stores: { records, telemetry }, dataFolder: folder, now })
  clock = api.clock
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/api/v1`
  const tokens = new Map<Who, string>([['operator', await api.token(null, ['admin'])]])
  let refusals = 0

  const ask: Cast['ask'] = async ({ by, method = 'GET', path, body, headers = {} }) => {
    const token = tokens.get(by)
    if (token === undefined && by !== 'nobody') throw new Error(`nobody is called ${by}`)
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const { status } = response
    const [etag, type] = [response.headers.get('etag'), response.headers.get('content-type') ?? '']
    return { status, bytes, text: bytes.toString('utf8'), etag, type }
  }
  const done = async (step: Step): Promise<Answer> => {
    api.clock.now += 60_000
    const answer = await ask(step)
    if (answer.status >= 300) throw new Error(`${step.by} ${step.method ?? 'GET'} ${step.path}: ${answer.text}`)
    return answer
  }
  const lastAudit = async (): Promise<number> =>
    (await records.audit({ organisation: null }, { limit: 1 })).items[0]?.seq ?? 0
  /** Everybody else: nobody, readers and viewers of the same organisation, all rights of a stranger, and whom the step names. */
  const others = ({ by, refused = {} }: Step, writes: boolean): [Who, number][] => {
    const [own] = by.split('.')
    const all: Record<Who, number | null> = {
      nobody: 401,
      'muu.everything': 404,
      ...(writes && by !== 'operator' ? { [`${own}.viewer`]: 403, [`${own}.reader`]: 403 } : {}),
      ...refused,
    }
    return Object.entries(all).filter((one): one is [Who, number] => one[1] !== null)
  }
  const file: Cast['file'] = async (step) => {
    if (step.again !== true) {
      const before = await lastAudit()
      for (const [who, status] of others(step, (step.method ?? 'GET') !== 'GET')) {
        const answer = await ask({ ...step, by: who })
        expect([who, step.method ?? 'GET', step.path, answer.status, answer.text.slice(0, 300)]).toEqual([
          who,
          step.method ?? 'GET',
          step.path,
          status,
          expect.stringContaining('"code"'),
        ])
        refusals++
      }
      expect(await lastAudit()).toBe(before)
    }
    return done(step)
  }
  return {
    clock: api.clock,
    ask,
    file,
    async step<T>(step: Step) {
      const { text } = await file(step)
      return (text === '' ? null : JSON.parse(text)) as T
    },
    read: async <T>(by: Who, path: string) => JSON.parse((await done({ by, path })).text) as T,
    async audit() {
      const found: AuditShown[] = []
      for (let after = ''; ;) {
        const page = JSON.parse((await done({ by: 'operator', path: `/audit?limit=200${after}` })).text) as AuditPage
        found.push(...page.items)
        if (page.next === null) break
        after = `&after=${encodeURIComponent(page.next)}`
      }
      expect(await records.verifyAudit()).toBeNull()
      return found
    },
    refusals: () => refusals,
    async enrol(...organisations) {
      for (const organisation of organisations)
        for (const [hat, roles] of Object.entries(HATS)) {
          const name = `${organisation}.${hat}`
          const body = { name, organisation, roles, ...(hat === 'reader' ? { scopes: ['read'] } : {}) }
          const made = JSON.parse(
            (await done({ by: 'operator', method: 'POST', path: '/tokens', body })).text,
          ) as TokenMade
          tokens.set(name, made.token)
        }
    },
    async close() {
      await api.close()
      await records.close()
      await telemetry.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
