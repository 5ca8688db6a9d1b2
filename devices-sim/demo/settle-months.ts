// The past of the demonstration's controllers: every month but the last two is issued, accepted by all and closed; the last whole one is
// issued and waits, with one line disputed. Each party acts with a token of its own, as its people would.
import { sayInvoicingDetails } from './invoicing-details.ts'
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { AGREEMENT } from './make-costs.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'
import { personOf } from './prepare.ts'

const ISSUER = 'kuusamo'
const ACCEPTED_ALREADY = ['kuusamo', 'vero']
const DISPUTE = {
  party: 'poliisi',
  category: 'cleaning',
  text: 'Lupapalvelujen tiloja ei siivottu viikolla 41. Pyydämme hyvitystä.',
}

type Item = { id: string; category: string }

/** Months YYYY-MM from the first to the one before `now`, in Finnish time. */
export function pastMonths(start: number, now: number): string[] {
  const month = (at: number): Temporal.PlainYearMonth =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Helsinki').toPlainDate().toPlainYearMonth()
  const months: string[] = []
  for (let one = month(start); Temporal.PlainYearMonth.compare(one, month(now)) < 0; one = one.add({ months: 1 }))
    months.push(one.toString())
  return months
}

/** Issues, accepts and closes what is not yet; can be repeated. */
export async function settleMonths(api: ApiClient, httpUrl: string, start: number, now: number): Promise<void> {
  const parties = await Promise.all(AGREEMENT.parties.map((party) => openParty(api, httpUrl, party)))
  try {
    for (const { party, client } of parties) await sayInvoicingDetails(client, party)
    const months = pastMonths(start, now)
    const waiting = months.pop()
    for (const month of months) {
      await settleMonth(parties, month, AGREEMENT.parties)
      await clientOf(parties, ISSUER).request('POST', `${pathOf(month)}/close`, {})
    }
    if (waiting !== undefined) await settleMonth(parties, waiting, ACCEPTED_ALREADY, DISPUTE)
  } finally {
    for (const { id } of parties) await api.request('DELETE', `/tokens/${id}`)
  }
}

type Party = { party: string; id: string; client: ApiClient }

async function openParty(api: ApiClient, httpUrl: string, party: string): Promise<Party> {
  const made = await api.request<{ id: string; token: string }>('POST', '/tokens', {
    name: personOf(party),
    roles: ['controller', 'signatory'],
    organisation: party,
  })
  return { party, id: made.id, client: createApiClient(httpUrl, made.token) }
}

const pathOf = (month: string): string => `/premises/${DEMO_PREMISES}/settlements/${month}`

function clientOf(parties: readonly Party[], party: string): ApiClient {
  const found = parties.find((one) => one.party === party)
  if (found === undefined) throw new RangeError(`${party} is no party of the demonstration`)
  return found.client
}

async function settleMonth(
  parties: readonly Party[],
  month: string,
  accepting: readonly string[],
  dispute?: typeof DISPUTE,
): Promise<void> {
  const issued = await clientOf(parties, ISSUER).request<{ items: Item[] }>('POST', `${pathOf(month)}/issue`, {})
  for (const party of accepting)
    await clientOf(parties, party).request('POST', `${pathOf(month)}/responses`, {
      party,
      item: null,
      answer: 'accepted',
    })
  if (dispute === undefined) return
  const item = issued.items.find(({ category }) => category === dispute.category)
  if (item !== undefined)
    await clientOf(parties, dispute.party).request('POST', `${pathOf(month)}/disputes`, {
      party: dispute.party,
      item: item.id,
      reason: 'amount',
      text: dispute.text,
    })
}
