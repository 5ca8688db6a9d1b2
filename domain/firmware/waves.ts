// The waves of a campaign: which devices are in which, and whether a wave goes on, has passed, or pauses the campaign.
import type { Id } from '#domain/registry/bundle.ts'
import { isFailure, isOver, type Campaign, type Wave } from './firmware.ts'

const MINUTE_MS = 60_000

/** Devices to waves in the order given; the last wave takes what is left. */
export function divide(devices: readonly Id[], waves: readonly Wave[]): number[] {
  const sizes = waves.map(({ size }) =>
    'count' in size ? size.count : Math.ceil((devices.length * size.percent) / 100),
  )
  let wave = 0
  let inWave = 0
  return devices.map(() => {
    while (wave < waves.length - 1 && inWave >= (sizes[wave] ?? 0)) {
      wave++
      inWave = 0
    }
    inWave++
    return wave
  })
}

export type Verdict = 'go-on' | 'pause' | 'passed' | 'next' | 'done'

/**
 * What is to be done with a running campaign whose devices are in these states. `passed`: the wave has what it needs and is looked
 * at from now on; `next`: that time is over; `done`: no device is left to wait for.
 */
export function judge(
  { waves, wave, passedAt, forgiven }: Campaign,
  states: readonly { wave: number; state: string }[],
  now: number,
): Verdict {
  const rules = waves[wave]
  if (rules === undefined) return 'done'
  const own = states.filter((one) => one.wave === wave)
  const failures = own.filter(({ state }) => isFailure(state)).length - forgiven
  if (failures > rules.failuresAllowed) return 'pause'
  const isLast = wave === waves.length - 1
  if (isLast) return states.every(({ state }) => isOver(state)) ? 'done' : 'go-on'
  const installed = own.filter(({ state }) => state === 'installed').length
  // Whom a person has forgiven, nobody waits for.
  const counted = Math.max(0, own.length - forgiven)
  if (installed * 100 < counted * rules.successPercent) return 'go-on'
  if (passedAt === null) return rules.waitMinutes === 0 ? 'next' : 'passed'
  return now >= passedAt + rules.waitMinutes * MINUTE_MS ? 'next' : 'go-on'
}
