// Reads the bytes of one uplink by the table of a model; strict: whatever does not fit the table refuses the whole frame.
import type { DecodeProblemCode } from '#broker/codecs/codec.ts'
import type { FlaggedModel, FrameModel, Item, Model, Part, TaggedModel, ValueSpec } from './model.ts'

export type ModelReading = {
  point: string
  value: number | boolean | string
  unit: string | null
  /** Milliseconds since 1970 when the frame has an instant for it (history), or null. */
  at: number | null
  /** First bit of the value in the frame: two models' readings of the same bits are compared. */
  place: number
}
export type ModelResult =
  | { readings: ModelReading[]; ignored: string[]; wrong: string[]; evidence: number; problem: null }
  | { problem: DecodeProblemCode; detail: string }

/** Pieces in one uplink; LoRaWAN carries 242 bytes at most, a relay's joined ones not much more. */
const PIECES = 256
/** Half of all numbers are instants since 2001; a clock that was never set is rare, and speaks against the model. */
const SET_CLOCK_BITS = 1
const UNSET_CLOCK_BITS = -16
const FIRST_SET_CLOCK_S = Date.UTC(2001, 0, 1) / 1_000

/** Thrown and caught in this file only: ends the reading of a frame at the first thing that does not fit. No Error: a stack costs more than the frame. */
class Misfit {
  readonly code: DecodeProblemCode
  readonly detail: string
  constructor(code: DecodeProblemCode, detail: string) {
    this.code = code
    this.detail = detail
  }
}

const UNTOLD = new Misfit('wrong-shape', '')

/**
 * What the frame says by this model, or why it is none of it. `evidence`: bits of the frame that could have spoken against
 * the model. `isTold`: the model is known, so a value that its table does not allow is wrong by itself and listed in `wrong`;
 * otherwise it shows that the frame is another model's.
 */
export function readModel(model: Model, bytes: Uint8Array, isTold: boolean): ModelResult {
  const reader = new FrameReader(model, bytes, isTold)
  try {
    if (bytes.length === 0) throw new Misfit('empty', '')
    if (model.layout === 'frames') reader.readFrame(model)
    else if (model.layout === 'tagged') reader.readTagged(model)
    else reader.readFlagged(model)
  } catch (error) {
    if (error instanceof Misfit) return { problem: error.code, detail: error.detail }
    throw error
  }
  const { ignored, wrong, evidence } = reader
  return { readings: lastOfEach(reader.readings), ignored: [...ignored], wrong, evidence, problem: null }
}

/** A point that a frame says twice for the same instant has the later value. */
function lastOfEach(readings: ModelReading[]): ModelReading[] {
  if (readings.length <= FEW && !hasTwice(readings)) return readings
  const last = new Map(readings.map((reading) => [`${reading.at} ${reading.point}`, reading]))
  return last.size === readings.length ? readings : readings.filter((one) => last.get(`${one.at} ${one.point}`) === one)
}

/** So few are compared with each other without a table. */
const FEW = 16
function hasTwice(readings: ModelReading[]): boolean {
  for (let i = 1; i < readings.length; i++) {
    const { point, at } = readings[i] as ModelReading
    for (let j = 0; j < i; j++) {
      const before = readings[j] as ModelReading
      if (before.point === point && before.at === at) return true
    }
  }
  return false
}

class FrameReader {
  readonly readings: ModelReading[] = []
  readonly ignored = new Set<string>()
  readonly wrong: string[] = []
  evidence = 0
  readonly #isTold: boolean
  readonly #model: Model
  readonly #bytes: Uint8Array
  #position = 0
  #suffix = ''

  constructor(model: Model, bytes: Uint8Array, isTold: boolean) {
    this.#isTold = isTold
    this.#model = model
    this.#bytes = bytes
  }

