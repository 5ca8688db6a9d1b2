// A document as PDF with real structure: language, title, headings, tables with heads, lists, bookmarks; page heads are artifacts.
import PdfDocument from 'pdfkit'
import type { Block, Content, ContentTable } from '#domain/explain/content.ts'
import type { Sentence } from '#domain/explain/sentences.ts'
import { FONTS } from './fonts.ts'

type Pdf = InstanceType<typeof PdfDocument>
type Struct = PDFKit.PDFStructureElement
/** The types of the package lag behind. */
type Images = { openImage(source: Buffer): { width: number; height: number } }
/** The types of the package lag behind here too. */
type TableOptions = Parameters<Pdf['table']>[0] & {
  data: PDFKit.Mixins.TableOptionsWithData['data']
  structParent: Struct
}
/** Named by their files, not by names of our own: after each cell pdfkit goes back to the file, and reads it anew if it knows only the name. */
const { regular: REGULAR, bold: BOLD } = FONTS
const MARGIN = { top: 64, bottom: 56, left: 48, right: 48 }
const SIZE = { h1: 20, 2: 15, 3: 12.5, 4: 11, body: 10, table: 9, page: 8.5 }
const INK = '#212121'
const LINE = '#c8cdd0'
/** Room beside the text of a cell: its padding, and a hair for rounding. */
const CELL_ROOM = 8
const SMALLEST = 7
/** Where pdfkit breaks a line: at spaces that are not fixed, and after hyphens. */
const BREAKS = /[ \n]|(?<=-)/
const INDENT = 14
const PICTURE = { width: 400, height: 300 }

/** A photo that stands at the end, under its name; PNG or JPEG. */
export type Picture = { name: string; bytes: Uint8Array }
/** Whether it can be printed: told by its first bytes, whatever its name says. */
export const isPrintable = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xd8) ||
  Buffer.from(bytes.subarray(0, 8)).toString('latin1') === '\x89PNG\r\n\x1a\n'

/** The bytes of the PDF; the same content and instant (of making, in milliseconds) give the same. */
export async function contentPdf(content: Content, madeAt: number, pictures: readonly Picture[] = []): Promise<Buffer> {
  const doc: Pdf = new PdfDocument({
    size: 'A4',
    margins: MARGIN,
    pdfVersion: '1.7',
    tagged: true,
    lang: content.language,
    displayTitle: true,
    bufferPages: true,
    // The types of the package lag behind: it knows PDF/UA.
    ...(FONTS.embedded ? { subset: 'PDF/UA' as unknown as 'PDF/A-3' } : {}),
    info: {
      Title: [content.title, content.premises, ...content.marks].join(' · '),
      Author: 'Samtila',
      Creator: 'Samtila',
      Producer: 'Samtila',
      CreationDate: new Date(madeAt),
      ModDate: new Date(madeAt),
    },
  })
  const parts: Buffer[] = []
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
  const root = doc.struct('Document')
  doc.addStructure(root)
  writeBlocks(doc, root, content)
  for (const picture of pictures) writePicture(doc, root, picture)
  root.end()
  writePageHeads(doc, content)
  doc.end()
  return whole
}

function writeBlocks(doc: Pdf, root: Struct, content: Content): void {
  const bookmarks: PDFKit.PDFOutline[] = [doc.outline]
  root.add(
    doc.struct('H1', {}, () => {
      doc.font(BOLD).fontSize(SIZE.h1).fillColor(INK).text(content.title)
    }),
  )
  doc.moveDown(0.5)
  for (const block of content.blocks) {
    if (block.is === 'heading') {
      keepTogether(doc, 60)
      const parent = bookmarks[block.level - 2] ?? doc.outline
      bookmarks[block.level - 1] = parent.addItem(block.text)
      bookmarks.length = block.level
    }
    writeBlock(doc, root, block)
  }
}

