// What an organisation may change: its own name, what lies in premises that it lets, what it owns, maintains or pays, and its own approvals.
// The operator may change everything; who is refused here sees the thing and is told why.
import { Failure } from '#domain/failure.ts'
import {
  OBJECT_KINDS,
  type Agreement,
  type AgreementVersion,
  type Bundle,
  type Device,
  type Id,
  type LocalDate,
  type ObjectKind,
  type ObjectOf,
  type Premises,
} from '#domain/registry/bundle.ts'
import type { Records, Role } from '#domain/ports/records.ts'
import { referencesOf } from '#domain/registry/references.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import type { Identity } from './identity.ts'
import { hasRole } from './who.ts'

const MONEY_ROLES: readonly Role[] = ['controller', 'admin']
const FACT_ROLES: readonly Role[] = ['manager', 'admin']
/** Who may change which kind, by role. */
export const CHANGE_ROLES: { [K in ObjectKind]: readonly Role[] } = {
  organisations: FACT_ROLES,
  premises: FACT_ROLES,
  devices: FACT_ROLES,
  priceSeries: MONEY_ROLES,
  tariffs: MONEY_ROLES,
  agreements: [...MONEY_ROLES, 'signatory'],
  meteredCosts: MONEY_ROLES,
  recurringCosts: MONEY_ROLES,
  invoices: MONEY_ROLES,
}

const ALL = { organisation: null }
const refuse = (pointer: string, why: string): never => {
  throw new Failure('not-allowed', why, { problems: [{ pointer, code: 'not-allowed', message: why }] })
}

/**
 * Checks a bundle that an identity wants to store, object by object, against what is stored.
 * @throws Failure 'not-allowed' for what is seen but not theirs to change, 'not-found' for what is not theirs to see.
 */
export async function checkMayChange(identity: Identity, bundle: Bundle, records: Records): Promise<void> {
  await approvedTextsStay(bundle, records)
  if (identity.organisation === null) return
  const own = identity.organisation
  const inBundle = new Map((bundle.premises ?? []).map((premises) => [premises.id, premises]))
  for (const kind of OBJECT_KINDS) {
    for (const [index, value] of (bundle[kind] ?? []).entries()) {
      const pointer = `/${kind}/${index}`
      const stored = await records.getObject(ALL, kind, value.id)
      if (stored !== null && (await records.getObject({ organisation: own }, kind, value.id)) === null)
        throw new Failure('not-found', NOTHING_HERE, {
          problems: [{ pointer, code: 'not-found', message: NOTHING_HERE }],
        })
      await checkObject({
        own,
        kind,
        value: value,
        stored: stored?.value ?? null,
        pointer,
        records,
        inBundle,
      })
      await mustSeeNamed(own, bundle, kind, value, pointer, records)
    }
  }
  for (const [list, ids] of [
    ['readings', (bundle.readings ?? []).map((rows) => rows.device)],
    ['usage', (bundle.usage ?? []).map((row) => row.device)],
  ] as const) {
    for (const [index, id] of ids.entries()) {
      const device =
        (bundle.devices ?? []).find((one) => one.id === id) ??
        (await records.getObject({ organisation: own }, 'devices', id))?.value
      if (device === undefined)
        throw new Failure('not-found', NOTHING_HERE, {
          problems: [{ pointer: `/${list}/${index}/device`, code: 'not-found', message: NOTHING_HERE }],
        })
      await checkDevice(own, device, `/${list}/${index}`, records, inBundle)
    }
  }
}

/**
 * A cost or rule that names a device would show its readings, a cost that names a tariff its prices: whoever writes it must see
 * them. A tariff that no cost uses yet is nobody's; price series are shared by all.
 */
async function mustSeeNamed(
  own: Id,
  bundle: Bundle,
  kind: ObjectKind,
  value: ObjectOf<ObjectKind>,
  pointer: string,
  records: Records,
): Promise<void> {
  for (const named of referencesOf(kind, value)) {
    if (named.kind !== 'devices' && named.kind !== 'tariffs') continue
    if ((bundle[named.kind] ?? []).some((one) => one.id === named.id)) continue
    if ((await records.getObject({ organisation: own }, named.kind, named.id)) !== null) continue
    if (named.kind === 'tariffs' && (await onlyOwnCostsUse(own, 'tariffs', named.id, records))) continue
    throw new Failure('not-found', NOTHING_HERE, {
      problems: [{ pointer: `${pointer}${named.pointer}`, code: 'not-found', message: NOTHING_HERE }],
    })
  }
}

type Change = {
  own: Id
  kind: ObjectKind
  value: ObjectOf<ObjectKind>
  stored: ObjectOf<ObjectKind> | null
  pointer: string
  records: Records
  inBundle: ReadonlyMap<Id, Premises>
}