  readFrame(model: FrameModel): void {
    const found = model.frames.find((form) => lengthOf(form) === this.#bytes.length && this.#meets(form))
    if (found === undefined) {
      throw this.#misfit('wrong-shape', () => `no frame of ${model.id} has these ${this.#bytes.length} bytes`)
    }
    this.#readPart(found)
  }

  readTagged(model: TaggedModel): void {
    for (const item of model.header ?? []) this.#readItem(item, null)
    const seen = model.requires === undefined ? null : new Set<string>()
    const table = tagsOf(model)
    for (let pieces = 0; this.#position < this.#bytes.length; pieces++) {
      if (pieces === PIECES) throw new Misfit('too-many-readings', `at most ${PIECES} pieces`)
      this.#suffix = model.channel === true ? `_${this.#number(1, 'big')}` : ''
      const tag = this.#number(model.tagBytes, 'big') & (model.tagMask ?? 0xffff)
      const parts = table.parts.get(tag)
      if (parts === undefined) throw this.#misfit('wrong-shape', () => `${model.id} has no ${tagName(model, tag)}`)
      seen?.add(tagName(model, tag))
      this.evidence += model.tagBytes * 8 - table.bits
      const left = this.#bytes.length - this.#position
      const form = parts.find((one) => lengthOf(one) <= left && this.#meets(one))
      if (form === undefined) {
        const isShort = parts.every((one) => lengthOf(one) > left)
        throw this.#misfit(isShort ? 'truncated' : 'wrong-shape', () => `${tagName(model, tag)} of ${model.id}`)
      }
      this.#readPart(form)
    }
    if (model.requires?.some((tag) => seen?.has(tag) !== true) === true) this.evidence = 0
  }

  readFlagged(model: FlaggedModel): void {
    if (this.#number(1, 'big') !== 2) throw new Misfit('wrong-shape', 'the protocol version is not 2')
    this.#position += 2
    const flags = this.#number(2, 'big')
    if (flags >>> model.sensors.length !== 0) {
      throw new Misfit('wrong-shape', `${model.id} has ${model.sensors.length} flags`)
    }
    this.evidence += 8 + 16 - model.sensors.length
    for (const [index, items] of model.sensors.entries()) {
      if (((flags >>> index) & 1) === 1) for (const item of items) this.#readItem(item, null)
    }
    const left = this.#bytes.length - this.#position
    if (left !== 0) throw new Misfit('wrong-shape', `${left} bytes too many for the flags`)
  }

  #meets({ when, items }: Part): boolean {
    const start = this.#position
    const isSo = (when ?? []).every(({ at, mask, equals }) => ((this.#bytes[start + at] ?? -1) & mask) === equals)
    let at = start
    return isSo && items.every((item) => this.#isConstant(item, (at += item.bytes) - item.bytes))
  }

  #isConstant({ bytes, constant }: Item, at: number): boolean {
    if (constant === undefined) return true
    const start = this.#position
    this.#position = at
    const number = this.#number(bytes, this.#model.order)
    this.#position = start
    return number === constant
  }

  #readPart({ items, when }: Part): void {
    for (const { mask } of when ?? []) this.evidence += bitsIn(mask)
    let at: number | null = null
    for (const item of items) at = this.#readItem(item, at)
  }

  /** Reads one item; gives the instant that holds for the next. */
  #readItem(item: Item, at: number | null): number | null {
    const start = this.#position
    if (item.values === undefined && item.instant !== true && item.constant === undefined) {
      if (start + item.bytes > this.#bytes.length) throw new Misfit('truncated', `byte ${start}`)
      this.#position += item.bytes
      if (item.ignore !== undefined) this.ignored.add(item.ignore)
      return at
    }
    const order = item.order ?? this.#model.order
    const raw = item.float === true ? this.#float(order) : this.#number(item.bytes, order)
    if (item.constant !== undefined) {
      if (raw !== item.constant) throw this.#misfit('wrong-shape', () => `byte ${start}`)
      this.evidence += item.bytes * 8
    }
    if (item.instant === true) {
      const isSet = raw >= FIRST_SET_CLOCK_S
      this.evidence += isSet ? SET_CLOCK_BITS : UNSET_CLOCK_BITS
      return isSet ? raw * 1_000 : at
    }
    for (const spec of item.values ?? []) this.#readValue(spec, item, raw, start, at)
    return at
  }

  #readValue(spec: ValueSpec, item: Item, whole: number, start: number, at: number | null): void {
    const [low, count] = spec.bits ?? [0, item.bytes * 8]
    const point = spec.point + this.#suffix
    const part = spec.bits === undefined ? whole : Math.floor(whole / 2 ** low) % 2 ** count
    if (spec.none?.includes(part) === true || !Number.isFinite(part)) {
      if (spec.silent !== true) this.ignored.add(point)
      return
    }
    const isSigned = (item.signed === true || spec.signed === true) && item.float !== true
    const raw = isSigned && part >= 2 ** (count - 1) ? part - 2 ** count : part
    const value = spec.words === undefined ? scaled(raw, spec) : spec.words[raw]
    if (value === undefined) {
      this.#notAllowed(point, raw)
      return
    }
    if (spec.words !== undefined) this.evidence += count - bitsOfWords(spec.words)
    if (spec.range !== undefined && typeof value === 'number') {
      const [least, most] = spec.range
      if (value < least || value > most) {
        this.#notAllowed(point, value)
        return
      }
      const allowed = ((most - least) * (spec.divide ?? 1)) / (spec.times ?? 1) + 1
      this.evidence += Math.max(0, count - Math.log2(allowed))
    }
    this.readings.push({ point, value, unit: spec.unit ?? null, at, place: start * 8 + low })
  }

  /** Where models are tried, most do not fit, and nobody reads why. */
  #misfit(code: DecodeProblemCode, detail: () => string): Misfit {
    return this.#isTold ? new Misfit(code, detail()) : UNTOLD
  }

  #notAllowed(point: string, value: number | boolean | string): void {
    if (!this.#isTold) throw UNTOLD
    this.wrong.push(`${point} is ${value}`)
  }

  #number(bytes: number, order: 'big' | 'little'): number {
    const start = this.#position
    if (start + bytes > this.#bytes.length) throw this.#misfit('truncated', () => `byte ${start}`)
    let number = 0
    for (let i = 0; i < bytes; i++) {
      number = number * 256 + (this.#bytes[order === 'big' ? start + i : start + bytes - 1 - i] as number)
    }
    this.#position += bytes
    return number
  }

  #float(order: 'big' | 'little'): number {
    const start = this.#position
    const number = this.#number(4, order)
    const view = new DataView(new ArrayBuffer(4))
    view.setUint32(0, number)
    this.#position = start + 4
    return Number(view.getFloat32(0).toPrecision(7))
  }
}

function scaled(raw: number, { times = 1, plus = 0, divide = 1 }: ValueSpec): number {
  const value = (raw * times + plus) / divide
  return Number.isInteger(value) ? value : Number(value.toPrecision(12))
}

/** The length of a piece that has forms of several. */
const VARIED = -1
type TagTable = {
  parts: ReadonlyMap<number, readonly Part[]>
  /** Bytes behind each tag. */
  steps: ReadonlyMap<number, number>
  bits: number
}
const tagTables = new WeakMap<TaggedModel, TagTable>()
function tagsOf(model: TaggedModel): TagTable {
  const known = tagTables.get(model)
  if (known !== undefined) return known
  const tags = Object.entries(model.tags)
  const table = {
    parts: new Map(tags.map(([name, parts]) => [Number.parseInt(name, 16), parts])),
    steps: new Map(
      tags.map(([name, parts]) => {
        const [first = 0, ...others] = parts.map(lengthOf)
        return [Number.parseInt(name, 16), others.every((one) => one === first) ? first : VARIED]
      }),
    ),
    bits: Math.log2(tags.length),
  }
  tagTables.set(model, table)
  return table
}

function tagName(model: TaggedModel, tag: number): string {
  return tag.toString(16).padStart(model.tagBytes * 2, '0')
}

const frameLengths = new WeakMap<FrameModel, ReadonlySet<number>>()
function lengthsOf(model: FrameModel): ReadonlySet<number> {
  const known = frameLengths.get(model)
  if (known !== undefined) return known
  const found = new Set(model.frames.map(lengthOf))
  frameLengths.set(model, found)
  return found
}

/** Whether the length, or the first tag, lets it be a frame of this model; most models are ruled out here. */
export function couldBe(model: Model, bytes: Uint8Array): boolean {
  if (model.layout === 'frames') return lengthsOf(model).has(bytes.length)
  if (model.layout === 'flagged') return bytes[0] === 2
  // From tag to tag, without looking at what they say: most models end at the second.
  const { steps } = tagsOf(model)
  const before = model.channel === true ? 1 : 0
  let at = (model.header ?? []).reduce((sum, item) => sum + item.bytes, 0)
  if (at >= bytes.length) return false
  while (at < bytes.length) {
    at += before
    if (at + model.tagBytes > bytes.length) return false
    const first = bytes[at] as number
    const tag = model.tagBytes === 1 ? first : first * 256 + (bytes[at + 1] as number)
    const step = steps.get(tag & (model.tagMask ?? 0xffff))
    if (step === undefined) return false
    if (step === VARIED) return true
    at += model.tagBytes + step
  }
  return at === bytes.length
}

const wordBits = new WeakMap<object, number>()
function bitsOfWords(words: object): number {
  const known = wordBits.get(words)
  if (known !== undefined) return known
  const bits = Math.log2(Object.keys(words).length)
  wordBits.set(words, bits)
  return bits
}

const lengths = new WeakMap<Part, number>()
function lengthOf(part: Part): number {
  const known = lengths.get(part)
  if (known !== undefined) return known
  const length = part.items.reduce((sum, { bytes }) => sum + bytes, 0)
  lengths.set(part, length)
  return length
}

function bitsIn(mask: number): number {
  let bits = 0
  for (let rest = mask; rest !== 0; rest >>>= 1) bits += rest & 1
  return bits
}