function writeBlock(doc: Pdf, root: Struct, block: Block): void {
  doc.x = MARGIN.left
  switch (block.is) {
    case 'heading':
      doc.moveDown(block.level === 2 ? 0.9 : 0.6)
      root.add(
        doc.struct(`H${block.level}`, {}, () => {
          doc.font(BOLD).fontSize(SIZE[block.level]).text(block.text)
        }),
      )
      doc.moveDown(0.3)
      return
    case 'facts':
      return writeFacts(doc, root, block.facts)
    case 'notice':
    case 'text':
      root.add(
        doc.struct('P', {}, () => {
          doc
            .font(block.is === 'notice' ? BOLD : REGULAR)
            .fontSize(SIZE.body)
            .text(block.text)
        }),
      )
      doc.moveDown(0.4)
      return
    case 'sentences':
      root.add(listOf(doc, block.sentences, 0))
      doc.moveDown(0.3)
      return
    case 'table':
      return writeTable(doc, root, block)
  }
}

/** As large as half a page at most, with its name above and as what is read aloud. */
function writePicture(doc: Pdf, root: Struct, { name, bytes }: Picture): void {
  writeBlock(doc, root, { is: 'heading', level: 3, text: name })
  try {
    const image = (doc as Pdf & Images).openImage(Buffer.from(bytes))
    const scale = Math.min(PICTURE.width / image.width, PICTURE.height / image.height, 1)
    const [width, height] = [image.width * scale, image.height * scale]
    keepTogether(doc, height)
    root.add(
      doc.struct('Figure', { alt: name }, () => doc.image(Buffer.from(bytes), MARGIN.left, doc.y, { width, height })),
    )
    doc.y += height
    doc.moveDown(0.5)
  } catch {
    // A damaged file: its name stands without it.
  }
}

/** Begins a new page when so much doesn't fit on this one. */
function keepTogether(doc: Pdf, height: number): void {
  if (doc.y + height > doc.page.height - MARGIN.bottom) doc.addPage()
}

/** A table of two columns whose first names what the second says. */
function writeFacts(doc: Pdf, root: Struct, facts: readonly { name: string; value: string }[]): void {
  doc.font(REGULAR).fontSize(SIZE.body)
  const options: TableOptions = {
    structParent: root,
    columnStyles: [150, '*'],
    defaultStyle: { border: false, padding: [2, 6, 2, 0] },
    data: facts.map(({ name, value }) => [
      { text: name, type: 'TH' as const, scope: 'Row' as const, font: { src: BOLD, size: SIZE.body } },
      { text: value, type: 'TD' as const },
    ]),
  }
  doc.table(options)
  doc.moveDown(0.5)
}

function writeTable(doc: Pdf, root: Struct, table: ContentTable): void {
  const { columns, rows } = table
  const { widths, size } = widthsOf(doc, table, doc.page.width - MARGIN.left - MARGIN.right)
  const align = (i: number): 'left' | 'right' => (columns[i]?.money === true ? 'right' : 'left')
  const options: TableOptions = {
    structParent: root,
    columnStyles: widths,
    defaultStyle: { border: [0, 0, 0.5, 0], borderColor: LINE, padding: [3, 5, 3, 2] },
    data: [
      columns.map(({ head }, i) => ({
        text: head,
        type: 'TH' as const,
        scope: 'Column' as const,
        align: { x: align(i), y: 'bottom' as const },
        font: { src: BOLD, size },
      })),
      ...rows.map((row) =>
        row.map(({ text }, i) => ({
          text,
          ...(i === 0 ? { type: 'TH' as const, scope: 'Row' as const } : { type: 'TD' as const }),
          align: { x: align(i), y: 'top' as const },
        })),
      ),
    ],
  }
  doc.table(options)
  doc.x = MARGIN.left
  doc.moveDown(0.6)
}

/**
 * No word is cut and no amount wraps as long as the page is wide enough for it: each column gets its longest word (an amount: all of
 * it), and what is left goes to those whose texts are longer, as much as each still wants. A table too wide gets smaller letters.
 */
