// Places on a picture, and whether one lies within an outline. Pure; the dashboard places devices by it too.

/** 0 is the left or upper edge of the picture, 1 its right or lower one. */
export type Spot = readonly [x: number, y: number]

/** Whether a spot lies within an outline (even-odd rule). */
export function isWithin([x, y]: Spot, corners: readonly Spot[]): boolean {
  let inside = false
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [[ax, ay], [bx, by]] = [corners[i]!, corners[j]!]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** The middle of an outline: its centre of gravity where that lies within it, else the middle of its widest part. */
export function middleOf(corners: readonly Spot[]): Spot {
  let [twice, x, y] = [0, 0, 0]
  for (const [i, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(i + 1) % corners.length]!
    const cross = ax * by - bx * ay
    twice += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  const centre: Spot = twice === 0 ? corners[0]! : [x / (3 * twice), y / (3 * twice)]
  if (isWithin(centre, corners)) return centre
  // The row through the centre cuts the outline: the middle of its longest piece lies within.
  const cuts = corners.flatMap(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!
    return ay > centre[1] !== by > centre[1] ? [((bx - ax) * (centre[1] - ay)) / (by - ay) + ax] : []
  })
  const sorted = cuts.toSorted((a, b) => a - b)
  let best: Spot = centre
  let widest = 0
  for (let i = 0; i + 1 < sorted.length; i += 2) {
    const [from, to] = [sorted[i]!, sorted[i + 1]!]
    if (to - from > widest) {
      widest = to - from
      best = [(from + to) / 2, centre[1]]
    }
  }
  return best
}
