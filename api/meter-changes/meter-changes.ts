// Meter changes: proposed by who keeps the meter, confirmed by a witness of another organisation; only then they stand in the facts.
import { Failure } from '#domain/failure.ts'
import { changeEffect } from '#domain/metering/change-effect.ts'
import {
  METER_CHANGE,
  planMeterChange,
  type ChangeEvent,
  type ChangeRefusal,
  type MeterChangeProtocol,
  type MeterChangeWanted,
} from '#domain/metering/meter-change.ts'
import type { Audience, StoredPaper } from '#domain/ports/papers.ts'
import type { Stored } from '#domain/ports/records.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound } from '#api/routes/answers.ts'

const ALL = { organisation: null }
export type StoredChange = StoredPaper<MeterChangeProtocol>
export type ChangeAct = 'confirm' | 'refuse' | 'undo'
export type ChangeGround = { device: Stored<Device>; premises: Premises }
const PROPOSERS = ['technician', 'manager'] as const
const WITNESSES = ['technician', 'manager', 'signatory'] as const

/** What the asker may do with it now: the witness answers, who proposed takes back; nobody acts for another. */
export function mayDo(identity: Identity, { state, body }: Pick<StoredChange, 'state' | 'body'>): ChangeAct[] {
  if (state !== 'proposed') return []
  const own = identity.organisation
  const witnesses = own === body.wanted.witness && hasRole(identity, [...WITNESSES])
  return [
    ...(witnesses ? (['confirm', 'refuse'] as const) : []),
    ...(own === body.by && hasRole(identity, [...PROPOSERS]) ? (['undo'] as const) : []),
  ]
}

