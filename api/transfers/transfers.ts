// Transfers of devices: an offer of an owner, the answer of the receiver, and all that changes with it in one transaction.
import { randomBytes } from 'node:crypto'
import { DEVICE_DOCUMENT } from '#domain/device-documents/device-document.ts'
import { Failure } from '#domain/failure.ts'
import {
  planTransfer,
  TRANSFER,
  type Transfer,
  type TransferEvent,
  type TransferPlan,
  type TransferWanted,
} from '#domain/lifecycle/transfer.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Stored } from '#domain/ports/records.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound } from '#api/routes/answers.ts'
import { todayOf } from '#api/views/today.ts'

const ALL = { organisation: null }
/** Documents of a device that are counted. */
const MAX_DOCUMENTS = 1000
export type StoredTransfer = StoredPaper<Transfer>
/** `documents`: how many of its documents go along. */
export type Ground = { device: Stored<Device>; premises: Premises; documents: number }
export type TransferAct = 'accept' | 'decline' | 'withdraw' | 'return'
type Planned = Extract<TransferPlan, { ok: true }>

/** What the asker may do with it now: nobody acts for another organisation. */
export function mayDo(identity: Identity, { state, body }: Pick<StoredTransfer, 'state' | 'body'>): TransferAct[] {
  const own = identity.organisation
  const gives = own === body.giver && hasRole(identity, ['manager', 'admin'])
  if (state === 'offered')
    return [
      ...(own === body.wanted.receiver && hasRole(identity, ['signatory']) ? (['accept', 'decline'] as const) : []),
      ...(gives ? (['withdraw'] as const) : []),
    ]
  return state === 'accepted' && body.wanted.kind === 'loan' && gives ? ['return'] : []
}

export function createTransfers(parts: Pick<RouteParts, 'records' | 'telemetry' | 'now'>) {
  const { records, telemetry, now } = parts

  const groundOf = async (id: Id): Promise<Ground> => {
    const device = await records.getObject(ALL, 'devices', id)
    const premises = device === null ? null : await records.getObject(ALL, 'premises', device.value.premises)
    if (device === null || premises === null) throw notFound()
    return { device, premises: premises.value, documents: await documentsOf(id) }
  }
  const documentsOf = async (id: Id): Promise<number> => {
    const query = { states: ['kept'], text: id, limit: MAX_DOCUMENTS }
    const { items } = await records.listPapers(ALL, DEVICE_DOCUMENT, query)
    return items.filter(({ body: { of } }) => 'device' in of && of.device === id).length
  }
  const planOf = ({ device, premises }: Ground, giver: Id, wanted: TransferWanted): Planned => {
    const planned = planTransfer(device.value, giver, wanted, premises.landlord)
    if (!planned.ok) throw refused(planned.reason)
    return planned
  }
  const event = (what: TransferEvent['what'], identity: Identity): TransferEvent => ({
    what,
    at: iso(now()),
    by: identity.name,
  })

  return {
    groundOf,

    /** What an offer comes to. @throws Failure 'not-found', 'not-allowed', 'invalid-body'. */
    async preview(identity: Identity, id: Id, wanted: TransferWanted): Promise<{ ground: Ground; transfer: Transfer }> {
      const giver = identity.organisation
      if ((await records.getObject({ organisation: giver }, 'devices', id)) === null) throw notFound()
      if (giver === null) throw new Failure('not-allowed', 'An owner offers its own part; the operator does not.')
      if ((await records.getObject(ALL, 'organisations', wanted.receiver)) === null)
        throw wrong('/wanted/receiver', 'unknown-id', 'There is no such organisation.')
      const ground = await groundOf(id)
      if (wanted.from < (await todayOf(ground.premises.id, parts)))
        throw wrong('/wanted/from', 'past', 'It begins today at the earliest: what is past has been settled.')
      const { figures } = planOf(ground, giver, wanted)
      const events = [event('offered', identity)]
      return { ground, transfer: { device: id, giver, wanted, figures, events, reason: null } }
    },

    async offer(identity: Identity, { ground, transfer }: { ground: Ground; transfer: Transfer }): Promise<Id> {
      const { premises, device } = ground
      const id = `transfer-${randomBytes(8).toString('hex')}`
      const owners = (device.value.ownership ?? []).flatMap(({ shares, to }) =>
        to === null ? Object.keys(shares) : [],
      )
      const audience = [...new Set([transfer.giver, transfer.wanted.receiver, premises.landlord, ...owners])]
      // It can be answered up to the end of the day on which it begins.
      const dueAt = dayStart(dayNumber(transfer.wanted.from) + 1, premises.timeZone)
      const paper = { id, premises: premises.id, audience, state: 'offered', dueAt, body: transfer }
      await records.changePapers(
        { papers: [{ kind: TRANSFER, paper, expectedVersion: 0 }] },
        actorOf(identity),
        `${transfer.wanted.kind}.offer`,
      )
      return id
    },

    /** @throws Failure 'not-found' when it is not theirs to see. */
    async get(identity: Identity, id: Id): Promise<StoredTransfer> {
      const stored = await records.getPaper({ organisation: identity.organisation }, TRANSFER, id)
      if (stored === null) throw notFound()
      return stored
    },

    /** @throws Failure 'not-allowed', 'conflict' when its time is over or the books have changed. */
    async act(identity: Identity, stored: StoredTransfer, act: TransferAct, reason: string | null): Promise<void> {
      if (!mayDo(identity, stored).includes(act)) throw mayNot(stored, act)
      const { body } = stored
      const state = ({ accept: 'accepted', decline: 'declined', withdraw: 'withdrawn', return: 'returned' } as const)[
        act
      ]
      const ground = await groundOf(body.device)
      const isLoan = body.wanted.kind === 'loan'
      const dueAt =
        act === 'accept' && body.wanted.kind === 'loan'
          ? dayStart(dayNumber(body.wanted.to), ground.premises.timeZone)
          : null
      const paper = {
        id: stored.id,
        premises: stored.premises,
        audience: stored.audience,
        state,
        dueAt,
        body: { ...body, reason: reason ?? body.reason, events: [...body.events, event(state, identity)] },
      }
      const papers = [{ kind: TRANSFER, paper, expectedVersion: stored.version }]
      const action = `${body.wanted.kind}.${act}`
      const changed =
        act === 'accept'
          ? accepted(ground, stored)
          : act === 'return' && isLoan
            ? returned(ground.device.value, body, await todayOf(ground.premises.id, parts))
            : null
      if (changed === null) {
        await records.changePapers({ papers }, actorOf(identity), action)
        return
      }
      const result = await importBundle(
        { devices: [changed] },
        {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action,
          expectedVersions: new Map([[`devices/${changed.id}`, ground.device.version]]),
          beside: { papers },
        },
      )
      if (!result.ok)
        throw new Failure('invalid-bundle', 'The device would not be right after it; nothing was changed.', {
          problems: result.problems,
        })
    },
  }

  function accepted(ground: Ground, stored: StoredTransfer): Device {
    const { giver, wanted, figures } = stored.body
    if (stored.dueAt !== null && now() >= stored.dueAt)
      throw new Failure('conflict', 'The day on which it begins is over: it is offered anew with another day.')
    const planned = planOf(ground, giver, wanted)
    if (JSON.stringify(planned.figures) !== JSON.stringify(figures))
      throw new Failure(
        'conflict',
        'The part, the books or the grants have changed since the offer: it is offered anew.',
      )
    return planned.device
  }
}

