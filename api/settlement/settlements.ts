// Settlements of premises: shown, issued, answered, closed. What is issued or closed is frozen in the ledger; the rest is computed.
import { sha256 } from './sha256.ts'
import type { PremisesSummary } from '#contract/premises.ts'
import type { SettlementDetails, SettlementSummary } from '#contract/settlements.ts'
import { Failure } from '#domain/failure.ts'
import { monthIndex } from '#domain/quantity/local-date.ts'
import { periodOf } from '#domain/quantity/period.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Actor, Grounds, LedgerEntry, PartyResponse } from '#domain/ports/records.ts'
import { digestOf } from '#domain/settlement/digest.ts'
import type { Causes } from '#domain/settlement/causes.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import { payableOf } from '#domain/settlement/payable.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { adjustedBy, causesOfAdjustments, groundOf } from './causes.ts'
import { commentsUntil, conditionsOf, responsesShown, wordsOf, type Standing } from './conditions.ts'
import { createDrafts, type Drafts, type Supposed } from './drafts.ts'
import { keepNewest } from './keep-newest.ts'
import { before, bodyOf, issueOf, lastDigest, newestOf } from './ledger-rows.ts'
import { summaryOf } from './settlement-summary.ts'
import { termsOf } from './terms.ts'
import { unapprovedItems } from './unapproved.ts'

/** How old a draft may be in a list; one of a month long past rarely changes, and then by a late reading. */
const LIST_AGE_MS = 15_000
const LIST_AGE_PAST_MS = 300_000
const PAST_MONTHS = 2
/** Frozen months of which all explanations are kept. */
const MONTHS_EXPLAINED = 8
/** How often a freeze is tried again when facts change while it is computed. */
const MAX_TRIES = 3

/** The settlement as it is computed from what the figures go by; `causes` are of the adjustments among the items, by item. */
export type Explained = { settlement: Settlement; explanations: Explanation[]; causes: Map<string, Causes> }

export type Settlements = {
  /** The frozen settlement of a month as its text, or the draft; with `knownAt` as the platform would have shown it then. */
  show(premises: Id, period: string, knownAt?: number): Promise<Settlement>
  list(premises: Id, periods: readonly string[]): Promise<SettlementSummary[]>
  /** Whole settlements of months: frozen ones, and drafts as old as those of a list may be. */
  figures(premises: Id, periods: readonly string[]): Promise<Settlement[]>
  /** State and blocked items of a month for summaries; null when it has no items, or cannot be computed now. */
  glance(premises: Premises, period: string): Promise<PremisesSummary['month']>
  details(premises: Premises, period: string): Promise<Omit<SettlementDetails, 'organisations' | 'itemNames'>>
  /** How items came about, and why adjustments are, by what was known when the figures were frozen; of a draft by what is known now. */
  explained(premises: Id, period: string, items: readonly string[] | 'all'): Promise<Explained>
  /** The draft of a month as it would be with these objects as well, each in place of the one of its id; nothing is stored. */
  supposing(premises: Id, period: string, objects: Supposed): Promise<Settlement>
  /** Freezes the draft for the parties; an issued month is issued anew. @throws Failure 'settlement-blocked', 'settlement-state'. */
  issue(premises: Premises, period: string, actor: Actor): Promise<Settlement>
  /** @throws Failure 'settlement-blocked', 'settlement-state', 'settlement-simulated'. `force` waives the acceptances only. */
  close(premises: Premises, period: string, actor: Actor, force: { reason: string } | null): Promise<Settlement>
  /**
   * Records a party's word, and the papers that go with it in the same transaction.
   * @throws Failure 'settlement-state', 'invalid-body' when it cannot be given.
   */
  respond(
    premises: Id,
    period: string,
    said: Pick<PartyResponse, 'party' | 'item' | 'answer' | 'text'>,
    actor: Actor,
    papersOf?: (issued: { issue: number; settlement: Settlement }) => Promise<readonly PaperChange[]>,
  ): Promise<{ issue: number; settlement: Settlement }>
  /** Months under other rules, by the thread that computes drafts. */
  whatIf: Drafts['whatIf']
  stop(): Promise<void>
}