export function createMeterChanges(parts: Pick<RouteParts, 'records' | 'telemetry' | 'now'>) {
  const { records, telemetry, now } = parts

  const groundOf = async (id: Id): Promise<ChangeGround> => {
    const device = await records.getObject(ALL, 'devices', id)
    const premises = device === null ? null : await records.getObject(ALL, 'premises', device.value.premises)
    if (device === null || premises === null) throw notFound()
    return { device, premises: premises.value }
  }
  const event = (what: ChangeEvent['what'], identity: Identity): ChangeEvent => ({
    what,
    at: iso(now()),
    by: identity.name,
    organisation: identity.organisation,
  })
  const planned = (device: Device, wanted: MeterChangeWanted) => {
    const plan = planMeterChange(device, wanted, now())
    if (!plan.ok) throw refused(plan.reason, `/wanted${plan.pointer}`)
    return plan
  }

  return {
    groundOf,

    /** What a change comes to. @throws Failure 'not-found', 'not-allowed', 'invalid-body'. */
    async preview(
      identity: Identity,
      id: Id,
      wanted: MeterChangeWanted,
    ): Promise<{ ground: ChangeGround; protocol: MeterChangeProtocol }> {
      const seen = await records.getObject({ organisation: identity.organisation }, 'devices', id)
      if (seen === null || seen.hidden?.includes('readings') === true) throw notFound()
      await checkMayChange(identity, { devices: [seen.value] }, records)
      const ground = await groundOf(id)
      const { premises } = ground
      if (wanted.witness === identity.organisation)
        throw wrong('/wanted/witness', 'same', 'The witness is of another organisation than who changes the meter.')
      if (!(await records.seesPremises({ organisation: wanted.witness }, premises.id)))
        throw wrong(
          '/wanted/witness',
          'unknown-id',
          'The witness is of an organisation that has to do with these premises.',
        )
      const plan = planned(ground.device.value, wanted)
      const at = parseInstant(wanted.at) ?? now()
      const month = periodOf(monthOfInstant(at, premises.timeZone), premises.timeZone)
      const series = telemetry.findSeries(id, wanted.point)
      const readings = series === null ? null : await telemetry.meterReadings(series, month.from, month.to)
      const ledger = await records.ledger(premises.id)
      const closed = ledger.filter(({ status }) => status === 'closed').map(({ period }) => period)
      const before = ground.device.value.points!.find(({ key }) => key === wanted.point)!
      const effect = changeEffect({ before, after: plan.point }, wanted, readings, {
        timeZone: premises.timeZone,
        now: now(),
        closed: [...new Set(closed)].sort(),
      })
      const events = [event('proposed', identity)]
      return { ground, protocol: { device: id, wanted, by: identity.organisation, effect, events, refusal: null } }
    },

    async propose(
      identity: Identity,
      { ground, protocol }: { ground: ChangeGround; protocol: MeterChangeProtocol },
    ): Promise<Id> {
      const { device, premises } = ground
      const waiting = await openChange(device.value.id, protocol.wanted.point)
      if (waiting !== null)
        throw new Failure('conflict', 'A change of this meter waits for its witness already. Take it back first.')
      const id = createId('meter-change')
      const isSecret = device.value.visibility?.readings === 'owner'
      const audience: Audience = isSecret
        ? [...new Set([protocol.wanted.witness, premises.landlord, ...(protocol.by === null ? [] : [protocol.by])])]
        : 'premises'
      const paper = { id, premises: premises.id, audience, state: 'proposed', dueAt: null, body: protocol }
      const { old, new: fresh } = protocol.wanted
      const files = [...new Set([old.photo, fresh.photo])]
      await records.changePapers(
        { papers: [{ kind: METER_CHANGE, paper, expectedVersion: 0, files }] },
        actorOf(identity),
        'meter-change.propose',
      )
      return id
    },

    /** @throws Failure 'not-found' when it is not theirs to see. */
    async get(identity: Identity, id: Id): Promise<StoredChange> {
      const stored = await records.getPaper({ organisation: identity.organisation }, METER_CHANGE, id)
      if (stored === null) throw notFound()
      return stored
    },

    /** @throws Failure 'not-allowed', 'conflict' when it was answered already, 'invalid-body' when it does not fit any more. */
    async act(identity: Identity, stored: StoredChange, act: ChangeAct, reason: string | null): Promise<void> {
      if (!mayDo(identity, stored).includes(act)) throw stored.state === 'proposed' ? NOT_THEIRS : OVER
      const state = ({ confirm: 'confirmed', refuse: 'refused', undo: 'undone' } as const)[act]
      const { body } = stored
      const paper = {
        id: stored.id,
        premises: stored.premises,
        audience: stored.audience,
        state,
        dueAt: null,
        body: { ...body, refusal: reason, events: [...body.events, event(state, identity)] },
      }
      const papers = [{ kind: METER_CHANGE, paper, expectedVersion: stored.version }]
      const action = `meter-change.${act}`
      if (act !== 'confirm') {
        await records.changePapers({ papers }, actorOf(identity), action)
        return
      }
      const { device } = await groundOf(body.device)
      const { device: changed } = planned(device.value, body.wanted)
      const result = await importBundle(
        { devices: [changed] },
        {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action,
          expectedVersions: new Map([[`devices/${changed.id}`, device.version]]),
          beside: { papers },
        },
      )
      if (!result.ok)
        throw new Failure('invalid-bundle', 'The device would not be right after it; nothing was changed.', {
          problems: result.problems,
        })
    },
  }

  /** The one that waits for its witness, if there is one. */
  async function openChange(device: Id, point: string): Promise<StoredChange | null> {
    let after: string | undefined
    for (;;) {
      const page = await records.listPapers(ALL, METER_CHANGE, {
        states: ['proposed'],
        text: device,
        limit: 200,
        ...(after === undefined ? {} : { after }),
      })
      const found = page.items.find(({ body }) => body.device === device && body.wanted.point === point)
      if (found !== undefined) return found
      if (page.next === null) return null
      after = page.next
    }
  }
}

const wrong = (pointer: string, code: string, message: string): Failure =>
  new Failure('invalid-body', message, { problems: [{ pointer, code, message }] })
const REFUSALS: { [R in ChangeRefusal]: string } = {
  'no-counter': 'Only a counter is changed under its point; an interval point goes on by itself.',
  'same-instant': 'A meter change of this very moment is recorded already.',
  future: 'The moment of the change is now at the latest.',
  'no-number': 'It is no number that a meter shows.',
  'too-many-digits': 'The register of this meter has fewer digits before the point.',
  'too-many-decimals': 'The register of this meter has fewer digits after the point.',
}
const refused = (reason: ChangeRefusal, pointer: string): Failure => wrong(pointer, reason, REFUSALS[reason])
const NOT_THEIRS = new Failure(
  'not-allowed',
  'The witness confirms or refuses; who changed the meter takes back. Nobody acts for another.',
)
const OVER = new Failure('conflict', 'It has been answered already.')
