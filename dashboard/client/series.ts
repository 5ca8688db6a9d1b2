// Buckets of points for charts. What several charts ask at one moment over the same time goes to the API as one question.
import type { QualityWord } from '#contract/common.ts'
import type { SeriesColumnsAnswer } from '#contract/series.ts'
import { apiPath, getJson } from './http.ts'

/** What a point measured from one instant to another (milliseconds); a gap has null figures and count 0. */
export type Bucket = {
  from: number
  to: number
  min: number | null
  max: number | null
  mean: number | null
  count: number
  quality: QualityWord | null
  simulated: boolean
}
/** `points`: `device/point`, several with commas between. */
export type SeriesWanted = { points: string; from: number; to: number; buckets: number }
type Waiting = {
  wanted: SeriesWanted
  resolve: (series: Bucket[][]) => void
  reject: (error: unknown) => void
}

/** Points that one question may name (the API takes 50). */
const POINTS_MAX = 50

let waiting: Waiting[] = []
/** The buckets of each of the points, in their order. */
export const askSeries = (wanted: SeriesWanted): Promise<Bucket[][]> => {
  const { promise, resolve, reject } = Promise.withResolvers<Bucket[][]>()
  // Charts that are drawn together ask within one turn of the event loop.
  if (waiting.length === 0) setTimeout(askWaiting)
  waiting.push({ wanted, resolve, reject })
  return promise
}

const askWaiting = () => {
  const groups = Map.groupBy(waiting, ({ wanted: { from, to, buckets } }) => `${from} ${to} ${buckets}`)
  waiting = []
  for (const group of groups.values()) for (const part of inParts(group)) void askTogether(part)
}

/** As many in one question as the API takes points. */
const inParts = (group: readonly Waiting[]): Waiting[][] => {
  const parts: Waiting[][] = [[]]
  let points = 0
  for (const one of group) {
    const more = one.wanted.points.split(',').length
    if (points + more > POINTS_MAX) {
      parts.push([])
      points = 0
    }
    parts.at(-1)?.push(one)
    points += more
  }
  return parts
}

const askTogether = async (group: readonly Waiting[]): Promise<void> => {
  const [first] = group
  if (first === undefined) return
  try {
    const points = [...new Set(group.flatMap(({ wanted }) => wanted.points.split(',')))]
    const found = await ask({ ...first.wanted, points: points.join(',') })
    for (const { wanted, resolve } of group)
      resolve(wanted.points.split(',').map((point) => found[points.indexOf(point)] ?? []))
  } catch (error) {
    // A point that is refused must not take the charts of the others along.
    if (group.length === 1) first.reject(error)
    else await Promise.all(group.map((one) => askTogether([one])))
  }
}

const ask = async ({ points, from, to, buckets }: SeriesWanted): Promise<Bucket[][]> => {
  const answer = await getJson<SeriesColumnsAnswer>(
    apiPath('/series/columns', {
      points,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      buckets,
    }),
  )
  const edges = answer.edges.map((edge) => Date.parse(edge))
  return answer.series.map(({ min, max, mean, count, quality, simulated }) =>
    count.map((readings, i) => ({
      from: edges[i] ?? 0,
      to: edges[i + 1] ?? 0,
      min: min[i] ?? null,
      max: max[i] ?? null,
      mean: mean[i] ?? null,
      count: readings,
      quality: quality[i] ?? null,
      simulated: simulated[i] === true,
    })),
  )
}
