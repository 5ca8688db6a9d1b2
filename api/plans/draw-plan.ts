// Draws the plan of a storey from the outlines of its spaces in metres: a plain SVG of walls and floors. Names are written by whoever shows it.
import type { Id } from '#domain/registry/bundle.ts'
import type { Outline } from '#domain/plans/plan.ts'
import type { Spot } from '#domain/plans/spot.ts'

/** Metres, y to the north. */
export type Shape = { space: Id; corners: readonly (readonly [x: number, y: number])[]; use?: string | undefined }
export type Drawn = { svg: string; width: number; height: number; widthM: number; outlines: Outline[] }

/** Pixels of the longer side. */
const SIDE = 1200
/** Of the longer side, left free around. */
const MARGIN = 0.03
const FILLS: Record<string, string> = { exclusive: '#f7f4ee', common: '#eaf2fb', technical: '#eceeef' }

/** Null when there is nothing to draw. */
export function drawPlan(shapes: readonly Shape[]): Drawn | null {
  const all = shapes.flatMap(({ corners }) => corners)
  if (all.length === 0) return null
  const least = (axis: 0 | 1): number => all.reduce((min, spot) => Math.min(min, spot[axis]), Infinity)
  const most = (axis: 0 | 1): number => all.reduce((max, spot) => Math.max(max, spot[axis]), -Infinity)
  const [left, right, bottom, top] = [least(0), most(0), least(1), most(1)]
  const longer = Math.max(right - left, top - bottom)
  if (!(longer > 0) || !Number.isFinite(longer)) return null
  const margin = longer * MARGIN
  const [widthM, heightM] = [right - left + 2 * margin, top - bottom + 2 * margin]
  const scale = SIDE / Math.max(widthM, heightM)
  const [width, height] = [Math.round(widthM * scale), Math.round(heightM * scale)]
  const placed = shapes.map(({ space, corners, use }) => ({
    space,
    use,
    corners: corners.map(([x, y]): Spot => [round((x - left + margin) / widthM), round((top - y + margin) / heightM)]),
  }))
  const paths = placed.map(({ corners, use }) => {
    const d = corners.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${pixel(x * width)} ${pixel(y * height)}`).join('')
    return `<path d="${d}Z" fill="${FILLS[use ?? ''] ?? FILLS['exclusive']}"/>`
  })
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<g stroke="#3b4650" stroke-width="4" stroke-linejoin="round">${paths.join('')}</g>`,
    '</svg>',
  ].join('')
  return { svg, width, height, widthM, outlines: placed.map(({ space, corners }) => ({ space, corners })) }
}

/** Places to a ten-thousandth of the picture: a few millimetres of a building. */
const round = (part: number): number => Math.round(part * 10_000) / 10_000
const pixel = (at: number): number => Math.round(at * 10) / 10
