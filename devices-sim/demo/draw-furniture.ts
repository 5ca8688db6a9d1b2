// What stands in the rooms of the demonstration's plans: desks, tables, shelves, stalls, so that a room is known by its look. Pure.

export type Walls = { x: number; y: number; w: number; h: number }
/** Rooms lie above or below the hall: their outer wall has the windows. */
export type Furnished = Walls & { type: string; isUpper: boolean }

const LINE = 'fill="#ffffff" stroke="#b3bec7" stroke-width="1.5"'
/** The name of the room stands above, free of furniture; and things keep off the walls. */
const [NAME, OFF] = [44, 14]
const n = (value: number): string => value.toFixed(1)
const rect = (x: number, y: number, w: number, h: number, round = 2): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${round}" ${LINE}/>`
const circle = (x: number, y: number, r: number): string => `<circle cx="${n(x)}" cy="${n(y)}" r="${r}" ${LINE}/>`

/** Things of one size in rows over the free floor, not more than fit. */
function spread(box: Walls, w: number, h: number, thing: (x: number, y: number) => string): string {
  const [across, down] = [Math.floor(box.w / w), Math.floor(box.h / h)]
  const [stepX, stepY] = [box.w / Math.max(1, across), box.h / Math.max(1, down)]
  const things: string[] = []
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++)
      things.push(thing(box.x + (column + 0.5) * stepX, box.y + (row + 0.5) * stepY))
  return things.join('')
}
const desk = (x: number, y: number): string => circle(x, y + 15, 7) + rect(x - 24, y - 14, 48, 22)
const roundTable = (x: number, y: number): string =>
  [0, 1, 2, 3]
    .map((i) => circle(x + 20 * Math.cos((i * Math.PI) / 2), y + 20 * Math.sin((i * Math.PI) / 2), 6))
    .join('') + circle(x, y, 15)
function meetingTable({ x, y, w, h }: Walls): string {
  const [tableW, tableH] = [w * 0.5, h * 0.5]
  const [left, top] = [x + (w - tableW) / 2, y + (h - tableH) / 2]
  const chairs = Array.from(
    { length: Math.max(2, Math.floor(tableH / 24)) },
    (_, i, all = Math.max(2, Math.floor(tableH / 24))) => {
      const at = top + ((i + 0.5) * tableH) / all
      return circle(left - 9, at, 7) + circle(left + tableW + 9, at, 7)
    },
  )
  return chairs.join('') + rect(left, top, tableW, tableH, 10)
}
const along = ({ x, y, w, h }: Walls, isUpper: boolean, depth: number): Walls => ({
  x,
  y: isUpper ? y : y + h - depth,
  w,
  h: depth,
})

/** SVG of what stands in a room; nothing where the room is too small for it. */
export function drawFurniture({ type, isUpper, ...room }: Furnished): string {
  const free = { x: room.x + OFF, y: room.y + NAME, w: room.w - 2 * OFF, h: room.h - NAME - OFF }
  if (free.w < 30 || free.h < 30) return ''
  switch (type) {
    case 'office':
      return spread(free, 74, 62, desk)
    case 'meeting-room':
      return free.w > 200 ? spread(free, 60, 60, (x, y) => rect(x - 20, y - 8, 40, 16)) : meetingTable(free)
    case 'canteen':
    case 'break-room':
      return spread(free, 78, 66, roundTable)
    case 'customer-service':
      return (
        rect(free.x, free.y + free.h * 0.3, free.w * 0.7, 16) +
        spread({ ...free, y: free.y + free.h * 0.6, h: free.h * 0.3 }, 26, free.h * 0.3, (x, y) => circle(x, y, 7))
      )
    case 'kitchen':
      return (
        rect(free.x, free.y, 24, free.h) +
        rect(free.x, free.y + free.h - 24, free.w, 24) +
        rect(free.x + 60, free.y + 40, Math.max(10, free.w - 100), 30)
      )
    case 'wc':
      return spread(along(free, isUpper, 64), 34, 64, (x, y) => rect(x - 16, y - 32, 32, 64, 0) + circle(x, y, 8))
    case 'booth':
      return (
        rect(free.x + free.w / 2 - 22, free.y + free.h * 0.35, 44, 18) +
        circle(free.x + free.w / 2, free.y + free.h * 0.35 + 34, 8)
      )
    case 'storage':
      return spread(free, 30, free.h, (x) => rect(x - 8, free.y, 16, free.h, 0))
    case 'lobby':
    case 'corridor':
      return ''
    default:
      return spread(along(free, !isUpper, 28), 40, 28, (x, y) => rect(x - 18, y - 12, 36, 24, 0))
  }
}

/** A stair at the end of a hall: steps and the way up. */
export function drawStair({ x, y, w, h }: Walls): string {
  const [length, wide] = [Math.min(130, w / 6), h * 0.46]
  const [left, top] = [x + w - length - 10, y + h - wide - 6]
  const steps = Array.from({ length: 11 }, (_, i) => `M${n(left + (i * length) / 11)} ${n(top)}v${n(wide)}`).join('')
  const middle = top + wide / 2
  return (
    rect(left, top, length, wide, 0) +
    `<path d="${steps}" stroke="#b3bec7" stroke-width="1.5"/>` +
    `<path d="M${n(left + 8)} ${n(middle)}H${n(left + length - 8)}l-9 -6m9 6l-9 6" fill="none" stroke="#78909c" stroke-width="1.5"/>`
  )
}
