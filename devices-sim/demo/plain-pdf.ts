// A page of plain text as a PDF (ISO 32000-1), for papers that only have to be there. Letters of ASCII only.

const HEIGHT = 842
export function plainPdf(title: string, lines: readonly string[]): string {
  const escaped = (text: string): string => text.replaceAll(/[\\()]/g, (sign) => `\\${sign}`)
  const shown = [title, '', ...lines].map((line, i) => `1 0 0 1 72 ${HEIGHT - 90 - 22 * i} Tm (${escaped(line)}) Tj`)
  const content = `BT /F1 13 Tf ${shown.join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${HEIGHT}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  return `${text}xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
}
