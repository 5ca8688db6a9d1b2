// Tells of what was refused to devices: in the log, and for what is lasting evidence in the audit trail, each rarely enough that nobody can flood them.
import type { Records } from '#domain/ports/records.ts'
import type { RefusalReason } from './refuse.ts'
import type { Session } from './session.ts'

export type RefusalLog = (session: Session | null, reason: RefusalReason, topic: string) => void

/** The same device is told of for the same reason once in this time; clients that are closed come again for ever. */
const AGAIN_MS = 3_600_000
/** Devices and reasons remembered for that. */
const REMEMBERED = 10_000
const TOPIC_CHARACTERS = 128

export function createRefusalLog(records: Records, now: () => number, log: (message: string) => void): RefusalLog {
  const toldAt = new Map<string, number>()

  return (session, reason, topic) => {
    const device = session?.device ?? 'a connection without session'
    const key = `${reason} ${device}`
    if (now() - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return
    if (toldAt.size >= REMEMBERED) toldAt.clear()
    toldAt.set(key, now())
    // Quoted as JSON, so that no topic can forge a line.
    const detail = `${reason} ${JSON.stringify(topic.slice(0, TOPIC_CHARACTERS))}`
    log(`refused ${device}: ${detail}`)
    if (session === null) return
    const actor = { kind: 'device', id: session.device, name: session.device, organisation: null } as const
    records
      .appendAudit(actor, 'mqtt.refused', 'devices', session.device, null, detail)
      .catch((error: unknown) =>
        log(`not in the audit trail: ${error instanceof Error ? error.message : String(error)}`),
      )
  }
}
