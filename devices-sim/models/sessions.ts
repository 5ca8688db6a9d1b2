// Who used a shared device from when to when: bookings of meeting rooms and booths, cars at the chargers.
import type { Device } from '#domain/registry/bundle.ts'
import { type LocalClock, DAY_MS } from '#sim/local-clock.ts'
import { hashName, randomAt } from '#sim/random.ts'
import type { Occupancy } from './occupancy.ts'

export type Session = {
  organisation: string
  from: number
  to: number
  /** EV only: energy taken, from the start at full power. */ energyWh: number
}
export type Sessions = {
  /** The sessions that start on a local day, in order; they do not overlap. */
  ofDay(device: Device, day: number): readonly Session[]
  /** The session under way at an instant. */
  at(device: Device, at: number): Session | null
}

/** How each shared type is used: tries a day, chance of each, length in quarters, day's window in minutes. */
const PATTERNS: Record<
  string,
  { tries: number; chance: number; quarters: [number, number]; window: [number, number] }
> = {
  'meeting-room': { tries: 4, chance: 0.5, quarters: [2, 8], window: [8 * 60, 16 * 60] },
  'video-booth': { tries: 7, chance: 0.42, quarters: [1, 3], window: [9 * 60, 16 * 60] },
  'ev-charger': { tries: 2, chance: 0.55, quarters: [8, 32], window: [7 * 60, 17 * 60] },
}
export const isShared = (device: Device): boolean => (device.type ?? '') in PATTERNS

export function createSessions(
  occupancy: Occupancy,
  clock: LocalClock,
  isWorkday: (day: number) => boolean,
  seed: number,
): Sessions {
  const kept = new Map<string, { day: number; sessions: readonly Session[] }>()

  function make(device: Device, day: number): Session[] {
    const pattern = PATTERNS[device.type ?? '']
    if (pattern === undefined || !isWorkday(day)) return []
    const key = hashName(seed, `sessions:${device.id}`)
    const midnight = clock.midnight(day)
    const noon = midnight + 11 * 3_600_000
    const slot = (pattern.window[1] - pattern.window[0]) / pattern.tries
    const sessions: Session[] = []
    let free = 0
    for (let i = 0; i < pattern.tries; i++) {
      const index = day * 32 + i * 4
      if (randomAt(key, index) >= pattern.chance) continue
      const startMinute = Math.floor((pattern.window[0] + slot * (i + 0.6 * randomAt(key, index + 1))) / 15) * 15
      const length =
        pattern.quarters[0] + Math.floor(randomAt(key, index + 2) * (pattern.quarters[1] - pattern.quarters[0] + 1))
      const from = Math.max(midnight + startMinute * 60_000, free)
      const to = Math.min(from + length * 900_000, midnight + 20 * 3_600_000)
      if (to <= from) continue
      const organisation = pick(noon, randomAt(key, index + 3))
      if (organisation === null) continue
      // Nobody is the last user for ever: a car takes what its battery lacks, 6 to 40 kWh.
      sessions.push({ organisation, from, to, energyWh: 6000 + Math.floor(34_000 * randomAt(key, index + 2)) })
      free = to
    }
    return sessions
  }

  /** Who it is, in proportion to the people present. */
  function pick(at: number, chance: number): string | null {
    let left = chance * occupancy.allPeople(at)
    for (const organisation of occupancy.organisations) {
      left -= occupancy.people(organisation, at)
      if (left < 0) return organisation
    }
    return null
  }

  function ofDay(device: Device, day: number): readonly Session[] {
    const last = kept.get(device.id)
    if (last !== undefined && last.day === day) return last.sessions
    const sessions = make(device, day)
    kept.set(device.id, { day, sessions })
    return sessions
  }
  return {
    ofDay,
    at(device, at) {
      for (const session of ofDay(device, Math.floor(clock.localMs(at) / DAY_MS))) {
        if (session.from <= at && at < session.to) return session
      }
      return null
    },
  }
}
