// A sheet of QR labels as PDF: each label at its exact place, with the address as QR code and the code in groups to type.
import PdfDocument from 'pdfkit'
import { encodeQR } from 'qr'
import { placeOfLabel, type LabelSheet } from '#domain/claims/label-sheets.ts'
import { FONTS } from './fonts.ts'

type Pdf = InstanceType<typeof PdfDocument>
export type Label = {
  /** What the QR code holds. */
  address: string
  /** `ABCDE-FGHJK-MNPQR`. */
  code: string
  /** Name of the device, or what to write there. */
  title: string
  /** Id of the device, or the label's number; on a report label what it is of. */
  id: string
  organisation: string
}

const MM = 72 / 25.4
const INK = '#000000'
/** Kept free inside each label: printers are never exact. */
const PADDING_MM = 1.6
/** Modules around a QR code that stay white (ISO/IEC 18004). */
const QUIET_MODULES = 4

/** The bytes of the PDF; the same labels and instant (of making, in milliseconds) give the same. `first` is the first free label, from 1. */
export async function labelsPdf(
  labels: readonly Label[],
  sheet: LabelSheet,
  { first, title, language, madeAt }: { first: number; title: string; language: string; madeAt: number },
): Promise<Buffer> {
  const size: [number, number] = [sheet.pageWidthMm * MM, sheet.pageHeightMm * MM]
  const doc: Pdf = new PdfDocument({
    size,
    margin: 0,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
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
  doc.registerFont('regular', FONTS.regular)
  doc.registerFont('bold', FONTS.bold)
  let page = 0
  for (const [index, label] of labels.entries()) {
    const place = placeOfLabel(sheet, index, first)
    for (; page < place.page; page++) doc.addPage({ size, margin: 0 })
    writeLabel(doc, label, sheet, place.leftMm * MM, place.topMm * MM)
  }
  doc.end()
  return whole
}

function writeLabel(doc: Pdf, label: Label, sheet: LabelSheet, left: number, top: number): void {
  const padding = PADDING_MM * MM
  const [width, height] = [sheet.labelWidthMm * MM, sheet.labelHeightMm * MM]
  const qr = Math.min(height - 2 * padding, width * 0.46)
  drawQr(doc, label.address, left + padding, top + (height - qr) / 2, qr)
  // The white of the code's own edge is the gap to the text.
  const x = left + padding + qr
  const textWidth = width - qr - 2 * padding
  const small = sheet.labelHeightMm < 25
  const font = small ? 5 : 7.5
  const lines: { text: string; bold?: boolean; size: number; rows: number }[] = [
    { text: label.title, bold: true, size: small ? 5.2 : 9, rows: Math.max(2, label.title.split('\n').length) },
    { text: label.id, size: font, rows: small ? 1 : 2 },
    { text: label.code.replaceAll('-', ' '), bold: true, size: small ? 5 : 8, rows: small ? 3 : 2 },
    { text: label.organisation, size: font, rows: small ? 1 : 2 },
    { text: label.address.replace(/^https?:\/\//, '').replace(/\/[cr]\/.*$/, ''), size: font - 0.5, rows: 1 },
  ]
  const bottom = top + height - padding
  let y = top + padding
  for (const line of lines) {
    doc
      .font(line.bold === true ? 'bold' : 'regular')
      .fontSize(line.size)
      .fillColor(INK)
    const row = doc.currentLineHeight(true)
    const room = Math.min(line.rows, Math.floor((bottom - y) / row))
    if (room < 1 || line.text === '') continue
    const options = { width: textWidth, height: room * row + 0.1, ellipsis: true, lineGap: 0 }
    const used = Math.min(doc.heightOfString(line.text, { width: textWidth }), room * row)
    doc.text(line.text, x, y, options)
    y += used + (small ? 0.6 : 1.6)
  }
}

/** Square by square, so that every printer prints it sharply. */
function drawQr(doc: Pdf, text: string, left: number, top: number, size: number): void {
  const modules = encodeQR(text, 'raw', { border: QUIET_MODULES, ecc: 'medium' })
  const step = size / modules.length
  doc.fillColor(INK)
  for (const [row, cells] of modules.entries()) {
    for (let column = 0; column < cells.length; column++) {
      if (cells[column] !== true) continue
      let end = column
      while (cells[end + 1] === true) end++
      doc.rect(left + column * step, top + row * step, (end - column + 1) * step, step)
      column = end
    }
  }
  doc.fill()
}
