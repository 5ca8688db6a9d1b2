// A fault as the API shows it: with the names of what it is about, where those may be known, and the steps that one may take now.
import { FAULT, isOpenFault, keeperOf, type Fault } from '#domain/faults/fault.ts'
import { bodyOn } from '#domain/agreement/responsible.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Device, Id, Names, Premises } from '#domain/registry/bundle.ts'
import { isKeeper, ownerFields } from '#domain/lifecycle/classification.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { FaultShown, FaultState, FaultSummary, FaultVerb } from '#contract/faults.ts'
import type { Identity } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { contactsOf } from './faults.ts'
import { faultFacts, type FaultFacts } from './fault-facts.ts'

const ALL = { organisation: null }
type Stored = StoredPaper<Fault>
type Stores = { records: Records; now: () => number }
/** Premises and devices of a list are read once each. */
export type FaultNames = { premises: Map<Id, Premises | null>; devices: Map<Id, Device | null> }
export const noNames = (): FaultNames => ({ premises: new Map(), devices: new Map() })

/** What stands in a list. A device's name and type are left out where they are classified and the asker neither keeps nor repairs it. */
export async function faultSummary(
  { records, now }: Stores,
  identity: Identity,
  fault: Stored,
  known: FaultNames = noNames(),
): Promise<FaultSummary> {
  const { body } = fault
  const premises = await once(known.premises, fault.premises ?? '', async (id) => {
    return (await records.getObject(ALL, 'premises', id))?.value ?? null
  })
  const device =
    body.device === null
      ? null
      : await once(known.devices, body.device, async (id) => {
          return (await records.getObject(ALL, 'devices', id))?.value ?? null
        })
  const keeper = keeperOf(body)
  const organisation = identity.organisation
  const hidden = device === null ? [] : ownerFields(device)
  const mayKnow =
    organisation === null ||
    keeper?.organisation === organisation ||
    (device !== null && isKeeper(device, new Set([organisation]), localDate(now(), premises?.timeZone ?? 'UTC')))
  const isHidden = (field: 'name' | 'type' | 'place'): boolean => !mayKnow && hidden.includes(field)
  const place = body.space ?? (isHidden('place') ? null : (device?.space ?? null))
  const space = premises?.spaces?.find(({ id }) => id === place)
  return {
    id: fault.id,
    version: fault.version,
    premises: fault.premises ?? '',
    premisesName: premises?.name ?? { fi: fault.premises ?? '–' },
    timeZone: premises?.timeZone ?? 'Europe/Helsinki',
    device: body.device,
    deviceName: isHidden('name') ? null : (device?.name ?? null),
    deviceType: isHidden('type') ? null : (device?.type ?? null),
    space: place,
    spaceName: space?.name ?? null,
    what: body.what,
    choice: body.choice,
    source: body.source,
    state: fault.state as FaultState,
    keeper: keeper?.organisation ?? '',
    ground: keeper?.ground ?? 'landlord',
    since: iso(body.since),
    reportedAt: iso(fault.createdAt),
    changedAt: iso(fault.changedAt),
    dueAt: fault.dueAt === null ? null : iso(fault.dueAt),
    overdue: fault.dueAt !== null && fault.dueAt <= now(),
    escalations: body.escalations,
    reports: 1 + body.entries.filter(({ kind, report }) => kind === 'joined' && report !== undefined).length,
    waitsForUs: fault.state === 'offered' && keeper?.organisation === organisation,
  }
}

