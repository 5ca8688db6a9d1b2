// Writes the things of a model as Turtle or JSON-LD, piece by piece: a premises may have many.
import { DataFactory, Writer } from 'n3'
import type { NamedNode, Quad_Object } from 'n3'
import { PREFIXES } from '#domain/models/graph.ts'
import type { Thing, Value, Values } from '#domain/models/write-model.ts'
import { MODEL_CONTEXT } from './context.ts'

const { literal, namedNode, quad } = DataFactory
const whole = (name: string): string => {
  const at = name.indexOf(':')
  const namespace = (PREFIXES as Record<string, string>)[name.slice(0, at)]
  return namespace === undefined ? name : `${namespace}${name.slice(at + 1)}`
}

/** Things of one piece of text. */
const THINGS_PER_PIECE = 200

/** Turtle 1.1 (W3C Recommendation of 2014). */
export function* writeTurtle(things: Iterable<Thing>): Generator<string> {
  let text = ''
  const output = {
    write(chunk: string, _encoding: string, done?: () => void): void {
      text += chunk
      done?.()
    },
    end: (done?: () => void): void => done?.(),
  }
  const writer = new Writer(output as never, { prefixes: PREFIXES })
  const objectOf = (value: Value): Quad_Object =>
    'of' in value ? (writer.blank(membersOf(value.of)) as Quad_Object) : termOf(value)
  const membersOf = (values: Values): { predicate: NamedNode; object: Quad_Object }[] =>
    values.flatMap(([predicate, objects]) =>
      objects.map((value) => ({ predicate: namedNode(whole(predicate)), object: objectOf(value) })),
    )
  for (const piece of inPieces(things)) {
    for (const { iri, values } of piece)
      for (const { predicate, object } of membersOf(values)) writer.addQuad(quad(namedNode(iri), predicate, object))
    yield text
    text = ''
  }
  writer.end()
  yield text
}
const termOf = (value: Exclude<Value, { of: Values }>): NamedNode | ReturnType<typeof literal> =>
  'iri' in value
    ? namedNode(whole(value.iri))
    : literal(value.text, value.language ?? (value.type === undefined ? undefined : namedNode(whole(value.type))))

/** JSON-LD 1.1 (W3C Recommendation of 2020) with its context in it. */
export function* writeJsonLd(things: Iterable<Thing>): Generator<string> {
  yield `{"@context":${JSON.stringify(MODEL_CONTEXT)},\n"@graph":[`
  let first = true
  for (const piece of inPieces(things)) {
    yield `${first ? '' : ','}\n${piece.map(({ iri, values }) => JSON.stringify({ '@id': iri, ...nodeOf(values) })).join(',\n')}`
    first = false
  }
  yield '\n]}\n'
}
const nodeOf = (values: Values): Record<string, unknown> =>
  Object.fromEntries(
    values.map(([predicate, objects]) => {
      if (predicate === 'rdf:type')
        return ['@type', objects.map((value) => ('iri' in value ? value.iri : '')).join(' ')]
      const written = objects.map(valueOf)
      return [predicate, written.length === 1 ? written[0] : written]
    }),
  )
function valueOf(value: Value): unknown {
  if ('of' in value) return nodeOf(value.of)
  if ('iri' in value) return { '@id': value.iri }
  if (value.type === 'rdf:JSON') return { '@type': '@json', '@value': JSON.parse(value.text) as unknown }
  if (value.type !== undefined) return { '@type': value.type, '@value': value.text }
  return value.language === undefined ? value.text : { '@language': value.language, '@value': value.text }
}

function* inPieces(things: Iterable<Thing>): Generator<Thing[]> {
  let piece: Thing[] = []
  for (const thing of things) {
    piece.push(thing)
    if (piece.length < THINGS_PER_PIECE) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}
