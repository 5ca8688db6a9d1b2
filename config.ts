// Every setting in one table: name, type, default, one sentence. docs/OPERATING.md lists the same (a rule test holds both together).
import { existsSync } from 'node:fs'
import { isIPv4, isIPv6 } from 'node:net'
import { resolve } from 'node:path'

/** Where a listener listens. */
export type Address = { host: string; port: number }
type Kind =
  | 'folder'
  | 'address'
  | 'address-or-off'
  | 'switch'
  | 'secret'
  | 'file'
  | 'days'
  | 'level'
  | 'choice'
  | 'url'
  | 'text'
  | 'origin'
  | 'origins'
type Definition = { name: string; kind: Kind; default: string; text: string }

export const SETTINGS = [
  {
    name: 'SAMTILA_DATA',
    kind: 'folder',
    default: './data',
    text: 'Folder with all data of this installation; made when it is missing, mode 0700.',
  },
  {
    name: 'SAMTILA_HTTP',
    kind: 'address',
    default: '127.0.0.1:8080',
    text: 'Address of API, dashboard and MQTT over WebSocket (/mqtt).',
  },
  {
    name: 'SAMTILA_MQTT',
    kind: 'address-or-off',
    default: '127.0.0.1:1883',
    text: 'Address of the MQTT listener without TLS; `off` to have none.',
  },
  {
    name: 'SAMTILA_MQTTS',
    kind: 'address-or-off',
    default: 'off',
    text: 'Address of the MQTT listener with TLS (usually 0.0.0.0:8883); needs SAMTILA_TLS_CERT and SAMTILA_TLS_KEY.',
  },
  {
    name: 'SAMTILA_TLS_CERT',
    kind: 'file',
    default: '',
    text: 'PEM file with the certificate chain; with it HTTP is HTTPS.',
  },
  { name: 'SAMTILA_TLS_KEY', kind: 'file', default: '', text: 'PEM file with the private key of the certificate.' },
  {
    name: 'SAMTILA_CLIENT_CERTIFICATES',
    kind: 'choice',
    default: 'optional',
    text: 'Client certificates on SAMTILA_MQTTS: `off` (none is asked for), `optional` (one counts instead of user name and password), `required` (nobody connects without).',
  },
  {
    name: 'SAMTILA_INSECURE',
    kind: 'switch',
    default: 'off',
    text: 'Allows listening beyond loopback without TLS, for a network that is protected otherwise.',
  },
  {
    name: 'SAMTILA_PUBLIC_URL',
    kind: 'origin',
    default: '',
    text: 'The address by which people reach the dashboard (https://…), for links in mail and for sign-in by a provider; without it, the address of SAMTILA_HTTP.',
  },
  {
    name: 'SAMTILA_ORIGINS',
    kind: 'origins',
    default: '',
    text: 'Further web origins, separated by commas, from which MQTT over WebSocket is accepted.',
  },
  {
    name: 'SAMTILA_WEBHOOK_HOSTS',
    kind: 'text',
    default: '',
    text: 'Hosts beyond the public internet to which webhooks may go, separated by commas, such as a server of the own network; those on loopback also without TLS.',
  },
  {
    name: 'SAMTILA_SPARKPLUG_HOST',
    kind: 'text',
    default: 'samtila',
    text: "The id of this host for Sparkplug's edge nodes: its state is at spBv1.0/STATE/{id}.",
  },
  {
    name: 'SAMTILA_DEMO',
    kind: 'switch',
    default: 'off',
    text: 'Runs the demonstration building and its simulated devices; `npm start` sets it on.',
  },
  {
    name: 'SAMTILA_ADMIN_PASSWORD',
    kind: 'secret',
    default: '',
    text: "First start only: the administrator's password; without it a random one is made and shown once.",
  },
  {
    name: 'SAMTILA_RETENTION_DAYS',
    kind: 'days',
    default: '1100',
    text: 'Days that raw readings are kept; roll-ups and what a closed settlement used stay. 0 keeps everything.',
  },
  {
    name: 'SAMTILA_SEALING_KEY_FILE',
    kind: 'file',
    default: '',
    text: 'File with the key that seals secrets; without it, `sealing.key` in the data folder, made at first start. Nodes on the same records share one.',
  },
  {
    name: 'SAMTILA_RECORDS',
    kind: 'choice',
    default: 'embedded',
    text: 'Where registry, ledger and papers are kept: embedded (in the data folder) or postgres (a PostgreSQL server, which several nodes may share).',
  },
  {
    name: 'SAMTILA_RECORDS_URL',
    kind: 'url',
    default: '',
    text: 'Address of the PostgreSQL server with user and database, such as postgres://samtila@db.example.fi:5432/samtila.',
  },
  {
    name: 'SAMTILA_RECORDS_SECRET_FILE',
    kind: 'file',
    default: '',
    text: 'File with the password of that user.',
  },
  {
    name: 'SAMTILA_RECORDS_CA_FILE',
    kind: 'file',
    default: '',
    text: "Certificate authority (PEM) of the PostgreSQL server; without it, the system's.",
  },
  {
    name: 'SAMTILA_RECORDS_SCHEMA',
    kind: 'text',
    default: 'samtila',
    text: 'Schema that holds everything of this installation; it is made at first start.',
  },
  {
    name: 'SAMTILA_TELEMETRY',
    kind: 'choice',
    default: 'embedded',
    text: 'Where readings are kept: embedded (in the data folder), influx1 (InfluxDB 1.x), influx2 (InfluxDB 2.x or 3), or memory (gone at the end; for trials).',
  },
  {
    name: 'SAMTILA_TELEMETRY_URL',
    kind: 'url',
    default: '',
    text: 'Address of the InfluxDB server, such as https://influx.example.fi:8086.',
  },
  {
    name: 'SAMTILA_TELEMETRY_DATABASE',
    kind: 'text',
    default: 'samtila',
    text: 'Database of InfluxDB 1.x and 3; with 2.x the database name of the DBRP mapping of the bucket.',
  },
  {
    name: 'SAMTILA_TELEMETRY_BUCKET',
    kind: 'text',
    default: '',
    text: 'Bucket of InfluxDB 2.x, without expiry; without it, the same name as the database.',
  },
  {
    name: 'SAMTILA_TELEMETRY_ORG',
    kind: 'text',
    default: 'samtila',
    text: 'Organisation of the bucket in InfluxDB 2.x.',
  },
  {
    name: 'SAMTILA_TELEMETRY_USER',
    kind: 'text',
    default: '',
    text: 'User of InfluxDB 1.x; without it no credentials are sent.',
  },
  {
    name: 'SAMTILA_TELEMETRY_SECRET_FILE',
    kind: 'file',
    default: '',
    text: 'File with the password of that user (1.x) or the API token (2.x, 3).',
  },
  {
    name: 'SAMTILA_REDIS',
    kind: 'url',
    default: '',
    text: 'Address of a Redis server that several nodes with MQTT listeners share, such as rediss://redis.example.fi:6379; without it, this node knows only its own connections.',
  },
  {
    name: 'SAMTILA_REDIS_SECRET_FILE',
    kind: 'file',
    default: '',
    text: 'File with the password of that server; a user name stands in the address.',
  },
  {
    name: 'SAMTILA_REDIS_CA_FILE',
    kind: 'file',
    default: '',
    text: "Certificate authority (PEM) of the Redis server; without it, the system's.",
  },
  {
    name: 'SAMTILA_REDIS_PREFIX',
    kind: 'text',
    default: 'samtila',
    text: 'What the names of all keys and channels of this installation begin with.',
  },
  {
    name: 'SAMTILA_EXTERNAL_MQTT',
    kind: 'url',
    default: '',
    text: 'Address of another MQTT broker whose devices this node takes in, with the user name of the worker, such as mqtts://samtila-worker@broker.example.fi:8883; that broker says who they are.',
  },
  {
    name: 'SAMTILA_EXTERNAL_MQTT_SECRET_FILE',
    kind: 'file',
    default: '',
    text: 'File with the password of that user.',
  },
  {
    name: 'SAMTILA_EXTERNAL_MQTT_CA_FILE',
    kind: 'file',
    default: '',
    text: "Certificate authority (PEM) of that broker; without it, the system's.",
  },
  {
    name: 'SAMTILA_EXTERNAL_MQTT_VERSION',
    kind: 'choice',
    default: '5',
    text: 'Which MQTT that broker speaks: 5 or 3.1.1.',
  },
  {
    name: 'SAMTILA_EXTERNAL_MQTT_GROUP',
    kind: 'text',
    default: 'samtila',
    text: 'Name of the group in which workers share the messages ($share/…); `off` for a broker without shared subscriptions, which then has one worker only.',
  },
  {
    name: 'SAMTILA_BROKER_AUTH_SECRET_FILE',
    kind: 'file',
    default: '',
    text: 'File with the token by which another broker asks who may come in and where to publish (/api/v1/broker-auth); without it nobody is answered.',
  },
  {
    name: 'SAMTILA_SMTP_URL',
    kind: 'url',
    default: '',
    text: 'Mail server for reminders, such as smtps://user@mail.example.fi or smtp://mail.example.fi:587 (then with STARTTLS); without it nothing is sent.',
  },
  {
    name: 'SAMTILA_SMTP_PASSWORD_FILE',
    kind: 'file',
    default: '',
    text: 'File with the password of the user in that address.',
  },
  {
    name: 'SAMTILA_MAIL_FROM',
    kind: 'text',
    default: '',
    text: 'Address that reminders come from, such as Samtila <samtila@example.fi>.',
  },
  {
    name: 'SAMTILA_OTLP_ENDPOINT',
    kind: 'url',
    default: '',
    text: 'OpenTelemetry collector (OTLP over HTTP) that gets traces, such as http://127.0.0.1:4318; without it, OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT; without any, there are no traces.',
  },
  {
    name: 'SAMTILA_TRACE_SHARE',
    kind: 'text',
    default: '1',
    text: 'Share of requests, jobs and settlements that are traced, from 0 to 1; a request whose `traceparent` is sampled always is.',
  },
  {
    name: 'SAMTILA_TRACE_MESSAGE_SHARE',
    kind: 'text',
    default: '0.001',
    text: 'Share of MQTT messages that are traced from the packet to the acknowledgement, from 0 to 1.',
  },
  {
    name: 'SAMTILA_LOG',
    kind: 'level',
    default: 'info',
    text: 'Least severe log lines written: debug, info, warn, error or silent.',
  },
] as const satisfies readonly Definition[]

