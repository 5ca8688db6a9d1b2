// What belongs to the demonstration, and taking it out of an installation that begins to be used in earnest.
import type { DemonstrationRemoval, DemonstrationRemoved, DemonstrationState } from '#contract/demonstration.ts'
import { Failure } from '#domain/failure.ts'
import { paperKind, type Audience } from '#domain/ports/papers.ts'
import type { Actor, User, Withdrawn } from '#domain/ports/records.ts'
import { OBJECT_KINDS, type Id, type Names, type ObjectKind, type Premises } from '#domain/registry/bundle.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import { ALL, allPapers, listAll, listChunked } from '#domain/registry/list-all.ts'
import { referencesOf } from '#domain/registry/references.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso } from '#api/routes/answers.ts'
import { PAPER_KINDS } from './paper-kinds.ts'

/** When it was removed, in the settings of the installation. */
const REMOVED = 'demonstration-removed'
const COSTS = ['meteredCosts', 'recurringCosts', 'invoices'] as const
/** Kinds that several premises share: these go only when nothing else names them. */
const SHARED = ['tariffs', 'priceSeries', 'organisations'] as const

type Belongings = {
  premises: Premises[]
  /** Without organisations. */
  objects: Map<ObjectKind, Set<Id>>
  organisations: { id: Id; name: Names | null }[]
  papers: { kind: string; id: Id }[]
  people: User[]
  hindered: DemonstrationState['hindered']
  months: number
}
type Parts = Pick<RouteParts, 'records' | 'telemetry' | 'now'>

/** The organisations that an audience names one by one. */
const namedIn = (audience: Audience): readonly Id[] =>
  typeof audience === 'string' ? [] : 'premisesAnd' in audience ? audience.premisesAnd : audience

