// Opens a whole Samtila in this process: stores, broker, API; closes them in reverse. main.ts listens with it, commands and tests use it too.
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { formatAddress, type ExternalMqttSettings } from '#config'
import type { ExternalSettings } from '#broker/external/external.ts'
import type { ServerSettings } from './limits.ts'
import type { OpenTrace } from './trace/open-trace.ts'
import { createApi } from '#api/open-api-server.ts'
import type { ApiSettings } from '#api/parts.ts'
import type { RecurringWork } from '#api/parts.ts'
import { configurationOf } from '#api/twin/twins.ts'
import { createFirstUser } from '#api/first-start.ts'
import { openBroker, type Broker } from '#broker/open-broker.ts'
import { ENGINES_EVERY_MS, watchEngine } from './engine-outage.ts'
import { watchRecords } from './records-outage.ts'
import { openAlarms } from './alarms/open-alarms.ts'
import { brokerPartOf, type PresenceFollowers } from './broker-part.ts'
import { startJobs } from './jobs.ts'
import { followLead, type Lead } from './lead.ts'
import { createLocalToken, folderName, nodeName, removeLocalAccess, writeLocalAccess } from './local-access.ts'
import { createLog, type Log } from './log.ts'
import { openStores, type Stores } from './open-stores.ts'
import { createMailer, NO_MAIL } from './mail.ts'
import { tendFaults } from './faults.ts'
import { makeTasks } from '#api/service/make-tasks.ts'
import { sendReminders } from './reminders.ts'
import { pricesJob } from './prices-job.ts'
import { endRotations } from './rotations.ts'
import { openNotification } from './notification/notification.ts'
import { forgetOldNotices } from './notification/tidy.ts'
import { retentionJob } from './retention.ts'
import { openSealer, SEALING_KEY } from './sealer.ts'
import { keepYoungObjectsYoung } from './young-objects.ts'

export type Server = Stores & {
  app: FastifyInstance
  broker: Broker
  /** Operator token for commands on this machine, valid until the next start. */
  localToken: string
  /** The administrator made at first start, else null. */
  firstUser: { login: string; password: string | null } | null
  /** Where it listens; empty when it does not. */
  urls: { http: string; mqtt: string | null; mqtts: string | null }
}

/** How often it is looked who is to be reminded, and how long after the start first. */
const REMINDERS_EVERY_MS = 900_000
const REMINDERS_FIRST_MS = 60_000
/** How often it is looked which rules want a look at many readings. */
const ALARM_RULES_EVERY_MS = 15_000
/** How soon an old credential ends after its device came in with the new one. */
const ROTATIONS_EVERY_MS = 5_000
/** How often it is looked what is due: digests, escalations, what is tried again. */
const NOTIFICATION_EVERY_MS = 2_000
const OLD_NOTICES_EVERY_MS = 6 * 3_600_000
/** How often it is looked whether offers of faults were answered in time. */
const FAULTS_EVERY_MS = 60_000
/** How soon the bridges are with the node that leads. */
const LEAD_LOOK_MS = 1_000
/** How often the service tasks of all plans are made ahead, and how long after the start first. */
const SERVICE_EVERY_MS = 3_600_000
const SERVICE_FIRST_MS = 30_000
const DASHBOARD_FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dashboard', 'dist')

/** The worker of an external broker; its client id is the same after each start. */
function externalOf(
  { host, port, tls, userName, secretFile, caFile, version, group }: ExternalMqttSettings,
  settings: ServerSettings,
): ExternalSettings {
  const read = (path: string | null): string | null => (path === null ? null : readFileSync(path, 'utf8'))
  const password = read(secretFile)?.trim() ?? null
  const clientId = `samtila-${folderName(settings)}`
  return { host, port, tls, version, group, clientId, username: userName, password, ca: read(caFile) }
}

