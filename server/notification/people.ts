// Who is to be told of an occurrence: those who see the paper and subscribed, or to whom it was given; each as a member of one organisation.
import { responsibleFor } from '#domain/agreement/responsible.ts'
import type { Occurrence, Thing } from '#domain/notification/occurrence.ts'
import {
  absenceAt,
  DEFAULT_WISHES,
  isSubscribed,
  subscriptionsOf,
  WISHES,
  type Call,
  type Wishes,
} from '#domain/notification/wishes.ts'
import { localDateAt } from '#domain/notification/local-clock.ts'
import type { Records, User } from '#domain/ports/records.ts'
import type { Agreement, Id, Premises } from '#domain/registry/bundle.ts'
import { allPapers, listAll } from '#domain/registry/list-all.ts'

const ALL = { organisation: null }
/** Deputies of deputies that are asked at most. */
const DEPUTIES_ASKED = 5
const IDS_ASKED = 500

export type Person = { user: User; wishes: Wishes }
export type Told = { person: Person; thing: Thing; call: Call }
export type People = {
  /** Someone who can sign in, else null. */
  of(id: Id): Person | null
  members(organisation: Id | null): Person[]
  organisations(): (Id | null)[]
  /** Who gets what is mailed to a person: that one, or while away the deputy, who must be of the same organisation; null: nobody. */
  standingIn(person: Person, organisation: Id | null, at: number): Person | null
}

export async function loadPeople(records: Records): Promise<People> {
  const wishes = new Map<Id, Wishes>()
  for await (const { id, body } of allPapers(records, ALL, WISHES, {})) wishes.set(id, body)
  const people = new Map<Id, Person>()
  const byOrganisation = new Map<Id | null, Person[]>()
  for (const user of await records.listUsers(ALL)) {
    if (user.disabled) continue
    const person = { user, wishes: wishes.get(user.id) ?? DEFAULT_WISHES }
    people.set(user.id, person)
    for (const { organisation } of user.memberships) {
      const members = byOrganisation.get(organisation) ?? []
      members.push(person)
      byOrganisation.set(organisation, members)
    }
  }
  const isMember = ({ user }: Person, organisation: Id | null): boolean =>
    user.memberships.some((one) => one.organisation === organisation)
  return {
    of: (id) => people.get(id) ?? null,
    members: (organisation) => byOrganisation.get(organisation) ?? [],
    organisations: () => [...byOrganisation.keys()],
    standingIn(person, organisation, at) {
      let one: Person | null = person
      for (let asked = 0; one !== null && asked <= DEPUTIES_ASKED; asked += 1) {
        const absence = absenceAt(one.wishes, at)
        if (absence === null) return one
        const deputy: Person | null = absence.deputy === null ? null : (people.get(absence.deputy) ?? null)
        one = deputy !== null && isMember(deputy, organisation) ? deputy : null
      }
      return null
    },
  }
}

/** What one batch of occurrences needs to know of papers and premises, each asked for once. */
export type Sight = {
  sees(organisation: Id | null, occurrence: Occurrence): Promise<boolean>
  /** Whether it is the organisation's to see to: said by the paper, else who repairs the device, else the landlord. */
  isOurs(organisation: Id | null, occurrence: Occurrence): Promise<boolean>
}

export function lookAt(records: Records, occurrences: readonly Occurrence[]): Sight {
  const idsOf = Map.groupBy(occurrences, ({ paper }) => paper.kind)
  const seen = new Map<string, Promise<Set<Id>>>()
  const facts = new Map<Id, Promise<{ premises: Premises; agreements: Agreement[] } | null>>()
  const responsible = new Map<string, Promise<Id | null>>()

  async function seenIds(organisation: Id | null, kind: string): Promise<Set<Id>> {
    const ids = [...new Set((idsOf.get(kind) ?? []).map(({ paper }) => paper.id))]
    const found = new Set<Id>()
    for (let i = 0; i < ids.length; i += IDS_ASKED) {
      const chunk = ids.slice(i, i + IDS_ASKED)
      const page = await records.listPapers({ organisation }, kind, { ids: chunk, limit: IDS_ASKED })
      for (const { id } of page.items) found.add(id)
    }
    return found
  }
  async function factsOf(id: Id): Promise<{ premises: Premises; agreements: Agreement[] } | null> {
    const premises = await records.getObject(ALL, 'premises', id)
    if (premises === null) return null
    const agreements = await Array.fromAsync(listAll(records, 'agreements', { premises: id }))
    return { premises: premises.value, agreements }
  }
  async function responsibleOf({ premises, device, at }: Occurrence): Promise<Id | null> {
    if (premises === null) return null
    const known = facts.get(premises) ?? factsOf(premises)
    facts.set(premises, known)
    const found = await known
    if (found === null) return null
    const stored = device === null ? null : await records.getObject(ALL, 'devices', device)
    const about = { ...found, device: stored?.value ?? null, space: null }
    return responsibleFor('repair', about, localDateAt(found.premises.timeZone, at)).organisation
  }

  return {
    async sees(organisation, { paper }) {
      const key = `${String(organisation)} ${paper.kind}`
      const ids = seen.get(key) ?? seenIds(organisation, paper.kind)
      seen.set(key, ids)
      return (await ids).has(paper.id)
    },
    async isOurs(organisation, occurrence) {
      // What nobody takes is everybody's.
      if (occurrence.kind === 'fault-escalated') return true
      if (occurrence.responsible !== null) return occurrence.responsible === organisation
      const { organisations } = occurrence
      if (occurrence.premises === null)
        return organisation === null
          ? (organisations?.length ?? 0) === 0
          : organisations === null || organisations.includes(organisation)
      const key = `${occurrence.premises} ${occurrence.device ?? ''} ${localDateAt('UTC', occurrence.at)}`
      const found = responsible.get(key) ?? responsibleOf(occurrence)
      responsible.set(key, found)
      return (await found) === organisation
    },
  }
}

/** Everyone who is told of it, each once: to whom it was given, then who subscribed. */
export async function whoIsTold(occurrence: Occurrence, people: People, sight: Sight): Promise<Told[]> {
  const told = new Map<Id, Told>()
  for (const organisation of people.organisations()) {
    if (occurrence.organisations !== null && organisation !== null && !occurrence.organisations.includes(organisation))
      continue
    if (!(await sight.sees(organisation, occurrence))) continue
    const isOurs = await sight.isOurs(organisation, occurrence)
    for (const person of people.members(organisation)) {
      const { id, memberships } = person.user
      const isGiven = occurrence.person === id
      const roles = memberships.find((one) => one.organisation === organisation)?.roles ?? []
      if (!isGiven && !isSubscribed(subscriptionsOf(person.wishes, roles), occurrence, isOurs)) continue
      if (told.get(id)?.thing.reason === 'assigned') continue
      const reason = isGiven ? 'assigned' : 'subscribed'
      told.set(id, { person, thing: { ...occurrence, as: organisation, reason }, call: 'none' })
    }
  }
  return [...told.values()]
}