export function createSettlements(parts: RouteParts): Settlements {
  const { records, now, log, limits } = parts
  const drafts = createDrafts(parts)
  /** One change of a premises' ledger at a time: the second of two closers sees what the first has done. */
  const busy = new Map<Id, Promise<unknown>>()
  const inTurn = async <T>(premises: Id, work: () => Promise<T>): Promise<T> => {
    const before = busy.get(premises) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    busy.set(premises, settled)
    void settled.then(() => busy.get(premises) === settled && busy.delete(premises))
    return mine
  }
  /** How items of frozen months came about, and their causes: they never change. */
  const explanations = keepNewest<Explained>(limits.explanationsKept)
  const wholes = keepNewest<Explained>(MONTHS_EXPLAINED)
  const frozenCauses = keepNewest<Map<string, Causes>>(limits.explanationsKept)
  const draftCauses = new WeakMap<Settlement, { revision: number; causes: Promise<Map<string, Causes>> }>()
  const causesOf = async (
    premises: Id,
    period: string,
    settlement: Settlement,
    items: readonly string[],
    { ledger, knownAt }: ReturnType<typeof groundOf>,
  ): Promise<Map<string, Causes>> => {
    const make = (): Promise<Map<string, Causes>> =>
      causesOfAdjustments(parts, premises, period, items, ledger, knownAt)
    if (knownAt !== null) return frozenCauses.get(`${premises} ${period} ${knownAt}`, make)
    const revision = drafts.factsRevision()
    const known = draftCauses.get(settlement)
    if (known?.revision === revision) return known.causes
    const causes = make()
    causes.catch(() => draftCauses.delete(settlement))
    draftCauses.set(settlement, { revision, causes })
    return causes
  }
  const groundsOf = async (ledger: readonly LedgerEntry[], entry: LedgerEntry): Promise<Grounds> => {
    if (entry.grounds !== null) return entry.grounds
    const { premises, period } = entry
    const then = groundOf(ledger, period)
    const { simulated } = await drafts.explained(premises, period, then.ledger, [], then.knownAt)
    const known = await records.getObject({ organisation: null }, 'premises', premises, then.knownAt ?? undefined)
    return { simulated, demonstration: known?.value.demonstration === true }
  }
  /** The figures that stand, and what they rest on. An open month is computed too: whether it may be closed depends on what it rests on now as well. */
  const figuresOf = async (
    premises: Id,
    period: string,
    ledger: readonly LedgerEntry[],
    entry: LedgerEntry | null,
  ): Promise<Pick<Standing, 'settlement' | 'grounds' | 'groundsNow'>> => {
    if (entry?.status === 'closed') {
      const grounds = await groundsOf(ledger, entry)
      return { settlement: bodyOf(entry), grounds, groundsNow: grounds }
    }
    const earlier = entry === null ? ledger : before(ledger, entry)
    const { settlement, grounds: groundsNow } = await drafts.recent(premises, period, earlier, LIST_AGE_MS)
    if (entry === null) return { settlement, grounds: groundsNow, groundsNow }
    return { settlement: bodyOf(entry), grounds: await groundsOf(ledger, entry), groundsNow }
  }
  const standingOf = async (
    premises: Premises,
    period: string,
    ledger: readonly LedgerEntry[],
  ): Promise<Standing & { responses: PartyResponse[] }> => {
    const entry = newestOf(ledger, period)
    const figures = await figuresOf(premises.id, period, ledger, entry)
    const responses = entry === null ? [] : await records.responses(premises.id, period)
    const issue = issueOf(ledger, period)
    const terms = await termsOf(records, premises.id, period)
    return {
      ...figures,
      entry,
      words: wordsOf(figures.settlement, responses, issue?.issue ?? 0),
      terms,
      unapproved: entry?.status === 'closed' ? [] : await unapprovedItems(parts, premises.id, period, terms),
      monthEndsAt: periodOf(period, premises.timeZone).to,
      now: now(),
      responses,
    }
  }
  const refuse = (standing: Standing, what: 'issue' | 'close', force: boolean): void => {
    // An open dispute is nobody's to waive but its own party's.
    const waived = new Set(force ? ['not-issued', 'not-accepted'] : [])
    const hindrance = conditionsOf(standing).find(({ code, hinders }) => hinders.includes(what) && !waived.has(code))
    if (hindrance === undefined) return
    const code =
      hindrance.code === 'blocked'
        ? 'settlement-blocked'
        : hindrance.code === 'simulated'
          ? 'settlement-simulated'
          : 'settlement-state'
    throw new Failure(code, hindrance.message)
  }

  /** Computes the draft and appends it; again when a fact changed in between. */
  const freeze = async (
    premises: Premises,
    period: string,
    actor: Actor,
    how: { status: 'issued' } | { status: 'closed'; force: { reason: string } | null },
  ): Promise<Settlement> => {
    for (let attempt = 1; ; attempt++) {
      const ledger = await records.ledger(premises.id)
      const entry = newestOf(ledger, period)
      const what = how.status === 'issued' ? 'issue' : 'close'
      if (entry?.status === 'closed') throw new Failure('settlement-state', 'The month is closed already.')
      const draft = await drafts.exact(premises.id, period, ledger)
      // What was issued is what is closed: the parties have accepted those figures.
      const isAccepted = how.status === 'closed' && entry !== null
      const settlement = isAccepted ? bodyOf(entry) : draft.settlement
      const issue = issueOf(ledger, period)
      const said = entry === null ? [] : await records.responses(premises.id, period)
      const terms = await termsOf(records, premises.id, period)
      const standing = {
        settlement,
        grounds: isAccepted ? await groundsOf(ledger, entry) : draft.grounds,
        groundsNow: draft.grounds,
        entry,
        words: wordsOf(settlement, said, issue?.issue ?? 0),
        terms,
        unapproved: await unapprovedItems(parts, premises.id, period, terms),
        monthEndsAt: periodOf(period, premises.timeZone).to,
        now: now(),
      }
      refuse(standing, what, how.status === 'closed' && how.force !== null)
      const previousDigest = lastDigest(ledger)
      const frozen: Settlement = { ...settlement, status: how.status, digest: null }
      if (how.status === 'closed') frozen.digest = digestOf(previousDigest, frozen, sha256)
      if (!isAccepted && draft.revision !== drafts.factsRevision() && attempt < MAX_TRIES) continue
      const next: LedgerEntry = {
        premises: premises.id,
        period,
        status: how.status,
        issue: (entry?.issue ?? 0) + 1,
        at: isAccepted ? now() : draft.readAt,
        by: actor.name,
        body: JSON.stringify(frozen),
        digest: frozen.digest,
        previousDigest: how.status === 'closed' ? previousDigest : null,
        force: how.status === 'closed' ? how.force : null,
        grounds: standing.grounds,
      }
      try {
        await records.appendLedger(next, { issue: entry?.issue ?? 0, lastDigest: previousDigest }, actor)
        return frozen
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
        throw new Failure(
          'settlement-state',
          'Somebody else has changed the state of this settlement just now; look again.',
          { cause: error },
        )
      }
    }
  }

  const answerable = async (
    premises: Id,
    period: string,
    said: Pick<PartyResponse, 'party' | 'item'>,
  ): Promise<{ issue: number; settlement: Settlement }> => {
    const entry = newestOf(await records.ledger(premises), period)
    if (entry?.status !== 'issued')
      throw new Failure('settlement-state', entry === null ? 'The month is not issued yet.' : 'The month is closed.')
    const settlement = bodyOf(entry)
    const { statements, items } = settlement
    if (!statements.some(({ party }) => party === said.party))
      throw new Failure('invalid-body', `${said.party} is no party of this settlement.`)
    // A line that was disputed may be gone since the month was issued anew; its dispute still ends.
    const isDisputed = async (): Promise<boolean> =>
      wordsOf(settlement, await records.responses(premises, period), entry.issue).some(
        ({ party, disputedItems }) => party === said.party && disputedItems.includes(said.item ?? ''),
      )
    if (said.item !== null && !items.some(({ id }) => id === said.item) && !(await isDisputed()))
      throw new Failure('invalid-body', `The settlement has no item ${said.item}.`)
    return { issue: entry.issue, settlement }
  }

  const figures: Settlements['figures'] = async (premises, periods) => {
    const ledger = await records.ledger(premises)
    const found: Settlement[] = []
    const thisMonth = monthIndex(new Date(now()).toISOString().slice(0, 7))
    for (const period of periods) {
      const entry = newestOf(ledger, period)
      const ageMs = thisMonth - monthIndex(period) > PAST_MONTHS ? LIST_AGE_PAST_MS : LIST_AGE_MS
      found.push(entry === null ? (await drafts.recent(premises, period, ledger, ageMs)).settlement : bodyOf(entry))
    }
    return found
  }

  return {
    async show(premises, period, knownAt) {
      const ledger = (await records.ledger(premises)).filter(({ at }) => knownAt === undefined || at <= knownAt)
      const entry = newestOf(ledger, period)
      if (entry !== null) return bodyOf(entry)
      return knownAt === undefined
        ? (await drafts.exact(premises, period, ledger)).settlement
        : (await drafts.explained(premises, period, ledger, [], knownAt)).settlement
    },
    list: async (premises, periods) => (await figures(premises, periods)).map(summaryOf),
    figures,
    async glance(premises, period) {
      try {
        const ledger = await records.ledger(premises.id)
        const entry = newestOf(ledger, period)
        const settlement =
          entry === null ? (await drafts.glance(premises.id, period, ledger))?.settlement : bodyOf(entry)
        if (settlement === undefined || settlement.items.length === 0) return null
        const { status, blocked, net } = summaryOf(settlement)
        return { period, status, blocked, net }
      } catch (error) {
        // A summary of much else must not fail for one month that cannot be computed.
        log.warn('no settlement for the summary', { premises: premises.id, period, error: String(error) })
        return null
      }
    },
    async details(premises, period) {
      const ledger = await records.ledger(premises.id)
      const standing = await standingOf(premises, period, ledger)
      const { settlement, grounds, entry, words, terms, responses } = standing
      const issued = issueOf(ledger, period)
      const ground = groundOf(ledger, period)
      const items = settlement.items.map(({ id }) => id)
      const causes = await causesOf(premises.id, period, settlement, items, ground)
      return {
        settlement,
        ...grounds,
        issue: entry?.issue ?? 0,
        answerDays: terms.answerDays,
        issuedAt: issued === null ? null : new Date(issued.at).toISOString(),
        closedAt: entry?.status === 'closed' ? new Date(entry.at).toISOString() : null,
        commentsUntil: issued === null ? null : new Date(commentsUntil(issued.at, terms.commentDays)).toISOString(),
        force:
          entry?.force == null
            ? null
            : { reason: entry.force.reason, by: entry.by, at: new Date(entry.at).toISOString() },
        acceptances: words.map(({ at, ...word }) => ({ ...word, at: at === null ? null : new Date(at).toISOString() })),
        responses: responsesShown(responses),
        conditions: conditionsOf(standing),
        payable: payableOf(settlement, settlement.status === 'closed' ? [] : words),
        causes: Object.fromEntries(causes),
      }
    },
    async explained(premises, period, items) {
      const ledger = await records.ledger(premises)
      const ground = groundOf(ledger, period)
      const explain = async (): Promise<Explained> => {
        const months = items === 'all' ? undefined : items.flatMap((item) => adjustedBy(item)?.month ?? [])
        const { settlement, explanations } = await drafts.explained(
          premises,
          period,
          ground.ledger,
          items,
          ground.knownAt,
          months,
        )
        const adjustments = explanations.map(({ item }) => item)
        const causes = await causesOfAdjustments(parts, premises, period, adjustments, ground.ledger, ground.knownAt)
        return { settlement, explanations, causes }
      }
      // What was known when the month was frozen never changes.
      if (ground.knownAt === null) return explain()
      const key = `${premises} ${period} ${ground.knownAt}`
      return items === 'all' ? wholes.get(key, explain) : explanations.get([key, ...items].join(' '), explain)
    },
    async supposing(premises, period, objects) {
      const ledger = await records.ledger(premises)
      // The draft as it is leaves its closed months ready for the one that is supposed.
      if (Object.keys(objects).length === 0) return (await drafts.exact(premises, period, ledger)).settlement
      return drafts.supposing(premises, period, ledger, objects)
    },
    issue: (premises, period, actor) =>
      inTurn(premises.id, () => freeze(premises, period, actor, { status: 'issued' })),
    close: (premises, period, actor, force) =>
      inTurn(premises.id, () => freeze(premises, period, actor, { status: 'closed', force })),
    respond: (premises, period, said, actor, papersOf) =>
      inTurn(premises, async () => {
        const answered = await answerable(premises, period, said)
        const { issue } = answered
        const papers = (await papersOf?.(answered)) ?? []
        const response = { premises, period, issue, ...said, at: now(), by: actor.name }
        await records.changePapers({ papers, responses: [response] }, actor, `settlement.${said.answer}`)
        return answered
      }),
    whatIf: drafts.whatIf,
    stop: () => drafts.close(),
  }
}
