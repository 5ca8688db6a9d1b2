// Plans of the demonstration's storeys: two rows of rooms along a hall, wide by their areas, drawn as a simple SVG. Pure.

export type Room = { id: string; use: string; type: string; areaM2: number }
type Box = { room: Room; x: number; y: number; w: number; h: number }
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
    let x = EDGE
    for (const room of row) {
      const w = ((WIDTH - 2 * EDGE) * sizeOf(room)) / area(row)
      boxes.push({ room, x, y, w, h })
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
  const [doors, windows]: [string[], string[]] = [[], []]
  const middle = boxes.find(({ room }) => room === hall)
  for (const box of boxes) {
    if (box.room === hall) continue
    const isUpper = middle === undefined || box.y < middle.y
    const inner = isUpper ? box.y + box.h : box.y
    const outer = isUpper ? box.y : box.y + box.h
    const leaf = Math.min(26, box.w / 3)
    const left = box.x + box.w / 2 - leaf / 2
    const into = isUpper ? -leaf : leaf
    doors.push(
      `<path d="M${px(left)} ${px(inner)}h${px(leaf)}" stroke="#ffffff" stroke-width="7"/>` +
        `<path d="M${px(left)} ${px(inner)}v${px(into)}A${px(leaf)} ${px(leaf)} 0 0 ${isUpper ? 1 : 0} ${px(left + leaf)} ${px(inner)}" fill="none" stroke="#90a4ae" stroke-width="1.5"/>`,
    )
    if (box.room.use !== 'technical')
      windows.push(
        `<path d="M${px(box.x + box.w * 0.2)} ${px(outer)}H${px(box.x + box.w * 0.8)}" stroke="#90caf9" stroke-width="5"/>`,
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
    ...walls,
    `<rect x="${EDGE}" y="${EDGE}" width="${WIDTH - 2 * EDGE}" height="${HEIGHT - 2 * EDGE}" fill="none" stroke="${WALL}" stroke-width="8"/>`,
    ...windows,
    ...doors,
    '</svg>',
  ].join('')
}
const px = (value: number): number => Math.round(value * 10) / 10
const part = (value: number): number => Math.round(value * 10_000) / 10_000
