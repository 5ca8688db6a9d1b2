// Whether what is proposed could come into force: the same checks as an import, with pointers into the draft, and what else should be known before.
import { isApproved } from '#domain/agreement/in-force.ts'
import type { AgreementContent } from '#domain/agreement/content.ts'
import { adopted } from '#domain/agreement/proposal.ts'
import type { Problem } from '#domain/failure.ts'
import type { Records, Stored } from '#domain/ports/records.ts'
import type { Agreement, Id, Premises } from '#domain/registry/bundle.ts'
import { checkBundle } from '#domain/registry/check-bundle.ts'
import { lookIn, NO_FACTS, type Look } from '#domain/registry/facts.ts'
import { ALL, listAll, listChunked } from '#domain/registry/list-all.ts'
import { loadKnown } from '#domain/registry/load-known.ts'
import { referencesOf } from '#domain/registry/references.ts'
import { isInForce } from '#domain/registry/roles.ts'
import type { ProposalWarning } from '#contract/proposals.ts'
import { newestOf } from '#api/settlement/ledger-rows.ts'

/** The stored agreement, and the one that is replaced, with the versions at which they are stored. */
export type Ground = {
  /** Another agreement elsewhere has this id already. */
  taken: boolean
  stored: Agreement | null
  replaced: Agreement | null
  basedOn: { agreement: number; replaced: number | null }
}
/** Agreements of other premises are none of this one's business, whatever their id. */
export async function groundOf({ agreement, replaces }: AgreementContent, records: Records): Promise<Ground> {
  const find = async (id: Id | undefined): Promise<Stored<Agreement> | null> =>
    id === undefined ? null : records.getObject(ALL, 'agreements', id)
  const here = (found: Stored<Agreement> | null): Stored<Agreement> | null =>
    found?.value.premises === agreement.premises ? found : null
  const found = await find(agreement.id)
  const stored = here(found)
  const replaced = here(await find(replaces))
  return {
    taken: found !== null && stored === null,
    stored: stored?.value ?? null,
    replaced: replaced?.value ?? null,
    basedOn: {
      agreement: stored?.version ?? 0,
      replaced: replaces === undefined ? null : (replaced?.version ?? 0),
    },
  }
}

/** Finds the names of what the content names, as far as the organisation sees it (null: all of it). */
export async function lookFor(
  content: AgreementContent,
  ground: Ground,
  reader: Id | null,
  records: Records,
): Promise<Look> {
  const { bundle } = adopted(content, ground.stored, ground.replaced)
  const unseen = await unseenDevices(bundle, reader, records)
  const look = lookIn(NO_FACTS, await loadKnown(records, bundle))
  return (kind, id) => (kind === 'devices' && unseen.has(id) ? undefined : look(kind, id))
}

/** A rule that names a device shows its readings: whoever proposes it must see the device. */
async function unseenDevices(
  bundle: { agreements: Agreement[] },
  reader: Id | null,
  records: Records,
): Promise<Set<Id>> {
  if (reader === null) return new Set()
  const named = bundle.agreements
    .flatMap((agreement) => referencesOf('agreements', agreement))
    .filter(({ kind }) => kind === 'devices')
  const ids = [...new Set(named.map(({ id }) => id))]
  const seen = new Set<Id>()
  for await (const { id } of listChunked(records, 'devices', ids, (chunk) => ({ ids: chunk }), {
    organisation: reader,
  }))
    seen.add(id)
  return new Set(ids.filter((id) => !seen.has(id)))
}