export type SettingName = (typeof SETTINGS)[number]['name']

/** `endpoint` null: the standard OTEL_ variables name the collector. */
export type TraceSettings = {
  endpoint: string | null
  ratio: number
  messageRatio: number
  serviceName: string
}
export type MailSettings = { url: string; from: string; passwordFile: string | null }

/** A setting as it is shown to the operator; `value` is null for a secret, '' where nothing is set. */
export type SettingInForce = { name: string; value: string | null; set: boolean; text: string }
export type Settings<Limits extends string = string> = {
  dataFolder: string
  http: Address
  mqtt: Address | null
  mqtts: Address | null
  tls: { certFile: string; keyFile: string } | null
  clientCertificates: (typeof CERTIFICATE_USES)[number]
  insecure: boolean
  /** Without a slash at its end. */
  publicUrl: string
  origins: string[]
  webhookHosts: string[]
  sparkplugHost: string
  demo: boolean
  adminPassword: string | null
  /** Null: no collector is named. */
  tracing: TraceSettings | null
  /** Null: no mail server is set up. */
  mail: MailSettings | null
  retentionDays: number
  logLevel: (typeof LOG_LEVELS)[number]
  telemetry: TelemetrySettings
  records: RecordsSettings
  /** Null: this node is alone. */
  redis: RedisSettings | null
  /** Null: devices come to the listeners of this node. */
  externalMqtt: ExternalMqttSettings | null
  /** Null: no other broker asks. */
  brokerAuthSecretFile: string | null
  /** Null: in the data folder. */
  sealingKeyFile: string | null
  /** Limits by name (server/limits.ts), each set by SAMTILA_LIMIT_<NAME>. */
  limits: Record<Limits, number>
  /** All of the above by name, without secrets; absent where they were not read from an environment. */
  inForce?: readonly SettingInForce[]
}

