// An API for tests: real stores in memory, a real clock that can be set, a broker without listeners of its own, requests by inject().
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createApi } from '#api/open-api-server.ts'
import { createUser } from '#api/first-start.ts'
import { hashSecret } from '#api/access/secrets.ts'
import type { ProblemDocument } from '#contract/problem.ts'
import type { AlarmsPart, ApiSettings, BrokerPart, Log, RecurringWork } from '#api/parts.ts'
import { openBroker, type Broker } from '#broker/open-broker.ts'
import { brokerLimits } from '#broker/limits.ts'
import type { Notifier } from '#domain/ports/notifier.ts'
import type { Actor, Records, Role } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { brokerPartOf, type PresenceFollowers } from '#server/broker-part.ts'
import { startJobs } from '#server/jobs.ts'
import { createSealer } from '#server/sealer.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'

export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Test', organisation: null }
export const PASSWORD = 'kolmen-koivun-kuja-7'
export type LogLine = { level: string; message: string; details: Record<string, unknown> | undefined }
export type TestApi = {
  app: FastifyInstance
  broker: Broker
  records: Records
  telemetry: Telemetry
  log: LogLine[]
  clock: { now: number }
  /** A token for the roles in an organisation (null: operator). */
  token(organisation: string | null, roles: Role[], options?: { readOnly?: boolean }): Promise<string>
  /** Makes a user and signs in; gives what a browser then sends. */
  signIn(
    login: string,
    organisation: string | null,
    roles: Role[],
  ): Promise<{ cookie: string; csrf: string; user: string }>
  request(
    token: string | null,
    method: NonNullable<InjectOptions['method']>,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** Imports as the system; throws when it is refused. */
  fill(bundle: Bundle): Promise<void>
  /** Closes everything; throws when the log has an error that no test asked for. */
  close(options?: { errors?: 'expected' }): Promise<void>
}
export type Answer = {
  status: number
  headers: Record<string, unknown>
  text: string
  json: <T>() => T
  problem: () => ProblemDocument
}

export async function startApi(
  options: {
    limits?: Record<string, number>
    dashboardFolder?: string
    dataFolder?: string
    stores?: { records: Records; telemetry: Telemetry }
    now?: number
    /** Whether this one does what one node of several does; by default it does. */
    leads?: () => boolean
    webhookHosts?: string[]
    brokerAuth?: NonNullable<ApiSettings['brokerAuth']>
    notifier?: Notifier
    /** Opens what watches the same stores; who gives it stops it. */
    alarms?: (parts: {
      records: Records
      telemetry: Telemetry
      broker: BrokerPart
      now: () => number
      log: Log
    }) => AlarmsPart
  } = {},
): Promise<TestApi> {
  const clock = { now: options.now ?? Date.now() }
  const records = options.stores?.records ?? openMemoryRecords({ now: () => clock.now })
  const telemetry = options.stores?.telemetry ?? openMemoryTelemetry()
  const log: LogLine[] = []
  const say = (level: string) => (message: string, details?: Record<string, unknown>) =>
    void log.push({ level, message, details })
  const followers: PresenceFollowers = new Set()
  const sealer = createSealer(new Uint8Array(32).fill(7))
  const broker = await openBroker({
    sealer,
    settings: { tcp: null, tls: null, allowedOrigins: [], limits: brokerLimits() },
    telemetry,
    records,
    now: () => clock.now,
    log: say('warn'),
    onPresence: (change) => followers.forEach((follower) => follower(change)),
  })
  const brokerPart = brokerPartOf(broker, followers)
  const logOfParts: Log = { debug: () => {}, info: say('info'), warn: say('warn'), error: say('error') }
  const alarms = options.alarms?.({ records, telemetry, broker: brokerPart, now: () => clock.now, log: logOfParts })
  const recurring: RecurringWork[] = []
  const app = await createApi({
    settings: {
      dataFolder: options.dataFolder ?? '/nonexistent',
      http: { host: '127.0.0.1', port: 0 },
      tls: null,
      publicUrl: 'http://127.0.0.1:8080',
      webhookHosts: options.webhookHosts ?? [],
      ...(options.brokerAuth === undefined ? {} : { brokerAuth: options.brokerAuth }),
      limits: options.limits ?? {},
    },
    records,
    telemetry,
    broker: brokerPart,
    ...(alarms === undefined ? {} : { alarms }),
    recurring,
    sealer,
    ...(options.notifier === undefined ? {} : { notifier: options.notifier }),
    now: () => clock.now,
    log: logOfParts,
    dashboardFolder: options.dashboardFolder ?? '/nonexistent',
  })
  // As the server has it: from when it listens.
  let stopJobs: (() => Promise<void>) | null = null
  app.server.on('listening', () => {
    stopJobs = startJobs(recurring, { now: () => clock.now, log: logOfParts, leads: options.leads ?? (() => true) })
  })
  let made = 0
  const api: TestApi = {
    app,
    broker,
    records,
    telemetry,
    log,
    clock,
    async token(organisation, roles, { readOnly = false } = {}) {
      const text = `samtila_${String(++made).padStart(43, 'x')}`
      const id = `token-${made}`
      await records.putToken(
        {
          id,
          name: id,
          hash: hashSecret(text),
          organisation,
          roles,
          scopes: readOnly ? ['read'] : [],
          createdAt: clock.now,
          expiresAt: null,
          revokedAt: null,
        },
        SYSTEM,
      )
      return text
    },
    async signIn(login, organisation, roles) {
      const { user } = await createUser(records, SYSTEM, {
        login,
        name: login,
        language: 'fi',
        memberships: [{ organisation, roles }],
        password: PASSWORD,
        mustChangePassword: false,
      })
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { login, password: PASSWORD },
      })
      const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
      return { cookie, csrf: answer.json<{ csrfToken: string }>().csrfToken, user: user.id }
    },
    async request(token, method, path, body, headers = {}) {
      const answer = await app.inject({
        method,
        url: path.startsWith('/') && !path.startsWith('/api') && !path.startsWith('//') ? `/api/v1${path}` : path,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        json: <T>() => JSON.parse(answer.body) as T,
        problem: () => JSON.parse(answer.body) as ProblemDocument,
      }
    },
    async fill(bundle) {
      const result = await importBundle(bundle, { records, telemetry, now: clock.now, actor: SYSTEM })
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
    },
    async close({ errors } = {}) {
      await stopJobs?.()
      await app.close()
      await broker.close()
      if (options.stores === undefined) {
        await records.close()
        await telemetry.close()
      }
      const unexpected = errors === 'expected' ? undefined : log.find(({ level }) => level === 'error')
      if (unexpected !== undefined) throw new Error(`the API logged an error: ${JSON.stringify(unexpected)}`)
    },
  }
  return api
}

