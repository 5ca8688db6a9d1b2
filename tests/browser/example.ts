// What the browser tests look at: the worked example of docs/MONEY.md with a live room sensor, and a campus with seventeen parties.
import { readFileSync } from 'node:fs'
import type { ProposalDraft } from '#contract/proposals.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

type Step = { import?: Bundle; expect?: Omit<Settlement, 'digest'> }
const worked = JSON.parse(readFileSync(new URL('../cases/18-worked-example.json', import.meta.url), 'utf8')) as {
  steps: Step[]
}

/** The settlement that the worked example must give, as docs/MONEY.md has it. */
export const EXPECTED = worked.steps.find((step) => step.expect !== undefined)!.expect!
export const PREMISES = 'virastotalo'
export const MONTH = EXPECTED.period
export const SENSOR = 'air-101'
export const CAMPUS = 'kampus'
export const CAMPUS_MONTH = '2026-04'
/** A small house with an invoice in an issued month, over which there is a dispute. */
export const LIBRARY = 'kirjastotalo'
export const LIBRARY_MONTH = '2026-04'
export const INVOICE = 'siivous-huhtikuu'

const HOUR_MS = 3_600_000
const PARTIES = Array.from({ length: 17 }, (_, i) => `osapuoli-${i + 1}`)
const from = '2026-01-01'

/** Ten-minute readings of the last day, with a gap of four hours in it. */
const sensorReadings = (now: number): [string, number][] =>
  Array.from({ length: 144 }, (_, i): [string, number] => [
    new Date(now - 24 * HOUR_MS + i * 600_000).toISOString(),
    Math.round((21 + Math.sin(i / 12)) * 100) / 100,
  ]).filter((_, i) => i < 48 || i >= 72)

const virastotalo = (now: number): Bundle => {
  const bundle = worked.steps[0]!.import!
  return {
    ...bundle,
    devices: [
      ...(bundle.devices ?? []),
      {
        id: SENSOR,
        name: { fi: 'Huoneanturi 101', sv: 'Rumsgivare 101', en: 'Room sensor 101' },
        premises: PREMISES,
        space: 'k1-101',
        type: 'room-sensor',
        expectedInterval: 'PT10M',
        ownership: [
          { from, to: '2026-03-01', shares: { kuusamo: '1' } },
          { from: '2026-03-01', to: null, shares: { kuusamo: '60', poliisi: '40' } },
        ],
        roles: [{ role: 'maintainer', organisation: 'kuusamo', from, to: null }],
        points: [
          {
            key: 'temperature',
            name: { fi: 'Lämpötila', sv: 'Temperatur', en: 'Temperature' },
            unit: 'Cel',
            kind: 'gauge',
          },
          { key: 'occupied', kind: 'state' },
        ],
      },
    ],
    readings: [...(bundle.readings ?? []), { device: SENSOR, point: 'temperature', values: sensorReadings(now) }],
  }
}

/** Long names, every kind of trouble: an item without a rule, one without readings, a version that nobody approved. */
const campus: Bundle = {
  organisations: PARTIES.map((id, i) => ({
    id,
    name: { fi: `Pohjois-Pohjanmaan hyvinvointialueen ${i + 1}. palvelualueen toimintayksikkö` },
    kind: 'wellbeing-services-county',
  })),
  premises: [
    {
      id: CAMPUS,
      name: { fi: 'Oulunsalon monitoimitalon ja siihen liittyvien sivurakennusten muodostama kampusalue' },
      address: 'Pitkäkadunvarrenkuja 123 B, 90460 Oulunsalo',
      timeZone: 'Europe/Helsinki',
      landlord: 'osapuoli-1',
    },
  ],
  devices: [
    {
      id: 'mittari',
      premises: CAMPUS,
      type: 'electricity-meter',
      points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }],
    },
  ],
  tariffs: [
    {
      id: 'kampus-sahko',
      unit: 'kWh',
      versions: [
        {
          from,
          to: null,
          vat: { category: 'S', rate: '25.5' },
          components: [{ id: 'energy', kind: 'energy', price: '0.1' }],
        },
      ],
    },
  ],
  meteredCosts: [
    {
      id: 'kampus-sahko',
      premises: CAMPUS,
      category: 'electricity',
      meter: { device: 'mittari', point: 'energy' },
      tariff: 'kampus-sahko',
      payer: 'osapuoli-1',
      from,
      to: null,
    },
  ],
  recurringCosts: [
    {
      id: 'aulapalvelu',
      premises: CAMPUS,
      category: 'lobby',
      amount: '1000.00',
      vat: { category: 'S', rate: '25.5' },
      payer: 'osapuoli-1',
      from,
      to: null,
    },
    {
      id: 'vuokra',
      premises: CAMPUS,
      category: 'rent',
      amount: '5000.00',
      vat: { category: 'E', rate: '0' },
      payer: 'osapuoli-2',
      from,
      to: null,
    },
  ],
  agreements: [
    {
      id: 'kampus-sopimus',
      premises: CAMPUS,
      parties: PARTIES,
      versions: [
        {
          version: 1,
          from,
          to: null,
          rules: [
            { category: 'lobby', method: { by: 'equal' } },
            { category: 'electricity', method: { by: 'equal' } },
          ],
          approvals: PARTIES.map((organisation) => ({ organisation, decision: '§ 1' })),
        },
        { version: 2, from: '2026-06-01', to: null, rules: [{ category: '*', method: { by: 'area' } }] },
      ],
    },
  ],
}

const library: Bundle = {
  premises: [
    {
      id: LIBRARY,
      name: { fi: 'Kirjastotalo', sv: 'Bibliotekshuset' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kuusamo',
    },
  ],
  agreements: [
    {
      id: 'kirjasto-sopimus',
      premises: LIBRARY,
      parties: ['kuusamo', 'poliisi'],
      versions: [
        {
          version: 1,
          from,
          to: null,
          rules: [{ category: '*', method: { by: 'equal' } }],
          approvals: ['kuusamo', 'poliisi'].map((organisation) => ({ organisation, decision: '§ 7' })),
        },
      ],
    },
  ],
  invoices: [
    {
      id: INVOICE,
      premises: LIBRARY,
      payer: 'kuusamo',
      supplier: 'Siivouspalvelu Oy',
      number: '2026-0417',
      category: 'cleaning',
      net: '1240.00',
      vat: { category: 'S', rate: '25.5' },
      serviceFrom: '2026-04-01',
      serviceTo: '2026-05-01',
    },
  ],
}

/** All three, as imports. */
export const exampleBundles = (now: number): Bundle[] => [virastotalo(now), campus, library]

/** A draft of a next version of the library's agreement. */
export const PROPOSAL: ProposalDraft = {
  agreement: { id: 'kirjasto-sopimus', premises: LIBRARY, parties: ['kuusamo', 'poliisi'], commentDays: 14 },
  version: {
    from: '2027-01-01',
    to: null,
    rules: [{ category: '*', method: { by: 'fixed', shares: { kuusamo: '60', poliisi: '40' } } }],
  },
  note: 'Kuusikymmentä ja neljäkymmentä',
}
/** A file with one good row and one that must be mended. */
export const UPLOAD = `Toimittaja;Laskun numero;Kululaji;Veroton summa;ALV %;Kuukausi;Maksaja
Siivous Oy;1001;cleaning;1 234,50;25,5;2026-03;kuusamo
Vartiointi Oy;V-1;security;99,00;25,5;2026-13;kuusamo
`