/** What several broker nodes share; `url` has host, port, user and number of the database. */
export type RedisSettings = { url: string; secretFile: string | null; caFile: string | null; prefix: string }

/** Another broker whose devices are taken in; `group`: null without shared subscriptions. */
export type ExternalMqttSettings = {
  host: string
  port: number
  tls: boolean
  userName: string | null
  secretFile: string | null
  caFile: string | null
  version: '5' | '3.1.1'
  group: string | null
}

/** Where registry and ledger are kept; the address counts for the server only. */
export type RecordsSettings = {
  engine: (typeof RECORDS_ENGINES)[number]
  url: string
  /** Beyond this machine the connection is encrypted, unless the network is protected otherwise. */
  tls: boolean
  secretFile: string | null
  caFile: string | null
  schema: string
}

/** Where readings are kept; the address counts for the servers only. */
export type TelemetrySettings = {
  engine: (typeof TELEMETRY_ENGINES)[number]
  url: string
  database: string
  bucket: string
  org: string
  user: string | null
  secretFile: string | null
}

export const RECORDS_ENGINES = ['embedded', 'postgres'] as const
export const TELEMETRY_ENGINES = ['embedded', 'memory', 'influx1', 'influx2'] as const
const EXTERNAL_VERSIONS = ['5', '3.1.1'] as const
const CERTIFICATE_USES = ['off', 'optional', 'required'] as const
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
const ADDRESS_PATTERN = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/

