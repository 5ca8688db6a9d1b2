// Messages that could not be used: one row per credential, topic and reason, and each message as it was received, within limits.
import type {
  Actor,
  Page,
  QuarantineAddition,
  QuarantineEntry,
  QuarantinedMessage,
  QuarantineQuery,
  Scope,
} from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import { text, textOrNull } from './columns.ts'
import type { Context, Row } from './context.ts'
import { pageOf, pageSize } from './paging.ts'
import { DEVICE_OF_ROW, SEEN_PREMISES } from './visibility.ts'

/** What a quarantined message takes in the database besides its payload, about. */
export const QUARANTINE_MESSAGE_ROOM = 256
/** The most rows of quarantine; beyond, the one that was longest not heard again goes. */
export const QUARANTINE_ROWS = 10_000
/** The most messages that one row keeps; beyond, its oldest goes and stays counted. */
export const QUARANTINE_MESSAGES_PER_ROW = 10_000
/** The room of all kept messages (their bytes and 256 more each: a million at most); beyond, the oldest of whoever fills it most go. */
export const QUARANTINE_ROOM_BYTES = 256 * 1024 * 1024
/** The most bytes of one message; a longer one is kept truncated. */
export const QUARANTINE_MESSAGE_BYTES = 1_048_576
/** The most payload of one row of a list. */
export const QUARANTINE_SHOWN_BYTES = 16_384
/** The most bytes of one page of messages, which holds one message at least. */
export const QUARANTINE_PAGE_BYTES = 4_194_304
/** Rows that one statement puts in. */
const INSERTED_AT_ONCE = 50
/** Of the row that gives way this part goes at once, so that a full quarantine is not weighed for each message. */
const GIVEN_AT_ONCE = 10

const SEEN = `($organisation IS NULL OR o.premises IN ${SEEN_PREMISES})`
const NEWEST_PAYLOAD = `(SELECT substr(m.payload, 1, ${QUARANTINE_SHOWN_BYTES}) FROM quarantine_messages m WHERE m.entry = q.id ORDER BY m.id DESC LIMIT 1)`

const entryOf = (row: Row): QuarantineEntry => ({
  id: Number(row['id']),
  credential: text(row, 'credential'),
  device: textOrNull(row, 'device'),
  premises: textOrNull(row, 'premises'),
  topic: text(row, 'topic'),
  reason: text(row, 'reason'),
  detail: text(row, 'detail'),
  payload: (row['payload'] as Uint8Array | null) ?? new Uint8Array(),
  count: Number(row['count']),
  kept: Number(row['kept']),
  truncated: Number(row['truncated']),
  firstAt: Number(row['first_at']),
  lastAt: Number(row['last_at']),
})

const messageOf = (row: Row): QuarantinedMessage => ({
  id: Number(row['id']),
  credential: text(row, 'credential'),
  topic: text(row, 'topic'),
  payload: row['payload'] as Uint8Array,
  truncated: row['truncated'] === 1,
  at: Number(row['at']),
})

