// What rules were waiting for, kept for a restart: the states that no reading tells again. Standing alarms are papers and not part of it.
import { isIdle } from '#domain/alarms/machine.ts'
import type { WatchState } from '#domain/alarms/watch.ts'
import type { MachineState } from '#domain/alarms/machine.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Place, Watch } from './watches.ts'

export type Checkpoint = {
  /** When it was written: the platform was there until then. */
  at: number
  watches: Record<string, WatchState>
  ways: Record<string, MachineState>
}
const NAME = 'alarm-engine'

export async function readCheckpoint(records: Pick<Records, 'getMeta'>): Promise<Checkpoint | null> {
  const text = await records.getMeta(NAME)
  return text === null ? null : (JSON.parse(text) as Checkpoint)
}

/** Writes it; gives its text without the time. One that says the same is written again only now and then, as a sign of life. */
export async function writeCheckpoint(
  records: Pick<Records, 'putMeta'>,
  places: readonly Place[],
  slow: ReadonlyMap<string, Watch>,
  at: number,
  before: string,
): Promise<string> {
  const watches: Checkpoint['watches'] = {}
  const ways: Checkpoint['ways'] = {}
  for (const watch of slow.values()) if (!isIdle(watch.state.machine)) watches[watch.key] = watch.state
  for (const place of places) {
    for (const { key, state, watcher } of place.watches.values())
      // Whoever is only waited for is waited for again from when it was heard.
      if (!(watcher.byReceived ? isWaiting(state) : isIdle(state.machine))) watches[key] = state
    for (const { key, machine } of place.ways.values()) if (!isIdle(machine)) ways[key] = machine
  }
  const text = JSON.stringify({ watches, ways })
  const minute = String(Math.floor(at / ALIVE_MS))
  if (before === minute + text) return before
  await records.putMeta(NAME, `{"at":${at},${text.slice(1)}`)
  return minute + text
}
const ALIVE_MS = 30_000

const isWaiting = ({ machine }: WatchState): boolean =>
  (machine.phase === 'pending' || machine.phase === 'normal') && machine.raises.length === 0 && !machine.flapping
