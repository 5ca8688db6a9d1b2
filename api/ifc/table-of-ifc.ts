// The spaces of an IFC model as a table, so that they come in like any other: previewed, mended, taken, undone.
import type { ImportTable } from '#domain/imports/import.ts'
import { idOfText } from '#domain/imports/cells.ts'
import type { IfcModel, IfcSpace } from './model.ts'

const HEADER = ['id', 'name', 'storey', 'elevationM', 'type', 'areaM2', 'area from', 'globalId', 'outline']

/** Rooms by storey; an area that the model does not state stays empty, and is asked for. */
export function tableOfIfc({ buildings, storeys, spaces }: IfcModel): ImportTable {
  const several = buildings.length > 1
  const ids = idsOf(spaces, storeys)
  const order = spaces.map((_space, i) => i).toSorted((a, b) => elevationOf(a) - elevationOf(b) || a - b)
  function elevationOf(i: number): number {
    const { storey } = spaces[i]!
    return storey === null ? Infinity : (storeys[storey]?.elevationM ?? 0)
  }
  const rows = order.map((i) => {
    const space = spaces[i]!
    const storey = space.storey === null ? null : (storeys[space.storey] ?? null)
    return [
      ids[i]!,
      space.longName || space.name,
      storey?.name ?? '',
      storey?.elevationM === null || storey === null ? '' : plain(storey.elevationM, 3),
      space.type,
      space.areaM2 === null ? '' : plain(space.areaM2, 2),
      space.areaFrom,
      space.globalId,
      space.outline.map(([x, y]) => `${plain(x, 3)} ${plain(y, 3)}`).join(';'),
      ...(several ? [buildings[storey?.building ?? 0] ?? ''] : []),
    ]
  })
  return { header: [...HEADER, ...(several ? ['building'] : [])], rows, lines: rows.map((_row, i) => i + 1) }
}

/** Numbers of rooms, told apart by their storey where several have one number, and counted where that does not help. */
function idsOf(spaces: readonly IfcSpace[], storeys: IfcModel['storeys']): string[] {
  const plainIds = spaces.map(({ name, longName }) => idOfText(name) || idOfText(longName) || 'space')
  const often = Map.groupBy(plainIds, (id) => id)
  const taken = new Set<string>()
  return plainIds.map((id, i) => {
    const { storey } = spaces[i]!
    const first = often.get(id)!.length === 1 ? id : idOfText(`${storey === null ? 'x' : storeys[storey]?.name} ${id}`)
    let own = first
    for (let n = 2; taken.has(own); n += 1) own = idOfText(`${first.slice(0, 55)} ${n}`)
    taken.add(own)
    return own
  })
}

/** As a plain decimal: metres to a millimetre, areas to a hundredth. */
const plain = (value: number, places: number): string =>
  value
    .toFixed(places)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0')
