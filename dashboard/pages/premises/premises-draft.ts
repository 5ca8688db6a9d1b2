// Premises as they are written in a form, and as the API takes them.
import type { PremisesRecorded } from '#contract/premises.ts'
import { namesOf, writtenNames, type WrittenNames } from '#dashboard/components/NamesFields.tsx'

export type PremisesFacts = { name: WrittenNames; address: string; timeZone: string; landlord: string }
type PremisesBody = Omit<PremisesRecorded, 'version' | 'recordedAt' | 'summary'>

export const factsOf = (premises: PremisesRecorded): PremisesFacts => ({
  name: writtenNames(premises.name),
  address: premises.address ?? '',
  timeZone: premises.timeZone,
  landlord: premises.landlord,
})
/** What is recorded of them, without what the API adds. */
export const bodyOf = ({
  version: _version,
  recordedAt: _at,
  summary: _summary,
  ...body
}: PremisesRecorded): PremisesBody => body
export const changedFacts = (body: PremisesBody, facts: PremisesFacts): PremisesBody => {
  const { address: _address, ...rest } = body
  const address = facts.address.trim()
  return {
    ...rest,
    name: namesOf(facts.name) ?? {},
    ...(address === '' ? {} : { address }),
    timeZone: facts.timeZone,
    landlord: facts.landlord,
  }
}
