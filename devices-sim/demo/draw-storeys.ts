// Plans of the demonstration's storeys: two rows of rooms along a hall, wide by their areas, small ones behind each other. Pure.
import { drawFurniture, drawStair } from './draw-furniture.ts'

export type Room = { id: string; use: string; type: string; areaM2: number }
/** `side`: it is reached through its neighbour, not from the hall. */
type Box = { room: Room; x: number; y: number; w: number; h: number; side: boolean }
export type StoreyDrawing = {
  svg: string
  outlines: { space: string; corners: [number, number][] }[]
  /** Where things stand: in each room a row of places, the first in its middle. */
  placesIn(space: string, count: number): [number, number][]
}

const [WIDTH, HEIGHT, EDGE] = [1200, 640, 20]
const FLOORS: Record<string, string> = { exclusive: '#faf6ee', common: '#e9f2fb', technical: '#eceff1' }
const SHAPE = 0.55
const HALL = 110
const HALLS = ['lobby', 'corridor']
const WALL = '#37474f'
/** A room that would be narrower stands behind the next one like it. */
const NARROW = 90

export function drawStorey(rooms: readonly Room[]): StoreyDrawing {
  const hall = rooms.find(({ type }) => HALLS.includes(type))
  const others = rooms.filter((room) => room !== hall)
  // Small rooms are drawn larger than they are, so that what stands in them can be told apart.
  const sizeOf = (room: Room): number => room.areaM2 ** SHAPE
  const area = (list: readonly Room[]): number => list.reduce((sum, room) => sum + sizeOf(room), 0)
  const upper: Room[] = []
  for (const room of others) if (area(upper) + sizeOf(room) / 2 < area(others) / 2) upper.push(room)
  const rows = [upper, hall === undefined ? [] : [hall], others.filter((room) => !upper.includes(room))]
  const boxes: Box[] = []
  let y = EDGE
  for (const row of rows) {
    const h = row.includes(hall as Room) ? HALL : (HEIGHT - 2 * EDGE - (hall === undefined ? 0 : HALL)) / 2
    const isUpper = y < HEIGHT / 2 - HALL / 2
    const scale = (WIDTH - 2 * EDGE) / area(row)
    let x = EDGE
    for (let i = 0; i < row.length; i++) {
      const room = row[i]!
      const next = row[i + 1]
      const isNarrow = (one: Room | undefined): one is Room => one !== undefined && sizeOf(one) * scale < NARROW
      if (hall !== room && isNarrow(room) && isNarrow(next)) {
        const w = (sizeOf(room) + sizeOf(next)) * scale
        boxes.push(
          { room, x, y, w, h: h / 2, side: isUpper },
          { room: next, x, y: y + h / 2, w, h: h / 2, side: !isUpper },
        )
        x += w
        i++
        continue
      }
      const w = sizeOf(room) * scale
      boxes.push({ room, x, y, w, h, side: false })
      x += w
    }
    y += h
  }
  const at = ({ x, y: top, w, h }: Box, across: number, down: number): [number, number] => [
    part((x + w * across) / WIDTH),
    part((top + h * down) / HEIGHT),
  ]
  return {
    svg: svgOf(boxes, hall),
    outlines: boxes.map((box) => ({
      space: box.room.id,
      corners: [at(box, 0, 0), at(box, 1, 0), at(box, 1, 1), at(box, 0, 1)],
    })),
    placesIn(space, count) {
      const box = boxes.find(({ room }) => room.id === space)
      if (box === undefined) return []
      // As many beside each other as have room for a sign with a figure.
      const beside = Math.max(1, Math.min(count, Math.floor(box.w / 95)))
      const lines = Math.ceil(count / beside)
      return Array.from({ length: count }, (_, i) => {
        const line = Math.floor(i / beside)
        const inLine = Math.min(beside, count - line * beside)
        return at(box, ((i % beside) + 0.5) / inLine, lines === 1 ? 0.6 : 0.4 + (0.5 * line) / (lines - 1))
      })
    },
  }
}

function svgOf(boxes: readonly Box[], hall: Room | undefined): string {
  const floors = boxes.map(
    ({ room, x, y, w, h }) =>
      `<rect x="${px(x)}" y="${px(y)}" width="${px(w)}" height="${px(h)}" fill="${FLOORS[room.use] ?? '#ffffff'}"/>`,
  )
  const [doors, windows, things]: [string[], string[], string[]] = [[], [], []]
  const middle = boxes.find(({ room }) => room === hall)
  for (const box of boxes) {
    if (box.room === hall) {
      things.push(drawStair(box))
      continue
    }
    const isUpper = middle === undefined || box.y < middle.y
    things.push(drawFurniture({ ...box, type: box.room.type, isUpper }))
    doors.push(box.side ? sideDoor(box) : hallDoor(box, isUpper))
    // Rooms behind each other: only the outer one has the outer wall.
    const outer = isUpper ? box.y : box.y + box.h
    if (box.room.use !== 'technical' && (outer <= EDGE || outer >= HEIGHT - EDGE))
      windows.push(
        `<path d="M${px(box.x + box.w * 0.2)} ${px(outer)}H${px(box.x + box.w * 0.8)}" stroke="#ffffff" stroke-width="8"/>` +
          `<path d="M${px(box.x + box.w * 0.2)} ${px(outer)}H${px(box.x + box.w * 0.8)}" stroke="#64b5f6" stroke-width="3"/>`,
      )
  }
  const walls = boxes.map(
    ({ x, y, w, h }) =>
      `<rect x="${px(x)}" y="${px(y)}" width="${px(w)}" height="${px(h)}" fill="none" stroke="${WALL}" stroke-width="3"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...floors,
    ...things,
    ...walls,
    `<rect x="${EDGE}" y="${EDGE}" width="${WIDTH - 2 * EDGE}" height="${HEIGHT - 2 * EDGE}" fill="none" stroke="${WALL}" stroke-width="8"/>`,
    ...windows,
    ...doors,
    '</svg>',
  ].join('')
}
const LEAF = 26
const leafOf = (d: string, gap: string): string =>
  `<path d="${gap}" stroke="#ffffff" stroke-width="7"/><path d="${d}" fill="none" stroke="#90a4ae" stroke-width="1.5"/>`
/** To the hall, near a corner, opening into the room. */
function hallDoor({ x, y, w, h }: Box, isUpper: boolean): string {
  const leaf = Math.min(LEAF, w / 3)
  const [left, wall] = [x + Math.min(18, w / 4), isUpper ? y + h : y]
  const d = `M${px(left)} ${px(wall)}v${px(isUpper ? -leaf : leaf)}A${px(leaf)} ${px(leaf)} 0 0 ${isUpper ? 1 : 0} ${px(left + leaf)} ${px(wall)}`
  return leafOf(d, `M${px(left)} ${px(wall)}h${px(leaf)}`)
}
/** To the neighbour on the left, or on the right where the building ends. */
function sideDoor({ x, y, w, h }: Box): string {
  const isLeft = x > EDGE
  const [wall, top] = [isLeft ? x : x + w, y + h * 0.6]
  const d = `M${px(wall)} ${px(top)}h${isLeft ? LEAF : -LEAF}A${LEAF} ${LEAF} 0 0 ${isLeft ? 1 : 0} ${px(wall)} ${px(top + LEAF)}`
  return leafOf(d, `M${px(wall)} ${px(top)}v${LEAF}`)
}
const px = (value: number): number => Math.round(value * 10) / 10
const part = (value: number): number => Math.round(value * 10_000) / 10_000