/** Two premises of two landlords; the agency has rooms in the first only. */
export const twoHouses: Bundle = {
  organisations: [
    { id: 'kunta', name: { fi: 'Kunta' } },
    { id: 'virasto', name: { fi: 'Virasto', en: 'Agency' } },
    { id: 'muu', name: { fi: 'Muu kunta' } },
  ],
  premises: [
    {
      id: 'talo',
      name: { fi: 'Talo' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kunta',
      spaces: [{ id: 't-1', use: 'exclusive', type: 'office', areaM2: '60' }],
      tenancies: [{ space: 't-1', organisation: 'virasto', from: '2026-01-01', to: null }],
    },
    { id: 'muu-talo', name: { fi: 'Muu talo' }, timeZone: 'Europe/Helsinki', landlord: 'muu' },
  ],
  devices: [
    {
      id: 'mittari',
      premises: 'talo',
      type: 'electricity-meter',
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '2', virasto: '1' } }],
      points: [
        { key: 'energy', unit: 'kWh', kind: 'counter' },
        { key: 'power', unit: 'kW', kind: 'gauge' },
      ],
    },
    {
      id: 'muu-mittari',
      premises: 'muu-talo',
      type: 'electricity-meter',
      points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }],
    },
  ],
  tariffs: [
    {
      id: 'sahko',
      unit: 'kWh',
      versions: [
        {
          from: '2026-01-01',
          to: null,
          vat: { category: 'S', rate: '25.5' },
          components: [{ id: 'energy', kind: 'energy', price: '0.10' }],
        },
      ],
    },
  ],
  agreements: [
    {
      id: 'sopimus',
      premises: 'talo',
      parties: ['kunta', 'virasto'],
      commentDays: 14,
      versions: [
        {
          version: 1,
          from: '2026-01-01',
          to: null,
          rules: [{ category: '*', method: { by: 'fixed', shares: { kunta: '60', virasto: '40' } } }],
          approvals: [
            { organisation: 'kunta', at: '2025-12-01T10:00:00Z' },
            { organisation: 'virasto', at: '2025-12-01T10:00:00Z' },
          ],
        },
      ],
    },
  ],
  meteredCosts: [
    {
      id: 'sahko',
      premises: 'talo',
      category: 'electricity',
      meter: { device: 'mittari', point: 'energy' },
      tariff: 'sahko',
      payer: 'kunta',
      from: '2026-01-01',
      to: null,
    },
  ],
  invoices: [
    {
      id: 'siivous',
      premises: 'talo',
      category: 'cleaning',
      net: '100.00',
      vat: { category: 'S', rate: '25.5' },
      payer: 'kunta',
      serviceFrom: '2026-03-01',
      serviceTo: '2026-04-01',
    },
  ],
  readings: [
    {
      device: 'mittari',
      point: 'energy',
      values: [
        ['2026-03-01T00:00:00+02:00', '1000'],
        ['2026-03-15T12:00:00+02:00', '1500.5'],
        ['2026-04-01T00:00:00+03:00', '2000'],
      ],
    },
    { device: 'mittari', point: 'power', values: [['2026-03-31T23:55:00+03:00', 4.5]] },
  ],
}
