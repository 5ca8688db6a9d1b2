// Every limit of the API: name, default, one sentence. Each is also a setting SAMTILA_LIMIT_<NAME> (docs/OPERATING.md).

export const API_LIMITS = {
  bodyBytes: { default: 1_048_576, description: 'Bytes of a request body, other than of an import.' },
  importBytes: { default: 33_554_432, description: 'Bytes of the body of POST /api/v1/import.' },
  importRows: { default: 200_000, description: 'Rows of an imported file.' },
  importColumns: { default: 200, description: 'Columns of an imported file.' },
  importUnpackedBytes: { default: 268_435_456, description: 'Bytes that an imported workbook may unpack to.' },
  importHeapMib: { default: 1024, description: 'Memory of the thread that reads an imported file, in MiB.' },
  importReadMs: { default: 60_000, description: 'Milliseconds within which an imported file must have been read.' },
  modelBytes: { default: 20_971_520, description: 'Bytes of an imported building model (Brick, RealEstateCore).' },
  modelTriples: { default: 500_000, description: 'Statements of an imported building model.' },
  modelDevices: { default: 50_000, description: 'Devices that a building model of premises holds at most.' },
  ifcBytes: { default: 209_715_200, description: 'Bytes of an imported IFC model.' },
  ifcSpaces: { default: 20_000, description: 'Spaces of an imported IFC model.' },
  ifcHeapMib: { default: 512, description: 'Heap of the process that reads an IFC model, in MiB.' },
  ifcEngineMib: { default: 1024, description: 'Memory of the engine in that process, in MiB.' },
  ifcReadMs: { default: 120_000, description: 'Milliseconds within which an IFC model must have been read.' },
  ifcProcesses: {
    default: 1,
    description: 'IFC models that are read at one time; further ones are told to come back.',
  },
  comfortDays: { default: 92, description: 'Days that one look at the comfort of spaces spans.' },
  comfortSensors: { default: 500, description: 'Points that one look at the comfort of spaces reads.' },
  planBytes: { default: 10_485_760, description: 'Bytes of the picture of a storey plan.' },
  planPixels: { default: 60_000_000, description: 'Pixels of the picture of a storey plan.' },
  planDevices: { default: 2_000, description: 'Devices that one storey plan shows.' },
  plansPerPremises: { default: 200, description: 'Storey plans of one premises, those of the past among them.' },
  importsRunning: {
    default: 2,
    description: 'Imports that are taken at one time; further ones are told to come back.',
  },
  tableRows: { default: 100_000, description: 'Rows of one exported list.' },
  bulkDevices: { default: 10_000, description: 'Devices of one bulk edit.' },
  savedViews: { default: 200, description: 'Saved views of one person.' },
  feedbackPerHour: { default: 60, description: 'Messages of the feedback form in an hour, from everyone together.' },
  brokerAuthPerMinute: {
    default: 600_000,
    description:
      'Questions of another broker in a minute (who may come in, publish, subscribe); those beyond are refused.',
  },
  downlinksPerDevice: { default: 100, description: 'Commands to one device that are kept; the oldest go first.' },
  downlinksWaited: {
    default: 10_000,
    description: 'Commands to devices whose answers are waited for; the oldest go first.',
  },
  alarmTryDays: { default: 92, description: 'Days of history on which an alarm rule is tried at once.' },
  alarmTryReadings: {
    default: 3_000_000,
    description: 'Readings that one trial of an alarm rule looks at; beyond, the answer says that it is not complete.',
  },
  alarmTryMs: {
    default: 8_000,
    description:
      'Milliseconds after which a trial of an alarm rule stops; the answer then says that it is not complete.',
  },
  commandsOpen: { default: 50_000, description: 'Commands that wait for their device or its answer at one time.' },
  commandsOpenPerDevice: { default: 100, description: 'Commands that wait for one device or its answer.' },
  commandAttempts: { default: 6, description: 'How often a command that may be repeated is given to its device.' },
  commandAgainMs: {
    default: 15_000,
    description:
      'Milliseconds without an answer after which a command is given again; each next pause is twice as long.',
  },
  commandHours: { default: 24, description: 'Hours after which a command expires that says nothing else.' },
  commandDays: { default: 30, description: 'Days after which a command expires at the latest.' },
  commandKeptDays: { default: 800, description: 'Days for which commands that are over are kept.' },
  accessCommandSeconds: {
    default: 60,
    description: 'Seconds after which a command to a door, booth or lock expires at the latest.',
  },
  twinBytes: { default: 16_384, description: 'Bytes of what is desired of a device, and of what it reports.' },
  twinWriteMs: {
    default: 500,
    description: 'Milliseconds for which what a device reports is gathered before it is written.',
  },
  sceneDevices: { default: 500, description: 'Devices that one scene reaches.' },
  scheduleLateMs: {
    default: 900_000,
    description: 'How late, in milliseconds, a scheduled scene is still run after the platform was down.',
  },
  firmwareTargets: { default: 5_000, description: 'Devices of one firmware campaign.' },
  firmwareChunkBytes: { default: 32_768, description: 'Bytes of one part of an image over MQTT at most.' },
  firmwareWindow: { default: 16, description: 'Parts of an image that are sent for one question at most.' },
  firmwareQuestions: {
    default: 2_000,
    description: 'Questions of devices for parts of images that wait; further ones are asked again by the device.',
  },
  firmwareCacheBytes: { default: 67_108_864, description: 'Bytes of images that are kept in memory.' },
  mailGroupMs: {
    default: 10_000,
    description: 'Milliseconds for which a mail about something waits for what comes next.',
  },
  mailGapMs: {
    default: 300_000,
    description: 'Milliseconds between two mails to one person at least; about critical alarms a fifth of it.',
  },
  webhookMs: { default: 10_000, description: 'Milliseconds within which an endpoint must have answered a webhook.' },
  webhookAnswerBytes: { default: 65_536, description: 'Bytes of the answer of an endpoint to a webhook.' },
  webhooksPerOrganisation: { default: 20, description: 'Webhooks of one organisation.' },
  listenersPerOrganisation: { default: 20, description: 'MQTT listeners of one organisation.' },
  onCallCalendars: { default: 50, description: 'On-call calendars of one organisation.' },
  calendarReadsPerHour: {
    default: 60,
    description: 'How often the secret address of one person’s calendar is read within an hour.',
  },
  notificationDays: {
    default: 90,
    description: 'Days for which notices, deliveries and escalations that are over are kept.',
  },
  certificateDays: {
    default: 1_826,
    description: 'Days for which a client certificate of the own authority is valid at most.',
  },
  equipmentLines: { default: 5_000, description: 'Devices that the equipment of premises shows at most.' },
  documentVersions: { default: 200, description: 'Versions of one document of a device or space.' },
  vulnerabilitiesKept: { default: 5_000, description: 'Known vulnerabilities that one organisation sees at most.' },
  fileBytes: { default: 12_582_912, description: 'Bytes of a file (photo, attachment, upload).' },
  jsonDepth: { default: 100, description: 'How deep JSON in a body may be nested.' },
  requestMs: { default: 120_000, description: 'Milliseconds within which a whole request must have arrived.' },
  requestsPerMinute: { default: 6000, description: 'Requests per minute of one user or token.' },
  anonymousRequestsPerMinute: {
    default: 600,
    description: 'Requests per minute of one address that has not signed in.',
  },
  publicPagesPerMinute: {
    default: 60,
    description: 'Requests per minute of one address for the figures of public pages.',
  },
  signInFailures: { default: 10, description: 'Wrong passwords for one login from one address within 15 minutes.' },
  signInFailuresPerAddress: { default: 50, description: 'Wrong passwords from one address within 15 minutes.' },
  signInFailuresPerLogin: {
    default: 100,
    description: 'Wrong passwords for one login from anywhere within 15 minutes.',
  },
  claimFailures: { default: 30, description: 'Wrong claim codes from one address within 15 minutes.' },
  reportsPerAddressPerHour: {
    default: 30,
    description: 'Faults that one address reports on the public page within an hour.',
  },
  reportsPerCodePerHour: { default: 30, description: 'Faults that are reported by one printed code within an hour.' },
  reportsPerMinute: {
    default: 60,
    description: 'Faults that are reported on the public page within a minute, all together.',
  },
  reportPuzzleBits: {
    default: 15,
    description: 'Bits of the puzzle that a browser solves before a public report; up to 6 more while many come.',
  },
  reportPhotoBytes: { default: 6_291_456, description: 'Bytes of the photo of a public report.' },
  reportPhotoPixels: { default: 50_000_000, description: 'Pixels of the photo of a public report.' },
  reportsReading: {
    default: 8,
    description: 'Public reports whose bodies are read at one time; further ones are told to come back.',
  },
  reportCodeFailures: { default: 30, description: 'Unknown report codes from one address within 15 minutes.' },
  notesPerLinkPerHour: { default: 10, description: 'Notes that a reporter adds by one link within an hour.' },
  reporterContactDays: {
    default: 30,
    description: 'Days for which a reporter’s contact is kept after the fault is closed; a year at most in all.',
  },
  followDays: { default: 365, description: 'Days for which the link of a reporter opens after the report.' },
  faultsCounted: { default: 20_000, description: 'Faults that one statistic or export goes through.' },
  passwordChecks: {
    default: 32,
    description: 'Password checks that wait or run at one time (19 MiB each while running).',
  },
  sessionHours: { default: 12, description: 'Hours after which a session ends.' },
  sessionIdleMinutes: { default: 120, description: 'Minutes without a request after which a session ends.' },
  seriesDays: { default: 3660, description: 'Days that one query of series may span.' },
  consumptionSteps: {
    default: 35_200,
    description: 'Steps that one query of consumption may give, all points together.',
  },
  liveStreams: { default: 500, description: 'Live streams open at one time.' },
  liveStreamsPerIdentity: { default: 10, description: 'Live streams open at one time for one user or token.' },
  liveBufferBytes: {
    default: 262_144,
    description: 'Bytes that wait for the reader of a live stream; beyond, only the newest value of each point waits.',
  },
  firstPageMs: {
    default: 800,
    description:
      'Milliseconds for which a first page is drawn on the server; the browser draws what is not ready then.',
  },
  firstPagesAtOnce: {
    default: 16,
    description: 'First pages that are drawn at one time; the browser draws further ones.',
  },
  liveStallMs: {
    default: 10_000,
    description: 'Milliseconds for which the reader of a live stream may take nothing before it is cut.',
  },
  watchesPerIdentity: { default: 5, description: 'Gateways that one user or token watches at one time.' },
  watchedWaiting: { default: 50, description: 'Watched messages that wait for one slow reader; the oldest give way.' },
  replayMessages: { default: 20_000, description: 'Messages of the quarantine that one request reads again.' },
  settlementsQueued: {
    default: 64,
    description: 'Settlements that wait to be computed; further ones are refused with 503.',
  },
  settlementMonths: { default: 36, description: 'Months that one list of settlements may span.' },
  whatIfMonths: { default: 24, description: 'Months that one what-if may span.' },
  retentionPapers: {
    default: 2000,
    description: 'Papers whose time is over that one list or export of the retention holds.',
  },
  draftsKept: { default: 200, description: 'Computed drafts kept in memory.' },
  closedMonthsKept: {
    default: 5000,
    description: 'Closed months whose outcome of today is kept in memory, so that drafts need not compute them again.',
  },
  explanationsKept: {
    default: 2000,
    description: 'Explanations and causes of frozen months kept in memory.',
  },
  costMonthsKept: {
    default: 2000,
    description: 'Months of which quantities and methods are kept in memory for key figures and comparisons.',
  },
} as const satisfies Record<string, { default: number; description: string }>

export type ApiLimit = keyof typeof API_LIMITS
export type ApiLimits = Record<ApiLimit, number>

/** The limits in force: what the settings say, else the defaults. */
export function readApiLimits(given: Readonly<Record<string, number>>): ApiLimits {
  const limits = Object.entries(API_LIMITS).map(([name, limit]) => [name, given[name] ?? limit.default])
  return Object.fromEntries(limits) as ApiLimits
}
