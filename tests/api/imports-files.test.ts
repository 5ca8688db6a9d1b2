// Files as they come: Datahub, prices, e-invoices, workbooks, and files that mean harm.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import writeExcelFile from 'write-excel-file/node'
import { describe, expect, test } from 'vitest'
import { readFile } from '#api/imports/read-file.ts'
import { readTable, type ReadTable } from '#api/imports/read-table.ts'
import { evaluateTable } from '#domain/imports/evaluate.ts'
import { matchColumns } from '#domain/imports/fields.ts'
import { NO_WORK, type Evaluation, type ImportKind, type ImportKnown, type ImportWork } from '#domain/imports/import.ts'
import { RULES } from '#domain/imports/kinds.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'
import { notRun } from '#tests/not-run.ts'

const LIMITS = { rows: 1000, columns: 50, unpackedBytes: 20_000_000 }
const request = (bytes: Buffer | string, kind: ImportKind | null, limits = LIMITS) => ({
  bytes: Buffer.from(bytes),
  kind,
  now: Date.parse('2026-04-10T00:00:00Z'),
  limits,
})
const read = (bytes: Buffer | string, kind: ImportKind | null = null, limits = LIMITS): Promise<ReadTable> =>
  readTable(request(bytes, kind, limits))

const meter = (id: string, serial: string, points: Point[]): Device => ({ id, premises: 'talo', serial, points })
const known = (devices: Device[]): ImportKnown => ({
  premises: new Map([['talo', { id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }]]),
  organisations: new Map([
    ['kunta', { id: 'kunta', name: { fi: 'Kunta' }, businessId: '0245437-2' }],
    ['poliisi', { id: 'poliisi', name: { fi: 'Poliisi' } }],
  ]),
  devices: new Map(devices.map((device) => [device.id, device])),
  priceSeries: new Map(),
  invoices: [],
  costTypes: new Map(),
  connectors: [],
  today: '2026-04-10',
})
function evaluated({ table, kind }: ReadTable, devices: Device[], work: Partial<ImportWork> = {}): Evaluation {
  const columns = matchColumns(table.header, RULES[kind!].fields)
  const steps = evaluateTable(kind!, table, { ...NO_WORK, columns, ...work }, known(devices))
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const DATAHUB = `\uFEFFMittauspisteen tunnus;Tuotteen tyyppi;Resoluutio;Yksikkötyyppi;Lukeman tyyppi;Alkuaika;Määrä;Laatu
643000000000000017;8716867000030;PT15M;kWh;BN01;2026-03-01T00:00:00Z;0,640000;OK
643000000000000017;8716867000030;PT15M;kWh;BN01;2026-03-01T00:15:00Z;;MISSING
643000000000000017;8716867000030;PT15M;kWh;BN01;2026-03-01T00:30:00Z;null;MISSING
643000000000000017;8716867000030;PT15M;kWh;BN01;2026-03-01T00:45:00Z;1,250000;EST
643000000000000017;8716867000030;PT15M;kWh;BN01;2026-03-01T01:00:00Z;1e400;OK
643000000000000017;8716867000030;PT15M;kWh;BN01;2026-03-01T01:15:00Z;0,1;WRONG
999999999999999999;8716867000030;PT15M;kWh;BN01;2026-03-01T01:30:00Z;0,1;OK
`
const quarter: Point = { key: 'consumption', unit: 'kWh', kind: 'interval', interval: 'PT15M' }

test('Datahub exports as they are: gaps are gaps, estimates are estimates, strange values are told', async () => {
  const file = await read(DATAHUB)
  expect(file.kind).toBe('datahub')
  const { bundle, problems } = evaluated(file, [meter('liittyma', '643000000000000017', [quarter])])
  expect(bundle.readings).toEqual([
    { device: 'liittyma', point: 'consumption', quality: 'measured', values: [['2026-03-01T00:00:00.000Z', '0.64']] },
    { device: 'liittyma', point: 'consumption', quality: 'estimated', values: [['2026-03-01T00:45:00.000Z', '1.25']] },
  ])
  expect(problems.map(({ row, field, code }) => [row, field, code])).toEqual(
    expect.arrayContaining([
      [2, 'value', 'missing-quantity'],
      [5, 'value', 'invalid-number'],
      [6, 'quality', 'invalid-choice'],
      [7, 'device', 'unknown-id'],
    ]),
  )
})

const RAW = '../shared/data/raw'
test('real Datahub exports are read whole', async (context) => {
  if (!existsSync(RAW)) notRun(context, 'real Datahub exports', `put the data at ${RAW}`, true)
  const quarters = await read(readFileSync(`${RAW}/fi_datahub_15min_gap.csv`))
  const first = evaluated(quarters, [meter('m', '123456789123456789', [quarter])])
  expect(first.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(first.problems.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([['missing-quantity', '9']])
  expect(first.bundle.readings?.[0]?.values).toHaveLength(468 - 9)
  const hours = await read(readFileSync(`${RAW}/fi_datahub_hourly_null.csv`))
  const second = evaluated(hours, [meter('m', '1', [{ ...quarter, interval: 'PT1H' }])], { defaults: { device: 'm' } })
  expect(second.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(second.bundle.readings?.[0]?.values).toHaveLength(624 - 9)
})

test('the spot prices of portals: cents become the unit of the series, the lost October hour is refused', async (context) => {
  if (!existsSync(RAW)) notRun(context, 'real spot prices', `put the data at ${RAW}`, true)
  const file = await read(readFileSync(`${RAW}/fi_spot_local_time_dst_2021-10-31.csv`), 'prices')
  const { bundle, problems } = evaluated(file, [], { defaults: { series: 'spot-fi', unit: 'c/kWh' } })
  expect(bundle.priceSeries?.[0]?.values?.slice(0, 2)).toEqual([
    ['2021-10-29T21:00:00.000Z', 'PT1H', '13'],
    ['2021-10-29T22:00:00.000Z', 'PT1H', '12.2'],
  ])
  expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['ambiguous-hour'])
  const tidy = await read(readFileSync(`${RAW}/../ts_fi_spot_price.csv`), null, { ...LIMITS, rows: 20_000 })
  expect(tidy.kind).toBe('prices')
  const all = evaluated(tidy, [])
  expect(all.bundle.priceSeries?.map(({ id }) => id)).toContain('spot-price-15min')
})

test('prices as ENTSO-E and Nord Pool write them', async () => {
  const entsoe = `"MTU (CET/CEST)","Area","Day-ahead Price (EUR/MWh)"
"25/10/2026 02:45:00 - 25/10/2026 02:00:00","FI","10.5"
"25/10/2026 02:00:00 - 25/10/2026 02:15:00","FI","-3"
"25/10/2026 02:15:00 - 25/10/2026 02:30:00","FI","4"
`
  const one = evaluated(await read(entsoe, 'prices'), [], {
    defaults: { series: 'spot', timeZone: 'Europe/Stockholm' },
  })
  expect(one.problems).toEqual([])
  expect(one.bundle.priceSeries?.[0]?.values).toEqual([
    ['2026-10-25T00:45:00.000Z', 'PT15M', '10.5'],
    ['2026-10-25T01:00:00.000Z', 'PT15M', '-3'],
    ['2026-10-25T01:15:00.000Z', 'PT15M', '4'],
  ])
  const nordPool =
    'Delivery Start (CET);Delivery End (CET);FI (EUR)\n2026-03-01 00:00;2026-03-01 01:00;61,50\n2026-03-01 01:00;2026-03-01 02:00;60,00\n'
  const two = evaluated(await read(nordPool, 'prices'), [], {
    defaults: { series: 'spot', timeZone: 'Europe/Stockholm' },
  })
  expect(two.problems).toEqual([])
  expect(two.bundle.priceSeries?.[0]?.values).toEqual([
    ['2026-02-28T23:00:00.000Z', 'PT1H', '61.5'],
    ['2026-03-01T00:00:00.000Z', 'PT1H', '60'],
  ])
})

const FINVOICE = `<?xml version="1.0" encoding="UTF-8"?><Finvoice Version="3.0">
<SellerPartyDetails><SellerPartyIdentifier>1234567-1</SellerPartyIdentifier><SellerOrganisationName>Siivous &amp; Co Oy</SellerOrganisationName></SellerPartyDetails>
<BuyerPartyDetails><BuyerPartyIdentifier>FI02454372</BuyerPartyIdentifier></BuyerPartyDetails>
<InvoiceDetails><InvoiceNumber>77</InvoiceNumber><InvoiceDate Format="CCYYMMDD">20260402</InvoiceDate>
<InvoicingPeriodStartDate Format="CCYYMMDD">20260301</InvoicingPeriodStartDate><InvoicingPeriodEndDate Format="CCYYMMDD">20260331</InvoicingPeriodEndDate>
<VatSpecificationDetails><VatBaseAmount AmountCurrencyIdentifier="EUR">100,00</VatBaseAmount><VatRatePercent>25,5</VatRatePercent><VatCode>S</VatCode></VatSpecificationDetails>
<VatSpecificationDetails><VatBaseAmount AmountCurrencyIdentifier="EUR">50,00</VatBaseAmount><VatRatePercent>14</VatRatePercent><VatCode>S</VatCode></VatSpecificationDetails>
</InvoiceDetails></Finvoice>`

test('a Finvoice gives one invoice per VAT group', async () => {
  const { bundle, problems } = evaluated(await read(FINVOICE), [], {
    defaults: { premises: 'talo', category: 'cleaning' },
  })
  expect(problems).toEqual([])
  expect(bundle.invoices).toMatchObject([
    {
      supplier: 'Siivous & Co Oy',
      number: '77',
      payer: 'kunta',
      net: '100',
      vat: { category: 'S', rate: '25.5' },
      serviceFrom: '2026-03-01',
      serviceTo: '2026-04-01',
    },
    { net: '50', vat: { category: 'S', rate: '14' } },
  ])
  expect(new Set(bundle.invoices?.map(({ id }) => id)).size).toBe(2)
})

const EXAMPLES = '../shared/data/einvoice/examples'
test('Peppol examples are read with their VAT groups', async (context) => {
  if (!existsSync(EXAMPLES)) notRun(context, 'Peppol examples', `put them at ${EXAMPLES}`, true)
  for (const name of readdirSync(EXAMPLES)) {
    const { table, kind } = await read(readFileSync(`${EXAMPLES}/${name}`))
    expect([name, kind, table.rows.length > 0]).toEqual([name, 'invoices', true])
  }
})

describe('files that mean harm, or are broken', () => {
  const refused = async (
    bytes: Buffer | string,
    code: string,
    kind: ImportKind | null = 'invoices',
  ): Promise<string> => {
    const failure = await read(bytes, kind).then(
      () => null,
      (error: unknown) => error as { code: string; message: string },
    )
    expect(failure?.code).toBe(code)
    return failure?.message ?? ''
  }
  test('external entities and entity bombs are not read', async () => {
    await refused(
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Finvoice>&e;</Finvoice>',
      'invalid-body',
    )
    await refused(`<Finvoice>${'<a>'.repeat(100_000)}`, 'invalid-body')
    await refused('<Finvoice><a></Finvoice>', 'invalid-body')
    await refused('<html></html>', 'invalid-body')
  })
  test('a workbook that unpacks to more than the limit, whatever its directory says, is refused', async () => {
    await refused(zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(40_000_000, 32), 10), 'too-large')
    await refused(Buffer.from('PK\u0003\u0004 no zip at all'), 'invalid-body')
  })
  test('a million rows are told to be too many', async () => {
    expect(await refused(`a;b\n${'1;2\n'.repeat(1_000_000)}`, 'too-large')).toContain('1000 rows')
  })
  test('nothing, no text, and too many columns', async () => {
    await refused('\n\n', 'invalid-body')
    await refused(Buffer.from([1, 0, 2, 0, 3, 0, 0, 0]), 'unsupported-type')
    await refused(`${'a;'.repeat(60)}\n`, 'too-large')
    await refused('varaus;muistiinpano\nx;y\n', 'invalid-body', 'usage')
  })
})

test('a file is read in a thread of its own, which says what is wrong and ends when it takes too long', async () => {
  const thread = (text: string, timeMs: number) => readFile(request(text, 'spaces'), { heapMiB: 256, timeMs })
  expect((await thread('tila,ala\n1,2\n', 60_000)).table).toEqual({
    header: ['tila', 'ala'],
    rows: [['1', '2']],
    lines: [2],
  })
  await expect(thread('', 60_000)).rejects.toMatchObject({ code: 'invalid-body' })
  await expect(thread('tila,ala\n1,2\n', 1)).rejects.toMatchObject({ code: 'too-large' })
})

test('Latin-1 and UTF-16 are read and told; quoted line ends and doubled headers are kept apart', async () => {
  const latin = await read(Buffer.from('Käyttö;Käyttö\n"rivi\nvaihto";Öljy\n', 'latin1'), 'spaces')
  expect([latin.encoding, latin.table.header, latin.table.rows]).toEqual([
    'windows-1252',
    ['Käyttö', 'Käyttö (2)'],
    [['rivi\nvaihto', 'Öljy']],
  ])
  expect(latin.table.lines).toEqual([3])
  const wide = await read(
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('tila,ala\n1,"12,5"\n', 'utf16le')]),
    'spaces',
  )
  expect([wide.encoding, wide.table.rows]).toEqual(['utf-16le', [['1', '12,5']]])
})

test('workbooks: shown numbers, days without zone, formulas as their values', async () => {
  const cells = [
    [{ value: 'Tila' }, { value: 'Ala' }, { value: 'Alkaen' }],
    [
      { value: 'H-1' },
      { type: Number, value: 0.1 + 0.2 },
      { type: Date, value: new Date('2026-03-01T00:00:00Z'), format: 'dd.mm.yyyy' },
    ],
  ]
  const bytes = await writeExcelFile(cells as never).toBuffer()
  const { table, form } = await read(bytes, 'spaces')
  expect(form).toBe('xlsx')
  expect(table.rows).toEqual([['H-1', '0.3', '2026-03-01']])
})

/** A zip with one entry, whose directory claims another size. */
function zipOf(name: string, content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(claimed, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(claimed, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end])
}
