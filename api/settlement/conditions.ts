// What stands between a settlement and its next state: who has accepted, what is disputed, what hinders issue or close.
import type { SettlementCondition, SettlementDetails } from '#contract/settlements.ts'
import type { MonthTerms } from '#domain/agreement/month-terms.ts'
import { compare, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Grounds, LedgerEntry, PartyResponse } from '#domain/ports/records.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

const DAY_MS = 86_400_000

/**
 * One party's word on an issued settlement: the newest answer on each line counts, an answer on the whole replaces those before
 * it. Of earlier issues an open dispute carries over: only its own party ends it, by withdrawing or by accepting.
 */
export type PartyWord = { party: Id; accepted: boolean; at: number | null; disputedItems: string[] }

/** `null` among `disputedItems` (the whole) is written as `*`. */
export function wordsOf(settlement: Settlement, responses: readonly PartyResponse[], issue: number): PartyWord[] {
  return settlement.statements.map(({ party }) => {
    const lines = new Map<string, PartyResponse>()
    for (const response of responses) {
      if (response.party !== party || response.answer === 'comment') continue
      if (response.issue < issue) {
        if (response.item === null) lines.clear()
        if (response.answer === 'disputed') lines.set(response.item ?? WHOLE, response)
        else lines.delete(response.item ?? WHOLE)
        continue
      }
      if (response.item === null) lines.clear()
      lines.set(response.item ?? WHOLE, response)
    }
    const disputedItems = [...lines].filter(([, { answer }]) => answer === 'disputed').map(([item]) => item)
    const isAccepted = (line: string): boolean => lines.get(line)?.answer === 'accepted'
    const every = settlement.items.length > 0 && settlement.items.every(({ id }) => isAccepted(id))
    const accepted = disputedItems.length === 0 && (isAccepted(WHOLE) || every)
    const at = accepted ? Math.max(...[...lines.values()].map((response) => response.at)) : null
    return { party, accepted, at, disputedItems }
  })
}
export const WHOLE = '*'

/** Until when parties may comment; afterwards silence counts as acceptance. */
export const commentsUntil = (issuedAt: number, commentDays: number): number => issuedAt + commentDays * DAY_MS

export type Standing = {
  settlement: Settlement
  /** Of a frozen month as it was then, of a draft as it is. */
  grounds: Grounds
  /** As the same month would rest now. */
  groundsNow: Grounds
  entry: LedgerEntry | null
  words: readonly PartyWord[]
  terms: MonthTerms
  /** Items that rest on a meter that by the agreement may not decide a price. */
  unapproved: readonly string[]
  /** When the month is over in the premises' time zone. */
  monthEndsAt: number
  now: number
}

/** Everything that hinders issue or close, in the order in which it is told. */
export function conditionsOf({
  settlement,
  grounds,
  groundsNow,
  entry,
  words,
  terms,
  unapproved,
  monthEndsAt,
  now,
}: Standing): SettlementCondition[] {
  const conditions: SettlementCondition[] = []
  const add = (
    code: string,
    hinders: SettlementCondition['hinders'],
    message: string,
    more: { parties?: Id[]; items?: string[] } = {},
  ): void => void conditions.push({ code, hinders, message, parties: more.parties ?? [], items: more.items ?? [] })
  if (entry?.status === 'closed') {
    add(
      'already-closed',
      ['issue', 'close'],
      'The month is closed; what comes to light later is adjusted in an open month.',
    )
    return conditions
  }
  if (now < monthEndsAt)
    add('not-over', ['issue', 'close'], `The month is not over before ${new Date(monthEndsAt).toISOString()}.`)
  if (settlement.blocked.length > 0) {
    const items = settlement.blocked.map(({ item }) => item)
    add('blocked', ['issue', 'close'], `Blocked items must be mended first: ${items.join(', ')}.`, { items })
  }
  const estimated = settlement.items.filter((item) => isBeyondAgreed(item.estimated, terms)).map(({ id }) => id)
  if (estimated.length > 0)
    add('estimated', ['issue'], `More is estimated than was agreed: ${estimated.join(', ')}.`, { items: estimated })
  if (unapproved.length > 0)
    add('unapproved-meter', ['issue'], `A meter that may not decide a price is behind ${unapproved.join(', ')}.`, {
      items: unapproved.filter((item) => item.startsWith('metered:')),
    })
  // Both count: a flag that is switched on afterwards makes no demonstration of what the parties were shown as real.
  if (grounds.simulated || groundsNow.simulated) {
    if (!groundsNow.demonstration)
      add('simulated', ['close'], 'It rests on readings of simulated devices, and the premises is not a demonstration.')
    else if (!grounds.demonstration)
      add(
        'simulated',
        ['close'],
        'It rests on readings of simulated devices and was issued before the premises was a demonstration: issue it anew.',
      )
  }
  if (entry === null) {
    add('not-issued', ['close'], 'It has not been issued to the parties yet.')
    return conditions
  }
  const disputing = words.filter(({ disputedItems }) => disputedItems.length > 0)
  const silent = words
    .filter(({ accepted, disputedItems }) => !accepted && disputedItems.length === 0)
    .map(({ party }) => party)
  if (disputing.length > 0)
    add('disputed', ['close'], `Open disputes of ${disputing.map(({ party }) => party).join(', ')}.`, {
      parties: disputing.map(({ party }) => party),
      items: [...new Set(disputing.flatMap(({ disputedItems }) => disputedItems))].filter((item) => item !== WHOLE),
    })
  const until = commentsUntil(entry.at, terms.commentDays)
  if (silent.length > 0 && now < until)
    add(
      'not-accepted',
      ['close'],
      `Not yet accepted by ${silent.join(', ')}; their time to comment ends ${new Date(until).toISOString()}.`,
      { parties: silent },
    )
  return conditions
}

/** Whether an estimated part is so large that, by the agreement, the month is not issued. */
function isBeyondAgreed(estimated: string, { estimates }: MonthTerms): boolean {
  if (estimates?.beyond !== 'block') return false
  const [part, most] = [parseDecimalFraction(estimated), parseDecimalFraction(estimates.most)]
  return part !== null && most !== null && compare(part, most) > 0
}

export const responsesShown = (responses: readonly PartyResponse[]): SettlementDetails['responses'] =>
  responses.map(({ issue, party, item, answer, text, at, by }) => ({
    issue,
    party,
    item,
    answer,
    text,
    at: new Date(at).toISOString(),
    by,
  }))
