// Disputes of a month: opened with a response, carried on as a paper, ended with the matching response.
import { Failure } from '#domain/failure.ts'
import {
  answerDispute,
  DISPUTE,
  openDispute,
  OPEN_STATES,
  outcomeOfAcceptance,
  reopenDispute,
  resolveDispute,
  sayInDispute,
  takeDispute,
  type Dispute,
  type DisputeFile,
  type DisputeStep,
  type StepRefusal,
  type StepResult,
} from '#domain/disputes/dispute.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, PartyResponse } from '#domain/ports/records.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { DisputeStepWanted, DisputeWanted } from '#contract/disputes.ts'
import type { RouteParts } from '#api/parts.ts'
import { issueOf } from './ledger-rows.ts'
import type { Settlements } from './settlements.ts'
import { sha256 } from './sha256.ts'
import { termsOf } from './terms.ts'

const ALL = { organisation: null }
/** Disputes of one month that are looked through; more are no disputes but a flood. */
const MAX_OF_MONTH = 1000

export type StoredDispute = StoredPaper<Dispute>
type Response = Pick<PartyResponse, 'party' | 'item' | 'answer' | 'text'>
export type Disputes = {
  /** @throws Failure 'settlement-state' when the month is not issued, 'conflict' when the line is disputed already. */
  open(premises: Premises, period: string, wanted: DisputeWanted, actor: Actor): Promise<StoredDispute>
  /** Records a party's answer and lets its disputes follow: a disputed line opens one, withdrawing or accepting ends it. */
  respond(premises: Premises, period: string, said: Response, actor: Actor): Promise<void>
  /** @throws Failure 'not-allowed' for another's step, 'conflict' for one that cannot be taken now. */
  step(dispute: StoredDispute, wanted: DisputeStepWanted, actor: Actor): Promise<StoredDispute>
}

