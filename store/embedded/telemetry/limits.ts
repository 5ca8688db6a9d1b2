// Every limit of the embedded telemetry store, in one place.

/** Readings of one log row; a larger batch is cut. */
export const BATCH_READINGS = 65_536
/** Readings that may wait for the disk; beyond it `add` refuses. */
export const QUEUED_READINGS = 2_000_000
/** Numbers of series that one store hands out. */
export const SERIES = 4_000_000
/** The log is reorganised when it holds this many readings … */
export const REORGANISE_READINGS = 100_000
/** … and this many for each series in it, so that chunks do not get tiny … */
export const REORGANISE_READINGS_PER_SERIES = 256
/** … but never later than at this many readings or rows. */
export const REORGANISE_READINGS_AT_MOST = 1_600_000
export const REORGANISE_ROWS_AT_MOST = 20_000
/** One slice of background work between two commits takes up so many readings or lasts so long; when it is behind, never less than what came in. */
export const SLICE_READINGS = 20_000
export const SLICE_MS = 4
/** While readings come, a slice is followed by a rest of so many times its own length, and of less the longer the work was not done: after so long it is behind and rests no more. */
export const REST = 1.5
export const BEHIND_MS = 4_000
/** Readings come as long as the last commit is not older. */
export const IDLE_MS = 100
/** Log bytes that one slice deletes. */
export const SLICE_LOG_BYTES = 2_000_000
/** Free pages that the file keeps for the next log; more go back to the file system, bit by bit, when no commit came for a while. */
export const FREE_PAGES = 2_000
export const VACUUM_PAGES = 500
export const VACUUM_IDLE_MS = 2_000
/** A chunk of this many readings is full and merged no more; one of more than the second number is cut. */
export const FULL_CHUNK_READINGS = 4_096
export const MAX_CHUNK_READINGS = 8_192
/** Bytes of decoded chunks that each worker keeps. */
export const CACHE_BYTES = 48_000_000
/** Below this free space the store calls itself full. */
export const FREE_BYTES = 16_000_000
/** How long a full store waits between two looks for space. */
export const FULL_RETRY_MS = 500
/** Superseded values in one answer. */
export const SUPERSEDED_PAGE = 10_000
/** A file up to this size is checked whole (SQLite's integrity check) soon after each start. */
export const CHECKED_AT_START_BYTES = 256_000_000
/** Places of damage that are told one by one; more are only counted. */
export const DAMAGE_REPORTS = 1_000
