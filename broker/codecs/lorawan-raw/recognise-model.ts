// Which model sent a frame: as it was told, or, when every model that could have sent it says the same, by content.
import type { DecodeProblem } from '#broker/codecs/codec.ts'
import { problem } from '#broker/codecs/codec.ts'
import type { Model } from './model.ts'
import { MODELS, VENDORS } from './models/all.ts'
import { couldBe, readModel } from './read-model.ts'
import type { ModelReading } from './read-model.ts'

/** What is known of an uplink besides its bytes. */
export type UplinkFacts = {
  /** Device profile, model or driver names in the envelope; the first that is a known model counts. */
  names: readonly string[]
  port: number | null
  devEui: string | null
}
export type RecognisedFrame = {
  /** False when the bytes fit no model surely enough. */
  isRecognised: boolean
  readings: Omit<ModelReading, 'place'>[]
  ignored: string[]
  problems: DecodeProblem[]
}

/**
 * Bits of a frame that must have been able to speak against a model, before content alone tells it: chance fits once in
 * 2^16. A model that falls as far behind another has no say any more.
 */
const EVIDENCE_BITS = 16
/** What an unusual port (1 to 10 are everybody's) and the vendor's own range of device EUIs add. */
const PORT_BITS = 6
const VENDOR_BITS = 24
const FIRST_UNUSUAL_PORT = 11

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
const BY_NAME = new Map(
  MODELS.flatMap((model) => [model.id, ...(model.names ?? [])].map((name) => [plain(name), model])),
)
/** Longest first, so that `am307l` is not read as `am30`. */
const NAMES = [...BY_NAME.keys()].filter((name) => name.length >= 4).sort((a, b) => b.length - a.length)

/** Names whose model is remembered: device profiles are few. */
const REMEMBERED = 1_000
const remembered = new Map<string, Model | null>()

/** The model of a name: the whole name, or the only model whose name stands in it ("Milesight EM300-TH class A"). */
export function modelOf(name: string): Model | null {
  const known = remembered.get(name)
  if (known !== undefined) return known
  const words = new Set(
    name
      .toLowerCase()
      .split(/[\s/_,;:()]+/)
      .map(plain),
  )
  const found = NAMES.find((one) => words.has(one))
  // `milesight-ws523`: the maker before one of the model's other names.
  const whole = BY_NAME.get(plain(name)) ?? BY_NAME.get(plain(name.replace(/^[a-z]+[-_ ]/i, '')))
  const model = whole ?? (found === undefined ? null : (BY_NAME.get(found) ?? null))
  if (remembered.size < REMEMBERED && name.length <= 128) remembered.set(name, model)
  return model
}

/** Reads a frame; never guesses: what two models would read differently is left out and named. */
export function recogniseFrame(bytes: Uint8Array, facts: UplinkFacts): RecognisedFrame {
  for (const name of facts.names) {
    const model = modelOf(name)
    if (model === null) continue
    // Settings, versions and stored readings come on other ports, in other forms.
    if (facts.port !== null && model.ports?.includes(facts.port) === false && !isFreeOfPort(model)) {
      return { isRecognised: true, readings: [], ignored: [`fPort ${facts.port}`], problems: [] }
    }
    const result = readModel(model, bytes, true)
    if (result.problem !== null) return none(problem(result.problem, result.detail))
    const problems = result.wrong.map((detail) => problem('bad-value', detail))
    return { isRecognised: true, readings: result.readings, ignored: result.ignored, problems }
  }
  const vendor = VENDORS.find(({ eui }) => facts.devEui?.toLowerCase().startsWith(eui) === true)?.vendor ?? null
  const fitting = MODELS.flatMap((model) => {
    if (vendor !== null && !model.id.startsWith(`${vendor}-`)) return []
    if (facts.port !== null && model.ports?.includes(facts.port) === false) return []
    if (!couldBe(model, bytes)) return []
    const result = readModel(model, bytes, false)
    if (result.problem !== null || result.evidence === 0) return []
    const isUnusualPort = facts.port !== null && facts.port >= FIRST_UNUSUAL_PORT && model.ports !== undefined
    const evidence = result.evidence + (isUnusualPort ? PORT_BITS : 0) + (vendor === null ? 0 : VENDOR_BITS)
    return [{ model, result, evidence }]
  })
  const best = Math.max(0, ...fitting.map(({ evidence }) => evidence))
  if (best < EVIDENCE_BITS) {
    const told = facts.names.filter((name) => name !== '').join(', ')
    return none(problem('unknown-model', told.slice(0, 100) || undefined))
  }
  const likely = fitting.filter(({ evidence }) => evidence > best - EVIDENCE_BITS)
  return consensus(likely.map(({ model, result }) => ({ id: model.id, ...result })))
}

/** Pieces say by their tags what they are, on whichever port the owner has set. */
function isFreeOfPort(model: Model): boolean {
  return model.layout !== 'frames'
}

type Opinion = { id: string; readings: ModelReading[]; ignored: string[] }

function consensus(opinions: Opinion[]): RecognisedFrame {
  const [first, ...others] = opinions as [Opinion, ...Opinion[]]
  if (others.length === 0) return { isRecognised: true, readings: first.readings, ignored: first.ignored, problems: [] }
  const places = new Map<number, ModelReading[]>()
  for (const { readings } of opinions) {
    for (const reading of readings) places.set(reading.place, [...(places.get(reading.place) ?? []), reading])
  }
  const readings: ModelReading[] = []
  const disputed = new Set<string>()
  for (const [, same] of [...places].sort(([a], [b]) => a - b)) {
    const reading = same.length === opinions.length ? agreed(same) : null
    if (reading === null) for (const { point } of same) disputed.add(point)
    else readings.push(reading)
  }
  const ignored = [...new Set(opinions.flatMap((one) => one.ignored))].filter(
    (key) => opinions.every((one) => one.ignored.includes(key)) && !disputed.has(key),
  )
  if (disputed.size === 0) return { isRecognised: true, readings, ignored, problems: [] }
  const models = opinions.map(({ id }) => id).join(', ')
  const detail = `${[...disputed].join(' or ')} (${models})`
  return { isRecognised: true, readings, ignored, problems: [problem('unknown-model', detail.slice(0, 200))] }
}

/** The one reading all mean, under the plainest of their names, or null. A number counts only if it is the same quantity. */
function agreed(same: ModelReading[]): ModelReading | null {
  const [first] = same as [ModelReading]
  const stem = stemOf(first.point)
  const isSame = same.every(
    ({ point, value, unit, at }) =>
      value === first.value && unit === first.unit && at === first.at && stemOf(point) === stem,
  )
  return isSame ? same.reduce((a, b) => (b.point.length < a.point.length ? b : a)) : null
}

function stemOf(point: string): string {
  return point.split('_')[0] as string
}

function none(...problems: DecodeProblem[]): RecognisedFrame {
  return { isRecognised: false, readings: [], ignored: [], problems }
}