export function createDisputes({ records, now }: RouteParts, settlements: Settlements): Disputes {
  const ofMonth = async (premises: Id, period: string): Promise<StoredDispute[]> => {
    const { items } = await records.listPapers(ALL, DISPUTE, { premises, limit: MAX_OF_MONTH, newestFirst: true })
    return items.filter(({ body }) => body.period === period)
  }
  const isOpen = ({ state }: StoredDispute): boolean => (OPEN_STATES as readonly string[]).includes(state)
  const read = async (id: Id): Promise<StoredDispute> => {
    const found = await records.getPaper(ALL, DISPUTE, id)
    if (found === null) throw new Error(`the dispute ${id} is gone`)
    return found
  }
  const changeOf = (
    known: { id: Id; premises: Id; audience: readonly Id[]; version: number },
    { state, dueAt, body }: DisputeStep,
    action: string,
  ): PaperChange => {
    const { id, premises, audience } = known
    const files = [...new Set(body.entries.flatMap((entry) => entry.files.map(({ digest }) => digest)))]
    const paper = { id, premises, audience, state, dueAt, body }
    return { kind: DISPUTE, paper, expectedVersion: known.version, files, action }
  }
  const saidBy = (actor: Actor, text: string, files: readonly DisputeFile[] = []) => ({
    at: now(),
    by: actor.name,
    organisation: actor.organisation,
    text,
    files,
  })

  /** The paper of a new dispute. */
  const newPaper = async (
    premises: Premises,
    period: string,
    wanted: DisputeWanted,
    actor: Actor,
    issued: { issue: number; settlement: Settlement },
  ): Promise<PaperChange> => {
    const { party, item, reason, text, files } = wanted
    const { settlement, issue } = issued
    const line = settlement.items.find(({ id }) => id === item)
    const owner = wanted.owner ?? ownerOf(premises, settlement, party, line?.payer ?? null)
    const before = (await ofMonth(premises.id, period)).filter(
      ({ body }) => body.party === party && body.item === item,
    ).length
    const id = `dispute-${sha256(JSON.stringify([premises.id, period, party, item, before])).slice(0, 32)}`
    const { answerDays } = await termsOf(records, premises.id, period)
    const net = line?.shares.find((share) => share.party === party)?.net ?? null
    const about = { period, issue, party, item, reason, net, owner: { organisation: owner, person: null }, answerDays }
    const step = openDispute(about, saidBy(actor, text, files))
    const audience = concerned(premises, settlement)
    return changeOf({ id, premises: premises.id, audience, version: 0 }, step, 'dispute.open')
  }

  return {
    async open(premises, period, wanted, actor) {
      const { party, item, text } = wanted
      const known = (await ofMonth(premises.id, period)).find(
        (one) => isOpen(one) && one.body.party === party && one.body.item === item,
      )
      if (known !== undefined)
        throw new Failure('conflict', `This is disputed already: say more in the dispute ${known.id}.`)
      let id = ''
      await settlements.respond(
        premises.id,
        period,
        { party, item, answer: 'disputed', text },
        actor,
        async (issued) => {
          if (wanted.owner !== undefined) checkOwner(premises, issued.settlement, party, wanted.owner)
          const made = await newPaper(premises, period, wanted, actor, issued)
          id = made.paper.id
          return [made]
        },
      )
      return read(id)
    },
    async respond(premises, period, said, actor) {
      const { party, item, answer, text } = said
      await settlements.respond(premises.id, period, said, actor, async (issued) => {
        const own = (await ofMonth(premises.id, period)).filter((one) => isOpen(one) && one.body.party === party)
        const ofLine = own.find(({ body }) => body.item === item)
        if (answer === 'disputed' && ofLine === undefined)
          return [await newPaper(premises, period, { party, item, reason: 'other', text }, actor, issued)]
        if (answer === 'disputed' || answer === 'comment')
          return ofLine === undefined
            ? []
            : [stepChange(ofLine, sayInDispute(ofLine, saidBy(actor, text)), 'dispute.message')]
        // An answer on the whole counts for every line.
        return own
          .filter(({ body }) => item === null || body.item === item)
          .map((one) => {
            const outcome = answer === 'withdrawn' ? 'withdrawn' : outcomeOfAcceptance(one.body, issued.issue)
            return stepChange(one, resolveDispute(one, outcome, saidBy(actor, text)), `dispute.${outcome}`)
          })
      })
    },
    async step(dispute, wanted, actor) {
      const said = saidBy(actor, 'text' in wanted ? (wanted.text ?? '') : '', 'files' in wanted ? wanted.files : [])
      if (wanted.step !== 'resolve') {
        const result =
          wanted.step === 'message'
            ? sayInDispute(dispute, said)
            : wanted.step === 'take'
              ? takeDispute(dispute, { id: actor.id, name: actor.name }, said)
              : wanted.step === 'answer'
                ? answerDispute(dispute, wanted.answer, said)
                : reopenDispute(dispute, said)
        const change = stepChange(dispute, result, `dispute.${wanted.step}`)
        await records.changePapers({ papers: [change] }, actor, `dispute.${wanted.step}`)
        return read(dispute.id)
      }
      const { outcome } = wanted
      const result = resolveDispute(dispute, outcome, said)
      if (!result.ok) throw refusal(result.reason)
      const { party, item, period, issue } = dispute.body
      const current = issueOf(await records.ledger(dispute.premises ?? ''), period)
      if (outcome === 'rectified' && (current?.issue ?? 0) <= issue)
        throw new Failure('conflict', 'The month has not been issued anew since: nothing has been mended yet.')
      const answer = outcome === 'withdrawn' ? 'withdrawn' : 'accepted'
      await settlements.respond(
        dispute.premises ?? '',
        period,
        { party, item, answer, text: said.text },
        actor,
        async () => [stepChange(dispute, result, `dispute.${outcome}`)],
      )
      return read(dispute.id)
    },
  }

  /** @throws Failure when the step cannot be taken. */
  function stepChange(known: StoredDispute, result: StepResult, action: string): PaperChange {
    if (!result.ok) throw refusal(result.reason)
    const { id, premises, version } = known
    const audience = Array.isArray(known.audience) ? (known.audience as Id[]) : []
    return changeOf({ id, premises: premises ?? '', audience, version }, result.step, action)
  }
}

/** Everyone whose business the figures are. */
const concerned = ({ landlord }: Premises, { statements, items }: Settlement): Id[] => [
  ...new Set([landlord, ...statements.map(({ party }) => party), ...items.map(({ payer }) => payer)]),
]
/** Who paid the line answers for it, else the landlord, else the first other party. */
function ownerOf(premises: Premises, settlement: Settlement, party: Id, payer: Id | null): Id {
  const others = [payer, premises.landlord, ...concerned(premises, settlement)]
  return others.find((one) => one !== null && one !== party) ?? premises.landlord
}
function checkOwner(premises: Premises, settlement: Settlement, party: Id, owner: Id): void {
  if (owner !== party && concerned(premises, settlement).includes(owner)) return
  const message = 'is the landlord, a payer or another party of the month'
  throw new Failure('invalid-body', 'The one who must answer has nothing to do with this month.', {
    problems: [{ pointer: '/owner', code: 'not-concerned', message }],
  })
}

const REFUSALS: Record<StepRefusal, Failure> = {
  ended: new Failure('conflict', 'The dispute has ended.'),
  'not-its-turn': new Failure('conflict', 'It has not been answered yet.'),
  'only-its-owner': new Failure('not-allowed', 'Only the organisation that must answer takes or answers it.'),
  'only-its-party': new Failure('not-allowed', 'Only the party that disputes ends it or asks on.'),
}
const refusal = (reason: StepRefusal): Failure => new Failure(REFUSALS[reason].code, REFUSALS[reason].message)
