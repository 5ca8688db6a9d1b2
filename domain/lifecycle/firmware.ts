// What should be known of a device's firmware on a day: its support ends or has ended, or it has no CE marking.
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import type { Device, LocalDate } from '#domain/registry/bundle.ts'
import { lifecycleOn } from './lifecycle.ts'

/** Days before the end of the support on which it is told: a replacement must be bought by tender. */
const TOLD_DAYS = 365

export type FirmwareWarning = { code: 'support-ends' | 'support-ended' | 'no-ce'; on: LocalDate | null }
/** `supportUntil` is the last day of support. A retired device needs none. */
export function firmwareWarnings(device: Pick<Device, 'firmware' | 'lifecycle'>, date: LocalDate): FirmwareWarning[] {
  const { supportUntil, ce } = device.firmware ?? {}
  if (lifecycleOn(device, date) === 'retired') return []
  const found: FirmwareWarning[] = []
  if (supportUntil !== undefined && supportUntil < date) found.push({ code: 'support-ended', on: supportUntil })
  else if (supportUntil !== undefined && supportUntil <= formatDay(dayNumber(date) + TOLD_DAYS))
    found.push({ code: 'support-ends', on: supportUntil })
  if (ce === false) found.push({ code: 'no-ce', on: null })
  return found
}