/** What answers another broker, where one asks. */
function brokerAuthOf({ brokerAuthSecretFile, externalMqtt }: ServerSettings): Pick<ApiSettings, 'brokerAuth'> {
  if (brokerAuthSecretFile === null) return {}
  const read = (path: string): string => readFileSync(path, 'utf8').trim()
  const worker =
    externalMqtt === null || externalMqtt.userName === null || externalMqtt.secretFile === null
      ? null
      : { userName: externalMqtt.userName, password: read(externalMqtt.secretFile) }
  return { brokerAuth: { token: read(brokerAuthSecretFile), worker } }
}

/** Opens everything; with `listen: false` only for requests inside this process. What was opened is closed again when a part fails. */
export async function openServer(settings: ServerSettings, options: { listen: boolean; log?: Log }): Promise<Server> {
  keepYoungObjectsYoung()
  let trace: OpenTrace | null = null
  const log =
    options.log ?? createLog(options.listen ? settings.logLevel : 'silent', () => trace?.current()?.traceId ?? null)
  const closers: (() => Promise<void> | void)[] = []
  const close = async (): Promise<void> => {
    for (const step of closers.splice(0).toReversed()) await step()
  }
  try {
    if (settings.tracing !== null && options.listen) {
      const { openTrace } = await import('./trace/open-trace.ts')
      const opened = openTrace(settings.tracing, { node: nodeName(settings) ?? hostname(), log })
      trace = opened
      closers.push(() => opened.close())
    }
    const stores = await openStores(settings, log)
    closers.push(() => stores.close())
    const { telemetry, records } = stores
    const firstUser = await createFirstUser(records, { password: settings.adminPassword, now: Date.now() })
    const localToken = await createLocalToken(records, nodeName(settings), Date.now())
    const tls =
      settings.tls === null
        ? null
        : { cert: readFileSync(settings.tls.certFile, 'utf8'), key: readFileSync(settings.tls.keyFile, 'utf8') }

    const sealer = openSealer(settings.sealingKeyFile ?? join(settings.dataFolder, SEALING_KEY))
    const notifier = settings.mail === null ? NO_MAIL : createMailer(settings.mail, Date.now)
    closers.push(() => notifier.close())
    const presenceFollowers: PresenceFollowers = new Set()
    const broker = await openBroker({
      settings: {
        tcp: options.listen ? settings.mqtt : null,
        tls:
          options.listen && settings.mqtts !== null && tls !== null
            ? { ...settings.mqtts, ...tls, clientCertificates: settings.clientCertificates }
            : null,
        allowedOrigins: settings.origins,
        sparkplugHost: settings.sparkplugHost,
        limits: settings.limits,
      },
      telemetry,
      records,
      ...(settings.redis === null || !options.listen ? {} : { nodes: settings.redis }),
      bridgesWhenLeading: true,
      ...(settings.externalMqtt === null || !options.listen
        ? {}
        : { external: externalOf(settings.externalMqtt, settings) }),
      // Only the running server connects to others, not a command that works on the folder.
      ...(options.listen ? { sealer } : {}),
      now: Date.now,
      log: (message) => log.warn(message),
      configurationOf: (device) => configurationOf(records, device),
      onPresence: (change) => presenceFollowers.forEach((follower) => follower(change)),
      trace,
    })
    closers.push(() => broker.close())
    const notification = openNotification({
      records,
      notifier,
      sealer,
      publicUrl: settings.publicUrl,
      publish: (topic, payload) => broker.publish(topic, payload, { retain: false, qos: 1 }),
      webhookHosts: settings.webhookHosts,
      limits: settings.limits,
      trace,
      now: Date.now,
      log,
    })
    closers.push(() => notification.close())
    const brokerPart = brokerPartOf(broker, presenceFollowers)
    const alarms = openAlarms({ records, telemetry, broker: brokerPart, limits: settings.limits, now: Date.now, log })
    closers.push(() => alarms.stop())
    const recurring: RecurringWork[] = []
    let lead: Lead | null = null
    const recordsWatch =
      settings.records.engine === 'postgres'
        ? watchRecords({
            records,
            notifier,
            publicUrl: settings.publicUrl,
            leads: () => lead?.leads() === true,
            log,
          })
        : null
    const app = await createApi({
      settings: { ...settings, tls, ...brokerAuthOf(settings) },
      records,
      telemetry,
      broker: brokerPart,
      alarms,
      sealer,
      notifier,
      notification,
      recurring,
      recordsAwaySince: () => recordsWatch?.awaySince() ?? null,
      trace,
      now: Date.now,
      log,
      dashboardFolder: DASHBOARD_FOLDER,
    })
    closers.push(() => app.close())
    const urls = { http: '', mqtt: null as string | null, mqtts: null as string | null }
    if (options.listen) {
      const address = await app.listen({ host: settings.http.host, port: settings.http.port })
      // Fastify does not know that the server which it was given speaks TLS.
      urls.http = tls === null ? address : address.replace(/^http:/, 'https:')
      const { tcp, tls: secure } = broker.state()
      urls.mqtt = tcp === null ? null : `mqtt://${formatAddress(tcp)}`
      urls.mqtts = secure === null ? null : `mqtts://${formatAddress(secure)}`
      writeLocalAccess(settings.dataFolder, { url: urls.http, token: localToken, pid: process.pid })
      closers.push(() => removeLocalAccess(settings.dataFolder))
      const { retentionDays, publicUrl } = settings
      const jobs = [
        ...recurring,
        pricesJob({ dataFolder: settings.dataFolder, records, log }),
        ...retentionJob({ records, telemetry, retentionDays, now: Date.now, log }),
        { name: 'alarm-rules', everyMs: ALARM_RULES_EVERY_MS, run: (at: number) => alarms.look(at) },
        { name: 'engines', everyMs: ENGINES_EVERY_MS, run: watchEngine(records, telemetry) },
        { name: 'notification', everyMs: NOTIFICATION_EVERY_MS, run: () => notification.run() },
        {
          name: 'old notices',
          everyMs: OLD_NOTICES_EVERY_MS,
          run: (at: number) => forgetOldNotices(records, settings.limits.notificationDays, at),
        },
        {
          name: 'rotations',
          everyMs: ROTATIONS_EVERY_MS,
          everywhere: true as const,
          run: (at: number) =>
            endRotations(
              { records, usedAt: (device, credential) => broker.useOfCredential(device, credential).lastUsedAt },
              at,
            ),
        },
        { name: 'faults', everyMs: FAULTS_EVERY_MS, run: (at: number) => tendFaults({ records, log }, at) },
        {
          name: 'service',
          everyMs: SERVICE_EVERY_MS,
          firstMs: SERVICE_FIRST_MS,
          run: (at: number) => makeTasks({ records, telemetry }, at),
        },
        {
          name: 'reminders',
          everyMs: REMINDERS_EVERY_MS,
          firstMs: REMINDERS_FIRST_MS,
          run: () => sendReminders({ records, notifier, publicUrl, now: Date.now, log }),
        },
      ]
      const followed = await followLead(records, { holder: nodeName(settings) ?? 'this', now: Date.now, log })
      lead = followed
      closers.push(() => followed.end())
      // Only one node watches, tells and sends.
      notification.follow(followed.leads)
      alarms.follow(followed.leads)
      const followBridges = async (): Promise<void> => broker.lead(followed.leads())
      await followBridges()
      const bridges = { name: 'bridges', everyMs: LEAD_LOOK_MS, everywhere: true as const, run: followBridges }
      // Nobody leads while the records are away, so each node looks for itself.
      const watches =
        recordsWatch === null
          ? []
          : [{ name: 'records', everyMs: ENGINES_EVERY_MS, everywhere: true as const, run: recordsWatch.look }]
      closers.push(startJobs([...jobs, bridges, ...watches], { now: Date.now, log, leads: followed.leads, trace }))
    }
    return { ...stores, app, broker, localToken, firstUser, urls, close }
  } catch (error) {
    await close()
    throw error
  }
}
