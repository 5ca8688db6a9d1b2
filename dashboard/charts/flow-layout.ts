// Where the bars and bands of a flow stand: three columns of bars, bands between them, widths by amount. Lengths only; no amount is computed.
import type { CostFlow } from '#contract/cost-figures.ts'

export type Station = {
  id: string
  kind: 'category' | 'method' | 'party'
  key: string
  net: string
  x: number
  y: number
  width: number
  height: number
  align: 'start' | 'end' | 'middle'
}
export type Band = { id: string; from: string; to: string; party: string; path: string; negative: boolean }

const BAR = 14
const GAP = 10
/** A thin bar can still be seen, named and hit. */
const LEAST = 3
/** The names of neighbouring bars need so much. */
const PITCH = 22
const TOP = 8
/** Names of methods stand over their bars, clear of the bands at both sides. */
const NAME = 22

type Placed = Station & { out: number; in: number }

/** The picture at a width in pixels. */
export function flowLayout(flow: CostFlow, width: number): { stations: Station[]; bands: Band[]; height: number } {
  const { categories, methods, parties } = flow.stations
  const size = (net: string) => Math.abs(Number(net))
  const most = Math.max(categories.length, methods.length, parties.length)
  const whole = categories.reduce((sum, { net }) => sum + size(net), 0)
  const inner = Math.max(220, most * 12)
  const scale = whole === 0 ? 0 : inner / whole
  const label = Math.min(210, width * 0.32)
  const columns = [
    { kind: 'category' as const, rows: categories, x: label, align: 'end' as const },
    { kind: 'method' as const, rows: methods, x: (width - BAR) / 2, align: 'middle' as const },
    { kind: 'party' as const, rows: parties, x: width - label - BAR, align: 'start' as const },
  ]
  const placed = new Map<string, Placed>()
  const pitch = (kind: Station['kind'], bar: number) => Math.max(bar + (kind === 'method' ? NAME + GAP : GAP), PITCH)
  const thickness = (net: string) => Math.max(LEAST, size(net) * scale)
  const heightOf = ({ kind, rows }: (typeof columns)[number]) =>
    rows.reduce((sum, { net }) => sum + pitch(kind, thickness(net)), 0)
  const height = Math.max(...columns.map(heightOf)) + TOP
  for (const column of columns) {
    const { kind, rows, x, align } = column
    let y = TOP + (height - TOP - heightOf(column)) / 2 + (kind === 'method' ? NAME : 0)
    for (const { key, net } of rows) {
      const bar = thickness(net)
      const id = `${kind} ${key}`
      placed.set(id, { id, kind, key, net, x, y, width: BAR, height: bar, align, out: 0, in: 0 })
      y += pitch(kind, bar)
    }
  }
  const bands: Band[] = []
  const draw = (from: Placed | undefined, to: Placed | undefined, net: string, party: string): void => {
    if (from === undefined || to === undefined) return
    const thick = Math.max(0.5, size(net) * scale)
    const [x0, x1] = [from.x + BAR, to.x]
    const [y0, y1] = [from.y + from.out, to.y + to.in]
    const middle = (x0 + x1) / 2
    from.out += thick
    to.in += thick
    bands.push({
      id: `${from.id} ${to.id} ${party} ${bands.length}`,
      from: from.id,
      to: to.id,
      party,
      negative: net.startsWith('-'),
      path: `M${x0},${y0} C${middle},${y0} ${middle},${y1} ${x1},${y1} L${x1},${y1 + thick} C${middle},${y1 + thick} ${middle},${y0 + thick} ${x0},${y0 + thick} Z`,
    })
  }
  for (const { category, method, party, net } of flow.bands)
    draw(placed.get(`category ${category}`), placed.get(`method ${method}`), net, party)
  const rank = new Map(parties.map(({ key }, i) => [key, i]))
  for (const { method, party, net } of flow.bands.toSorted(
    (a, b) => (rank.get(a.party) ?? 0) - (rank.get(b.party) ?? 0),
  ))
    draw(placed.get(`method ${method}`), placed.get(`party ${party}`), net, party)
  return { stations: [...placed.values()], bands, height: height + TOP }
}
