// Premises when a body in them is succeeded: tenancies and headcounts are cut; a landlord's vacant space keeps counting for it until the date.
import type { Agreement, Id, LocalDate, Premises, Tenancy } from '#domain/registry/bundle.ts'
import { gapsBetween, passRows } from './succession-rows.ts'
import type { SuccessionOrder } from './succession-rows.ts'

/** `spacesInDoubt`: exclusive spaces whose weight before the date cannot be kept by a tenancy. */
export type PassedPremises = { premises: Premises; vacancies: Tenancy[]; spacesInDoubt: Id[] }

/**
 * The landlord has no dates, and by the page a space that no party holds counts for it, also when a month before the date is
 * computed again. So where the old landlord is a party, its vacant spaces become tenancies of its own up to the date: the same
 * weight, written down. Where that is impossible (a body that is no party holds the space; the successor was a party and the old
 * landlord was not), the space is named.
 */
export const passPremises = (
  premises: Premises,
  agreements: readonly Agreement[],
  order: SuccessionOrder,
): PassedPremises => {
  const { vacancies, spacesInDoubt } =
    premises.landlord === order.organisation
      ? vacanciesOf(premises, agreements, order)
      : { vacancies: [], spacesInDoubt: [] }
  const tenancies = [...passRows(premises.tenancies ?? [], order), ...vacancies]
  return {
    premises: {
      ...premises,
      landlord: premises.landlord === order.organisation ? order.successor : premises.landlord,
      ...(premises.tenancies === undefined && vacancies.length === 0 ? {} : { tenancies }),
      ...(premises.headcounts === undefined ? {} : { headcounts: passRows(premises.headcounts, order) }),
    },
    vacancies,
    spacesInDoubt,
  }
}

const vacanciesOf = (
  premises: Premises,
  agreements: readonly Agreement[],
  order: SuccessionOrder,
): Omit<PassedPremises, 'premises'> => {
  const past = agreements
    .filter((agreement) => agreement.premises === premises.id)
    .map(({ parties, versions }) => ({ parties, from: firstDayOf(versions) }))
    .filter(({ from }) => from < order.from)
  const asLandlord = past.filter(({ parties }) => parties.includes(order.organisation))
  const asOther = past.filter(
    ({ parties }) => !parties.includes(order.organisation) && parties.includes(order.successor),
  )
  const vacancies: Tenancy[] = []
  const spacesInDoubt: Id[] = []
  for (const space of (premises.spaces ?? []).filter((space) => space.use === 'exclusive')) {
    const rows = (premises.tenancies ?? []).filter((row) => row.space === space.id && row.from < order.from)
    const outsider = (parties: readonly Id[], from: LocalDate) =>
      rows.some((row) => !parties.includes(row.organisation) && (row.to === null || row.to > from))
    const free = (from: LocalDate) => gapsBetween(rows, from, order.from)
    if (
      asLandlord.some(({ parties, from }) => outsider(parties, from)) ||
      asOther.some(({ parties, from }) => outsider(parties, from) || free(from).length > 0)
    ) {
      spacesInDoubt.push(space.id)
    }
    const first = asLandlord.map(({ from }) => from).toSorted()[0]
    if (first === undefined) continue
    vacancies.push(...free(first).map((gap) => ({ space: space.id, organisation: order.organisation, ...gap })))
  }
  return { vacancies, spacesInDoubt }
}

const firstDayOf = (versions: readonly { from: LocalDate }[]): LocalDate =>
  versions.map((version) => version.from).toSorted()[0] ?? '9999-12-31'
