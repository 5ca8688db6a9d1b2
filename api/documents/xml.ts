// XML text of plain objects: keys are elements in their order, `@name` attributes, `#` the text; everything is escaped.
import { XMLBuilder } from 'fast-xml-parser'

export type XmlValue = string | number | XmlNode | readonly XmlNode[] | readonly string[] | undefined
export interface XmlNode {
  readonly [name: string]: XmlValue
}

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  textNodeName: '#',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: false,
})

/** One document; `undefined` members are left out, and so is what no XML may hold (control characters, halves of pairs). */
export const xmlText = (root: XmlNode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${String(builder.build(cleaned(root)))}`

function cleaned(value: XmlValue): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll(NO_XML, '')
  if (Array.isArray(value)) return value.map((one: XmlValue) => cleaned(one))
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [name, cleaned(one)]),
  )
}
// oxlint-disable-next-line no-control-regex -- these are the signs that XML 1.0 forbids
const NO_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** At most so many signs; what a form has no room for is cut, and never half of a pair. */
export const atMost = (text: string, length: number): string =>
  text.length <= length
    ? text
    : text
        .slice(0, length - 1)
        .toWellFormed()
        .replaceAll('\uFFFD', '')
        .trimEnd() + '…'
/** `undefined` for an empty text, so that the element is left out. */
export const orNothing = (text: string | undefined, length: number): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : atMost(text.trim(), length)
