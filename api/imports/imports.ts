// Imports from upload to undo: the file and what people decided about it are kept as files of one paper; long steps run in the background.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import { headerText, matchColumns } from '#domain/imports/fields.ts'
import { IMPORT, IMPORT_MAPPING, NO_WORK } from '#domain/imports/import.ts'
import type {
  Evaluation,
  ImportBody,
  ImportKind,
  ImportState,
  ImportTable,
  ImportWork,
} from '#domain/imports/import.ts'
import { RULES } from '#domain/imports/kinds.ts'
import type { Audience, Paper, StoredPaper } from '#domain/ports/papers.ts'
import type { Scope } from '#domain/ports/records.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound } from '#api/routes/answers.ts'
import { createKept, evaluate, type Step } from './evaluations.ts'
import { isIfc, readIfc } from '#api/ifc/read-ifc.ts'
import { tableOfIfc } from '#api/ifc/table-of-ifc.ts'
import { readFile } from './read-file.ts'
import type { ReadTable } from './read-table.ts'
import { IMPORT_ROLES, mustImportKind } from './rights.ts'

export type Progress = { step: 'reading' | 'checking' | 'rights' | 'storing'; done: number; of: number }
export type StoredImport = StoredPaper<ImportBody>
export type View = { paper: StoredImport; table: ImportTable; work: ImportWork; evaluation: Evaluation }

/** Tables and evaluations of the last imports that were looked at. */
const KEPT = 3
export const audienceOf = ({ organisation }: Identity): Audience =>
  organisation === null ? 'operator' : [organisation]
export const scopeOfIdentity = ({ organisation }: Identity): Scope => ({ organisation })
export const paperOf = (stored: StoredImport, body: ImportBody, state: ImportState): Paper<ImportBody> => ({
  id: stored.id,
  premises: stored.premises,
  audience: stored.audience,
  state,
  dueAt: null,
  body,
})

export type Imports = ReturnType<typeof createImports>