/** Named limits and their defaults. */
export type LimitTable = Readonly<Record<string, { default: number; description: string }>>

/** The environment name of a limit: `packetBytes` is SAMTILA_LIMIT_PACKET_BYTES. */
export const limitSettingName = (limit: string): string =>
  `SAMTILA_LIMIT_${limit.replace(/([A-Z])/g, '_$1').toUpperCase()}`

/**
 * Reads all settings from the environment. Gives the settings, or one sentence per wrong one
 * (which setting, what it was, what it should be). An unknown SAMTILA_ name is refused too: it is a typing error.
 */
export function readSettings<const Table extends LimitTable>(
  env: Record<string, string | undefined>,
  limitTable: Table,
): { ok: true; settings: Settings<keyof Table & string> } | { ok: false; problems: string[] } {
  const problems: string[] = []
  const limitNames = new Map(Object.keys(limitTable).map((limit) => [limitSettingName(limit), limit]))
  const known = new Set<string>([...SETTINGS.map((setting) => setting.name), ...limitNames.keys(), ...TEST_SETTINGS])
  for (const name of Object.keys(env)) {
    if (name.startsWith('SAMTILA_') && !known.has(name))
      problems.push(`${name} is no setting; docs/OPERATING.md lists them all.`)
  }
  const text = (name: SettingName): string =>
    env[name] ?? SETTINGS.find((setting) => setting.name === name)?.default ?? ''
  const wrong = (name: string, should: string): void =>
    void problems.push(`${name} is "${env[name] ?? ''}", but it should be ${should}.`)

  const address = (name: SettingName): Address => {
    const parsed = parseAddress(text(name))
    if (parsed === null) wrong(name, 'an address like 127.0.0.1:8080')
    return parsed ?? { host: '127.0.0.1', port: 0 }
  }
  const addressOrOff = (name: SettingName): Address | null => (text(name) === 'off' ? null : address(name))
  const onOff = (name: SettingName): boolean => {
    if (!['on', 'off'].includes(text(name))) wrong(name, '`on` or `off`')
    return text(name) === 'on'
  }
  const file = (name: SettingName): string | null => {
    if (text(name) === '') return null
    if (!existsSync(text(name))) wrong(name, 'a file that exists')
    return resolve(text(name))
  }

  const sparkplugHost = text('SAMTILA_SPARKPLUG_HOST')
  if (!/^[^/+#\s]{1,64}$/.test(sparkplugHost))
    wrong('SAMTILA_SPARKPLUG_HOST', 'one level of a topic, at most 64 characters')
  const http = address('SAMTILA_HTTP')
  const mqtt = addressOrOff('SAMTILA_MQTT')
  const mqtts = addressOrOff('SAMTILA_MQTTS')
  const insecure = onOff('SAMTILA_INSECURE')
  const demo = onOff('SAMTILA_DEMO')
  const certFile = file('SAMTILA_TLS_CERT')
  const keyFile = file('SAMTILA_TLS_KEY')
  if ((certFile === null) !== (keyFile === null))
    problems.push('SAMTILA_TLS_CERT and SAMTILA_TLS_KEY belong together: set both or none.')
  const tls = certFile !== null && keyFile !== null ? { certFile, keyFile } : null
  if (mqtts !== null && tls === null) problems.push('SAMTILA_MQTTS needs SAMTILA_TLS_CERT and SAMTILA_TLS_KEY.')
  const clientCertificates = CERTIFICATE_USES.find((one) => one === text('SAMTILA_CLIENT_CERTIFICATES'))
  if (clientCertificates === undefined) wrong('SAMTILA_CLIENT_CERTIFICATES', `one of ${CERTIFICATE_USES.join(', ')}`)
  if (!insecure) {
    if (tls === null && !isLoopback(http.host))
      problems.push(
        `SAMTILA_HTTP ${http.host} is reachable from outside without TLS: set SAMTILA_TLS_CERT and SAMTILA_TLS_KEY, or SAMTILA_INSECURE=on if the network is protected otherwise.`,
      )
    if (mqtt !== null && !isLoopback(mqtt.host))
      problems.push(
        `SAMTILA_MQTT ${mqtt.host} is reachable from outside without TLS: use SAMTILA_MQTTS, or SAMTILA_INSECURE=on if the network is protected otherwise.`,
      )
  }
  const publicUrl = parseOrigin(text('SAMTILA_PUBLIC_URL'))
  if (publicUrl === null) wrong('SAMTILA_PUBLIC_URL', 'an address like https://samtila.kunta.fi, without a path')
  const days = text('SAMTILA_RETENTION_DAYS')
  if (!/^\d{1,5}$/.test(days)) wrong('SAMTILA_RETENTION_DAYS', 'a whole number of days, 0 to keep everything')
  const level = LOG_LEVELS.find((one) => one === text('SAMTILA_LOG'))
  if (level === undefined) wrong('SAMTILA_LOG', `one of ${LOG_LEVELS.join(', ')}`)

  const recordsEngine = RECORDS_ENGINES.find((one) => one === text('SAMTILA_RECORDS'))
  if (recordsEngine === undefined) wrong('SAMTILA_RECORDS', `one of ${RECORDS_ENGINES.join(', ')}`)
  const recordsUrl = text('SAMTILA_RECORDS_URL')
  const recordsHost = URL.canParse(recordsUrl) ? new URL(recordsUrl).hostname.replace(/^\[(.*)\]$/, '$1') : ''
  if (recordsEngine === 'postgres' && !/^postgres(ql)?:\/\/[^@/]+@[^/]+\/[^/]+$/.test(recordsUrl))
    wrong('SAMTILA_RECORDS_URL', 'an address like postgres://samtila@db.example.fi:5432/samtila')
  const schema = text('SAMTILA_RECORDS_SCHEMA')
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) wrong('SAMTILA_RECORDS_SCHEMA', 'a name of a–z, 0–9 and _')
  const recordsSettings: RecordsSettings = {
    engine: recordsEngine ?? 'embedded',
    url: recordsUrl,
    tls: !isLoopback(recordsHost) && !insecure,
    secretFile: file('SAMTILA_RECORDS_SECRET_FILE'),
    caFile: file('SAMTILA_RECORDS_CA_FILE'),
    schema,
  }

  const engine = TELEMETRY_ENGINES.find((one) => one === text('SAMTILA_TELEMETRY'))
  if (engine === undefined) wrong('SAMTILA_TELEMETRY', `one of ${TELEMETRY_ENGINES.join(', ')}`)
  const telemetryUrl = text('SAMTILA_TELEMETRY_URL')
  if (engine === 'influx1' || engine === 'influx2') {
    const url = URL.canParse(telemetryUrl) ? new URL(telemetryUrl) : null
    if (url === null || !['http:', 'https:'].includes(url.protocol))
      wrong('SAMTILA_TELEMETRY_URL', 'an address like https://influx.example.fi:8086')
    else if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')) && !insecure)
      problems.push(
        `SAMTILA_TELEMETRY_URL ${telemetryUrl} is another machine without TLS: use https, or SAMTILA_INSECURE=on if the network is protected otherwise.`,
      )
  }
  const telemetry: TelemetrySettings = {
    engine: engine ?? 'embedded',
    url: telemetryUrl,
    database: text('SAMTILA_TELEMETRY_DATABASE'),
    bucket: text('SAMTILA_TELEMETRY_BUCKET') || text('SAMTILA_TELEMETRY_DATABASE'),
    org: text('SAMTILA_TELEMETRY_ORG'),
    user: text('SAMTILA_TELEMETRY_USER') || null,
    secretFile: file('SAMTILA_TELEMETRY_SECRET_FILE'),
  }

  const redis = readRedis()
  const externalMqtt = readExternalMqtt()

  function readRedis(): RedisSettings | null {
    const given = text('SAMTILA_REDIS')
    const [secretFile, caFile] = [file('SAMTILA_REDIS_SECRET_FILE'), file('SAMTILA_REDIS_CA_FILE')]
    const prefix = text('SAMTILA_REDIS_PREFIX')
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(prefix)) wrong('SAMTILA_REDIS_PREFIX', 'a name of letters, digits, _ and -')
    if (given === '') return null
    const url = URL.canParse(given) ? new URL(given) : null
    if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '')
      wrong('SAMTILA_REDIS', 'an address like rediss://redis.example.fi:6379')
    else if (url.protocol === 'redis:' && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')) && !insecure)
      problems.push(
        `SAMTILA_REDIS ${url.host} is another machine without TLS: use rediss, or SAMTILA_INSECURE=on if the network is protected otherwise.`,
      )
    else if (url.password !== '')
      problems.push('SAMTILA_REDIS has a password: put it into the file of SAMTILA_REDIS_SECRET_FILE.')
    return { url: given, secretFile, caFile, prefix }
  }

  function readExternalMqtt(): ExternalMqttSettings | null {
    const given = text('SAMTILA_EXTERNAL_MQTT')
    const [secretFile, caFile] = [file('SAMTILA_EXTERNAL_MQTT_SECRET_FILE'), file('SAMTILA_EXTERNAL_MQTT_CA_FILE')]
    const version = EXTERNAL_VERSIONS.find((one) => one === text('SAMTILA_EXTERNAL_MQTT_VERSION'))
    if (version === undefined) wrong('SAMTILA_EXTERNAL_MQTT_VERSION', '5 or 3.1.1')
    const group = text('SAMTILA_EXTERNAL_MQTT_GROUP')
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(group))
      wrong('SAMTILA_EXTERNAL_MQTT_GROUP', 'a name of letters, digits, _ and -, or `off`')
    if (given === '') return null
    // `mqtt:` is no special scheme of URLs, whose host is then not made lower case; `http:` has no other meaning here.
    const url = URL.canParse(given) ? new URL(given.replace(/^mqtt/, 'http')) : null
    if (url === null || !/^mqtts?:/.test(given)) {
      wrong('SAMTILA_EXTERNAL_MQTT', 'an address like mqtts://samtila-worker@broker.example.fi:8883')
      return null
    }
    const tls = given.startsWith('mqtts:')
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    if (!tls && !isLoopback(host) && !insecure)
      problems.push(
        `SAMTILA_EXTERNAL_MQTT ${url.host} is another machine without TLS: use mqtts, or SAMTILA_INSECURE=on if the network is protected otherwise.`,
      )
    if (url.password !== '')
      problems.push('SAMTILA_EXTERNAL_MQTT has a password: put it into the file of SAMTILA_EXTERNAL_MQTT_SECRET_FILE.')
    return {
      host,
      port: Number(url.port || (tls ? 8883 : 1883)),
      tls,
      userName: decodeURIComponent(url.username) || null,
      secretFile,
      caFile,
      version: version ?? '5',
      group: group === 'off' ? null : group,
    }
  }

  const smtp = text('SAMTILA_SMTP_URL')
  const from = text('SAMTILA_MAIL_FROM')
  if (smtp !== '' && !(URL.canParse(smtp) && ['smtp:', 'smtps:'].includes(new URL(smtp).protocol)))
    problems.push('SAMTILA_SMTP_URL should be an address like smtps://user@mail.example.fi.')
  if (smtp !== '' && !/^[^@]*[^@\s<]@[^@\s]+$/.test(from))
    wrong('SAMTILA_MAIL_FROM', 'an address like Samtila <samtila@example.fi>, because SAMTILA_SMTP_URL is set')
  const passwordFile = file('SAMTILA_SMTP_PASSWORD_FILE')
  const share = (name: SettingName): number => {
    if (!/^(?:0(?:\.\d{1,9})?|1(?:\.0{1,9})?)$/.test(text(name))) wrong(name, 'a number from 0 to 1')
    return Number(text(name))
  }
  const endpoint = text('SAMTILA_OTLP_ENDPOINT')
  if (endpoint !== '' && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    wrong('SAMTILA_OTLP_ENDPOINT', 'an address like http://127.0.0.1:4318')
  const tracing = tracingOf(env, endpoint, share('SAMTILA_TRACE_SHARE'), share('SAMTILA_TRACE_MESSAGE_SHARE'))
  const mail = smtp === '' ? null : { url: smtp, from, passwordFile }

  const limits = {} as Record<keyof Table & string, number>
  for (const [name, limit] of limitNames) {
    const given = env[name]
    const fallback = limitTable[limit]?.default ?? 0
    if (given !== undefined && !/^[1-9]\d{0,11}$/.test(given)) wrong(name, 'a whole number above 0')
    limits[limit as keyof Table & string] = given === undefined ? fallback : Number(given)
  }

  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    settings: {
      dataFolder: resolve(text('SAMTILA_DATA')),
      http,
      mqtt,
      mqtts,
      tls,
      clientCertificates: clientCertificates ?? 'optional',
      insecure,
      publicUrl: publicUrl || `${tls === null ? 'http' : 'https'}://${formatAddress(http)}`,
      sparkplugHost,
      origins: listOf(text('SAMTILA_ORIGINS')),
      webhookHosts: listOf(text('SAMTILA_WEBHOOK_HOSTS').toLowerCase()),
      demo,
      adminPassword: text('SAMTILA_ADMIN_PASSWORD') || null,
      mail,
      tracing,
      retentionDays: Number(days),
      logLevel: level ?? 'info',
      telemetry,
      records: recordsSettings,
      redis,
      externalMqtt,
      brokerAuthSecretFile: file('SAMTILA_BROKER_AUTH_SECRET_FILE'),
      sealingKeyFile: file('SAMTILA_SEALING_KEY_FILE'),
      limits,
      inForce: inForce(env, limitTable),
    },
  }
}

