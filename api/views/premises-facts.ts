// Facts of premises that summaries ask for again and again, kept until a change of the records: devices, metered costs, agreements.
import { listAll } from '#domain/registry/list-all.ts'
import type { Agreement, Device, Id, MeteredCost } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'

export type PremisesFacts = { devices: Device[]; meteredCosts: MeteredCost[]; agreements: Agreement[] }
export type PremisesFactsCache = { of(premises: Id): Promise<PremisesFacts>; stop(): void }

const MAX_KEPT = 500
const KINDS: ReadonlySet<string> = new Set(['devices', 'meteredCosts', 'agreements', 'premises'])

/** Whoever asks has seen the premises already: what is in it is theirs to see. */
export function createPremisesFacts(records: Records): PremisesFactsCache {
  const kept = new Map<Id, Promise<PremisesFacts>>()
  const stop = records.onChange((changed) => {
    // Which premises an object left or came to is not told: all go, and are read again when asked for.
    if (changed.some(({ kind }) => KINDS.has(kind))) kept.clear()
  })
  const read = async (premises: Id): Promise<PremisesFacts> => ({
    devices: await Array.fromAsync(listAll(records, 'devices', { premises })),
    meteredCosts: await Array.fromAsync(listAll(records, 'meteredCosts', { premises })),
    agreements: await Array.fromAsync(listAll(records, 'agreements', { premises })),
  })
  return {
    of(premises) {
      const known = kept.get(premises)
      if (known !== undefined) return known
      if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? '')
      const facts = read(premises)
      kept.set(premises, facts)
      facts.catch(() => kept.delete(premises))
      return facts
    },
    stop,
  }
}
