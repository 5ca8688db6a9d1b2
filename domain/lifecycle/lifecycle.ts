// The life of a device from plan to scrap: its states with their dates, which may follow which, and who recorded each.
import type { Device, LifecycleRow, LifecycleState, LocalDate } from '#domain/registry/bundle.ts'
import type { Stored } from '#domain/ports/records.ts'

/** What may come after a state; nothing comes after `retired`. */
export const NEXT_STATES: { readonly [S in LifecycleState]: readonly LifecycleState[] } = {
  planned: ['in-stock', 'installed', 'retired'],
  'in-stock': ['installed', 'retired'],
  installed: ['in-use', 'in-stock', 'out-of-service', 'retired'],
  'in-use': ['out-of-service', 'in-stock', 'retired'],
  'out-of-service': ['in-use', 'in-stock', 'retired'],
  retired: [],
}
/** States that a device with no row before is in by then: what is taken out of use was in use. */
const WAS_IN_USE: readonly LifecycleState[] = ['out-of-service', 'retired']

/** The state on a local date: that of the last row begun; without rows a device is in use. */
export function lifecycleOn({ lifecycle = [] }: Pick<Device, 'lifecycle'>, date: LocalDate): LifecycleState {
  const row = lifecycle.findLast(({ from }) => from <= date)
  if (row !== undefined) return row.state
  const [first] = lifecycle
  return first === undefined || WAS_IN_USE.includes(first.state) ? 'in-use' : 'planned'
}

/** Whether it should be heard in this state: only then silence is a fault. */
export const isToBeHeard = (state: LifecycleState): boolean => state === 'installed' || state === 'in-use'

/** What may come after its last row; a device without rows is in use. */
export const nextStates = ({ lifecycle = [] }: Pick<Device, 'lifecycle'>): readonly LifecycleState[] =>
  NEXT_STATES[lifecycle.at(-1)?.state ?? 'in-use']

type LifecycleRefusal = 'not-after' | 'before-last'
/** The device in a further state from a date on; or why not: the state may not follow, or the date is not after the last row's. */
export function moveOn(
  device: Device,
  row: LifecycleRow,
): { ok: true; device: Device } | { ok: false; reason: LifecycleRefusal } {
  const rows = device.lifecycle ?? []
  const last = rows.at(-1)
  if (!nextStates(device).includes(row.state)) return { ok: false, reason: 'not-after' }
  if (last !== undefined && row.from <= last.from) return { ok: false, reason: 'before-last' }
  return { ok: true, device: { ...device, lifecycle: [...rows, row] } }
}

/** The device without its last row, where that begins after the day: what has begun is history and stays. Null where none is to come. */
export function withoutLastStep(device: Device, day: LocalDate): { device: Device; row: LifecycleRow } | null {
  const rows = device.lifecycle ?? []
  const row = rows.at(-1)
  if (row === undefined || row.from <= day) return null
  const { lifecycle: _rows, ...rest } = device
  return { row, device: rows.length === 1 ? rest : { ...rest, lifecycle: rows.slice(0, -1) } }
}

/** A row with when the platform learned it and by whom: the version in which it first stood as it stands now. */
type LifecycleStep = LifecycleRow & { recordedAt: number; recordedBy: string }
/** The rows of today's device; `versions` are all of them, the first first. */
export function lifecycleSteps(versions: readonly Stored<Device>[]): LifecycleStep[] {
  const now = versions.at(-1)?.value.lifecycle ?? []
  return now.flatMap((row) => {
    const isSame = (one: LifecycleRow): boolean =>
      one.state === row.state && one.from === row.from && one.note === row.note
    const learned = versions.find(({ value }) => (value.lifecycle ?? []).some(isSame))
    return learned === undefined ? [] : [{ ...row, recordedAt: learned.recordedAt, recordedBy: learned.recordedBy }]
  })
}
