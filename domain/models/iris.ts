// The names of our things in a model: readable, stable, and the same wherever the platform stands; and ids of others' names.
import { idOfText } from '#domain/imports/cells.ts'

const BASE = 'urn:samtila'
const part = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)

export const premisesIri = (premises: string): string => `${BASE}:premises:${premises}`
export const storeyIri = (premises: string, storey: string): string => `${BASE}:storey:${premises}:${part(storey)}`
export const spaceIri = (premises: string, space: string): string => `${BASE}:space:${premises}:${space}`
export const deviceIri = (device: string): string => `${BASE}:device:${device}`
export const pointIri = (device: string, point: string): string => `${BASE}:point:${device}:${part(point)}`

export type OwnIri = { what: 'premises' | 'storey' | 'space' | 'device' | 'point'; parts: string[] }

/** What one of our own names stands for; null for another's. */
export function readOwnIri(iri: string): OwnIri | null {
  const match = /^urn:samtila:(premises|storey|space|device|point):([^:]+)(?::([^:]+))?$/.exec(iri)
  if (match === null) return null
  try {
    return {
      what: match[1] as OwnIri['what'],
      parts: match.slice(2).flatMap((text) => (text === undefined ? [] : [decodeURIComponent(text)])),
    }
  } catch {
    return null
  }
}

/** The last part of a name, as people wrote it: `vav_C180` of `https://…#vav_C180`. */
export function localName(iri: string): string {
  const text = iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/'), iri.lastIndexOf(':')) + 1)
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Ids of others' names; two names that would be one id are told apart by a mark of their whole name, whatever stands around them. */
export function idsOfNames(names: readonly string[]): Map<string, string> {
  const plain = Map.groupBy(names, (name) => idOfText(localName(name)))
  return new Map(
    names.map((name) => {
      const id = idOfText(localName(name))
      return [
        name,
        id !== '' && plain.get(id)!.length === 1 ? id : `${idOfText(localName(name), 50) || 'thing'}-${mark(name)}`,
      ]
    }),
  )
}

/** FNV-1a, 32 bits: not against forgery, only to tell names apart. */
function mark(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash.toString(36)
}