/** Every setting and limit as it is in force; what an address has between `//` and `@` is left out. */
function inForce(env: Record<string, string | undefined>, limitTable: LimitTable): SettingInForce[] {
  const shown = ({ name, kind, default: fallback, text }: Definition): SettingInForce => {
    const given = env[name]
    const value = kind === 'secret' ? null : (given ?? fallback).replace(/\/\/[^@/]*@/, '//…@')
    return { name, value, set: given !== undefined && given !== '', text }
  }
  return [
    ...SETTINGS.map((setting) => shown(setting)),
    ...Object.entries(limitTable).map(([limit, { default: fallback, description }]) =>
      shown({ name: limitSettingName(limit), kind: 'text', default: String(fallback), text: description }),
    ),
  ]
}

/** Names that only tests set; never documented as settings. */
const TEST_SETTINGS = ['SAMTILA_CRASH_AT']

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** An origin as browsers write it; empty when none is given, null when it is none. */
function parseOrigin(text: string): string | null {
  if (text === '') return ''
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const isOrigin = ['http:', 'https:'].includes(url.protocol) && `${url.origin}/` === url.href
  return isOrigin ? url.origin : null
}

function parseAddress(text: string): Address | null {
  const match = ADDRESS_PATTERN.exec(text)
  if (match === null) return null
  const host = match[1] ?? match[2] ?? ''
  const port = Number(match[3])
  if (port > 65_535 || (match[1] !== undefined && !isIPv6(host))) return null
  return { host, port }
}

/** Whether only this machine can reach a listener on that host. */
/** Traces, if a collector is named here or by the standard variables, and these do not turn them off. */
function tracingOf(
  env: Record<string, string | undefined>,
  endpoint: string,
  ratio: number,
  messageRatio: number,
): TraceSettings | null {
  const standard = [env['OTEL_EXPORTER_OTLP_ENDPOINT'], env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']]
  const isNamed = endpoint !== '' || standard.some((one) => one !== undefined && one !== '')
  if (!isNamed || env['OTEL_SDK_DISABLED'] === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return null
  return {
    endpoint: endpoint === '' ? null : endpoint,
    ratio,
    messageRatio,
    serviceName: env['OTEL_SERVICE_NAME'] || 'samtila',
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/** `host:port` as one writes it, IPv6 in brackets. */
export const formatAddress = (address: Address): string =>
  `${isIPv6(address.host) ? `[${address.host}]` : address.host}:${address.port}`
