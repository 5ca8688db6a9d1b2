// A premises with meters, tariffs, invoices and late facts, three closed months of it, and the proof file that goes with them.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { Bundle } from '#domain/registry/bundle.ts'
import { digestOf, draft, marksOf, type FrozenEntry, type Proof } from '#verify/verify.mjs'

const S = { category: 'S', rate: '25.5' } as const
export const PARTIES = ['kunta', 'poliisi', 'kela']

/** Facts of a shared house from January 2026; every list of a bundle is used. */
export function houseBundle(): Bundle {
  return {
    organisations: PARTIES.map((id) => ({ id, name: { fi: id } })),
    premises: [
      {
        id: 'talo',
        name: { fi: 'Talo' },
        timeZone: 'Europe/Helsinki',
        landlord: 'kunta',
        spaces: [
          { id: 'a', use: 'exclusive', type: 'office', areaM2: '120.5' },
          { id: 'b', use: 'exclusive', type: 'office', areaM2: '80' },
          { id: 'aula', use: 'common', areaM2: '40' },
        ],
        tenancies: [
          { space: 'a', organisation: 'poliisi', from: '2026-01-01', to: null },
          { space: 'b', organisation: 'kela', from: '2026-02-11', to: null },
        ],
        headcounts: [
          { organisation: 'poliisi', people: 14, from: '2026-01-01', to: null },
          { organisation: 'kela', people: '7.5', from: '2026-02-11', to: null },
        ],
      },
    ],
    devices: [
      { id: 'paa', premises: 'talo', points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }] },
      {
        id: 'ala',
        premises: 'talo',
        points: [{ key: 'energy', unit: 'Wh', kind: 'interval', interval: 'PT1H', multiplier: '10' }],
      },
      {
        id: 'tulostin',
        premises: 'talo',
        ownership: [{ from: '2025-01-01', to: null, shares: { kunta: '2', poliisi: '1' } }],
        acquisition: {
          cost: '1000.00',
          date: '2025-12-15',
          usefulLifeMonths: 36,
          payer: 'kunta',
          vat: { category: 'O', rate: '0' },
        },
      },
    ],
    priceSeries: [
      {
        id: 'spot',
        unit: 'EUR/MWh',
        values: everyHour('2026-01-01', 24 * 95).map(([at, i]) => [at, 'PT1H', String(((i * 37) % 211) - 20)]),
      },
    ],
    tariffs: [
      {
        id: 'sahko',
        unit: 'kWh',
        versions: [
          {
            from: '2026-01-01',
            to: null,
            vat: S,
            components: [
              {
                id: 'energy',
                kind: 'energy',
                price: '0.0745',
                when: { days: [1, 2, 3, 4, 5], from: '22:00', to: '07:00' },
              },
              { id: 'spot', kind: 'spot', series: 'spot', margin: '0.0035' },
              { id: 'base', kind: 'fixed', amount: '25.00' },
              { id: 'power', kind: 'peak', price: '2.10', minimum: '1' },
            ],
          },
        ],
      },
    ],
    agreements: [
      {
        id: 'sopimus',
        premises: 'talo',
        parties: PARTIES,
        versions: [
          {
            version: 1,
            from: '2026-01-01',
            to: null,
            rules: [
              {
                category: 'electricity',
                method: {
                  by: 'metered',
                  meters: { poliisi: [{ device: 'ala', point: 'energy' }] },
                  remainder: { by: 'area' },
                },
              },
              { category: 'equipment', method: { by: 'ownership' } },
              { category: 'lobby', method: { by: 'usage', devices: ['tulostin'] } },
              {
                category: '*',
                method: {
                  by: 'mix',
                  parts: [
                    { weight: '2', method: { by: 'headcount' } },
                    { weight: '1', method: { by: 'equal' } },
                  ],
                },
              },
            ],
            approvals: PARTIES.map((organisation) => ({ organisation })),
          },
        ],
      },
    ],
    meteredCosts: [
      {
        id: 'sahko',
        premises: 'talo',
        category: 'electricity',
        meter: { device: 'paa', point: 'energy' },
        tariff: 'sahko',
        payer: 'kunta',
        from: '2026-01-01',
        to: null,
      },
    ],
    recurringCosts: [
      {
        id: 'vartiointi',
        premises: 'talo',
        category: 'security',
        amount: '820.00',
        vat: S,
        payer: 'poliisi',
        from: '2026-01-20',
        to: null,
      },
    ],
    invoices: [
      {
        id: 'siivous',
        premises: 'talo',
        category: 'cleaning',
        net: '1234.57',
        vat: S,
        payer: 'kunta',
        serviceFrom: '2026-01-01',
        serviceTo: '2026-04-01',
      },
      {
        id: 'aula',
        premises: 'talo',
        category: 'lobby',
        net: '90.01',
        vat: S,
        payer: 'kela',
        serviceFrom: '2026-01-01',
        serviceTo: '2026-02-01',
      },
    ],
    usage: [
      { device: 'tulostin', organisation: 'kela', from: '2026-01-10T09:00:00+02:00', to: '2026-01-10T11:30:00+02:00' },
      {
        device: 'tulostin',
        organisation: 'poliisi',
        from: '2026-01-12T09:00:00+02:00',
        to: '2026-01-12T10:15:00+02:00',
      },
    ],
    readings: [
      {
        device: 'paa',
        point: 'energy',
        values: everyHour('2026-01-01', 95 * 24)
          .filter(([, i]) => i % 7 === 0)
          .map(([at, i]) => [at, String(1000 + i * 3)]),
      },
      {
        device: 'ala',
        point: 'energy',
        values: everyHour('2026-01-01', 95 * 24).map(([at, i]) => [at, String(100 + (i % 24))]),
      },
    ],
  }
}