async function checkObject({ own, kind, value, stored, pointer, records, inBundle }: Change): Promise<void> {
  const both = [value, ...(stored === null ? [] : [stored])]
  switch (kind) {
    case 'organisations':
      if (value.id !== own) refuse(pointer, 'An organisation is changed by itself or by the operator.')
      return
    case 'premises':
      for (const one of both as Premises[])
        if (one.landlord !== own) refuse(pointer, 'Premises are changed by their landlord.')
      return
    case 'devices':
      for (const one of both as Device[]) await checkDevice(own, one, pointer, records, inBundle)
      checkClassification(own, value as Device, stored as Device | null, pointer)
      return
    case 'agreements':
      return checkAgreement(own, value as Agreement, stored as Agreement | null, pointer, records, inBundle)
    case 'meteredCosts':
    case 'recurringCosts':
    case 'invoices':
      for (const one of both as { payer: Id; premises: Id }[]) {
        await mustSee(own, one.premises, pointer, records, inBundle)
        if (one.payer !== own && !(await isLandlord(own, one.premises, records, inBundle)))
          refuse(pointer, 'A cost is changed by who pays it or by the landlord.')
      }
      return
    case 'tariffs':
    case 'priceSeries':
      if (stored !== null && !(await onlyOwnCostsUse(own, kind, value.id, records)))
        refuse(pointer, 'Others pay by this too: give yours an id of its own, or ask the operator.')
  }
}

async function checkDevice(
  own: Id,
  device: Device,
  pointer: string,
  records: Records,
  inBundle: ReadonlyMap<Id, Premises>,
): Promise<void> {
  await mustSee(own, device.premises, pointer, records, inBundle)
  const owns = (device.ownership ?? []).some((row) => row.to === null && Object.hasOwn(row.shares, own))
  const keeps = (device.roles ?? []).some(
    (row) => row.organisation === own && row.to === null && (row.role === 'holder' || row.role === 'maintainer'),
  )
  if (!owns && !keeps && !(await isLandlord(own, device.premises, records, inBundle)))
    refuse(pointer, 'A device is changed by its owner, holder or maintainer, or by the landlord.')
}

/** Who may see what is decided by those who own, hold or maintain it; of what nobody owns or keeps, by whoever may change it. */
function checkClassification(own: Id, value: Device, stored: Device | null, pointer: string): void {
  if (stored === null) return
  const isOpen = ({ to }: { to: LocalDate | null }): boolean => to === null
  const keepers = new Set([
    ...(stored.ownership ?? []).filter(isOpen).flatMap(({ shares }) => Object.keys(shares)),
    ...(stored.roles ?? [])
      .filter((row) => isOpen(row) && (row.role === 'holder' || row.role === 'maintainer'))
      .map(({ organisation }) => organisation),
  ])
  if (keepers.size === 0 || keepers.has(own)) return
  const changed =
    !sameText(value.visibility ?? {}, stored.visibility ?? {}) ||
    (value.protected === true) !== (stored.protected === true)
  if (changed)
    refuse(`${pointer}/visibility`, 'Who may see what is decided by its owners, its holder and its maintainer.')
}

/** What someone else has approved is changed by a new version only, and everyone approves for themselves. */
async function checkAgreement(
  own: Id,
  value: Agreement,
  stored: Agreement | null,
  pointer: string,
  records: Records,
  inBundle: ReadonlyMap<Id, Premises>,
): Promise<void> {
  await mustSee(own, value.premises, pointer, records, inBundle)
  const landlord = await isLandlord(own, value.premises, records, inBundle)
  if (!landlord && !(stored ?? value).parties.includes(own)) refuse(pointer, 'An agreement is changed by its parties.')
  const versions = new Map((stored?.versions ?? []).map((version) => [version.version, version]))
  const approvedByOthers = [...versions.values()].some((version) =>
    (version.approvals ?? []).some((one) => one.organisation !== own),
  )
  if (
    stored !== null &&
    approvedByOthers &&
    (stored.premises !== value.premises || !sameText(stored.parties, value.parties))
  )
    refuse(pointer, 'Parties and premises of an agreement that others have approved stay: make a new agreement.')
  for (const [index, version] of value.versions.entries()) {
    const before = versions.get(version.version)
    versions.delete(version.version)
    const others = (version.approvals ?? []).filter((one) => one.organisation !== own)
    const othersBefore = (before?.approvals ?? []).filter((one) => one.organisation !== own)
    if (!sameText(others, othersBefore))
      refuse(`${pointer}/versions/${index}/approvals`, 'Everyone approves for themselves.')
    const { approvals: _new, ...content } = version
    const { approvals: _old, ...contentBefore } = before ?? { approvals: [] }
    if (othersBefore.length > 0 && !sameText(content, contentBefore))
      refuse(`${pointer}/versions/${index}`, 'Others have approved this version: make a new one.')
  }
  for (const left of versions.values())
    if ((left.approvals ?? []).some((one) => one.organisation !== own))
      refuse(`${pointer}/versions`, `Version ${left.version} is approved by others and stays.`)
}

