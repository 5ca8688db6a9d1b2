// Takes a bundle in: all of it or nothing, and the same one twice changes nothing.
import type { Problem } from '#domain/failure.ts'
import type { PapersChange } from '#domain/ports/papers.ts'
import type { Actor, ChangeResult, Records } from '#domain/ports/records.ts'
import type { CommitResult, Telemetry } from '#domain/ports/telemetry.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { withClassified } from './with-classified.ts'
import { changeOf } from './bundle-change.ts'
import { checkBundleInSteps } from './check-bundle.ts'
import { factsOf, lookIn } from './facts.ts'
import type { Facts } from './facts.ts'
import { importReadings } from './import-readings.ts'
import { loadKnown } from './load-known.ts'

export type ImportCounts = ChangeResult & { readings: CommitResult }
export type ImportResult = { ok: true; counts: ImportCounts } | { ok: false; problems: Problem[] }
export type ImportContext = {
  records: Records
  telemetry: Telemetry
  /** Milliseconds since 1970: when the readings count as received. */
  now: number
  actor: Actor
  /** For the audit log; 'import' if absent. */
  action?: string
  /** By `<kind>/<id>`: versions that the objects must have, 0 for a new one; another is Failure 'changed-meanwhile'. */
  expectedVersions?: ReadonlyMap<string, number>
  /** What else the same transaction writes. */
  beside?: Omit<PapersChange, 'objects'>
  /** Called now and then while a large bundle is checked, to let others have a turn (`setImmediate` of node:timers/promises will do). */
  pause?: () => Promise<unknown>
}

/** Imports into one store go one after the other: each is checked against what the one before has left. */
const lastImport = new WeakMap<Records, Promise<unknown>>()

/**
 * Checks the bundle against itself and the store, stores its readings (simulated where the device is), then all its facts in one
 * transaction. With problems, nothing is stored. Should the last step fail, readings of declared points may already be there;
 * they change no fact, and the same import again completes it.
 * @throws Failure of the stores, 'changed-meanwhile' for an expected version that is not there.
 */
export const importBundle = async (bundle: Bundle, context: ImportContext): Promise<ImportResult> => {
  const before = lastImport.get(context.records) ?? Promise.resolve()
  const mine = before.then(() => importNow(bundle, context))
  lastImport.set(
    context.records,
    mine.catch(() => undefined),
  )
  return mine
}

const importNow = async (given: Bundle, context: ImportContext): Promise<ImportResult> => {
  const { records, telemetry, now, actor, action = 'import', expectedVersions, beside, pause } = context
  const bundle = await withClassified(given, records, actor)
  const known = await loadKnown(records, bundle)
  const problems = await checkWithPauses(bundle, known, pause)
  if (problems.length > 0) return { ok: false, problems }
  const readings = await importReadings(bundle.readings ?? [], lookIn(factsOf(bundle), known), telemetry, now)
  const objects = changeOf(bundle, expectedVersions)
  const changed =
    beside === undefined
      ? await records.change(objects, actor, action)
      : (await records.changePapers({ ...beside, objects }, actor, action)).objects
  return { ok: true, counts: { ...changed, readings } }
}

/** What the import of a bundle would find wrong; stores nothing. */
export const problemsOfBundle = async (
  bundle: Bundle,
  records: Records,
  pause?: ImportContext['pause'],
): Promise<Problem[]> => checkWithPauses(bundle, await loadKnown(records, bundle), pause)

const checkWithPauses = async (bundle: Bundle, known: Facts, pause: ImportContext['pause']): Promise<Problem[]> => {
  const steps = checkBundleInSteps(bundle, known)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await pause?.()
  }
}
