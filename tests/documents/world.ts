// A house of three bodies with both directions of payment, several VAT categories, and what they say for invoices.
import type { Bundle } from '#domain/registry/bundle.ts'
import type { InvoicingDetails } from '#domain/documents/invoicing-details.ts'
import { startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'

export const MARCH = '/premises/talo/settlements/2026-03'
const S = { category: 'S', rate: '25.5' } as const
const span = { serviceFrom: '2026-03-01', serviceTo: '2026-04-01' }

export const house: Bundle = {
  ...twoHouses,
  organisations: [
    { id: 'kunta', name: { fi: 'Esimerkkikunta & kumpp. <oy>' }, businessId: '9990001-6' },
    { id: 'virasto', name: { fi: 'Virasto', en: 'Agency' }, businessId: '9990002-4' },
    { id: 'osasto', name: { fi: 'Kunnan osasto' }, businessId: '9990001-6' },
    { id: 'muu', name: { fi: 'Muu kunta' }, businessId: '9990003-2' },
  ],
  premises: [{ ...twoHouses.premises![0]!, demonstration: true }, twoHouses.premises![1]!],
  agreements: [
    {
      ...twoHouses.agreements![0]!,
      parties: ['kunta', 'virasto', 'osasto'],
      versions: [
        {
          version: 1,
          from: '2026-01-01',
          to: null,
          rules: [{ category: '*', method: { by: 'fixed', shares: { kunta: '60', virasto: '30', osasto: '10' } } }],
          terms: { accounts: [{ party: 'virasto', category: '*', account: '4300', costCentre: '=9' }] },
          approvals: ['kunta', 'virasto', 'osasto'].map((organisation) => ({ organisation, decision: '§ 1' })),
        },
      ],
    },
  ],
  invoices: [
    { id: 'siivous', premises: 'talo', category: 'cleaning', net: '100.01', vat: S, payer: 'kunta', ...span },
    {
      id: 'vuokra',
      premises: 'talo',
      category: 'rent',
      net: '900.00',
      vat: { category: 'E', rate: '0', basis: 'AVL 27 §' },
      payer: 'kunta',
      ...span,
    },
    {
      id: 'ruoka',
      premises: 'talo',
      category: '=cmd()',
      net: '33.33',
      vat: { category: 'S', rate: '13.5' },
      payer: 'kunta',
      ...span,
    },
    {
      id: 'jako',
      premises: 'talo',
      category: 'sharing',
      net: '55.55',
      vat: { category: 'O', rate: '0' },
      payer: 'kunta',
      ...span,
    },
    {
      id: 'rakennus',
      premises: 'talo',
      category: 'building',
      net: '40.00',
      vat: { category: 'AE', rate: '0' },
      payer: 'kunta',
      ...span,
    },
    {
      id: 'vienti',
      premises: 'talo',
      category: 'zero',
      net: '12.34',
      vat: { category: 'Z', rate: '0' },
      payer: 'kunta',
      ...span,
    },
    { id: 'vartiointi', premises: 'talo', category: 'security', net: '77.77', vat: S, payer: 'virasto', ...span },
  ],
}

const address = { street: 'Kaitilankatu 1', postCode: '93600', town: 'Kuusamo', country: 'FI' }
export const details: Record<string, InvoicingDetails> = {
  kunta: {
    address,
    ovt: '0037 9990001 6 100',
    operator: '003721291126',
    iban: 'FI21 1234 5600 0007 85',
    bic: 'NDEAFIHH',
    vatRegistered: true,
    paymentDays: 21,
    numberPrefix: 'A7',
    language: 'fi',
    asBuyer: { buyerReference: 'KV-1' },
  },
  virasto: {
    address: { ...address, town: 'Helsinki', postCode: '00100' },
    ovt: '003799900024017',
    operator: 'DABAFIHH',
    iban: 'FI2112345600000785',
    bic: 'NDEAFIHH',
    vatRegistered: true,
    paymentDays: 14,
    language: 'sv',
    asBuyer: { contractNumber: 'VIR/12/2026', fromSellers: [{ seller: 'kunta', orderNumber: 'V19-4711' }] },
  },
}

export type Documents = { api: TestApi; tokens: Record<string, string>; say(): Promise<void>; close(): Promise<void> }
/** The house with March closed by force, and a controller's token of each; `say` gives the invoicing details. */
export async function closedHouse(bundle: Bundle = house): Promise<Documents> {
  const api = await startApi({ now: Date.UTC(2026, 3, 20, 9) })
  await api.fill(bundle)
  const operator = await api.token(null, ['admin', 'controller'])
  const tokens: Record<string, string> = { operator }
  for (const id of ['kunta', 'virasto', 'osasto', 'muu']) tokens[id] = await api.token(id, ['controller'])
  tokens['viewer'] = await api.token('kunta', ['viewer'])
  const closed = await api.request(operator, 'POST', `${MARCH}/close`, { force: true, reason: 'test' })
  if (closed.status !== 200) throw new Error(closed.text)
  return {
    api,
    tokens,
    say: async () => {
      for (const [id, body] of Object.entries(details)) {
        const put = await api.request(tokens[id]!, 'PUT', `/organisations/${id}/invoicing-details`, body)
        if (put.status !== 201) throw new Error(put.text)
      }
    },
    close: () => api.close(),
  }
}
