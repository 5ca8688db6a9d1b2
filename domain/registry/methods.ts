// Walks a split method with all that is nested in it, and collects whom and what it names.
import type { Id, PointRef, SplitMethod } from '#domain/registry/bundle.ts'
import { at } from './pointer.ts'

/** How deep methods may be nested; deeper ones are refused on import and not walked. */
export const METHOD_DEPTH_LIMIT = 16

export type MethodPlace = { method: SplitMethod; pointer: string; depth: number }

/** The method itself and every nested one, outermost first, down to the first that is too deep (which is given, but not entered). */
export function* walkMethod(method: SplitMethod, pointer = '', depth = 1): Generator<MethodPlace> {
  yield { method, pointer, depth }
  if (depth > METHOD_DEPTH_LIMIT) return
  if (method.by === 'metered') yield* walkMethod(method.remainder, at(pointer, 'remainder'), depth + 1)
  if (method.by === 'mix') {
    for (const [i, part] of method.parts.entries())
      yield* walkMethod(part.method, at(pointer, 'parts', i, 'method'), depth + 1)
  }
}

export type Named<T> = { pointer: string; value: T }

/** Organisations that one method (not its nested ones) names. */
export const partiesNamed = ({ method, pointer }: MethodPlace): Named<Id>[] => {
  switch (method.by) {
    case 'fixed':
      return Object.keys(method.shares).map((value) => ({ pointer: at(pointer, 'shares', value), value }))
    case 'direct':
      return [{ pointer: at(pointer, 'party'), value: method.party }]
    case 'metered':
      return Object.keys(method.meters).map((value) => ({ pointer: at(pointer, 'meters', value), value }))
    default:
      return []
  }
}

/** Meters that one method (not its nested ones) names: the main meter first, then the sub-meters. */
export const metersNamed = ({
  method,
  pointer,
}: MethodPlace): (Named<PointRef> & { main: boolean; party: Id | null })[] => {
  if (method.by !== 'metered') return []
  const main =
    method.main === undefined ? [] : [{ pointer: at(pointer, 'main'), value: method.main, main: true, party: null }]
  const subs = Object.entries(method.meters).flatMap(([party, meters]) =>
    meters.map((value, i) => ({ pointer: at(pointer, 'meters', party, i), value, main: false, party })),
  )
  return [...main, ...subs]
}

/** Devices whose usage records one method (not its nested ones) counts. */
export const usageDevicesNamed = ({ method, pointer }: MethodPlace): Named<Id>[] =>
  method.by === 'usage' ? (method.devices ?? []).map((value, i) => ({ pointer: at(pointer, 'devices', i), value })) : []
