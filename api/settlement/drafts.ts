// Drafts as they stand now, kept as long as nothing that they rest on has changed.
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Bundle, Device, Id, LocalDate } from '#domain/registry/bundle.ts'
import type { Grounds, LedgerEntry } from '#domain/ports/records.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { createClosedMonths, type Counted } from './closed-months.ts'
import { closedBefore, frozenOf, gatherFacts, gatherReadings } from './gather.ts'
import type { SettleAnswer, SettleJob } from './settle-job.ts'
import { createSettlePool, type SettlePool } from './settle-pool.ts'

export type Draft = {
  settlement: Settlement
  /** By the facts and readings that it goes by. */
  grounds: Grounds
  /** When everything it rests on had been read, in milliseconds. */
  readAt: number
  /** Equal as long as the engine's input is equal. */
  fingerprint: string
  /** Changes of facts counted up to then (see `factsRevision`). */
  revision: number
}
/** Objects that are supposed; metered costs may differ in the month that is looked at only, devices from a local date on. */
export type Supposed = Pick<Bundle, 'invoices' | 'meteredCosts'> & {
  devices?: { from: LocalDate; values: readonly Device[] }
}
export type Drafts = {
  /** The draft by the facts and readings of now. */
  exact(premises: Id, period: string, ledger: readonly LedgerEntry[]): Promise<Draft>
  /** The same, or one that is up to `ageMs` old if no fact has changed since: for lists. */
  recent(premises: Id, period: string, ledger: readonly LedgerEntry[], ageMs: number): Promise<Draft>
  /** For summaries: what is kept if no fact has changed since (renewed behind the scenes), else computed, unless that takes long: then null. */
  glance(premises: Id, period: string, ledger: readonly LedgerEntry[]): Promise<Draft | null>
  /** The draft with how these items come about. With `knownAt` by what the platform knew then, with `adjusting` only with adjustments of those months. */
  explained(
    premises: Id,
    period: string,
    ledger: readonly LedgerEntry[],
    items: SettleJob['explain'],
    knownAt: number | null,
    adjusting?: readonly string[],
  ): Promise<SettleAnswer>
  /** The draft as it would be with these objects as well, each in place of the one of its id. Nothing is kept. */
  supposing(premises: Id, period: string, ledger: readonly LedgerEntry[], objects: Supposed): Promise<Settlement>
  /** Months under other rules, by the thread that computes drafts. */
  whatIf: SettlePool['whatIf']
  /** How many changes of facts there have been. */
  factsRevision(): number
  close(): Promise<void>
}

/** A glance takes what is so old without renewing it, waits so long for what is new, and starts no more than so many at a time. */
const GLANCE_FRESH_MS = 120_000
const GLANCE_WAIT_MS = 1500
const GLANCES_AT_ONCE = 4

type Kept = Draft & { ledgerLength: number }

