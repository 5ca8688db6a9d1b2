// The ledger: issued and closed settlements, what the parties said of them, and their countersignatures. Nothing here is ever changed.
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Actor, Countersignature, LedgerEntry, PartyResponse } from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import type { Context, Row } from './context.ts'
import { text, textOrNull } from './columns.ts'

const entryOf = (row: Row): LedgerEntry => ({
  premises: text(row, 'premises'),
  period: text(row, 'period'),
  status: text(row, 'status') as LedgerEntry['status'],
  issue: Number(row['issue']),
  at: Number(row['at']),
  by: text(row, 'by'),
  body: text(row, 'body'),
  digest: textOrNull(row, 'digest'),
  previousDigest: textOrNull(row, 'previous_digest'),
  force: row['force'] === null ? null : (JSON.parse(text(row, 'force')) as LedgerEntry['force']),
  grounds: row['grounds'] === null ? null : (JSON.parse(text(row, 'grounds')) as LedgerEntry['grounds']),
})

const responseOf = (row: Row): PartyResponse => ({
  premises: text(row, 'premises'),
  period: text(row, 'period'),
  issue: Number(row['issue']),
  party: text(row, 'party'),
  item: textOrNull(row, 'item'),
  answer: text(row, 'answer') as PartyResponse['answer'],
  text: text(row, 'text'),
  at: Number(row['at']),
  by: text(row, 'by'),
})

const countersignatureOf = (row: Row): Countersignature => ({
  premises: text(row, 'premises'),
  period: text(row, 'period'),
  digest: text(row, 'digest'),
  party: text(row, 'party'),
  publicKey: text(row, 'public_key'),
  signature: text(row, 'signature'),
  at: Number(row['at']),
  by: text(row, 'by'),
})

export const createLedger = (context: Context) => {
  /** @throws unless the entry follows exactly what the caller saw: one of many who close at once wins. */
  const checkPlace = (entry: LedgerEntry, expected: { issue: number; lastDigest: string | null }): void => {
    const newest = context.one(
      'SELECT issue, status FROM ledger WHERE premises = ? AND period = ? ORDER BY issue DESC LIMIT 1',
      entry.premises,
      entry.period,
    )
    const chainEnd = context.one(
      "SELECT digest FROM ledger WHERE premises = ? AND status = 'closed' ORDER BY seq DESC LIMIT 1",
      entry.premises,
    )
    const where = `The settlement of ${entry.premises} for ${entry.period}`
    if (Number(newest?.['issue'] ?? 0) !== expected.issue || (chainEnd?.['digest'] ?? null) !== expected.lastDigest) {
      throw new Failure('changed-meanwhile', `${where} was issued or closed meanwhile. Read it again.`)
    }
    if (newest?.['status'] === 'closed')
      throw new Failure('settlement-state', `${where} is closed; differences go to an open month.`)
    if (entry.issue !== expected.issue + 1)
      throw new Failure('internal', `${where} must be issue ${expected.issue + 1}, not ${entry.issue}.`)
    if (entry.status === 'closed' && (entry.digest === null || entry.previousDigest !== expected.lastDigest)) {
      throw new Failure('internal', `${where} does not continue the chain of digests.`)
    }
  }

  return {
    appendLedger(entry: LedgerEntry, expected: { issue: number; lastDigest: string | null }, actor: Actor): void {
      context.transaction(() => {
        checkPlace(entry, expected)
        context.run(
          `INSERT INTO ledger (premises, period, issue, status, at, by, body, digest, previous_digest, force, grounds)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          entry.premises,
          entry.period,
          entry.issue,
          entry.status,
          entry.at,
          entry.by,
          entry.body,
          entry.digest,
          entry.previousDigest,
          entry.force === null ? null : JSON.stringify(entry.force),
          entry.grounds === null ? null : JSON.stringify(entry.grounds),
        )
        const detail = JSON.stringify({ issue: entry.issue, digest: entry.digest, force: entry.force })
        const action = entry.status === 'closed' ? 'settlement.close' : 'settlement.issue'
        writeAudit(context, actor, { action, kind: 'settlement', id: entry.period, premises: entry.premises, detail })
      })
    },

    ledger: (premises: Id): LedgerEntry[] =>
      context.all('SELECT * FROM ledger WHERE premises = ? ORDER BY seq', premises).map(entryOf),

    addResponse(response: PartyResponse, actor: Actor): void {
      const { premises, period, issue, party, item, answer, text, at, by } = response
      context.transaction(() => {
        const newest = context.one(
          'SELECT max(issue) AS issue FROM ledger WHERE premises = ? AND period = ?',
          premises,
          period,
        )?.['issue']
        if (newest !== issue) {
          throw new Failure(
            'changed-meanwhile',
            `Issue ${issue} of ${premises} for ${period} is not the newest. Read the settlement again.`,
          )
        }
        context.run(
          'INSERT INTO responses (premises, period, issue, party, item, answer, text, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          premises,
          period,
          issue,
          party,
          item,
          answer,
          text,
          at,
          by,
        )
        const detail = JSON.stringify({ issue, party, item })
        writeAudit(context, actor, { action: `settlement.${answer}`, kind: 'settlement', id: period, premises, detail })
      })
    },

    responses: (premises: Id, period: string): PartyResponse[] =>
      context
        .all('SELECT * FROM responses WHERE premises = ? AND period = ? ORDER BY seq', premises, period)
        .map(responseOf),

    /** The same party countersigns a digest once; the same signature again changes nothing. */
    addCountersignature(signature: Countersignature, actor: Actor): void {
      const { premises, period, digest, party, publicKey, at, by } = signature
      context.transaction(() => {
        const closed = context.one(
          "SELECT 1 FROM ledger WHERE premises = ? AND period = ? AND status = 'closed' AND digest = ?",
          premises,
          period,
          digest,
        )
        if (closed === undefined)
          throw new Failure('settlement-state', `${premises} has no closed settlement for ${period} with that digest.`)
        const before = context.one(
          'SELECT signature FROM countersignatures WHERE premises = ? AND period = ? AND digest = ? AND party = ?',
          premises,
          period,
          digest,
          party,
        )
        if (before !== undefined) {
          if (before['signature'] === signature.signature) return
          throw new Failure('conflict', `${party} has countersigned ${premises} for ${period} already.`)
        }
        context.run(
          'INSERT INTO countersignatures (premises, period, digest, party, public_key, signature, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          premises,
          period,
          digest,
          party,
          publicKey,
          signature.signature,
          at,
          by,
        )
        const detail = JSON.stringify({ digest, party, publicKey })
        writeAudit(context, actor, {
          action: 'settlement.countersign',
          kind: 'settlement',
          id: period,
          premises,
          detail,
        })
      })
    },

    countersignatures: (premises: Id): Countersignature[] =>
      context.all('SELECT * FROM countersignatures WHERE premises = ? ORDER BY seq', premises).map(countersignatureOf),
  }
}
