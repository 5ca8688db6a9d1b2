// Plans of storeys as papers: who sees and changes what of them, sending, placing, withdrawing. Devices whose place is classified stay out.
import { Failure } from '#domain/failure.ts'
import { STOREY_PLAN, plansOn, type Placement, type StoreyPlan } from '#domain/plans/plan.ts'
import type { Audience, StoredPaper } from '#domain/ports/papers.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Device, Id, LocalDate, Premises } from '#domain/registry/bundle.ts'
import { isKeeper } from '#domain/lifecycle/classification.ts'
import { allPapers, listAll, listChunked } from '#domain/registry/list-all.ts'
import type { PlanOpened, PlanShown } from '#contract/plans.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound } from '#api/routes/answers.ts'
import { deviceSummary } from '#api/views/device-summary.ts'
import { localDate } from '#api/views/premises-summary.ts'
import type { CleanPicture } from './plan-picture.ts'

export type PlanPaper = StoredPaper<StoreyPlan>
type Whole = { paper: PlanPaper; premises: Premises; hidden: ReadonlySet<Id> }

export function createPlans({ records, broker, limits, now }: RouteParts) {
  const premisesOf = async (scope: Scope, id: Id): Promise<Premises> => {
    const stored = await records.getObject(scope, 'premises', id)
    if (stored === null) throw notFound()
    return stored.value
  }
  /** The premises' own: whoever lets them, and the operator. */
  const mayEdit = (identity: Identity, { landlord }: Premises): boolean =>
    (identity.organisation === null || identity.organisation === landlord) &&
    hasRole(identity, ['manager', 'technician'])
  const mustEdit = (identity: Identity, premises: Premises): void => {
    if (!mayEdit(identity, premises))
      throw new Failure('not-allowed', 'A plan is changed by the landlord of the premises.')
  }
  const mayPlace = (identity: Identity, premises: Premises, device: Device, today: LocalDate): boolean =>
    mayEdit(identity, premises) ||
    (identity.organisation !== null &&
      hasRole(identity, ['manager', 'technician']) &&
      isKeeper(device, new Set([identity.organisation]), today))

  /** Devices of the premises as the scope sees them, and which of them have a place that it may not know. */
  async function devicesOf(scope: Scope, ids: readonly Id[]): Promise<{ seen: Map<Id, Device>; hidden: Set<Id> }> {
    const seen = new Map<Id, Device>()
    const hidden = new Set(ids)
    for await (const device of listChunked(records, 'devices', ids, (chunk) => ({ ids: chunk }), scope)) {
      const whole = device.visibility?.place === 'owner' ? await records.getObject(scope, 'devices', device.id) : null
      if (whole?.hidden?.includes('place') === true) continue
      hidden.delete(device.id)
      seen.set(device.id, device)
    }
    return { seen, hidden }
  }
  async function find(identity: Identity, id: Id): Promise<Whole & { seen: Map<Id, Device> }> {
    const scope = { organisation: identity.organisation }
    const paper = await records.getPaper(scope, STOREY_PLAN, id)
    if (paper === null || paper.state !== 'ready' || paper.premises === null) throw notFound()
    const premises = await premisesOf(scope, paper.premises)
    return {
      paper,
      premises,
      ...(await devicesOf(
        scope,
        paper.body.placements.map(({ device }) => device),
      )),
    }
  }
  const shown = (identity: Identity, { paper, premises, hidden }: Whole): PlanShown => {
    const { id, body, version, changedAt, changedBy, audience } = paper
    const { picture, placements, outlines, ...rest } = body
    const spaces = new Set((premises.spaces ?? []).map((space) => space.id))
    const { digest: _digest, ...told } = picture
    return {
      ...rest,
      id,
      premises: premises.id,
      shownTo: audience === 'premises' ? 'premises' : 'landlord',
      picture: told,
      outlines: outlines
        .filter(({ space }) => spaces.has(space))
        .map(({ space, corners }) => ({ space, corners: corners.map(([x, y]) => [x, y]) })),
      placements: placements
        .filter(({ device }) => !hidden.has(device))
        .map(({ device, at: [x, y] }) => ({ device, at: [x, y] })),
      version,
      changedAt: iso(changedAt),
      changedBy,
      mayEdit: mayEdit(identity, premises),
    }
  }
  async function write(
    identity: Identity,
    { paper, premises }: { paper: Pick<PlanPaper, 'id' | 'state' | 'audience' | 'body'>; premises: Premises },
    expectedVersion: number,
    action: string,
  ): Promise<void> {
    const { id, state, audience, body } = paper
    const kept = { id, premises: premises.id, audience, state, dueAt: null, body }
    await records.changePapers(
      { papers: [{ kind: STOREY_PLAN, paper: kept, expectedVersion, files: [body.picture.digest] }] },
      actorOf(identity),
      action,
    )
  }

  return {
    async list(identity: Identity, premisesId: Id, at: LocalDate | null, all: boolean): Promise<PlanShown[]> {
      const scope = { organisation: identity.organisation }
      const premises = await premisesOf(scope, premisesId)
      const papers: PlanPaper[] = []
      for await (const paper of allPapers(records, scope, STOREY_PLAN, { premises: premisesId, states: ['ready'] }))
        papers.push(paper)
      const chosen = all ? papers : plansOn(papers, at ?? localDate(now(), premises.timeZone))
      const placed = [...new Set(chosen.flatMap(({ body }) => body.placements.map(({ device }) => device)))]
      const { hidden } = await devicesOf(scope, placed)
      return chosen.map((paper) => shown(identity, { paper, premises, hidden }))
    },

    async open(identity: Identity, id: Id): Promise<PlanOpened> {
      const scope = { organisation: identity.organisation }
      const whole = await find(identity, id)
      const { premises, paper, seen } = whole
      const today = localDate(now(), premises.timeZone)
      const here = new Set((premises.spaces ?? []).flatMap((one) => (one.storey === paper.body.storey ? [one.id] : [])))
      for await (const device of listAll(records, 'devices', { premises: premises.id }, scope)) {
        if (seen.size >= limits.planDevices) break
        if (device.space !== undefined && device.space !== null && here.has(device.space)) seen.set(device.id, device)
      }
      return {
        plan: shown(identity, whole),
        devices: [...seen.values()].map((device) => ({
          device: deviceSummary(device, broker, today, 0),
          mayPlace: mayPlace(identity, premises, device, today),
        })),
      }
    },
    async picture(identity: Identity, id: Id): Promise<{ bytes: Uint8Array; mediaType: string; name: string }> {
      const { paper } = await find(identity, id)
      const file = await records.getFile({ organisation: identity.organisation }, paper.body.picture.digest)
      if (file === null) throw notFound()
      return { bytes: file.bytes, mediaType: paper.body.picture.mediaType, name: paper.body.picture.name }
    },

    /** Keeps a picture as the plan of a storey from a day on; what stood on the plan before stands on the new one, at the same places. */
    async send(
      identity: Identity,
      premisesId: Id,
      wanted: { storey: string; name: string; from?: LocalDate; shownTo?: 'premises' | 'landlord' },
      picture: CleanPicture,
    ): Promise<PlanShown> {
      const premises = await premisesOf({ organisation: identity.organisation }, premisesId)
      mustEdit(identity, premises)
      const from = wanted.from ?? localDate(now(), premises.timeZone)
      const papers: PlanPaper[] = []
      for await (const one of allPapers(records, { organisation: null }, STOREY_PLAN, {
        premises: premisesId,
        states: ['ready'],
      }))
        papers.push(one)
      if (papers.length >= limits.plansPerPremises)
        throw new Failure('conflict', `Premises have ${limits.plansPerPremises} plans at most. Withdraw old ones.`)
      const before = plansOn(papers, from).find(({ body }) => body.storey === wanted.storey)?.body
      const digest = await records.putFile({ mediaType: picture.mediaType, name: wanted.name, bytes: picture.bytes })
      const { mediaType, width, height } = picture
      const body: StoreyPlan = {
        storey: wanted.storey,
        from,
        picture: { digest, name: wanted.name, mediaType, width, height },
        placements: before?.placements ?? [],
        outlines: before?.outlines ?? [],
        widthM: before?.widthM ?? null,
        elevationM: before?.elevationM ?? null,
        import: null,
      }
      const id = createId('plan')
      const paper = { id, state: 'ready', audience: audienceOf(wanted.shownTo ?? 'premises', premises), body }
      await write(identity, { paper, premises }, 0, 'plan.send')
      return shown(identity, await find(identity, id))
    },

    async change(
      identity: Identity,
      id: Id,
      expectedVersion: number,
      wanted: Partial<Pick<StoreyPlan, 'storey' | 'from' | 'widthM' | 'outlines'>> & {
        shownTo?: 'premises' | 'landlord'
      },
    ): Promise<PlanShown> {
      const { paper, premises } = await find(identity, id)
      mustEdit(identity, premises)
      const { shownTo, ...rest } = wanted
      const spaces = new Set((premises.spaces ?? []).map((space) => space.id))
      const unknown = (wanted.outlines ?? []).findIndex(({ space }) => !spaces.has(space))
      if (unknown >= 0)
        throw new Failure('invalid-body', 'The plan names a space that the premises do not have.', {
          problems: [
            { pointer: `/outlines/${unknown}/space`, code: 'unknown-id', message: 'is no space of these premises' },
          ],
        })
      const audience = shownTo === undefined ? paper.audience : audienceOf(shownTo, premises)
      await write(
        identity,
        { paper: { ...paper, audience, body: { ...paper.body, ...rest } }, premises },
        expectedVersion,
        'plan.change',
      )
      return shown(identity, await find(identity, id))
    },

    /** Puts devices on the plan, moves them or takes them away; what who asks does not see stays where it is. */
    async place(
      identity: Identity,
      id: Id,
      expectedVersion: number,
      { place = [], remove = [] }: { place?: readonly Placement[]; remove?: readonly Id[] },
    ): Promise<PlanShown> {
      const { paper, premises } = await find(identity, id)
      const today = localDate(now(), premises.timeZone)
      const concerned = [...place.map(({ device }) => device), ...remove]
      const { seen } = await devicesOf({ organisation: identity.organisation }, [...new Set(concerned)])
      for (const [index, device] of concerned.entries()) {
        const known = seen.get(device)
        const pointer = index < place.length ? `/place/${index}/device` : `/remove/${index - place.length}`
        if (known === undefined || known.premises !== premises.id)
          throw new Failure('invalid-body', 'One of the devices is not in these premises.', {
            problems: [{ pointer, code: 'unknown-id', message: 'is no device of these premises' }],
          })
        if (!mayPlace(identity, premises, known, today))
          throw new Failure(
            'not-allowed',
            'A device is placed by the landlord, or by who owns, holds or maintains it.',
            {
              problems: [{ pointer, code: 'not-allowed', message: `${device} is another’s.` }],
            },
          )
      }
      const placed = new Map(paper.body.placements.map((one) => [one.device, one]))
      for (const device of remove) placed.delete(device)
      for (const { device, at } of place) placed.set(device, { device, at })
      if (placed.size > limits.planDevices)
        throw new Failure('conflict', `A plan shows ${limits.planDevices} devices at most.`)
      const body = { ...paper.body, placements: [...placed.values()] }
      await write(identity, { paper: { ...paper, body }, premises }, expectedVersion, 'plan.place')
      return shown(identity, await find(identity, id))
    },

    async withdraw(identity: Identity, id: Id): Promise<void> {
      const { paper, premises } = await find(identity, id)
      mustEdit(identity, premises)
      await write(identity, { paper: { ...paper, state: 'withdrawn' }, premises }, paper.version, 'plan.withdraw')
    },
  }
}

const audienceOf = (shownTo: 'premises' | 'landlord', { landlord }: Premises): Audience =>
  shownTo === 'premises' ? 'premises' : [landlord]