export function createImports(parts: RouteParts) {
  const { records, limits, now } = parts
  const tables = createKept<ImportTable>(KEPT)
  const evaluations = createKept<Evaluation>(KEPT)
  const running = new Map<string, Progress>()
  const jobs = new Set<Promise<void>>()

  const read = (bytes: Uint8Array, kind: ImportKind | null) =>
    readFile(
      {
        bytes,
        kind,
        now: now(),
        limits: {
          rows: limits.importRows,
          columns: limits.importColumns,
          unpackedBytes: limits.importUnpackedBytes,
          triples: limits.modelTriples,
        },
      },
      { heapMiB: limits.importHeapMib, timeMs: limits.importReadMs },
    )
  const readAny = async (bytes: Buffer, kind: ImportKind | null): Promise<ReadTable> => {
    if (!isIfc(bytes)) return read(bytes, kind)
    if (kind !== null && kind !== 'spaces')
      throw new Failure('invalid-body', `The file is an IFC model; only spaces are read from it, not ${kind}.`)
    const model = await readIfc(bytes, {
      spaces: limits.ifcSpaces,
      heapMib: limits.ifcHeapMib,
      engineMib: limits.ifcEngineMib,
      timeMs: limits.ifcReadMs,
      processes: limits.ifcProcesses,
    })
    return { table: tableOfIfc(model), form: 'ifc', encoding: null, kind: 'spaces' }
  }
  const fileOf = async (identity: Identity, digest: string): Promise<Uint8Array> => {
    const file = await records.getFile(scopeOfIdentity(identity), digest)
    if (file === null) throw new Failure('not-found', 'The file of this import is not kept any more. Send it again.')
    return file.bytes
  }
  const putJson = (name: string, value: unknown): Promise<string> =>
    records.putFile({ mediaType: 'application/json', name, bytes: Buffer.from(JSON.stringify(value)) })
  const jsonOf = async <T>(identity: Identity, digest: string): Promise<T> =>
    JSON.parse(Buffer.from(await fileOf(identity, digest)).toString('utf8')) as T

  const find = async (identity: Identity, id: string): Promise<StoredImport> => {
    const paper = await records.getPaper(scopeOfIdentity(identity), IMPORT, id)
    if (paper === null) throw notFound()
    return paper
  }
  const tableOf = async (identity: Identity, { body }: StoredImport): Promise<ImportTable> => {
    const kept = tables.get(body.file.digest)
    if (kept !== undefined) return kept
    const { table } = await read(await fileOf(identity, body.file.digest), body.kind)
    tables.set(body.file.digest, table)
    return table
  }
  const workOf = async (identity: Identity, { body }: StoredImport): Promise<ImportWork> =>
    body.work === null ? NO_WORK : jsonOf<ImportWork>(identity, body.work)

  const view = async (identity: Identity, id: string, step?: Step): Promise<View> => {
    const paper = await find(identity, id)
    const [table, work] = [await tableOf(identity, paper), await workOf(identity, paper)]
    const key = `${id} ${paper.version} ${identity.organisation ?? ''} ${identity.roles.join()}`
    const kept = step === undefined ? evaluations.get(key) : undefined
    const evaluation =
      kept ??
      (await evaluate(paper.body.kind, table, work, {
        identity,
        records,
        now: now(),
        checkConnector: parts.broker.checkConnector,
        ...(step === undefined ? {} : { step }),
      }))
    evaluations.set(key, evaluation)
    return { paper, table, work, evaluation }
  }

  /** Ids of remembered mappings tell nothing of whose they are. */
  const mappingId = (identity: Identity, kind: ImportKind, fingerprint: string): string =>
    `mapping-${createHash('sha256')
      .update(`${identity.organisation ?? ''}/${kind}/${fingerprint}`)
      .digest('hex')
      .slice(0, 40)}`
  const startingWork = async (
    identity: Identity,
    kind: ImportKind,
    header: string[],
    fingerprint: string,
  ): Promise<ImportWork> => {
    const remembered = await records.getPaper(
      scopeOfIdentity(identity),
      IMPORT_MAPPING,
      mappingId(identity, kind, fingerprint),
    )
    if (remembered !== null) return { ...NO_WORK, ...remembered.body }
    const columns = matchColumns(header, RULES[kind].fields)
    // Whoever sees one premises only need not choose it.
    const { items, next } = await records.listObjects(scopeOfIdentity(identity), 'premises', { limit: 2 })
    const [only] = items
    const alone = only !== undefined && items.length === 1 && next === null && columns['premises'] === undefined
    return { ...NO_WORK, columns, ...(alone ? { defaults: { premises: only.value.id } } : {}) }
  }

  return {
    view,
    find,
    running: (id: string): Progress | null => running.get(id) ?? null,
    fileOf,
    jsonOf,
    putJson,

    /** Reads a file and keeps it as a draft. @throws Failure for what is no table, 'not-allowed' for a kind that is not theirs. */
    async upload(
      identity: Identity,
      name: string,
      mediaType: string,
      bytes: Buffer,
      wanted: ImportKind | null,
    ): Promise<StoredImport> {
      if (wanted !== null) mustImportKind(identity, wanted)
      const { table, form, encoding, kind } = await readAny(bytes, wanted)
      if (kind === null)
        throw new Failure(
          'bad-request',
          'It cannot be told from the header what the file is. Choose its kind and send it again.',
          {
            problems: [
              {
                pointer: '/kind',
                code: 'unknown-kind',
                message: `The header is: ${table.header.slice(0, 20).join(' | ')}`,
              },
            ],
          },
        )
      mustImportKind(identity, kind)
      const most = form === 'ifc' ? limits.ifcBytes : kind === 'model' ? limits.modelBytes : limits.fileBytes
      if (bytes.length > most) throw new Failure('too-large', `A file of ${kind} has at most ${most} bytes. Split it.`)
      // Of bookings, and of building models with all their walls and pipes, only what was read as a table is kept.
      const asTable = kind === 'usage' || form === 'ifc'
      const digest = await records.putFile({
        mediaType: asTable ? 'text/csv' : mediaType,
        name: asTable ? `${name}.csv` : name,
        bytes: asTable ? Buffer.from(csvOf(table)) : bytes,
      })
      const fingerprint = createHash('sha256').update(headerText(table.header)).digest('hex').slice(0, 32)
      const work = await putJson('work.json', await startingWork(identity, kind, table.header, fingerprint))
      const body: ImportBody = {
        kind,
        file: {
          name,
          digest,
          bytes: bytes.length,
          form: kind === 'usage' ? 'csv' : form,
          encoding,
          rows: table.rows.length,
          header: table.header,
          fingerprint,
        },
        work,
        before: null,
        counts: null,
        madeDevices: 0,
        takenAt: null,
        takenBy: null,
        undoneAt: null,
        undoneBy: null,
        failure: null,
      }
      const paper: Paper<ImportBody> = {
        id: createId('import'),
        premises: null,
        audience: audienceOf(identity),
        state: 'draft',
        dueAt: null,
        body,
      }
      await records.changePapers(
        { papers: [{ kind: IMPORT, paper, expectedVersion: 0, files: [digest, work] }] },
        actorOf(identity),
        'import.upload',
      )
      tables.set(digest, table)
      return find(identity, paper.id)
    },

    /** Keeps what people decided about a draft, and remembers its columns and meanings for the next file with this header. */
    async decide(identity: Identity, id: string, work: ImportWork, expectedVersion: number): Promise<StoredImport> {
      const stored = await find(identity, id)
      mustBe(stored, 'draft')
      mustImportKind(identity, stored.body.kind)
      const digest = await putJson('work.json', work)
      const given = work.defaults['premises']
      const premises =
        given !== undefined && (await records.seesPremises(scopeOfIdentity(identity), given)) ? given : null
      const draft = { ...paperOf(stored, { ...stored.body, work: digest, failure: null }, 'draft'), premises }
      const { columns, defaults, values } = work
      const mapping: Paper<Pick<ImportWork, 'columns' | 'defaults' | 'values'>> = {
        id: mappingId(identity, stored.body.kind, stored.body.file.fingerprint),
        premises: null,
        audience: stored.audience,
        state: 'remembered',
        dueAt: null,
        body: { columns, defaults, values: stored.body.kind === 'usage' ? withoutNames(values) : values },
      }
      await records.changePapers(
        {
          papers: [
            { kind: IMPORT, paper: draft, expectedVersion, files: [stored.body.file.digest, digest] },
            { kind: IMPORT_MAPPING, paper: mapping },
          ],
        },
        actorOf(identity),
        'import.decide',
      )
      return find(identity, id)
    },

    /** Forgets a draft with its file. */
    async drop(identity: Identity, id: string): Promise<void> {
      mustBe(await find(identity, id), 'draft')
      await records.deletePapers(IMPORT, [id], actorOf(identity), 'import.drop')
    },

    /** Runs a long step after its answer has gone; how far it is, is told by `running`. */
    start(id: string, work: (tell: (progress: Progress) => void) => Promise<void>): void {
      running.set(id, { step: 'reading', done: 0, of: 0 })
      const job = work((progress) => void running.set(id, progress))
        .catch((error: unknown) =>
          parts.log.error('an import failed', {
            import: id,
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          }),
        )
        .finally(() => {
          running.delete(id)
          jobs.delete(job)
        })
      jobs.add(job)
    },
    mayStart: (): void => {
      if (running.size >= limits.importsRunning)
        throw new Failure('too-many-requests', `${limits.importsRunning} imports are running; try again soon.`, {
          retryAfterMs: 5000,
        })
    },
    /** Waits for what runs. */
    async stop(): Promise<void> {
      await Promise.all(jobs)
    },
    mayImport: (identity: Identity, kind: ImportKind): boolean =>
      IMPORT_ROLES[kind].some((role) => identity.roles.includes(role)),
  }
}

/** @throws Failure 'conflict' for an import in another state. */
export function mustBe(stored: StoredImport, state: ImportState): void {
  if (stored.state !== state)
    throw new Failure('conflict', `The import is ${stored.state}; this goes only while it is ${state}.`)
}

/** A name of a person is not remembered: only rooms, and organisations told by their domain. */
function withoutNames(values: ImportWork['values']): ImportWork['values'] {
  const organisations = Object.entries(values['organisation'] ?? {}).filter(([text]) =>
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text),
  )
  return { ...values, organisation: Object.fromEntries(organisations) }
}

const csvOf = (table: ImportTable): string =>
  [table.header, ...table.rows]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
    .join('\r\n')
