// What the parties of the demonstration say so that invoices can be made; invented, with check digits that hold.
import type { ApiClient } from '#sim/api-client.ts'

const DETAILS: Record<string, { ovt: string; town: string; postCode: string; asBuyer?: object }> = {
  kuusamo: { ovt: '003799900016', town: 'Kuusamo', postCode: '93600' },
  poliisi: { ovt: '003799900040', town: 'Kuusamo', postCode: '93600', asBuyer: { orderNumber: 'V19-4711' } },
  vero: { ovt: '003799900059', town: 'Helsinki', postCode: '00052', asBuyer: { contractNumber: 'VH/1204/2026' } },
  kela: { ovt: '003799900024017', town: 'Helsinki', postCode: '00101', asBuyer: { buyerReference: 'KP 4410' } },
}

/** Says them once; what was said already stays. */
export async function sayInvoicingDetails(client: ApiClient, party: string): Promise<void> {
  const own = DETAILS[party]
  const path = `/organisations/${party}/invoicing-details`
  if (own === undefined) return
  const { version } = await client.request<{ version: number }>('GET', path)
  if (version > 0) return
  const { ovt, town, postCode, asBuyer } = own
  await client.request('PUT', path, {
    address: { street: 'Esimerkkitie 12', postCode, town, country: 'FI' },
    ovt,
    operator: '003721291126',
    iban: 'FI2112345600000785',
    bic: 'NDEAFIHH',
    vatRegistered: true,
    paymentDays: 21,
    language: 'fi',
    ...(asBuyer === undefined ? {} : { asBuyer }),
  })
}