export function createDrafts({ records, telemetry, limits, now, log, trace }: RouteParts): Drafts {
  const pool = createSettlePool({ queueLimit: limits.settlementsQueued, log, trace })
  const kept = new Map<string, Kept>()
  const running = new Map<string, Promise<Draft>>()
  const closedMonths = createClosedMonths(telemetry, limits.closedMonthsKept)
  let revision = 0
  const stop = records.onChange(() => void revision++)

  /** What the draft of a month goes by; of closed months only what is not kept, or no longer stands. */
  const gathered = async (
    premises: Id,
    period: string,
    ledger: readonly LedgerEntry[],
  ): Promise<{ job: Omit<SettleJob, 'explain'>; counted: Counted }> => {
    const stores = { records, telemetry }
    const earlier = frozenOf(ledger)
    const closed = closedBefore(earlier, period)
    const counted = closedMonths.counted(revision)
    let recomputed = closedMonths.kept(premises, closed, counted, null)
    const without = (): string[] => closed.filter((month) => !recomputed.has(month))
    const facts = await gatherFacts(stores, premises, [...without(), period], null)
    // Some fact has changed: most months are as they were, which their facts show.
    if (without().length > 0) recomputed = closedMonths.kept(premises, closed, counted, facts)
    const readings = await gatherReadings(stores, facts, premises, [...without(), period], null)
    return { job: { facts, premises, period, earlier, readings, recomputed }, counted }
  }
  const compute = async (premises: Id, period: string, ledger: readonly LedgerEntry[]): Promise<Draft> => {
    const key = `${premises} ${period}`
    const before = revision
    const { job, counted } = await gathered(premises, period, ledger)
    const readAt = now()
    const fingerprint = fingerprintOf(job)
    const known = kept.get(key)
    if (known !== undefined && known.fingerprint === fingerprint) {
      const draft = { ...known, readAt, revision: before, ledgerLength: ledger.length }
      kept.set(key, draft)
      return draft
    }
    const { settlement, simulated, recomputed } = await pool.settle({ ...job, explain: [] })
    closedMonths.keep(premises, recomputed, counted, job)
    const demonstration = job.facts.premises?.find(({ id }) => id === premises)?.demonstration === true
    const grounds = { simulated, demonstration }
    const draft: Kept = { settlement, grounds, readAt, revision: before, fingerprint, ledgerLength: ledger.length }
    kept.delete(key)
    if (kept.size >= limits.draftsKept) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, draft)
    return draft
  }
  /** Whoever asks for the same while it is computed gets the same. */
  const shared = (premises: Id, period: string, ledger: readonly LedgerEntry[]): Promise<Draft> => {
    const key = `${premises} ${period} ${revision} ${ledger.length}`
    const known = running.get(key)
    if (known !== undefined) return known
    const promise = compute(premises, period, ledger).finally(() => running.delete(key))
    running.set(key, promise)
    return promise
  }
  return {
    exact: shared,
    async recent(premises, period, ledger, ageMs) {
      const known = kept.get(`${premises} ${period}`)
      const fits =
        known !== undefined &&
        known.revision === revision &&
        known.ledgerLength === ledger.length &&
        now() - known.readAt <= ageMs
      return fits ? known : shared(premises, period, ledger)
    },
    async glance(premises, period, ledger) {
      const known = kept.get(`${premises} ${period}`)
      const fits = known !== undefined && known.revision === revision && known.ledgerLength === ledger.length
      if (fits && now() - known.readAt <= GLANCE_FRESH_MS) return known
      if (running.size >= GLANCES_AT_ONCE) return fits ? known : null
      const computing = shared(premises, period, ledger)
      // Whoever waits hears of a failure; when nobody waits any more, the next glance tries anew.
      computing.catch(() => undefined)
      if (fits) return known
      const late = new AbortController()
      const tooLong = setTimeout(GLANCE_WAIT_MS, null, { signal: late.signal, ref: false }).catch(() => null)
      try {
        return await Promise.race([computing, tooLong])
      } finally {
        late.abort()
      }
    },
    async explained(premises, period, ledger, items, knownAt, adjusting) {
      const stores = { records, telemetry }
      const earlier = frozenOf(ledger)
      const closed = closedBefore(earlier, period).filter(
        (month) => adjusting === undefined || adjusting.includes(month),
      )
      const months = [...closed, period]
      const facts = await gatherFacts(stores, premises, months, knownAt)
      const readings = await gatherReadings(stores, facts, premises, months, knownAt)
      const job = { facts, premises, period, earlier, readings, recomputed: new Map(), adjusting: closed }
      return pool.settle({ ...job, explain: items })
    },
    async supposing(premises, period, ledger, objects) {
      const invoices = objects.invoices ?? []
      const isTouched = (month: string): boolean =>
        (objects.devices !== undefined && month >= objects.devices.from.slice(0, 7)) ||
        invoices.some(({ serviceFrom, serviceTo }) => serviceFrom.slice(0, 7) <= month && serviceTo > `${month}-01`)
      const { job } = await gathered(premises, period, ledger)
      // Closed months that one of them falls in are computed with it; all others stand as they come out today.
      const recomputed = new Map([...job.recomputed].filter(([month]) => !isTouched(month)))
      const months = [...closedBefore(job.earlier, period).filter((month) => !recomputed.has(month)), period]
      const known = await gatherFacts({ records }, premises, months, null)
      const facts: Bundle = {
        ...known,
        invoices: withObjects(known.invoices, invoices),
        meteredCosts: withObjects(known.meteredCosts, objects.meteredCosts),
        devices: withObjects(known.devices, objects.devices?.values),
      }
      const readings = await gatherReadings({ telemetry }, facts, premises, months, null)
      return (await pool.settle({ ...job, facts, readings, recomputed, explain: [] })).settlement
    },
    whatIf: (job) => pool.whatIf(job),
    factsRevision: () => revision,
    async close() {
      stop()
      await pool.close()
    },
  }
}

/** Each new object in place of the one of its id. */
function withObjects<T extends { id: Id }>(known: readonly T[] = [], added: readonly T[] = []): T[] {
  const ids = new Set(added.map(({ id }) => id))
  return [...known.filter(({ id }) => !ids.has(id)), ...added]
}

/** Equal for equal input of the engine. */
function fingerprintOf({ facts, earlier, readings, recomputed }: Omit<SettleJob, 'explain'>): string {
  const plain = JSON.stringify([facts, earlier, [...recomputed]], (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  const hash = createHash('sha256').update(plain)
  for (const { device, point, readings: known } of readings) {
    hash.update(`\n${device} ${point} ${known?.at.length ?? 0} ${known?.simulated ?? false}\n`)
    if (known === null) continue
    for (const { buffer, byteOffset, byteLength } of [known.at, known.micro])
      hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest('hex')
}
