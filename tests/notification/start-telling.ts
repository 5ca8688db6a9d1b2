// An API with notification beside it, a real mail server on loopback that keeps what it takes, and papers of alarms to tell of.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { createUser } from '#api/first-start.ts'
import { ALARM, type Alarm, type AlarmState } from '#domain/alarms/alarm.ts'
import type { Severity } from '#domain/alarms/rule.ts'
import { noticesOf } from '#domain/notification/notice.ts'
import { DEFAULT_WISHES, WISHES, type Wishes } from '#domain/notification/wishes.ts'
import type { Audience } from '#domain/ports/papers.ts'
import type { Role, User } from '#domain/ports/records.ts'
import type { Trace } from '#domain/ports/trace.ts'
import { createLog } from '#server/log.ts'
import { createMailer, NO_MAIL } from '#server/mail.ts'
import { openNotification, type Notification } from '#server/notification/notification.ts'
import { createSealer } from '#server/sealer.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from '#tests/api/start-api.ts'

const ALL = { organisation: null }
export type Received = { to: string; subject: string; id: string; text: string }
export type MailServer = {
  received: Received[]
  port: number
  /** The answer to RCPT from now on; null: taken. */
  refuse(message: string | null): void
  close(): Promise<void>
}

/** Unfolds and decodes what nodemailer writes: quoted-printable or base64, headers as encoded words. */
const decoded = (part: string, encoding: string): string =>
  encoding === 'base64'
    ? Buffer.from(part, 'base64').toString('utf8')
    : Buffer.from(
        part
          .replaceAll(/=\r\n/g, '')
          .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
const header = (raw: string, name: string): string => {
  const value = new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw)?.[1] ?? ''
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/\r\n[ \t]/g, ' ')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, form: string, text: string) =>
      form.toUpperCase() === 'B' ? decoded(text, 'base64') : decoded(text.replaceAll('_', ' '), 'quoted-printable'),
    )
}

export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = []
  let refusal: string | null = null
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refusal === null ? null : new Error(refusal)),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
        received.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          subject: header(raw, 'Subject'),
          id: header(raw, 'Message-ID'),
          text: decoded(body, header(raw, 'Content-Transfer-Encoding')),
        })
        done()
      })
    },
  })
  smtp.on('error', () => {})
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  return {
    received,
    port: (smtp.server.address() as AddressInfo).port,
    refuse: (message) => void (refusal = message),
    close: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  }
}

export type Telling = {
  api: TestApi
  mail: MailServer
  notification: Notification
  /** Where what is published goes. */
  publishTo(publish: (topic: string, payload: string) => Promise<void>): void
  /** As after a start of the program: nothing is remembered but what the store has. */
  restart(): Promise<void>
  person(
    login: string,
    organisation: string | null,
    roles: Role[],
    over?: Partial<Pick<User, 'language' | 'email'>> & { wishes?: Partial<Wishes> },
  ): Promise<User>
  wish(user: string, wishes: Partial<Wishes>): Promise<void>
  /** What the person's browser sends. */
  session(user: User): Promise<Record<string, string>>
  /** A new alarm, or another state of one. */
  alarm(
    id: string,
    over?: Partial<Alarm> & { state?: AlarmState; premises?: string; audience?: Audience },
  ): Promise<void>
  notices(user: User): Promise<{ kind: string; reason: string; step: number | undefined }[]>
  /** Moves the clock and does what is due. */
  after(ms: number): Promise<void>
  close(): Promise<void>
}

