// The letters of PDF documents: Source Sans 3 (OFL), whole and with figures of one width, embedded so that any reader shows the same.
import { createRequire } from 'node:module'

const PACKAGE = '@expo-google-fonts/source-sans-3'
const find = (file: string): string | null => {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/${file}`)
  } catch {
    return null // not installed
  }
}
const regular = find('400Regular/SourceSans3_400Regular.ttf')
const bold = find('600SemiBold/SourceSans3_600SemiBold.ttf')

/** Paths of the two weights; without the package the reader's own Helvetica, which PDF/UA does not allow. */
export const FONTS: { regular: string; bold: string; embedded: boolean } =
  regular === null || bold === null
    ? { regular: 'Helvetica', bold: 'Helvetica-Bold', embedded: false }
    : { regular, bold, embedded: true }