/** Problems with JSON Pointers into the draft: `/agreement/…`, `/version/…`, `/replaces`. */
export async function problemsOfContent(
  content: AgreementContent,
  ground: Ground,
  proposer: Id,
  records: Records,
): Promise<Problem[]> {
  const { taken, stored, replaced } = ground
  const { agreement, version, replaces } = content
  const { bundle, at } = adopted(content, stored, replaced)
  const own: Problem[] = []
  if (taken)
    own.push({ pointer: '/agreement/id', code: 'taken', message: 'Another agreement has this id: choose another one.' })
  else if (stored !== null && stored.parties.join(' ') !== agreement.parties.join(' '))
    own.push({
      pointer: '/agreement/parties',
      code: 'other-parties',
      message: 'The parties of an agreement stay: make a new agreement that replaces this one.',
    })
  if (version.rules.length === 0)
    own.push({
      pointer: '/version/rules',
      code: 'adds-up-to-nothing',
      message: 'Without rules nothing can be split. Give at least one.',
    })
  if (replaces !== undefined && (replaced === null || replaces === agreement.id))
    own.push({ pointer: '/replaces', code: 'unknown-id', message: `These premises have no agreement ${replaces}.` })
  const unseen = await unseenDevices(bundle, proposer, records)
  const hidden = referencesOf('agreements', bundle.agreements[0]!).flatMap(({ kind, id, pointer }) =>
    kind === 'devices' && unseen.has(id)
      ? [
          {
            pointer: `/agreements/0${pointer}`,
            code: 'unknown-id',
            message: `There is no device "${id}" that you see.`,
          },
        ]
      : [],
  )
  const checked = checkBundle(bundle, await loadKnown(records, bundle))
  const isHidden = ({ pointer }: Problem): boolean => hidden.some((one) => pointer.startsWith(parentOf(one.pointer)))
  const told = [...hidden, ...checked.filter((problem) => !isHidden(problem))]
  return [...own, ...told.map((problem) => ({ ...problem, pointer: pointerInDraft(problem.pointer, at) }))]
}

/** Of a device it is not told either whether it has the point. */
const parentOf = (pointer: string): string => pointer.replace(/\/device$/, '')

function pointerInDraft(pointer: string, at: number): string {
  const version = `/agreements/0/versions/${at}`
  if (pointer === version || pointer.startsWith(`${version}/`)) return `/version${pointer.slice(version.length)}`
  if (pointer.startsWith('/agreements/0')) return `/agreement${pointer.slice('/agreements/0'.length)}`
  return pointer.startsWith('/agreements/1') ? '/replaces' : pointer
}

/** What does not hinder: closed months that it reaches back into, cost categories that no rule splits, tenants that are no party. */
export async function warningsOfContent(
  { agreement, version }: AgreementContent,
  premises: Premises,
  records: Records,
): Promise<ProposalWarning[]> {
  const warnings: ProposalWarning[] = []
  const warn = (code: string, values: Iterable<string>): void => {
    const list = [...new Set(values)].sort()
    if (list.length > 0) warnings.push({ code, values: list })
  }
  const ledger = await records.ledger(agreement.premises)
  const months = [...new Set(ledger.map(({ period }) => period))].filter(
    (period) =>
      newestOf(ledger, period)?.status === 'closed' &&
      period >= version.from.slice(0, 7) &&
      (version.to === null || `${period}-01` < version.to),
  )
  warn('closed-months', months)
  const ruled = new Set(version.rules.map(({ category }) => category))
  if (!ruled.has('*'))
    warn('categories-without-rule', (await categoriesOf(agreement.premises, records)).difference(ruled))
  const tenants = (premises.tenancies ?? []).filter((row) => isInForce(row, version.from))
  warn(
    'tenants-not-parties',
    tenants.map(({ organisation }) => organisation).filter((id) => !agreement.parties.includes(id)),
  )
  return warnings
}

async function categoriesOf(premises: Id, records: Records): Promise<Set<string>> {
  const found = new Set<string>()
  for (const kind of ['meteredCosts', 'recurringCosts', 'invoices'] as const)
    for await (const { category } of listAll(records, kind, { premises })) found.add(category)
  return found
}

/** The number of the version that holds on a date, else of the newest; null when there is none. */
export function numberToCompare(stored: Agreement | null, date: string): number | null {
  if (stored === null || stored.versions.length === 0) return null
  const approved = stored.versions.filter((version) => isApproved(stored, version))
  const covering = approved.filter((version) => isInForce(version, date))
  const numbers = (covering.length > 0 ? covering : stored.versions).map(({ version }) => version)
  return Math.max(...numbers)
}