/** Given back before its day, the holders of before have it from today on; after its day they have it already. */
function returned(device: Device, { wanted }: Transfer, today: string): Device | null {
  if (wanted.kind !== 'loan' || today >= wanted.to) return null
  const back = today > wanted.from ? today : wanted.from
  return {
    ...device,
    roles: (device.roles ?? []).flatMap((row) => {
      if (row.role !== 'holder') return [row]
      if (row.organisation === wanted.receiver && row.from === wanted.from && row.to === wanted.to)
        return back === wanted.from ? [] : [{ ...row, to: back }]
      return [row.from === wanted.to ? { ...row, from: back } : row]
    }),
  }
}

const wrong = (pointer: string, code: string, message: string): Failure =>
  new Failure('invalid-body', message, { problems: [{ pointer, code, message }] })
const REFUSALS = {
  'not-owner': ['/device', 'Only who owns a part of it on that day can pass it on or lend it.'],
  same: ['/wanted/receiver', 'It goes to another organisation.'],
  'dates-reversed': ['/wanted/to', 'A loan ends after it begins.'],
  'held-by-another': ['/device', 'Another organisation holds it: its holder lends it, or who owns all of it.'],
  retired: ['/wanted/from', 'The device is retired by then.'],
} as const
const refused = (reason: keyof typeof REFUSALS): Failure => wrong(REFUSALS[reason][0], reason, REFUSALS[reason][1])

const mayNot = ({ state }: StoredTransfer, act: TransferAct): Failure =>
  act === 'return' ? (state === 'accepted' ? NOT_THEIRS : OVER) : state === 'offered' ? NOT_THEIRS : OVER
const NOT_THEIRS = new Failure(
  'not-allowed',
  'The receiver’s signatory answers; a manager of the giver takes back or receives back. Nobody acts for another.',
)
const OVER = new Failure('conflict', 'It has been answered already.')
