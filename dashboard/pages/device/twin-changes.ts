// What changed in a twin, read from its versions: who wanted what when, when the device had it, and what the device changed by itself.
import type { TwinHistory } from '#contract/twins.ts'

type Version = TwinHistory['items'][number]
export type TwinChange = {
  key: string
  at: string
  /** Null: the device itself. */
  by: string | null
  from: unknown
  to: unknown
  /** When the device reported it; null: not yet, or something else was wanted before. */
  reportedAt: string | null
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])]

/** `versions` are the newest first, as the API gives them; so are the changes. The oldest is only compared with when more came before it. */
export function twinChanges(versions: readonly Version[]): TwinChange[] {
  const inTime = versions.toReversed()
  const before: Pick<Version, 'desired' | 'reported'>[] = [{ desired: {}, reported: {} }, ...inTime]
  const changes: TwinChange[] = []
  for (const [index, version] of inTime.entries()) {
    if (index === 0 && version.version > 1) continue
    const { desired, reported } = before[index] ?? { desired: {}, reported: {} }
    const common = { at: version.changedAt, key: '' }
    for (const key of keysOf(desired, version.desired))
      if (!same(desired[key], version.desired[key])) {
        const to = version.desired[key]
        const reportedAt = to === undefined ? null : reachedAt(inTime.slice(index), key, to)
        changes.push({ ...common, key, by: version.changedBy, from: desired[key], to, reportedAt })
      }
    for (const key of keysOf(reported, version.reported)) {
      const to = version.reported[key]
      // That it took what was wanted stands with the wish.
      if (same(reported[key], to) || (to !== undefined && same(version.desired[key], to))) continue
      changes.push({ ...common, key, by: null, from: reported[key], to, reportedAt: version.changedAt })
    }
  }
  return changes.toReversed()
}

function reachedAt(versions: readonly Version[], key: string, wanted: unknown): string | null {
  for (const { desired, reported, changedAt } of versions) {
    if (!same(desired[key], wanted)) return null
    if (same(reported[key], wanted)) return changedAt
  }
  return null
}
