// Takes an import: everything that it says, in one transaction together with the paper that tells of it.
import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { Failure } from '#domain/failure.ts'
import { IMPORT } from '#domain/imports/import.ts'
import type { ImportBody } from '#domain/imports/import.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { plansOfImport } from '#api/plans/plans-of-import.ts'
import { findBefore } from './before.ts'
import { errorsOf } from './evaluations.ts'
import { mustBe, paperOf, type Imports, type Progress, type StoredImport } from './imports.ts'
import { withMappings } from './mappings.ts'
import { mustImportKind } from './rights.ts'

/**
 * Marks the import as being taken and goes on in the background; should it fail, the import is a draft again and says why.
 * @throws Failure 'conflict' when it is no draft, 'changed-meanwhile' for another version than the person has seen.
 */
export async function takeImport(
  identity: Identity,
  id: string,
  expectedVersion: number,
  imports: Imports,
  parts: RouteParts,
): Promise<StoredImport> {
  const stored = await imports.find(identity, id)
  // After a restart in the middle nothing runs: whoever takes it again completes it.
  if (stored.state !== 'taking' || imports.running(id) !== null) mustBe(stored, 'draft')
  mustImportKind(identity, stored.body.kind)
  imports.mayStart()
  const taking = paperOf(stored, { ...stored.body, failure: null, takenBy: identity.name }, 'taking')
  await parts.records.changePapers(
    { papers: [{ kind: IMPORT, paper: taking, expectedVersion }] },
    actorOf(identity),
    'import.take',
  )
  imports.start(id, async (tell) => {
    try {
      await take(identity, id, imports, parts, tell)
    } catch (error) {
      const now = await imports.find(identity, id)
      const failure = error instanceof Failure ? error.message : 'It failed inside. Try again, or tell the operator.'
      const draft = paperOf(now, { ...now.body, failure, takenBy: null }, 'draft')
      await parts.records.changePapers(
        { papers: [{ kind: IMPORT, paper: draft, expectedVersion: now.version }] },
        actorOf(identity),
        'import.fail',
      )
      if (!(error instanceof Failure)) throw error
    }
  })
  return imports.find(identity, id)
}

async function take(
  identity: Identity,
  id: string,
  imports: Imports,
  parts: RouteParts,
  tell: (progress: Progress) => void,
): Promise<void> {
  const { records, telemetry, broker, now } = parts
  const { paper, table, evaluation } = await imports.view(identity, id, (step, done, of) => tell({ step, done, of }))
  const { bundle, problems, rows } = evaluation
  const errors = errorsOf(problems)
  if (errors > 0)
    throw new Failure(
      'invalid-bundle',
      `Nothing was taken: ${errors} things are wrong now. Mend them, or leave their rows out.`,
    )
  tell({ step: 'storing', done: 0, of: rows })
  const found = await findBefore(bundle, { records, telemetry }, (done) => tell({ step: 'storing', done, of: rows }))
  found.before.mappings = evaluation.mappings
  found.before.connectors = evaluation.connectors.map(({ connector }) => connector.id)
  const before = await imports.putJson('before.json', found.before)
  const readings = found.before.readings.reduce((sum, one) => sum + one.rows.length, 0)
  const all = (bundle.readings ?? []).reduce((sum, one) => sum + one.values.length, 0)
  const bookings = paper.body.kind === 'usage'
  const file = bookings ? await keepBookings(bundle, paper.body, parts) : paper.body.file.digest
  const body: ImportBody = {
    ...paper.body,
    file: { ...paper.body.file, digest: file },
    // What was typed about bookings may name persons: it goes with the draft.
    work: bookings ? null : paper.body.work,
    before,
    counts: {
      created: found.created,
      changed: found.changed,
      unchanged: found.unchanged,
      readings,
      readingsKnown: all - readings,
    },
    madeDevices: found.before.objects.filter(({ kind, version }) => kind === 'devices' && version === 0).length,
    takenAt: now(),
    takenBy: identity.name,
  }
  const plans = await plansOfImport(id, evaluation.shapes, parts)
  const files = [body.file.digest, ...(body.work === null ? [] : [body.work]), before]
  const result = await importBundle(bundle, {
    records,
    telemetry,
    now: now(),
    actor: actorOf(identity),
    action: 'import.take',
    expectedVersions: found.versions,
    beside: {
      papers: [{ kind: IMPORT, paper: paperOf(paper, body, 'taken'), expectedVersion: paper.version, files }, ...plans],
      connectors: await withMappings(evaluation.mappings, evaluation.connectors, records),
    },
    pause: () => setImmediate(),
  })
  if (!result.ok) {
    const [first] = result.problems
    throw new Failure('invalid-bundle', `Nothing was taken: ${first?.message ?? ''}`, { problems: result.problems })
  }
  if (evaluation.mappings.length + evaluation.connectors.length > 0) broker.refreshConnectors()
  tell({ step: 'storing', done: table.rows.length, of: table.rows.length })
}

/** Of bookings stays: device, party, from, to. */
async function keepBookings({ usage = [] }: Bundle, { file }: ImportBody, { records }: RouteParts): Promise<string> {
  const text = stringify(
    usage.map(({ device, organisation, from, to }) => [device, organisation, from, to]),
    { header: true, columns: ['device', 'organisation', 'from', 'to'], delimiter: ';' },
  )
  return records.putFile({ mediaType: 'text/csv', name: file.name, bytes: Buffer.from(text) })
}
