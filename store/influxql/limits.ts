// Every limit of a telemetry store on a server, in one place.

/** Points of one write request; writes under way at once. */
export const WRITE_POINTS = 5_000
export const WRITES_AT_ONCE = 2
/** How long the server may take for one request before it counts as away. */
export const ANSWER_MS = 5_000
/** How long a long question (retention, counting, copying) may take. */
export const LONG_ANSWER_MS = 120_000
/** A request whose connection broke is sent once more after this. */
export const RETRY_AFTER_MS = 100
/** Between two tries to reach a server that is away: doubling from the first to the second. */
export const BACK_OFF_FIRST_MS = 250
export const BACK_OFF_MOST_MS = 5_000
/** How long the start waits for the server. */
export const OPEN_MS = 10_000
/** Readings that may wait in memory for the server or the spool; beyond it `add` refuses. */
export const QUEUED_READINGS = 500_000
/** Readings of one batch, from memory or from the spool. */
export const BATCH_READINGS = 20_000
/** Bytes of the spool unless a setting says otherwise, and of one of its files. */
export const SPOOL_BYTES = 1_073_741_824
export const SPOOL_FILE_BYTES = 16_777_216
/** Series of one question; statements of one request; requests under way at once. */
export const SERIES_PER_QUESTION = 50
export const STATEMENTS_PER_REQUEST = 60
export const QUESTIONS_AT_ONCE = 4
/** Groups of one question for buckets; with more, every bucket is asked by itself. */
export const GROUPS_PER_QUESTION = 20_000
/** Readings of one page when a range is read whole. */
export const PAGE_READINGS = 20_000
/** Instants closer than this are looked up in one question. */
export const LOOKUP_GAP_MS = 3_600_000
/** How often the names of series are read anew, for those that other nodes have made. */
export const NAMES_REFRESH_MS = 5_000
