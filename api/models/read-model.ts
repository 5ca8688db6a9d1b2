// Reads a model (Turtle, JSON-LD) as statements, within limits and without any network: whatever it names elsewhere is refused.
import jsonld from 'jsonld'
import { Parser } from 'n3'
import { Failure } from '#domain/failure.ts'
import type { Triple, Term } from '#domain/models/graph.ts'
import { MODEL_CONTEXT, MODEL_CONTEXT_NAME } from './context.ts'

export type ModelLimits = { triples: number }
export type ReadModel = {
  triples: Triple[]
  /** What the reader itself had to drop, and how often. */ dropped: Map<string, number>
}

/** Longest text that a statement may have; facts of ours with many rows are the longest known. */
const LITERAL_LENGTH = 1_000_000
const IRI_LENGTH = 2_000
const PIECE_LENGTH = 1_048_576
/** How deep JSON may be nested: its reader goes down by calling itself. */
const JSON_DEPTH = 60

type AnyTerm = { termType: string; value: string; language?: string; datatype?: { value: string } }
type AnyQuad = { subject: AnyTerm; predicate: AnyTerm; object: AnyTerm }
const STRING = 'http://www.w3.org/2001/XMLSchema#string'
const LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'

function tripleOf({ subject, predicate, object }: AnyQuad): Triple {
  for (const term of [subject, predicate, object]) {
    if (term.termType === 'Quad')
      throw new Failure(
        'invalid-body',
        'The model has statements about statements (RDF 1.2); they are not read. Export it as Turtle 1.1.',
      )
    if (term.termType === 'NamedNode' && term.value.length > IRI_LENGTH)
      throw new Failure(
        'too-large',
        `A name in the model is longer than ${IRI_LENGTH} characters: ${term.value.slice(0, 80)}…`,
      )
    if (term.termType === 'Literal' && term.value.length > LITERAL_LENGTH)
      throw new Failure(
        'too-large',
        `A text of the model is longer than ${LITERAL_LENGTH} characters (at ${subject.value.slice(0, 120)}). Take it out.`,
      )
  }
  return { subject: nameOf(subject), predicate: predicate.value, object: termOf(object) }
}
const nameOf = ({ termType, value }: AnyTerm): string =>
  termType === 'BlankNode' ? `_:${value.replace(/^_:/, '')}` : value
function termOf(term: AnyTerm): Term {
  if (term.termType === 'BlankNode') return { blank: nameOf(term) }
  if (term.termType !== 'Literal') return { iri: term.value }
  const datatype = term.datatype?.value
  return {
    text: term.value,
    ...(term.language === undefined || term.language === '' ? {} : { language: term.language }),
    ...(datatype === undefined || datatype === STRING || datatype === LANG_STRING ? {} : { datatype }),
  }
}
const tooMany = (limit: number): Failure =>
  new Failure('too-large', `The model has more than ${limit} statements. Split it, by building or by system.`)

/** @throws Failure 'invalid-body' with the line of what is no Turtle, 'too-large' beyond the limits. */
export function readTurtle(text: string, limits: ModelLimits): ReadModel {
  const triples: Triple[] = []
  let failed: Error | null = null
  const listeners: Record<string, (chunk?: string) => void> = {}
  const parser = new Parser({ format: 'text/turtle', baseIRI: 'urn:model:' })
  // Fed piece by piece, so that a file with too much ends where it is too much.
  const source = { on: (event: string, listener: (chunk?: string) => void) => void (listeners[event] = listener) }
  parser.parse(source as never, (error: Error | null, quad: AnyQuad | null) => {
    if (failed !== null) return
    if (error) failed = error
    else if (quad && triples.length >= limits.triples) failed = tooMany(limits.triples)
    else if (quad)
      try {
        triples.push(tripleOf(quad))
      } catch (cause) {
        failed = cause as Error
      }
  })
  const ended = (): boolean => failed !== null
  for (let at = 0; at < text.length && !ended(); at += PIECE_LENGTH)
    listeners['data']?.(text.slice(at, at + PIECE_LENGTH))
  if (!ended()) listeners['end']?.()
  if (failed !== null) {
    const error: Error = failed
    throw error instanceof Failure
      ? error
      : new Failure('invalid-body', `The file is no Turtle: ${messageOf(error)}`, { cause: error })
  }
  return { triples, dropped: new Map() }
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)

/** @throws Failure 'invalid-body' for what is no JSON-LD or names a context elsewhere, 'too-large' beyond the limits. */
export async function readJsonLd(text: string, limits: ModelLimits): Promise<ReadModel> {
  mustBeShallow(text)
  let document: object
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null) throw new SyntaxError('it is one value only')
    document = read
  } catch (error) {
    throw new Failure('invalid-body', `The file is no JSON: ${messageOf(error)}`, { cause: error })
  }
  const dropped = new Map<string, number>()
  let refused: Failure | null = null
  try {
    const quads = (await jsonld.toRDF(document, {
      base: 'urn:model:',
      documentLoader: async (url: string) => {
        if (url === MODEL_CONTEXT_NAME)
          return { contextUrl: undefined, documentUrl: url, document: { '@context': MODEL_CONTEXT } }
        refused = new Failure(
          'invalid-body',
          `The model names the context ${url.slice(0, 200)}, which would have to be fetched; nothing is fetched. Write the context into the file, or name ${MODEL_CONTEXT_NAME}.`,
        )
        throw refused
      },
      eventHandler: ({
        event,
        next,
      }: {
        event: { code: string; details?: { property?: string; type?: string } }
        next: () => void
      }) => {
        const what = event.details?.property ?? event.details?.type ?? event.code
        dropped.set(what, (dropped.get(what) ?? 0) + 1)
        next()
      },
    } as object)) as unknown as AnyQuad[]
    if (quads.length > limits.triples) throw tooMany(limits.triples)
    return { triples: quads.map(tripleOf), dropped }
  } catch (error) {
    if (refused !== null) throw refused
    if (error instanceof Failure) throw error
    throw new Failure('invalid-body', `The file is no JSON-LD: ${messageOf(error)}`, { cause: error })
  }
}

function mustBeShallow(text: string): void {
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (inText) {
      if (c === 0x5c) i += 1
      else if (c === 0x22) inText = false
    } else if (c === 0x22) inText = true
    else if (c === 0x7b || c === 0x5b) {
      depth += 1
      if (depth > JSON_DEPTH) throw new Failure('invalid-body', `The JSON is nested more than ${JSON_DEPTH} deep.`)
    } else if (c === 0x7d || c === 0x5d) depth -= 1
  }
}