function widthsOf(doc: Pdf, { columns, rows }: ContentTable, width: number): { widths: number[]; size: number } {
  let size: number = SIZE.table
  for (;;) {
    const wide = (text: string, font: string): number => doc.font(font).fontSize(size).widthOfString(text)
    const wants = columns.map(({ head, money }, i) => {
      const cells = [[head, BOLD], ...rows.map((row) => [row[i]?.text ?? '', REGULAR])] as [string, string][]
      const most = (parts: (text: string) => string[]): number =>
        Math.max(...cells.flatMap(([text, font]) => parts(text).map((part) => wide(part, font)))) + CELL_ROOM
      const whole = most((text) => [text])
      const word = most((text) => text.split(BREAKS))
      return {
        whole,
        least: money
          ? Math.max(
              word,
              most((text) => (text === head ? text.split(BREAKS) : [text])),
            )
          : word,
      }
    })
    const least = wants.reduce((sum, want) => sum + want.least, 0)
    const rest = width - least
    if (rest < 0 && size > SMALLEST) {
      size -= 0.5
      continue
    }
    const more = wants.reduce((sum, want) => sum + want.whole - want.least, 0)
    const widths = wants.map((want) =>
      rest < 0
        ? (want.least * width) / least
        : want.least + (more === 0 ? rest / wants.length : ((want.whole - want.least) / more) * rest),
    )
    doc.font(REGULAR).fontSize(size)
    return { widths, size }
  }
}

/** Sentences as nested lists: each an item with its mark and body, those below it a list in the item. */
function listOf(doc: Pdf, sentences: readonly Sentence[], depth: number): Struct {
  const list = doc.struct('L')
  for (let i = 0; i < sentences.length;) {
    const sentence = sentences[i]!
    let end = i + 1
    while (end < sentences.length && sentences[end]!.depth > sentence.depth) end += 1
    const below = sentences.slice(i + 1, end)
    const left = MARGIN.left + depth * INDENT
    const item = doc.struct('LI')
    item.add(
      doc.struct('Lbl', {}, () => {
        doc.font(REGULAR).fontSize(SIZE.body)
        keepTogether(doc, SIZE.body * 2)
        doc.text(depth === 0 ? '•' : '–', left, doc.y, { lineBreak: false })
      }),
    )
    const body = doc.struct('LBody')
    body.add(() => {
      doc.text(sentence.text, left + 10, doc.y, { width: doc.page.width - MARGIN.right - left - 10 })
    })
    if (below.length > 0) body.add(listOf(doc, below, depth + 1))
    item.add(body)
    list.add(item)
    i = end
  }
  return list
}

/** What stands at the head and foot of every page belongs to none of the text. */
function writePageHeads(doc: Pdf, { title, premises, state, marks }: Content): void {
  const { start, count } = doc.bufferedPageRange()
  for (let i = start; i < start + count; i++) {
    doc.switchToPage(i)
    const { width, height } = doc.page
    doc.page.margins = { ...MARGIN, top: 0, bottom: 0 }
    const inner = width - MARGIN.left - MARGIN.right
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.font(REGULAR).fontSize(SIZE.page).fillColor(INK)
    doc.text(['Samtila', title, premises, state].join('   '), MARGIN.left, 30, {
      width: inner - 110,
      height: 12,
      ellipsis: true,
    })
    doc
      .font(BOLD)
      .text(marks.join(' · ').toUpperCase(), MARGIN.left, 30, { width: inner, align: 'right', lineBreak: false })
    doc
      .moveTo(MARGIN.left, 46)
      .lineTo(width - MARGIN.right, 46)
      .lineWidth(1)
      .strokeColor(INK)
      .stroke()
    doc
      .font(REGULAR)
      .text(`${i + 1} / ${count}`, MARGIN.left, height - 36, { width: inner, align: 'right', lineBreak: false })
    doc.endMarkedContent()
    doc.page.margins = MARGIN
  }
}
