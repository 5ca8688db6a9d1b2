// Disturbances as a person writes them: "loss=0.01,skew=30s,outage=10s".
import type { Disturbance } from './disturbance.ts'

export type { Disturbance }

const LASTS_MS = 10_000
const WITHIN_MS = 2_000

/** Milliseconds of "500ms", "30s", "-2m", "1h"; null when it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match?.[2] ?? '']
  return match === null || unit === undefined ? null : Number(match[1]) * unit
}

type Reader = (text: string, now: number) => Disturbance | null
const probability =
  (make: (probability: number) => Disturbance): Reader =>
  (text) => {
    const value = Number(text)
    return text !== '' && value >= 0 && value <= 1 ? make(value) : null
  }
const after =
  (make: (at: number) => Disturbance): Reader =>
  (text, now) => {
    const ms = parseDuration(text)
    return ms === null || ms < 0 ? null : make(now + ms)
  }
const READERS: Record<string, Reader> = {
  loss: probability((p) => ({ kind: 'loss', probability: p })),
  duplicate: probability((p) => ({ kind: 'duplicate', probability: p, withinMs: WITHIN_MS })),
  reorder: probability((p) => ({ kind: 'reorder', probability: p, withinMs: WITHIN_MS })),
  spike: probability((p) => ({ kind: 'spike', probability: p, factor: 50 })),
  skew: (text) => {
    const ms = parseDuration(text)
    return ms === null ? null : { kind: 'clock-skew', ms }
  },
  'roll-over': (text) => (Number(text) > 0 ? { kind: 'roll-over', units: Number(text) } : null),
  outage: after((from) => ({ kind: 'outage', from, to: from + LASTS_MS })),
  'power-cut': after((from) => ({ kind: 'power-cut', from, to: from + LASTS_MS })),
  stuck: after((from) => ({ kind: 'stuck', from, to: from + LASTS_MS })),
  reset: after((at) => ({ kind: 'counter-reset', at })),
  'meter-change': after((at) => ({ kind: 'meter-change', at, initial: 0 })),
  herd: after((at) => ({ kind: 'herd', at })),
}

/** The disturbances of a list separated by commas, or a sentence that says which part is wrong. Times count from `now`. */
export function parseDisturbances(text: string, now: number): Disturbance[] | string {
  const list: Disturbance[] = []
  for (const part of text.split(',').filter((each) => each !== '')) {
    const [name = '', value = ''] = part.split('=', 2)
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined
    if (reader === undefined) return `${name} is unknown; there are ${Object.keys(READERS).join(', ')}.`
    const disturbance = reader(value, now)
    if (disturbance === null)
      return `${part}: give a probability from 0 to 1, a time such as 30s, or (roll-over) a number.`
    list.push(disturbance)
  }
  return list
}