export async function startTelling(
  options: {
    now?: number
    webhookHosts?: string[]
    limits?: Partial<Record<'webhookMs', number>>
    /** Whether the API knows a mail server. */
    mail?: boolean
    dashboardFolder?: string
    trace?: Trace
  } = {},
): Promise<Telling> {
  const webhookHosts = options.webhookHosts ?? []
  const mail = await startMailServer()
  const settings = { url: `smtp://127.0.0.1:${mail.port}`, from: 'Samtila <samtila@example.fi>', passwordFile: null }
  const ofApi = options.mail === false ? NO_MAIL : createMailer(settings, () => api.clock.now)
  const now = options.now ?? Date.parse('2026-03-10T10:00:00Z')
  const api = await startApi({
    now,
    webhookHosts,
    notifier: ofApi,
    ...(options.dashboardFolder === undefined ? {} : { dashboardFolder: options.dashboardFolder }),
  })
  await api.fill(twoHouses)
  let publish = (_topic: string, _payload: string): Promise<void> => Promise.resolve()
  const open = (): { notification: Notification; closeMail: () => void } => {
    const notifier = createMailer(settings, () => api.clock.now)
    const notification = openNotification({
      records: api.records,
      notifier,
      sealer: createSealer(new Uint8Array(32).fill(7)),
      publicUrl: 'https://samtila.example.fi',
      publish: (topic, payload) => publish(topic, payload),
      webhookHosts,
      limits: {
        mailGroupMs: 10_000,
        mailGapMs: 300_000,
        webhookMs: options.limits?.webhookMs ?? 2_000,
        webhookAnswerBytes: 1_000,
      },
      ...(options.trace === undefined ? {} : { trace: options.trace }),
      now: () => api.clock.now,
      random: () => 0,
      log: createLog('silent'),
    })
    return { notification, closeMail: () => notifier.close() }
  }
  let current = open()
  // The first run finds out where the log ends: nothing before it is told.
  await current.notification.run()
  const telling: Telling = {
    api,
    mail,
    publishTo: (to) => void (publish = to),
    get notification() {
      return current.notification
    },
    async restart() {
      await current.notification.close()
      current.closeMail()
      current = open()
    },
    async person(login, organisation, roles, { language = 'fi', email = `${login}@example.fi`, wishes } = {}) {
      const { user } = await createUser(api.records, SYSTEM, {
        login,
        name: login,
        language,
        email,
        memberships: [{ organisation, roles }],
        password: 'kolmen-koivun-kuja-7',
        mustChangePassword: false,
      })
      if (wishes !== undefined) await telling.wish(user.id, wishes)
      return user
    },
    async session({ login }) {
      const payload = { login, password: 'kolmen-koivun-kuja-7' }
      const answer = await api.app.inject({ method: 'POST', url: '/api/v1/session', payload })
      const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
      return { cookie, 'x-csrf-token': answer.json<{ csrfToken: string }>().csrfToken }
    },
    async wish(user, wishes) {
      const body = { ...DEFAULT_WISHES, ...wishes }
      const paper = { id: user, premises: null, audience: 'operator' as const, state: 'kept', dueAt: null, body }
      await api.records.changePapers({ papers: [{ kind: WISHES, paper }] }, SYSTEM, 'test')
    },
    async alarm(id, { state = 'raised', premises = 'talo', audience = 'premises', ...over } = {}) {
      const known = await api.records.getPaper(ALL, ALARM, id)
      const body: Alarm = {
        ...(known?.body ?? {
          rule: 'saanto',
          name: { fi: 'Ei dataa', sv: 'Inga data', en: 'No data' },
          condition: 'no-data',
          extent: 'device',
          severity: 'major' as Severity,
          device: premises === 'talo' ? 'mittari' : 'muu-mittari',
          gateway: null,
          reason: { point: 'power', value: '12.5', limit: '8', unit: 'kW', at: api.clock.now },
          raisedAt: api.clock.now,
          clearedAt: null,
          conditionClearedAt: null,
          assignee: null,
          snoozedUntil: null,
          affected: [],
          flapping: false,
          returns: 0,
          fault: null,
          entries: [],
        }),
        ...over,
      }
      const paper = { id, premises, audience: known?.audience ?? audience, state, dueAt: null, body }
      await api.records.changePapers({ papers: [{ kind: ALARM, paper }] }, SYSTEM, 'test')
    },
    async notices({ id }) {
      const { items } = await api.records.listPapers(ALL, noticesOf(id), { limit: 100 })
      return items.flatMap(({ body }) => body.things.map(({ kind, reason, step }) => ({ kind, reason, step })))
    },
    async after(ms) {
      api.clock.now += ms
      await current.notification.run()
    },
    async close() {
      await current.notification.close()
      current.closeMail()
      ofApi.close()
      await mail.close()
      await api.close()
    },
  }
  return telling
}
