// A model as statements (RDF 1.1): subject, predicate, object; and the namespaces and names that we write and read.
export type Term = { iri: string } | { blank: string } | { text: string; language?: string; datatype?: string }
export type Triple = { subject: string; predicate: string; object: Term }

export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
export const RDFS = 'http://www.w3.org/2000/01/rdf-schema#'
export const XSD = 'http://www.w3.org/2001/XMLSchema#'
export const OWL = 'http://www.w3.org/2002/07/owl#'
export const BRICK = 'https://brickschema.org/schema/Brick#'
export const REC = 'https://w3id.org/rec#'
export const UNIT = 'http://qudt.org/vocab/unit/'
/** What Brick and RealEstateCore have no word for. */
export const OWN = 'urn:samtila:model#'

/** The prefixes of what we write. */
export const PREFIXES = { rdf: RDF, rdfs: RDFS, xsd: XSD, brick: BRICK, rec: REC, unit: UNIT, samtila: OWN } as const

/** Brick has had its namespace with and without a version, RealEstateCore with `#` and `/`. */
const NAMESPACES: [form: RegExp, prefix: string][] = [
  [/^https?:\/\/brickschema\.org\/schema\/(?:[\d.]+\/)?(?:Brick|BrickFrame)#/, 'brick'],
  [/^https?:\/\/w3id\.org\/rec(?:\/[a-z]+)?[#/]/, 'rec'],
  [/^https?:\/\/qudt\.org\/(?:[\d.]+\/)?vocab\/unit[/#]/, 'unit'],
]

/** `brick:Room` of its whole name in any of its namespaces; the whole name where it has no prefix here. */
export function shortName(iri: string): string {
  for (const [form, prefix] of NAMESPACES) {
    const match = form.exec(iri)
    if (match !== null) return `${prefix}:${iri.slice(match[0].length)}`
  }
  for (const [prefix, namespace] of [...Object.entries(PREFIXES), ['owl', OWL] as const])
    if (iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`
  return iri
}

export type Node = ReadonlyMap<string, readonly Term[]>
export type Graph = ReadonlyMap<string, Node>

/** The statements by subject and short predicate; one that stands twice counts once. */
export function graphOf(triples: Iterable<Triple>): Graph {
  const graph = new Map<string, Map<string, Term[]>>()
  const seen = new Set<string>()
  const short = new Map<string, string>()
  for (const { subject, predicate, object } of triples) {
    const name = short.getOrInsertComputed(predicate, shortName)
    const key = `${subject} ${name} ${JSON.stringify(object)}`
    if (seen.has(key)) continue
    seen.add(key)
    graph
      .getOrInsertComputed(subject, () => new Map<string, Term[]>())
      .getOrInsertComputed(name, () => [])
      .push(object)
  }
  return graph
}
export const idOf = (term: Term): string | null => ('iri' in term ? term.iri : 'blank' in term ? term.blank : null)
export const textOf = (term: Term | undefined): string | null =>
  term !== undefined && 'text' in term ? term.text : null
