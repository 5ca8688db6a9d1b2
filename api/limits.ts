// Every limit of the API: name, default, one sentence. Each is also a setting SAMTILA_LIMIT_<NAME> (docs/OPERATING.md).

export const API_LIMITS = {
  bodyBytes: { default: 1_048_576, description: 'Bytes of a request body, other than of an import.' },
  importBytes: { default: 33_554_432, description: 'Bytes of the body of POST /api/v1/import.' },
  importRows: { default: 200_000, description: 'Rows of an imported file.' },
  importColumns: { default: 200, description: 'Columns of an imported file.' },
  importUnpackedBytes: { default: 268_435_456, description: 'Bytes that an imported workbook may unpack to.' },
  importHeapMib: { default: 1024, description: 'Memory of the thread that reads an imported file, in MiB.' },
  importReadMs: { default: 60_000, description: 'Milliseconds within which an imported file must have been read.' },
  importsRunning: {
    default: 2,
    description: 'Imports that are taken at one time; further ones are told to come back.',
  },
  feedbackPerHour: { default: 60, description: 'Messages of the feedback form in an hour, from everyone together.' },
  downlinksPerDevice: { default: 100, description: 'Commands to one device that are kept; the oldest go first.' },
  downlinksWaited: {
    default: 10_000,
    description: 'Commands to devices whose answers are waited for; the oldest go first.',
  },
  certificateDays: {
    default: 1_826,
    description: 'Days for which a client certificate of the own authority is valid at most.',
  },
  fileBytes: { default: 12_582_912, description: 'Bytes of a file (photo, attachment, upload).' },
  jsonDepth: { default: 100, description: 'How deep JSON in a body may be nested.' },
  requestMs: { default: 120_000, description: 'Milliseconds within which a whole request must have arrived.' },
  requestsPerMinute: { default: 6000, description: 'Requests per minute of one user or token.' },
  anonymousRequestsPerMinute: {
    default: 600,
    description: 'Requests per minute of one address that has not signed in.',
  },
  signInFailures: { default: 10, description: 'Wrong passwords for one login from one address within 15 minutes.' },
  signInFailuresPerAddress: { default: 50, description: 'Wrong passwords from one address within 15 minutes.' },
  signInFailuresPerLogin: {
    default: 100,
    description: 'Wrong passwords for one login from anywhere within 15 minutes.',
  },
  claimFailures: { default: 30, description: 'Wrong claim codes from one address within 15 minutes.' },
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
} as const satisfies Record<string, { default: number; description: string }>

export type ApiLimit = keyof typeof API_LIMITS
export type ApiLimits = Record<ApiLimit, number>

/** The limits in force: what the settings say, else the defaults. */
export function readApiLimits(given: Readonly<Record<string, number>>): ApiLimits {
  const limits = Object.entries(API_LIMITS).map(([name, limit]) => [name, given[name] ?? limit.default])
  return Object.fromEntries(limits) as ApiLimits
}
