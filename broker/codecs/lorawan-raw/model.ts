// A LoRaWAN device model as data: what each byte of its frames means. A new sensor is a new table in models/, not new code.

/** How a whole number of a frame becomes a value: (raw × times + plus) ÷ divide, or a word; some numbers mean "no reading". */
export type ValueSpec = {
  point: string
  /** Lowest bit and number of bits, when the value has only a part of its bytes. */
  bits?: readonly [low: number, count: number]
  signed?: boolean
  times?: number
  plus?: number
  divide?: number
  unit?: string
  /** Texts of a state; a number that is not listed is no state of this model. */
  words?: Readonly<Record<number, string | boolean>>
  /** Raw numbers that stand for "no reading". */
  none?: readonly number[]
  /** Not named when there is no reading: reserved bits, faults that are not there. */
  silent?: boolean
  /** What the data sheet allows, in the value's unit; outside it is no value of this model. */
  range?: readonly [least: number, most: number]
}

/** Consecutive bytes: a number with its values, an instant, or bytes that are not read. */
export type Item = {
  bytes: number
  values?: readonly ValueSpec[]
  signed?: boolean
  float?: boolean
  order?: 'big' | 'little'
  /** Seconds since 1970: the instant of the values that follow in this part. */
  instant?: boolean
  /** Named under `ignored`: identities, versions, settings. */
  ignore?: string
  /** The bytes always are these; others are not of this model. */
  constant?: number
}

/** One frame or one tagged piece of a frame; `when` are masked bytes that must be so. */
export type Part = {
  items: readonly Item[]
  when?: readonly { at: number; mask: number; equals: number }[]
}

type Naming = {
  /** `vendor-model`, as topics, device profiles and connectors name it. */
  id: string
  /** Other names that device profiles have; compared without case and separators. */
  names?: readonly string[]
  /** The ports this model sends readings on; other ports are not read by content. */
  ports?: readonly number[]
  order: 'big' | 'little'
}

/** Frames of fixed forms. */
export type FrameModel = Naming & { layout: 'frames'; frames: readonly Part[] }
/** Pieces that begin with a tag in hex digits; `channel`: one byte before the tag that numbers the point. */
export type TaggedModel = Naming & {
  layout: 'tagged'
  tagBytes: 1 | 2
  channel?: boolean
  /** Bytes before the first piece. */
  header?: readonly Item[]
  /** Bits of a tag that carry something else. */
  tagMask?: number
  tags: Readonly<Record<string, readonly Part[]>>
  /** Tags without which content alone does not tell this model. */
  requires?: readonly string[]
}
/** A head, then words of 16 bits for each sensor whose flag is set (Decentlab). */
export type FlaggedModel = Naming & { layout: 'flagged'; sensors: readonly (readonly Item[])[] }
export type Model = FrameModel | TaggedModel | FlaggedModel

type Options = Omit<ValueSpec, 'point' | 'unit' | 'divide'>

const one =
  (bytes: number, signed: boolean) =>
  (point: string, unit?: string | null, divide = 1, options: Options = {}): Item => ({
    bytes,
    signed,
    values: [{ point, ...(unit == null ? {} : { unit }), ...(divide === 1 ? {} : { divide }), ...options }],
  })

/** One number: point, unit, divisor and the rarer options. */
export const u8 = one(1, false)
export const i8 = one(1, true)
export const u16 = one(2, false)
export const i16 = one(2, true)
export const u24 = one(3, false)
export const i24 = one(3, true)
export const u32 = one(4, false)
export const i32 = one(4, true)
export const f32 = (point: string, unit?: string): Item => ({
  bytes: 4,
  float: true,
  values: [{ point, ...(unit === undefined ? {} : { unit }) }],
})
/** A byte that says a state. */
export const state = (point: string, words: Readonly<Record<number, string | boolean>>): Item => ({
  bytes: 1,
  values: [{ point, words }],
})
/** Several values in the same bytes. */
export const bits = (bytes: number, ...values: readonly ValueSpec[]): Item => ({ bytes, values })
export const bit = (point: string, low: number, words?: Readonly<Record<number, string | boolean>>): ValueSpec => ({
  point,
  bits: [low, 1],
  words: words ?? { 0: false, 1: true },
})
export const constant = (bytes: number, value: number): Item => ({ bytes, constant: value })
export const skip = (bytes: number, ignore?: string): Item => ({
  bytes,
  ...(ignore === undefined ? {} : { ignore }),
})
export const instant = (): Item => ({ bytes: 4, instant: true })
/** A piece that has one form only. */
export const part = (...items: readonly Item[]): readonly Part[] => [{ items }]
