// The papers of the demonstration's equipment: documents, one of them for keepers only, money facts, firmware, and a list of vulnerabilities.
// Nothing here touches a cost: the closed months stay what they are.
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'
import { plainPdf } from './plain-pdf.ts'

type Level = 'public' | 'parties' | 'owner'
type Paper = { of: object; title: string; kind: string; classification: Level; validUntil?: string; lines: string[] }

/** Once, after the facts are imported; done by the landlord. */
export async function makeEquipment(api: ApiClient, httpUrl: string, now: number): Promise<void> {
  const { id: token, token: secret } = await api.request<{ id: string; token: string }>('POST', '/tokens', {
    name: 'Aino Niskala',
    roles: ['manager', 'technician'],
    organisation: 'kuusamo',
  })
  const day = (days: number): string =>
    Temporal.Instant.fromEpochMilliseconds(now)
      .toZonedDateTimeISO('Europe/Helsinki')
      .toPlainDate()
      .add({ days })
      .toString()
  try {
    const landlord = createApiClient(httpUrl, secret)
    for (const paper of papers(day)) await keep(landlord, paper)
    for (const [device, set] of moneyFacts(day)) {
      const { version } = await landlord.request<{ version: number }>('GET', `/devices/${device}`)
      await landlord.request('POST', `/devices/${device}/change`, { set, apply: true }, `"v${version}"`)
    }
    await classify(landlord, day)
    const list = new Blob([VULNERABILITIES], { type: 'text/csv' })
    await landlord.request('POST', '/vulnerabilities?name=valmistajien-tiedotteet.csv&apply=true', list)
  } finally {
    await api.request('DELETE', `/tokens/${token}`)
  }
}

async function keep(landlord: ApiClient, { lines, ...head }: Paper): Promise<void> {
  const name = `${head.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')}.pdf`
  const file = new Blob([plainPdf(head.title, lines)], { type: 'application/pdf' })
  const { digest } = await landlord.request<{ digest: string }>('POST', `/files?name=${name}`, file)
  await landlord.request('POST', '/device-documents', { ...head, file: { digest, name } })
}

/** Where the staff door's lock stands in the house is its keepers' alone; its firmware is recorded. */
async function classify(landlord: ApiClient, day: (days: number) => string): Promise<void> {
  const versionOf = async (): Promise<string> =>
    `"v${(await landlord.request<{ version: number }>('GET', '/devices/door-staff')).version}"`
  const firmware = { version: '2.3', supportUntil: day(150), ce: true, cra: 'placed-before' }
  await landlord.request('PUT', '/devices/door-staff/firmware', firmware, await versionOf())
  const visibility = { place: 'owner', serial: 'owner', security: 'owner' }
  await landlord.request('PUT', '/devices/door-staff/visibility', visibility, await versionOf())
}

const papers = (day: (days: number) => string): Paper[] => [
  {
    of: { device: 'lift-1' },
    title: 'Hissin kayttoohje (esimerkki)',
    kind: 'manual',
    classification: 'public',
    lines: ['Nostin H3', 'Hissin kaytto, kuormitus ja toiminta vikatilanteessa.'],
  },
  {
    of: { device: 'lift-1' },
    title: 'Hissin vaatimustenmukaisuusvakuutus (esimerkki)',
    kind: 'certificate',
    classification: 'parties',
    validUntil: day(300),
    lines: ['Nostin H3, sarjanumero KVT-021', 'Hissidirektiivi 2014/33/EU'],
  },
  {
    of: { device: 'door-staff' },
    title: 'Lukituskaavio (esimerkki)',
    kind: 'plan',
    classification: 'owner',
    lines: ['Henkilokunnan ovi', 'Vain omistajalle, haltijalle ja kunnossapitajalle.'],
  },
  {
    of: { premises: DEMO_PREMISES, space: 'k1-101' },
    title: 'Paloilmoittimen tarkastuspoytakirja (esimerkki)',
    kind: 'inspection',
    classification: 'parties',
    validUntil: day(50),
    lines: ['Suomi-pisteen aula', 'Ei huomautettavaa.'],
  },
]

const moneyFacts = (day: (days: number) => string): [device: string, set: object][] => [
  [
    'lift-1',
    {
      supplier: 'Nostin Oy (esimerkki)',
      serviceContract: { by: 'Koillis-Hissi Oy (esimerkki)', reference: 'HS-114', until: day(400) },
      insurance: { by: 'Vakuutusyhtiö (esimerkki)', reference: 'V-2201', until: day(60) },
      expectedLifeMonths: 300,
      replacement: { on: day(2200), cost: '68000.00' },
      tags: ['hissi', 'esteettömyys'],
    },
  ],
  [
    'pv-1',
    {
      supplier: 'Aurinko Oy (esimerkki)',
      funding: [
        { by: 'Energiavirasto (esimerkki)', amount: '9000.00', decision: 'EV-2025-17', encumberedUntil: day(1500) },
      ],
      warranty: { by: 'Aurinko Oy (esimerkki)', until: day(2900) },
    },
  ],
]

/** Made up, as the makers are. */
const VULNERABILITIES = [
  'cve;vendor;product;fixed;severity;cvss;title;remedy',
  'ESIM-2026-1;Kulku;Ovi 1;2.4;high;8.1;Ovi avautuu väärennetyllä viestillä (esimerkki);Päivitä versioon 2.4',
  'ESIM-2026-2;Nostin;H3;9.0;medium;5.4;Huoltoportti auki ilman salasanaa (esimerkki);Sulje huoltoportti ja pyydä päivitys',
  'ESIM-2026-3;Muu Valmistaja;X 9;3.1;critical;9.8;Etäkäyttö ilman tunnistusta (esimerkki);Ei koske tämän talon laitteita',
  '',
].join('\r\n')
