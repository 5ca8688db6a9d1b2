// The outline of a space on the floor: the lowest level faces of its solid, and the loop around them. Pure.

/** Metres; x to the east and y to the north of the model. */
export type Spot = readonly [x: number, y: number]
export type Solid = {
  /** x, y, z of each corner in metres, z up. */
  corners: Float64Array
  /** Three corners a face. */
  faces: Uint32Array
}
export type Footprint = { outline: Spot[]; areaM2: number }

/** Corners within a millimetre are one. */
const GRID_PER_M = 1000
/** How far above the lowest corner a face still belongs to the floor, and how level it must be. */
const FLOOR_M = 0.05
const LEVEL = 0.95
/** Corners that an outline keeps; one with more is not drawn. */
const OUTLINE_CORNERS = 400

/** Null when the solid has no level bottom, or one whose edge cannot be followed. */
export function footprintOf(solids: readonly Solid[]): Footprint | null {
  let floor = Infinity
  for (const { corners } of solids) for (let i = 2; i < corners.length; i += 3) floor = Math.min(floor, corners[i]!)
  const spots = new Map<string, Spot>()
  const edges = new Map<string, string>()
  const open = new Set<string>()
  let areaM2 = 0
  const nameOf = (x: number, y: number): string => {
    const name = `${Math.round(x * GRID_PER_M)} ${Math.round(y * GRID_PER_M)}`
    if (!spots.has(name)) spots.set(name, [x, y])
    return name
  }
  const seen = new Set<string>()
  for (const { corners, faces } of solids) {
    for (let i = 0; i + 2 < faces.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((n) => {
        const at = faces[i + n]! * 3
        return [corners[at]!, corners[at + 1]!, corners[at + 2]!] as const
      }) as [Corner, Corner, Corner]
      if (Math.max(a[2], b[2], c[2]) > floor + FLOOR_M) continue
      const twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
      if (Math.abs(twice) < 1e-9 || levelOf(a, b, c) < LEVEL) continue
      const names = [a, b, c].map(([x, y]) => nameOf(x, y))
      // The same face may come twice, once from each side.
      const face = names.toSorted().join('|')
      if (new Set(names).size < 3 || seen.has(face)) continue
      seen.add(face)
      areaM2 += Math.abs(twice) / 2
      const [p, q, r] = (twice > 0 ? names : names.toReversed()) as [string, string, string]
      for (const [from, to] of [
        [p, q],
        [q, r],
        [r, p],
      ] as const) {
        if (!open.delete(`${to}|${from}`)) open.add(`${from}|${to}`)
      }
    }
  }
  for (const edge of open) {
    const [from, to] = edge.split('|') as [string, string]
    // Two edges from one corner: the shape touches itself there, and its loop is not told by this.
    if (edges.has(from)) return null
    edges.set(from, to)
  }
  const outline = largestLoop(edges, spots)
  return outline === null || outline.length > OUTLINE_CORNERS ? null : { outline, areaM2 }
}

type Corner = readonly [number, number, number]
/** How level a face is: 1 flat, 0 upright. */
function levelOf(a: Corner, b: Corner, c: Corner): number {
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const
  const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const
  return Math.abs(normal[2]) / Math.hypot(...normal)
}

/** The loop that encloses the most; those within it are holes. */
function largestLoop(edges: Map<string, string>, spots: ReadonlyMap<string, Spot>): Spot[] | null {
  let best: { loop: Spot[]; area: number } | null = null
  while (edges.size > 0) {
    const [start] = edges.keys()
    const loop: Spot[] = []
    let at = start
    while (at !== undefined && edges.has(at)) {
      loop.push(spots.get(at)!)
      const next = edges.get(at)!
      edges.delete(at)
      at = next
    }
    if (at !== start) return null
    const area = Math.abs(areaOf(loop))
    if (best === null || area > best.area) best = { loop, area }
  }
  return best === null ? null : straightened(best.loop)
}

/** Signed area of a polygon, in m². */
const areaOf = (loop: readonly Spot[]): number =>
  loop.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = loop[(i + 1) % loop.length]!
    return sum + (x * nextY - nextX * y) / 2
  }, 0)

/** Without corners that lie on the line between their neighbours. */
const straightened = (loop: readonly Spot[]): Spot[] =>
  loop.filter(([x, y], i) => {
    const [px, py] = loop[(i - 1 + loop.length) % loop.length]!
    const [nx, ny] = loop[(i + 1) % loop.length]!
    return Math.abs((x - px) * (ny - py) - (y - py) * (nx - px)) > 1e-4
  })