/**
 * By hand nobody brings another's approval, the operator neither: approvals that were given elsewhere come with an import,
 * where the data of another system or installation are taken over whole.
 */
export async function checkOwnApprovals(identity: Identity, value: Agreement, records: Records): Promise<void> {
  const stored = (await records.getObject(ALL, 'agreements', value.id))?.value
  for (const [index, { version, approvals = [] }] of value.versions.entries()) {
    const before = stored?.versions.find((one) => one.version === version)?.approvals ?? []
    for (const [at, approval] of approvals.entries())
      if (approval.organisation !== identity.organisation && !before.some((one) => sameText(one, approval)))
        refuse(`/agreements/0/versions/${index}/approvals/${at}`, 'Everyone approves for themselves.')
  }
}

/**
 * A version whose text was approved here stays as it was approved, whoever asks, the operator too: its approvals name the hash of
 * that text. Another one is a new version, which the parties approve anew. An agreement that is new here may bring its approvals.
 */
async function approvedTextsStay(bundle: Bundle, records: Records): Promise<void> {
  for (const [index, value] of (bundle.agreements ?? []).entries()) {
    const stored = (await records.getObject(ALL, 'agreements', value.id))?.value
    if (stored === undefined) continue
    const textsOf = (version: AgreementVersion | undefined) =>
      (version?.approvals ?? []).filter(({ text }) => text !== undefined)
    const pointer = `/agreements/${index}`
    const approved = stored.versions.filter((version) => textsOf(version).length > 0)
    if (approved.length > 0 && (stored.premises !== value.premises || !sameText(stored.parties, value.parties)))
      refuse(pointer, 'Parties and premises of an agreement whose text was approved stay: propose a new agreement.')
    for (const before of approved) {
      const at = value.versions.findIndex(({ version }) => version === before.version)
      const now = value.versions[at]
      const { approvals: _old, ...contentBefore } = before
      const { approvals: _new, ...content } = now ?? { approvals: [] }
      if (now === undefined || !sameText(content, contentBefore) || !sameText(textsOf(now), textsOf(before)))
        refuse(
          `${pointer}/versions/${Math.max(at, 0)}`,
          `The text of version ${before.version} was approved and stays: propose a new version, which the parties approve.`,
        )
    }
    for (const [at, version] of value.versions.entries())
      if (!approved.some((one) => one.version === version.version) && textsOf(version).length > 0)
        refuse(`${pointer}/versions/${at}/approvals`, 'A text is approved by the parties themselves, in its proposal.')
  }
}

/** Equal by value, whatever the order of keys. */
const sameText = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b)
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

async function isLandlord(
  own: Id,
  premises: Id,
  records: Records,
  inBundle: ReadonlyMap<Id, Premises>,
): Promise<boolean> {
  const stored = await records.getObject(ALL, 'premises', premises)
  return (stored?.value ?? inBundle.get(premises))?.landlord === own
}

async function mustSee(
  own: Id,
  premises: Id,
  pointer: string,
  records: Records,
  inBundle: ReadonlyMap<Id, Premises>,
): Promise<void> {
  const sees = inBundle.has(premises) || (await records.seesPremises({ organisation: own }, premises))
  if (!sees)
    throw new Failure('not-found', NOTHING_HERE, { problems: [{ pointer, code: 'not-found', message: NOTHING_HERE }] })
}

/** Whether nobody else's metered costs rest on a tariff or price series. */
async function onlyOwnCostsUse(own: Id, kind: 'tariffs' | 'priceSeries', id: Id, records: Records): Promise<boolean> {
  const tariffs =
    kind === 'tariffs'
      ? [id]
      : (await records.listObjects(ALL, 'tariffs', { refersTo: { kind, ids: [id] }, limit: 1000 })).items.map(
          (one) => one.value.id,
        )
  if (tariffs.length === 0) return true
  const costs = await records.listObjects(ALL, 'meteredCosts', {
    refersTo: { kind: 'tariffs', ids: tariffs },
    limit: 1000,
  })
  return costs.next === null && costs.items.every((cost) => cost.value.payer === own)
}

export const mayChangeKind = (identity: Identity, kind: ObjectKind): boolean => hasRole(identity, CHANGE_ROLES[kind])