export const createQuarantine = (context: Context) => {
  /** Puts these rows, each with all its additions in the order in which they came, and gives the number of each. */
  const putRows = (rows: readonly QuarantineAddition[][]): number[] => {
    const put = context.all(
      `INSERT INTO quarantine (credential, device, topic, reason, detail, count, first_at, last_at)
       VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
       ON CONFLICT (credential, topic, reason) DO UPDATE SET
         device = excluded.device, detail = excluded.detail, count = quarantine.count + excluded.count, last_at = excluded.last_at
       RETURNING id, kept, credential, topic, reason`,
      ...rows.flatMap((additions) => {
        const { credential, device, rowTopic, topic, reason, detail, at } = additions.at(-1)!
        return [credential, device, rowTopic ?? topic, reason, detail, additions.length, additions[0]!.at, at]
      }),
    )
    const byKey = new Map(
      put.map((row) => [keyOf(text(row, 'credential'), text(row, 'topic'), text(row, 'reason')), row]),
    )
    return rows.map((additions) => {
      const row = byKey.get(rowKey(additions[0]!))
      const tooMany = Number(row?.['kept']) + additions.length - QUARANTINE_MESSAGES_PER_ROW
      const entry = Number(row?.['id'])
      if (tooMany > 0) dropOldest(entry, tooMany)
      return entry
    })
  }
  const putMessages = (messages: readonly { entry: number; addition: QuarantineAddition }[]): number =>
    context.run(
      `INSERT INTO quarantine_messages (entry, device, topic, truncated, at, payload) VALUES ${messages.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
      ...messages.flatMap(({ entry, addition: { device, topic, truncated, at, payload } }) => [
        entry,
        device,
        topic,
        truncated || payload.length > QUARANTINE_MESSAGE_BYTES ? 1 : 0,
        at,
        payload.subarray(0, QUARANTINE_MESSAGE_BYTES),
      ]),
    )
  const keep = (additions: readonly QuarantineAddition[]): void => {
    const rows = [...Map.groupBy(additions, rowKey).values()]
    for (const step of inSteps(rows)) {
      const entries = putRows(step)
      const messages = step.flatMap((ofRow, place) =>
        ofRow.slice(-QUARANTINE_MESSAGES_PER_ROW).map((addition) => ({ entry: entries[place]!, addition })),
      )
      for (const some of inSteps(messages)) putMessages(some)
    }
  }
  const dropOldest = (entry: number, count: number): number =>
    context.run(
      `DELETE FROM quarantine_messages WHERE id IN
         (SELECT id FROM quarantine_messages WHERE entry = ? ORDER BY id LIMIT ?)`,
      entry,
      count,
    )
  /** Whoever sends too much displaces their own messages, not those of others. */
  const makeRoom = (): void => {
    while (Number(context.one('SELECT sum(room) AS room FROM quarantine')?.['room'] ?? 0) > QUARANTINE_ROOM_BYTES) {
      const largest = context.one(
        `SELECT id, kept FROM quarantine WHERE credential =
           (SELECT credential FROM quarantine GROUP BY credential ORDER BY sum(room) DESC LIMIT 1)
         ORDER BY room DESC LIMIT 1`,
      )
      dropOldest(Number(largest?.['id']), Math.ceil(Number(largest?.['kept']) / GIVEN_AT_ONCE))
    }
  }
  const audit = (row: Row, action: string, messages: number, actor: Actor): void => {
    const detail = JSON.stringify({ topic: text(row, 'topic'), reason: text(row, 'reason'), count: messages })
    const premises = textOrNull(row, 'premises')
    writeAudit(context, actor, { action, kind: 'quarantine', id: String(row['id']), premises, detail })
  }

  return {
    addQuarantine(additions: QuarantineAddition[]): void {
      context.transaction(() => {
        keep(additions)
        const rows = Number(context.one('SELECT count(*) AS rows FROM quarantine')?.['rows'])
        if (rows > QUARANTINE_ROWS)
          context.run(
            'DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY last_at, id LIMIT ?)',
            rows - QUARANTINE_ROWS,
          )
        makeRoom()
      })
    },
    /** Newest rows first; what belongs to no known device only in the operator's scope. */
    listQuarantine(scope: Scope, query: QuarantineQuery): Page<QuarantineEntry> {
      const limit = pageSize(query.limit)
      const rows = context.named(
        `SELECT q.*, ${NEWEST_PAYLOAD} AS payload, o.premises FROM quarantine q ${DEVICE_OF_ROW}
         WHERE q.id < $after AND ($device IS NULL OR q.device = $device) AND ${SEEN}
           AND ($credential IS NULL OR q.credential = $credential) AND ($reason IS NULL OR q.reason = $reason)
           AND ($ids IS NULL OR q.id IN (SELECT CAST(value AS BIGINT) FROM json_each($ids)))
           AND ($gateways IS NULL OR (q.device IS NULL AND q.credential IN (SELECT value FROM json_each($gateways))))
         ORDER BY q.id DESC LIMIT $limit`,
        {
          after: query.after === undefined ? Number.MAX_SAFE_INTEGER : Number(query.after),
          device: query.device ?? null,
          credential: query.credential ?? null,
          reason: query.reason ?? null,
          ids: query.ids === undefined ? null : JSON.stringify(query.ids),
          gateways: query.gateways === undefined ? null : JSON.stringify(query.gateways),
          organisation: scope.organisation,
          limit: limit + 1,
        },
      )
      return pageOf(rows.map(entryOf), limit, (entry) => String(entry.id))
    },
    quarantinedMessages(
      scope: Scope,
      query: { entry: number; after?: string; limit: number },
    ): Page<QuarantinedMessage> {
      const limit = pageSize(query.limit)
      const sizes = context.named(
        `SELECT q.id, length(q.payload) AS bytes FROM quarantine_messages q ${DEVICE_OF_ROW}
         WHERE q.entry = $entry AND q.id > $after AND ${SEEN} ORDER BY q.id LIMIT $limit`,
        {
          entry: query.entry,
          after: Number(query.after ?? 0),
          organisation: scope.organisation,
          limit: limit + 1,
        },
      )
      const page = pageOf(sizes, fitting(sizes, limit), (row) => String(row['id']))
      const items = context
        .named(
          `SELECT m.*, q.credential FROM quarantine_messages m JOIN quarantine q ON q.id = m.entry
           WHERE m.id IN (SELECT CAST(value AS BIGINT) FROM json_each($ids)) ORDER BY m.id`,
          { ids: JSON.stringify(page.items.map((row) => row['id'])) },
        )
        .map(messageOf)
      return { items, next: page.next }
    },
    releaseQuarantined(scope: Scope, messages: readonly number[], actor: Actor): number {
      return context.transaction(() => {
        const rows = context.named(
          `SELECT e.id, e.topic, e.reason, o.premises, q.id AS message
           FROM quarantine_messages q JOIN quarantine e ON e.id = q.entry ${DEVICE_OF_ROW}
           WHERE q.id IN (SELECT CAST(value AS BIGINT) FROM json_each($ids)) AND ${SEEN} ORDER BY e.id`,
          { ids: JSON.stringify(messages), organisation: scope.organisation },
        )
        let count = 0
        for (const [entry, messagesOfRow] of Map.groupBy(rows, ({ id }) => Number(id))) {
          const row = messagesOfRow[0]!
          const released = messagesOfRow.length
          for (const { message } of messagesOfRow)
            context.run('DELETE FROM quarantine_messages WHERE id = ?', message ?? null)
          context.run('UPDATE quarantine SET count = count - ? WHERE id = ?', released, entry)
          context.run('DELETE FROM quarantine WHERE id = ? AND count <= 0', entry)
          audit(row, 'quarantine.replay', released, actor)
          count += released
        }
        return count
      })
    },
    deleteQuarantine(scope: Scope, ids: number[], actor: Actor): number {
      return context.transaction(() => {
        const rows = context.named(
          `SELECT q.id, q.topic, q.reason, q.count, o.premises FROM quarantine q ${DEVICE_OF_ROW}
           WHERE q.id IN (SELECT CAST(value AS BIGINT) FROM json_each($ids)) AND ${SEEN}`,
          { ids: JSON.stringify(ids), organisation: scope.organisation },
        )
        for (const row of rows) {
          context.run('DELETE FROM quarantine WHERE id = ?', Number(row['id']))
          audit(row, 'quarantine.delete', Number(row['count']), actor)
        }
        return rows.length
      })
    },
  }
}

const keyOf = (credential: string, topic: string, reason: string): string => JSON.stringify([credential, topic, reason])
const rowKey = ({ credential, topic, rowTopic, reason }: QuarantineAddition): string =>
  keyOf(credential, rowTopic ?? topic, reason)
const inSteps = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / INSERTED_AT_ONCE) }, (_, step) =>
    rows.slice(step * INSERTED_AT_ONCE, (step + 1) * INSERTED_AT_ONCE),
  )

/** How many of the rows make a page: `limit`, or fewer of many bytes, but one. */
function fitting(rows: readonly Row[], limit: number): number {
  let bytes = 0
  const fits = rows.findIndex((row, index) => {
    bytes += Number(row['bytes'])
    return index > 0 && bytes > QUARANTINE_PAGE_BYTES
  })
  return Math.min(limit, fits === -1 ? limit : fits)
}