export const createDemonstration = ({ records, telemetry, now }: Parts) => {
  /** Objects outside that name one of these: who it is, and whom it names. */
  const namedOutside = async (kind: ObjectKind, ids: ReadonlySet<Id>, inside: Map<ObjectKind, Set<Id>>) => {
    const named: { by: Id; id: Id }[] = []
    for (const naming of OBJECT_KINDS)
      for await (const value of listChunked(records, naming, [...ids], (chunk) => ({ refersTo: { kind, ids: chunk } })))
        if (inside.get(naming)?.has(value.id) !== true)
          for (const reference of referencesOf(naming, value))
            if (reference.kind === kind && ids.has(reference.id)) named.push({ by: value.id, id: reference.id })
    return named
  }

  const belongings = async (keep: ReadonlySet<Id> = new Set()): Promise<Belongings> => {
    const premises = await Array.fromAsync(listAll(records, 'premises'))
    const own = premises.filter((one) => one.demonstration === true)
    const objects = new Map<ObjectKind, Set<Id>>([['premises', new Set(own.map(({ id }) => id))]])
    const organisations = new Map<Id, Names | null>()
    const papers: Belongings['papers'] = []
    const hindered: Belongings['hindered'] = []
    const readers = new Set<Id>()
    let months = 0
    for (const { id } of own) {
      const facts = (await factsOfPremises(records, id, { range: { from: 0, to: 0 } })) ?? {}
      for (const kind of OBJECT_KINDS)
        for (const value of facts[kind] ?? []) {
          if (kind === 'organisations') organisations.set(value.id, 'name' in value ? (value.name as Names) : null)
          else if (!('premises' in value) || value.premises === id)
            if (kind !== 'premises') objects.getOrInsert(kind, new Set()).add(value.id)
        }
      for (const device of facts.devices ?? [])
        if (device.premises === id && device.simulated !== true) {
          const series = telemetry.seriesOfDevice(device.id).map((one) => one.series)
          const latest = series.length === 0 ? [] : await telemetry.latest(series)
          if (latest.some((reading) => reading?.simulated === false))
            hindered.push({ why: 'real-readings', id: device.id })
        }
      const entries = await records.ledger(id)
      months += new Set(entries.map(({ period }) => period)).size
      for (const { period, grounds } of entries)
        if (grounds?.demonstration === false) hindered.push({ why: 'real-month', id: `${id}/${period}` })
      for (const kind of PAPER_KINDS)
        for await (const paper of allPapers(records, ALL, paperKind(kind), { premises: id })) {
          papers.push({ kind, id: paper.id })
          for (const one of namedIn(paper.audience)) readers.add(one)
        }
    }
    // A contractor stands in no fact of the premises: it is known by the tasks that are its own.
    for (const id of readers)
      if (!organisations.has(id))
        organisations.set(id, (await records.getObject(ALL, 'organisations', id))?.value.name ?? null)
    for (const kind of ['premises', 'devices'] as const)
      for (const { by } of await namedOutside(kind, objects.get(kind) ?? new Set(), objects))
        hindered.push({ why: 'named', id: by })
    for (const kind of SHARED) {
      const all = kind === 'organisations' ? organisations : (objects.get(kind) ?? new Set<Id>())
      // What an organisation of the demonstration names is within.
      const within = new Map(objects).set('organisations', new Set(organisations.keys()))
      for (const { id } of await namedOutside(kind, new Set(all.keys()), within)) all.delete(id)
    }
    for (const id of keep) organisations.delete(id)
    const people = (await records.listUsers(ALL)).filter(
      ({ disabled, memberships }) =>
        !disabled &&
        memberships.length > 0 &&
        memberships.every(({ organisation }) => organisation !== null && organisations.has(organisation)),
    )
    const named = [...organisations].map(([id, name]) => ({ id, name }))
    return { premises: own, objects, organisations: named, papers, people, hindered, months }
  }

  const removedAt = async (): Promise<string | null> => {
    const at = await records.getMeta(REMOVED)
    return at === null ? null : iso(Number(at))
  }

  return {
    removedAt,
    async state(): Promise<DemonstrationState> {
      const { premises, objects, organisations, papers, people, hindered, months } = await belongings()
      const count = (...kinds: ObjectKind[]) => kinds.reduce((sum, kind) => sum + (objects.get(kind)?.size ?? 0), 0)
      return {
        premises: premises.map(({ id, name }) => ({ id, name })),
        counts: {
          devices: count('devices'),
          agreements: count('agreements'),
          costs: count(...COSTS),
          prices: count('tariffs', 'priceSeries'),
          papers: papers.length,
        },
        organisations,
        people: people.map(({ login, name, memberships }) => ({
          login,
          name,
          organisations: memberships.flatMap(({ organisation }) => (organisation === null ? [] : [organisation])),
        })),
        months,
        hindered,
        removedAt: await removedAt(),
      }
    },

    /**
     * Ends its devices' credentials first, the premises last: what stops half-way is finished by doing it again.
     * @throws Failure 'not-found' without a demonstration, 'invalid-body' for another name, 'conflict' when something hinders.
     */
    async remove({ name, keep = [] }: DemonstrationRemoval, actor: Actor): Promise<DemonstrationRemoved> {
      const { premises, objects, organisations, papers, people, hindered } = await belongings(new Set(keep))
      if (premises.length === 0) throw new Failure('not-found', 'There is no demonstration here.')
      if (!premises.some((one) => Object.values(one.name).includes(name.trim())))
        throw new Failure('invalid-body', 'The name is not that of the demonstration’s premises.', {
          problems: [
            { pointer: '/name', code: 'not-the-name', message: 'is the name of the premises, as it is shown' },
          ],
        })
      if (hindered.length > 0)
        throw new Failure(
          'conflict',
          `It is not only a demonstration: ${hindered.map(({ why, id }) => `${id} (${why})`).join(', ')}.`,
        )
      // From here on the simulator brings nothing more.
      await records.putMeta(REMOVED, String(now()))
      for (const device of objects.get('devices') ?? []) await records.revokeCredentials(device, now(), actor)
      for (const connector of await records.listConnectors(ALL))
        if (objects.get('premises')?.has(connector.premises) === true)
          await records.deleteConnector(connector.id, actor)
      for (const [kind, of] of Map.groupBy(papers, (paper) => paper.kind))
        await records.deletePapers(
          paperKind(kind),
          of.map(({ id }) => id),
          actor,
          'demonstration.remove',
        )
      for (const user of people) {
        await records.putUser({ ...user, disabled: true, memberships: [] }, actor)
        await records.deleteSessions({ user: user.id })
      }
      const gone = new Map(objects).set('organisations', new Set(organisations.map(({ id }) => id)))
      const withdrawn = await withVersions(gone)
      await records.change({ withdrawn: { objects: withdrawn } }, actor, 'demonstration.remove')
      return { objects: withdrawn.length, papers: papers.length, people: people.length }
    },
  }

  async function withVersions(gone: Map<ObjectKind, Set<Id>>): Promise<NonNullable<Withdrawn['objects']>> {
    const found: { kind: ObjectKind; id: Id; expectedVersion: number }[] = []
    for (const [kind, ids] of gone)
      for (const id of ids) {
        const stored = await records.getObject(ALL, kind, id)
        if (stored !== null) found.push({ kind, id, expectedVersion: stored.version })
      }
    return found
  }
}
