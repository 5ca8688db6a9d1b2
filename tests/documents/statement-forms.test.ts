// The statement as PDF, XLSX and CSV: structure that a screen reader follows, numbers that a spreadsheet adds, formulas that never run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import PdfDocument from 'pdfkit'
import readXlsxFile from 'read-excel-file/node'
import { contentPdf } from '#api/documents/pdf.ts'
import { csvText } from '#api/documents/csv.ts'
import { FONTS } from '#api/documents/fonts.ts'
import { xlsxBytes } from '#api/documents/xlsx.ts'
import type { Content } from '#domain/explain/content.ts'
import { findProgram, notRun } from '#tests/not-run.ts'
import { closedHouse, MARCH, type Documents } from './world.ts'

let world: Documents
let folder: string
beforeAll(async () => {
  world = await closedHouse()
  folder = mkdtempSync(join(tmpdir(), 'samtila-forms-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})
const bytes = async (query: string): Promise<Buffer> => {
  const answer = await world.api.app.inject({
    method: 'GET',
    url: `/api/v1${MARCH}/document?${query}`,
    headers: { authorization: `Bearer ${world.tokens['kunta']}` },
  })
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, ''])
  return answer.rawPayload
}

test('each weight of the letters is read once for a PDF, however many cells it has', async () => {
  const font = vi.spyOn(PdfDocument.prototype, 'font')
  try {
    await contentPdf(content, 0)
    // pdfkit counts what it opens: its own first letters, and the two of ours.
    expect(font.mock.contexts[0]).toMatchObject({ _fontCount: 3 })
  } finally {
    font.mockRestore()
  }
})
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1']

const content: Content = {
  language: 'sv',
  title: 'Ärende Åbo',
  premises: 'Hus',
  state: 'Stängd',
  marks: ['Exempel'],
  blocks: [
    { is: 'heading', level: 2, text: 'Andelar' },
    {
      is: 'table',
      caption: 'Andelar',
      columns: [
        { head: 'Part', money: false },
        { head: 'Exkl. moms', money: true },
      ],
      rows: Array.from({ length: 80 }, (_, i) => [{ text: `Part ${i}` }, { text: '1 234,50 €', amount: '1234.50' }]),
    },
    { is: 'heading', level: 3, text: 'Grunder' },
    {
      is: 'sentences',
      sentences: [
        { text: 'Ett', depth: 0 },
        { text: 'Två', depth: 1 },
        { text: 'Tre', depth: 0 },
      ],
    },
  ],
}
/** The tag tree as indented lines, by the reader's own eyes. */
const structure = (pdf: Buffer): string => {
  const file = join(folder, 'a.pdf')
  writeFileSync(file, pdf)
  return execFileSync('pdfinfo', ['-struct-text', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

describe('PDF', () => {
  test('is sound, tagged, titled, in the party’s language, with bookmarks; the same content gives the same bytes', async (context) => {
    const pdf = await contentPdf(content, 1_700_000_000_000)
    expect(await contentPdf(content, 1_700_000_000_000)).toEqual(pdf)
    if (findProgram('qpdf') === null) notRun(context, 'qpdf --check', 'install qpdf', true)
    const file = join(folder, 'b.pdf')
    writeFileSync(file, pdf)
    expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    )
    const plain = execFileSync('qpdf', ['--qdf', '--object-streams=disable', file, '-']).toString('latin1')
    for (const part of [
      '/Marked true',
      '/Lang (sv)',
      '/DisplayDocTitle true',
      '/Outlines',
      '/Scope /Column',
      '/Scope /Row',
      '/Artifact',
    ])
      expect([part, plain.includes(part)]).toEqual([part, true])
  })

  test('every text is in the tree: title, headings, table heads, rows, nested lists', (context) => {
    if (findProgram('pdfinfo') === null) notRun(context, 'the tag tree of a PDF', 'install poppler-utils', true)
    return contentPdf(content, 0).then((pdf) => {
      const tree = structure(pdf)
      expect(tree).toMatch(/^Document\n {2}H1 \(block\)\n {4}"Ärende Åbo"/)
      expect(tree.match(/^ {4}TR /gm)).toHaveLength(81)
      expect(tree.match(/^ {6}TH /gm)).toHaveLength(82)
      expect(tree.match(/^ {6}TD /gm)).toHaveLength(80)
      expect(tree).toMatch(/H2 \(block\)\n {4}"Andelar"/)
      expect(tree).toMatch(/LBody \(block\)\n {8}"Ett"\n {8}L \(block\)\n {10}LI/)
    })
  })

  test('its letters are embedded', (context) => {
    if (!FONTS.embedded) notRun(context, 'embedded letters', 'npm install @expo-google-fonts/source-sans-3')
    return contentPdf(content, 0).then((pdf) => expect(pdf.toString('latin1')).toMatch(/\/FontFile2/))
  })

  test('of the statement is given and logged', async () => {
    const pdf = await bytes('format=pdf&language=sv&party=virasto')
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7')
    const { items } = await world.api.records.audit({ organisation: null }, { limit: 1 })
    expect(items[0]).toMatchObject({ action: 'export.statement.pdf', id: 'talo-2026-03-virasto-sv' })
  })
})

describe('spreadsheets', () => {
  test('CSV: semicolons, comma, byte order mark; formulas are text, amounts below zero stay numbers', () => {
    const text = csvText([...FORMULAS.map((one) => [one]), [{ decimal: '-12.50' }, 'a;b"c']], 'fi')
    expect(text.startsWith('\uFEFF')).toBe(true)
    for (const one of FORMULAS) expect(text).toContain(`'${one}`)
    expect(text).toContain('\r\n-12,50;"a;b""c"')
    expect(csvText([[{ decimal: '1.5' }, 'x']], 'en')).toBe('\uFEFF1.5,x\r\n')
  })

  test('CSV of the statement', async () => {
    const text = (await bytes('format=csv')).toString('utf8')
    expect(text).toContain("'=cmd()")
    expect(text).toMatch(/\r\nOsapuoli;Ilman alv;Alv;Sis\. alv\r\n/)
    expect(text).not.toMatch(/(^|;)[=+@]/m)
  })

  test('XLSX: a sheet each, amounts as numbers, dates as dates, and not one formula', async () => {
    const rows = [...FORMULAS.map((one) => [one]), [{ decimal: '-12.50' }, { date: '2026-03-31' }, { part: '0.25' }]]
    const book = await xlsxBytes([
      { name: 'A/B:*?', heads: ['x', 'y', 'z'], rows },
      { name: 'A/B:*?', heads: ['x'], rows: [] },
    ])
    const sheets = await readXlsxFile(book)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['A B', 'A B 2'])
    expect(sheets[0]!.data.at(-1)).toEqual([-12.5, new Date('2026-03-31T00:00:00Z'), 0.25])
    expect(sheets[0]!.data.slice(1, 4).map(([cell]) => cell)).toEqual(['=1+1', '+1', '-1'])
    writeFileSync(join(folder, 'a.xlsx'), book)
    const statement = await readXlsxFile(await bytes('format=xlsx&language=en'))
    expect(statement.map(({ sheet }) => sheet)).toContain('Cost items')
    expect(
      statement
        .find(({ sheet }) => sheet === 'Shares of the parties')!
        .data[1]!.slice(1)
        .every((cell) => typeof cell === 'number'),
    ).toBe(true)
  })

  test('no cell of a workbook is a formula', async (context) => {
    if (findProgram('unzip') === null) notRun(context, 'the parts of an XLSX file', 'install unzip', true)
    writeFileSync(join(folder, 'f.xlsx'), await xlsxBytes([{ name: 's', heads: FORMULAS, rows: [FORMULAS] }]))
    const xml = execFileSync('unzip', ['-p', join(folder, 'f.xlsx'), 'xl/worksheets/*'], { encoding: 'utf8' })
    expect(xml).toMatch(/t="(s|inlineStr)"/)
    expect(xml).not.toMatch(/<f[ >]/)
  })
})
