// A server that Samtila keeps its data in was away: one paper for each such server, whose versions are the outages.
import { paperKind } from '#domain/ports/papers.ts'
import type { Names } from '#domain/registry/bundle.ts'

/** Since when it is away, and when it was back (null while it is away); milliseconds since 1970. */
export type EngineOutage = { engine: 'telemetry' | 'records'; since: number; until: number | null }
/** States: `away` and `back`. Only the operator sees it. */
export const ENGINE_OUTAGE = paperKind<EngineOutage>('engine-outage')
/** A server that is away for so long is told of. */
export const TOLD_AFTER_MS = 60_000

export const ENGINE_NAMES: Readonly<Record<EngineOutage['engine'], Names>> = {
  telemetry: { fi: 'mittaustietojen palvelin', sv: 'servern för mätdata', en: 'telemetry server' },
  records: { fi: 'tietokantapalvelin', sv: 'databasservern', en: 'database server' },
}
