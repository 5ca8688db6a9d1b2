// Which of several nodes on the same records runs the recurring work: the one that has the lease, until it is silent for its length.
import type { Records } from '#domain/ports/records.ts'
import type { Log } from './log.ts'

const LEASE = 'jobs'
/** How long a node leads without being heard, and how often it says that it lives. */
const LEASE_MS = 30_000
const RENEW_MS = 10_000

export type Lead = { leads(): boolean; end(): Promise<void> }

/**
 * `holder` is the node's name, the same after each start: it goes on leading when it comes back. Nodes need clocks that differ by
 * less than the lease is long (NTP).
 */
export async function followLead(
  records: Pick<Records, 'takeLease'>,
  { holder, now, log }: { holder: string; now: () => number; log: Log },
): Promise<Lead> {
  let until = 0
  const renew = async (): Promise<void> => {
    const wanted = now() + LEASE_MS
    const before = until > now()
    const has = await records.takeLease(LEASE, holder, wanted).catch(() => null)
    if (has !== null) until = has ? wanted : 0
    if (before !== until > now())
      log.info(before ? 'another node leads now' : 'this node leads: it runs the recurring work')
  }
  await renew()
  const timer = setInterval(() => void renew(), RENEW_MS).unref()
  return {
    leads: () => until > now(),
    async end() {
      clearInterval(timer)
      // Let go of, so that another takes over at once.
      if (until > now()) await records.takeLease(LEASE, holder, 0).catch(() => false)
    },
  }
}