function everyHour(from: string, hours: number): [string, number][] {
  const start = Date.parse(`${from}T00:00:00+02:00`)
  return Array.from({ length: hours }, (_, i) => [new Date(start + i * 3_600_000).toISOString(), i])
}

/** Closes a month from its draft, as `POST …/close` does, at the end of the log. */
export function closeMonth(bundle: Bundle, premises: string, period: string, log: FrozenEntry[]): void {
  const previousDigest = log.findLast(({ status }) => status === 'closed')?.settlement.digest ?? ''
  const settlement = { ...draft(bundle, premises, period, log), status: 'closed' as const }
  if (settlement.blocked.length > 0) throw new Error(`${period} is blocked: ${JSON.stringify(settlement.blocked)}`)
  settlement.digest = digestOf(settlement, previousDigest)
  log.push({ status: 'closed', settlement, previousDigest })
}

/** The parties' key pairs, made anew for each run. */
export function partyKeys(): { [party: string]: { publicKey: string; privateKey: KeyObject } } {
  return Object.fromEntries(
    PARTIES.map((party) => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519')
      return [
        party,
        { publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64'), privateKey },
      ]
    }),
  )
}

/** January to March closed, with facts that came late in between, countersigned by all. */
export function makeProof(change: (bundle: Bundle) => void = () => undefined): {
  proof: Proof
  keys: ReturnType<typeof partyKeys>
} {
  const bundle = houseBundle()
  change(bundle)
  const log: FrozenEntry[] = []
  closeMonth(bundle, 'talo', '2026-01', log)
  bundle.invoices?.push({
    id: 'myohassa',
    premises: 'talo',
    category: 'waste',
    net: '59.00',
    vat: S,
    payer: 'kela',
    serviceFrom: '2026-01-01',
    serviceTo: '2026-03-01',
  })
  closeMonth(bundle, 'talo', '2026-02', log)
  bundle.invoices?.push({
    id: 'hyvitys',
    premises: 'talo',
    category: 'cleaning',
    net: '-20.00',
    vat: S,
    payer: 'kunta',
    serviceFrom: '2026-02-01',
    serviceTo: '2026-02-15',
  })
  closeMonth(bundle, 'talo', '2026-03', log)
  const keys = partyKeys()
  const countersignatures = log.flatMap(({ settlement }) =>
    Object.entries(keys).map(([party, { publicKey, privateKey }]) => {
      const digest = String(settlement.digest)
      return {
        period: settlement.period,
        digest,
        party,
        publicKey,
        signature: sign(null, Buffer.from(digest, 'ascii'), privateKey).toString('base64'),
      }
    }),
  )
  const proof: Proof = {
    format: 'samtila-proof',
    version: 1,
    premises: 'talo',
    period: '2026-03',
    bundle,
    marks: marksOf(bundle),
    settlements: log,
    countersignatures,
  }
  return { proof: structuredClone(proof), keys }
}
