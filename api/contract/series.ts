// Time series: buckets for charts, newest readings, consumption, raw readings and what was superseded.
import { Type, type Static } from 'typebox'
import {
  closed,
  DateOrInstant,
  Decimal,
  Id,
  Instant,
  itemsOf,
  orNull,
  PointKey,
  QualityWord,
  ReadingValue,
} from './common.ts'

export const MAX_POINTS = 50
export const MAX_BUCKETS = 2000
/** `device/point,device/point`; a colon is taken in place of the slash. */
export const PointList = Type.String({
  minLength: 3,
  maxLength: 6600,
  pattern: '^[a-z0-9-]+[/:][A-Za-z0-9_.:-]+(,[a-z0-9-]+[/:][A-Za-z0-9_.:-]+)*$',
})
export const OnePoint = Type.String({ minLength: 3, maxLength: 130, pattern: '^[a-z0-9-]+[/:][A-Za-z0-9_.:-]+$' })

export const SeriesQuery = closed({
  points: PointList,
  from: Instant,
  to: Instant,
  buckets: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_BUCKETS })),
})
/** A gap has null figures and count 0; it is never zero. */
export const BucketShown = closed({
  from: Instant,
  to: Instant,
  min: orNull(Type.Number()),
  max: orNull(Type.Number()),
  mean: orNull(Type.Number()),
  first: orNull(Type.Number()),
  last: orNull(Type.Number()),
  count: Type.Integer(),
  quality: orNull(QualityWord),
  simulated: Type.Boolean(),
})
export const SeriesShown = closed({
  device: Id,
  point: PointKey,
  unit: orNull(Type.String()),
  kind: orNull(Type.String()),
  buckets: Type.Array(BucketShown),
})
export const SeriesAnswer = closed({ from: Instant, to: Instant, series: Type.Array(SeriesShown) })

/** One point's buckets as parallel arrays: bucket i lies between edge i and edge i + 1. A gap has null figures and count 0. */
export const SeriesColumns = closed({
  device: Id,
  point: PointKey,
  unit: orNull(Type.String()),
  kind: orNull(Type.String()),
  min: Type.Array(orNull(Type.Number())),
  max: Type.Array(orNull(Type.Number())),
  mean: Type.Array(orNull(Type.Number())),
  count: Type.Array(Type.Integer()),
  quality: Type.Array(orNull(QualityWord)),
  simulated: Type.Array(Type.Boolean()),
})
export const SeriesColumnsAnswer = closed({ edges: Type.Array(Instant), series: Type.Array(SeriesColumns) })

/** Either `points` or `premises`. */
export const LatestQuery = closed({ points: Type.Optional(PointList), premises: Type.Optional(Id) })
export const LatestReading = closed({
  device: Id,
  point: PointKey,
  unit: orNull(Type.String()),
  /** What the value is times to be in its unit; absent: it is. */
  multiplier: Type.Optional(Decimal),
  at: Instant,
  value: ReadingValue,
  quality: QualityWord,
  simulated: Type.Boolean(),
  receivedAt: Instant,
})
export const LatestAnswer = itemsOf(LatestReading)

export const Step = Type.Union([Type.Literal('PT15M'), Type.Literal('PT1H'), Type.Literal('P1D'), Type.Literal('P1M')])
export const ConsumptionQuery = closed({ points: PointList, from: DateOrInstant, to: DateOrInstant, step: Step })
export const ConsumptionStep = closed({
  from: Instant,
  to: Instant,
  quantity: orNull(Decimal),
  /** Part of the quantity that is estimated, 0 to 1 (of a zero quantity: of the time). */
  estimated: Decimal,
})
export const ConsumptionSeries = closed({
  device: Id,
  point: PointKey,
  unit: orNull(Type.String()),
  steps: Type.Array(ConsumptionStep),
})
export const ConsumptionAnswer = closed({ timeZone: Type.String(), series: Type.Array(ConsumptionSeries) })

/** The day so far of each meter beside what is usual. */
export const TodayQuery = closed({ points: PointList })
export const TodaySeries = closed({
  device: Id,
  point: PointKey,
  unit: orNull(Type.String()),
  /** From local midnight until the quarter-hour that ended last. */
  from: Instant,
  to: Instant,
  soFar: orNull(Decimal),
  /** The mean of the same weekday of the last four weeks up to the same time, rounded to three decimals; null where none is known. */
  expected: orNull(Decimal),
  /** How many of the four weeks are known. */
  weeks: Type.Integer(),
})
export const TodayAnswer = closed({ timeZone: Type.String(), series: Type.Array(TodaySeries) })

export const ReadingsQuery = closed({
  point: OnePoint,
  from: Instant,
  to: Instant,
  format: Type.Optional(Type.Union([Type.Literal('ndjson'), Type.Literal('csv')])),
})
export const SupersededQuery = closed({ point: OnePoint, from: Instant, to: Instant })
export const SupersededReading = closed({
  at: Instant,
  value: ReadingValue,
  quality: QualityWord,
  simulated: Type.Boolean(),
  receivedAt: Instant,
  supersededAt: Instant,
})
export const SupersededAnswer = itemsOf(SupersededReading)

export type BucketShown = Static<typeof BucketShown>
export type SeriesShown = Static<typeof SeriesShown>
export type SeriesAnswer = Static<typeof SeriesAnswer>
export type SeriesColumnsAnswer = Static<typeof SeriesColumnsAnswer>
export type LatestReading = Static<typeof LatestReading>
export type LatestAnswer = Static<typeof LatestAnswer>
export type Step = Static<typeof Step>
export type ConsumptionStep = Static<typeof ConsumptionStep>
export type TodaySeries = Static<typeof TodaySeries>
export type TodayAnswer = Static<typeof TodayAnswer>
export type ConsumptionSeries = Static<typeof ConsumptionSeries>
export type ConsumptionAnswer = Static<typeof ConsumptionAnswer>
export type SupersededReading = Static<typeof SupersededReading>
export type SupersededAnswer = Static<typeof SupersededAnswer>
