// An SVG from outside, with nothing left but drawing: what runs, loads or opens something is dropped, what would grow without end is refused.
// SVG 1.1 and 2 static content; XML 1.0 without a document type of its own.
import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { Failure } from '#domain/failure.ts'

export type CleanSvg = { svg: string; width: number; height: number; leftOut: string[] }
type Node = Record<string, unknown>

const ELEMENTS = new Set(
  `svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc style image
   linearGradient radialGradient stop clipPath mask pattern marker switch a`.split(/\s+/),
)
/** Elements whose content stays although they do not: a link is drawn, and leads nowhere. */
const UNWRAPPED: Record<string, string> = { a: 'g' }
/** Nodes that a picture may come to when every repetition is drawn. */
const DRAWN_NODES = 500_000
const DEPTH = 200
const PICTURE_DATA = /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=\s]+$/
const OWN_REFERENCE = /^#[\w.:-]+$/

/** @throws Failure 'unsupported-type' for what is no SVG or cannot be shown safely, 'too-large' for one that grows beyond all bounds. */
export function cleanSvg(text: string): CleanSvg {
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text))
    throw refused('it has entities of its own. Save it as plain SVG')
  const left = new Set<string>()
  let nodes: Node[]
  try {
    const parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      processEntities: false,
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: false,
      ignoreDeclaration: true,
      ignorePiTags: true,
    })
    nodes = parser.parse(text.replace(/<!DOCTYPE[^>]*>/i, ''), true) as Node[]
  } catch {
    throw refused('it is no whole XML')
  }
  const root = nodes.find((node) => 'svg' in node)
  if (root === undefined) throw refused('it does not begin with an svg element')
  const [cleaned] = cleanNodes([root], 0, left)
  if (cleaned === undefined) throw refused('nothing of it can be shown')
  const size = sizeOf(attributesOf(cleaned))
  if (size === null) throw refused('it has neither a viewBox nor a width and a height in pixels')
  checkGrowth(cleaned)
  // Its own size and namespace are ours: browsers draw an svg in an img by them.
  const { width: _width, height: _height, ...rest } = attributesOf(cleaned)
  cleaned[':@'] = {
    xmlns: 'http://www.w3.org/2000/svg',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    width: String(size.width),
    height: String(size.height),
    ...rest,
  }
  const builder = new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    processEntities: false,
    suppressEmptyNode: true,
  })
  return {
    svg: builder.build([cleaned]) as string,
    width: size.width,
    height: size.height,
    leftOut: [...left].toSorted(),
  }
}

const refused = (why: string): Failure => new Failure('unsupported-type', `The SVG cannot be shown: ${why}.`)
const attributesOf = (node: Node): Record<string, string> => (node[':@'] ?? {}) as Record<string, string>
const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? ''
const childrenOf = (node: Node): Node[] => {
  const inside = node[nameOf(node)]
  return Array.isArray(inside) ? (inside as Node[]) : []
}

function cleanNodes(nodes: readonly Node[], depth: number, left: Set<string>): Node[] {
  if (depth > DEPTH) throw refused('its elements are nested too deeply')
  return nodes.flatMap((node): Node[] => {
    const name = nameOf(node)
    if (name === '#text') return [{ '#text': String(node['#text']) }]
    if (!ELEMENTS.has(name)) {
      left.add(name.slice(0, 40))
      return []
    }
    const attributes = cleanAttributes(name, attributesOf(node), left)
    if (name === 'image' && attributes['href'] === undefined && attributes['xlink:href'] === undefined) {
      left.add('image')
      return []
    }
    const inside = cleanNodes(childrenOf(node), depth + 1, left)
    if (
      name === 'style' &&
      !isPlainStyle(inside.map((one) => (typeof one['#text'] === 'string' ? one['#text'] : '')).join(''))
    ) {
      left.add('style')
      return []
    }
    return [{ [UNWRAPPED[name] ?? name]: inside, ':@': attributes }]
  })
}

function cleanAttributes(element: string, given: Record<string, string>, left: Set<string>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue
    const isReference = name === 'href' || name === 'xlink:href'
    const stays = isReference
      ? element === 'a'
        ? false
        : element === 'image'
          ? PICTURE_DATA.test(value)
          : OWN_REFERENCE.test(value)
      : /^[a-zA-Z][a-zA-Z-]*\d*$/.test(name) && !/^on/i.test(name) && !name.startsWith('data-') && isPlainStyle(value)
    if (stays) kept[name] = value
    else if (isReference || /^on/i.test(name) || !isPlainStyle(value)) left.add(`@${name.slice(0, 40)}`)
  }
  return kept
}

/** A style, or another value, that loads nothing: `url(…)` only names something in the same file, and nothing is written in a disguise. */
const isPlainStyle = (text: string): boolean =>
  !/&(?!(?:amp|lt|gt|quot|apos);)|\\|@import|expression|javascript:|<|image-set|src\s*\(/i.test(text) &&
  !/url\s*\(\s*(?!["']?#)/i.test(text)

/** Pixels by the viewBox, else by width and height without unit or in px. */
function sizeOf(attributes: Record<string, string>): { width: number; height: number } | null {
  const box = (attributes['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [width, height] =
    box.length === 4 && box.every(Number.isFinite)
      ? [box[2]!, box[3]!]
      : [attributes['width'], attributes['height']].map((text) => Number((text ?? '').replace(/px$/, '') || Number.NaN))
  if (!(width! > 0) || !(height! > 0) || width! > 1e7 || height! > 1e7) return null
  if (attributes['viewBox'] === undefined) attributes['viewBox'] = `0 0 ${width} ${height}`
  return { width: Math.round(width! * 100) / 100, height: Math.round(height! * 100) / 100 }
}

/** What is used again is drawn again: what would be drawn in all is counted, and nothing may use itself. */
function checkGrowth(root: Node): void {
  const byId = new Map<string, Node>()
  const note = (node: Node): void => {
    const { id } = attributesOf(node)
    if (id !== undefined && !byId.has(id)) byId.set(id, node)
    for (const one of childrenOf(node)) note(one)
  }
  note(root)
  const known = new Map<Node, number>()
  const open = new Set<Node>()
  const count = (node: Node): number => {
    const before = known.get(node)
    if (before !== undefined) return before
    if (open.has(node)) throw refused('it uses itself')
    open.add(node)
    let sum = 1
    for (const value of Object.values(attributesOf(node)))
      for (const [, id = ''] of value.matchAll(/(?:^|url\s*\(\s*["']?)#([\w.:-]+)/g)) {
        const used = byId.get(id)
        if (used !== undefined) sum += count(used)
      }
    for (const one of childrenOf(node)) sum += count(one)
    open.delete(node)
    if (sum > DRAWN_NODES)
      throw new Failure('too-large', `The SVG would draw more than ${DRAWN_NODES} things. Simplify it.`)
    known.set(node, sum)
    return sum
  }
  count(root)
}