/** The whole fault. */
export async function faultShown(stores: Stores, identity: Identity, fault: Stored): Promise<FaultShown> {
  const { records } = stores
  const { body } = fault
  const facts = await faultFacts(stores, { ...body, premises: fault.premises ?? '' })
  const invoices = []
  if (body.invoices.length > 0)
    for await (const { id, category, net, payer, serviceFrom, serviceTo } of listAll(records, 'invoices', {
      ids: [...body.invoices],
    }))
      invoices.push({ id, category, net, payer, serviceFrom, serviceTo })
  const handTo = facts?.concerned ?? []
  const names: Record<Id, Names> = {}
  const named = new Set([
    ...handTo,
    ...body.custody.map(({ organisation }) => organisation),
    ...body.entries.flatMap(({ organisation }) => (organisation === null ? [] : [organisation])),
    ...invoices.map(({ payer }) => payer),
  ])
  for (const id of named) names[id] = facts?.organisations.get(id)?.name ?? { fi: id }
  const contacts = await contactsOf(stores, fault.id, { organisation: identity.organisation })
  return {
    ...(await faultSummary(stores, identity, fault)),
    alarm: body.alarm,
    language: body.language,
    answerHours: body.answerHours,
    custody: body.custody.map((one) => ({
      ...one,
      from: iso(one.from),
      acceptedAt: one.acceptedAt === null ? null : iso(one.acceptedAt),
      declinedAt: one.declinedAt === null ? null : iso(one.declinedAt),
    })),
    entries: body.entries.map(({ at, by, organisation, kind, text, files, shownToReporter, ...more }) => ({
      at: iso(at),
      by,
      organisation,
      kind,
      text,
      files: [...files],
      shownToReporter,
      because: more.because ?? null,
      invoice: more.invoice ?? null,
      choice: more.report?.choice ?? (kind === 'reported' ? body.choice : null),
      canSplit: kind === 'joined' && more.report !== undefined,
    })),
    work: body.work.map((one) => ({ ...one, parts: [...one.parts] })),
    invoices,
    joined: [...body.joined],
    joinedInto: body.joinedInto,
    followers: body.followers.length,
    contacts: contacts.map((one) => one.body.contact),
    may: mayOf(identity, fault, facts),
    handTo: handTo.filter((id) => id !== identity.organisation),
    categories: facts?.categories ?? [],
    names,
  }
}

const WORKERS = ['technician', 'manager'] as const
/** Which steps the asker may take now; the API checks each again when it is taken. */
export function mayOf(identity: Identity, { state, body }: Stored, facts: FaultFacts | null): FaultVerb[] {
  if (body.joinedInto !== null) return []
  const own = identity.organisation
  const keeper = keeperOf(body)?.organisation ?? ''
  const isOurs = own !== null && facts !== null && bodyOn(facts.organisations, keeper, facts.today) === own
  const isLandlord = own === null || facts?.premises.landlord === own
  const works = hasRole(identity, WORKERS)
  const isOpen = isOpenFault(state)
  const found: [FaultVerb, boolean][] = [
    ['accept', works && isOurs && state === 'offered'],
    ['take', works && own !== null && !isOurs && state === 'offered' && body.escalations > 0],
    ['decline', works && isOurs && isOpen],
    ['work', works && isOurs && (state === 'accepted' || state === 'in-work')],
    ['done', works && isOurs && (state === 'accepted' || state === 'in-work')],
    ['reopen', works && !isOpen],
    ['close', works && (isOurs || isLandlord) && state !== 'closed'],
    ['join', hasRole(identity, ['manager']) && (isOurs || isLandlord) && isOpen],
    ['split', hasRole(identity, ['manager']) && (isOurs || isLandlord)],
    ['cost', hasRole(identity, ['controller', 'manager']) && (isOurs || isLandlord) && state !== 'offered'],
    ['message', true],
  ]
  return found.flatMap(([verb, may]) => (may ? [verb] : []))
}

/** A fault that the scope sees, or null. */
export const findFault = (records: Records, identity: Identity, id: Id): Promise<Stored | null> =>
  records.getPaper({ organisation: identity.organisation }, FAULT, id)

async function once<T>(known: Map<Id, T>, id: Id, read: (id: Id) => Promise<T>): Promise<T> {
  const found = known.get(id)
  if (found !== undefined) return found
  const value = await read(id)
  known.set(id, value)
  return value
}
const iso = (at: number): string => new Date(at).toISOString()
