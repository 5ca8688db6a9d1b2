// Who waits for whom: months issued and not closed, disputes, proposals, and the last month that is not issued yet.
import { DEFAULT_TERMS } from '#domain/agreement/month-terms.ts'
import { PROPOSAL, stillMissing } from '#domain/agreement/proposal.ts'
import { DISPUTE, OPEN_STATES, turnOf } from '#domain/disputes/dispute.ts'
import type { Records } from '#domain/ports/records.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { monthOfInstant } from '#domain/quantity/period.ts'
import type { Premises } from '#domain/registry/bundle.ts'
import { byDue, type Waiting } from '#domain/waiting/waiting.ts'
import { commentsUntil, wordsOf } from './conditions.ts'
import { bodyOf, newestOf } from './ledger-rows.ts'
import type { Settlements } from './settlements.ts'
import { termsOf } from './terms.ts'

const ALL = { organisation: null }
/** Papers of one premises that are looked through. */
const MAX_PAPERS = 1000

/**
 * Everything of one premises that waits for somebody. With `settlements` also the last month that is over, has costs and is not
 * issued yet: it waits for the landlord.
 */
export async function waitingOf(
  { records, now }: { records: Records; now: () => number },
  premises: Premises,
  settlements: Settlements | null,
): Promise<Waiting[]> {
  const found: Waiting[] = []
  const add = (what: Pick<Waiting, 'kind' | 'waitsFor'> & Partial<Waiting>): void =>
    void found.push({
      premises: premises.id,
      period: null,
      subject: null,
      dueAt: null,
      reminderDays: DEFAULT_TERMS.reminderDays,
      ...what,
    })
  const ledger = await records.ledger(premises.id)
  for (const period of new Set(ledger.map((entry) => entry.period))) {
    const entry = newestOf(ledger, period)
    if (entry?.status !== 'issued') continue
    const words = wordsOf(bodyOf(entry), await records.responses(premises.id, period), entry.issue)
    const { commentDays, reminderDays } = await termsOf(records, premises.id, period)
    const dueAt = commentsUntil(entry.at, commentDays)
    const silent = words.filter(({ accepted, disputedItems }) => !accepted && disputedItems.length === 0)
    if (now() < dueAt)
      for (const { party } of silent) add({ kind: 'month-to-accept', period, waitsFor: party, dueAt, reminderDays })
    const isReady = words.every(({ disputedItems }) => disputedItems.length === 0)
    if (isReady && (silent.length === 0 || now() >= dueAt))
      add({ kind: 'month-to-close', period, waitsFor: premises.landlord })
  }
  const disputes = await records.listPapers(ALL, DISPUTE, {
    premises: premises.id,
    states: OPEN_STATES,
    limit: MAX_PAPERS,
  })
  for (const { id, state, dueAt, body } of disputes.items) {
    const waitsFor = turnOf(state, body)
    const { reminderDays } = await termsOf(records, premises.id, body.period)
    const kind = state === 'open' ? 'dispute-to-answer' : 'dispute-to-settle'
    if (waitsFor !== null) add({ kind, period: body.period, subject: id, waitsFor, dueAt, reminderDays })
  }
  const proposals = await records.listPapers(ALL, PROPOSAL, {
    premises: premises.id,
    states: ['proposed'],
    limit: MAX_PAPERS,
  })
  for (const { id, dueAt, body } of proposals.items)
    for (const waitsFor of stillMissing(body)) add({ kind: 'proposal-to-approve', subject: id, waitsFor, dueAt })
  if (settlements !== null) {
    const last = monthOfIndex(monthIndex(monthOfInstant(now(), premises.timeZone)) - 1)
    const month = newestOf(ledger, last) === null ? await settlements.glance(premises, last) : null
    if (month !== null) add({ kind: 'month-to-issue', period: last, waitsFor: premises.landlord })
  }
  return found.sort(byDue)
}
