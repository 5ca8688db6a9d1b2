// Looks for papers whose time is over, writes them all into one file for the archive, and only then deletes them.
import { randomUUID } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import {
  holdOf,
  LEGAL_HOLD,
  RETAINED_KINDS,
  RETENTION_EXPORT,
  retentionOf,
  type LegalHold,
  type RetentionClass,
} from '#domain/documents/retention.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Page, Records } from '#domain/ports/records.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'

const PAGE = 200
export type Due = {
  kind: string
  paper: StoredPaper<unknown>
  class: RetentionClass
  until: string
  hold: StoredPaper<LegalHold> | null
}

async function* allPapers<Body>(records: Records, kind: string): AsyncGenerator<StoredPaper<Body>> {
  let after: string | null = null
  do {
    const page: Page<StoredPaper<Body>> = await records.listPapers(ALL, paperKind<Body>(kind), {
      limit: PAGE,
      ...(after === null ? {} : { after }),
    })
    yield* page.items
    after = page.next
  } while (after !== null)
}
export const holdsOf = (records: Records): Promise<StoredPaper<LegalHold>[]> =>
  Array.fromAsync(allPapers<LegalHold>(records, LEGAL_HOLD))

/** Papers whose time is over at `now`, held ones too, at most as many as the limit says; `more` tells that there are others. */
export async function duePapers({ records, now, limits }: RouteParts): Promise<{ due: Due[]; more: boolean }> {
  const today = new Date(now()).toISOString().slice(0, 10)
  const holds = await holdsOf(records)
  const due: Due[] = []
  for (const kind of Object.keys(RETAINED_KINDS))
    for await (const paper of allPapers<unknown>(records, kind)) {
      const retention = retentionOf(kind, paper)
      if (retention === null || retention.until > today) continue
      if (kind === LEGAL_HOLD && paper.state === 'on') continue
      if (due.length >= limits.retentionPapers) return { due, more: true }
      due.push({ kind, paper, ...retention, hold: holdOf(kind, paper.premises, holds) })
    }
  return { due, more: false }
}

/** Writes what may go into one file, all versions and files with it, and keeps a note of what is in it. Gives its id and file. */
export async function exportDue(
  parts: RouteParts,
  actor: Actor,
): Promise<{ id: Id; digest: string; papers: number } | null> {
  const { records, now } = parts
  const free = (await duePapers(parts)).due.filter(({ hold }) => hold === null)
  if (free.length === 0) return null
  const papers = []
  const files: Record<string, { name: string; mediaType: string; base64: string }> = {}
  for (const { kind, paper, class: of, until } of free) {
    const versions = await records.paperHistory(ALL, paperKind<unknown>(kind), paper.id)
    papers.push({ kind, id: paper.id, class: of, until, versions })
    for (const digest of new Set(versions.flatMap((version) => version.files))) {
      const file = await records.getFile(ALL, digest)
      if (file !== null)
        files[digest] = {
          name: file.name,
          mediaType: file.mediaType,
          base64: Buffer.from(file.bytes).toString('base64'),
        }
    }
  }
  const at = new Date(now()).toISOString()
  const bytes = Buffer.from(JSON.stringify({ format: 'samtila-retention', version: 1, at, papers, files }))
  const digest = await records.putFile({
    mediaType: 'application/json',
    name: `retention-${at.slice(0, 10)}.json`,
    bytes,
  })
  const id = `retention-${randomUUID()}`
  const body = {
    papers: papers.map(({ kind, id: of, versions }) => ({ kind, id: of, version: versions.length })),
    deletedAt: null,
  }
  await records.changePapers(
    {
      papers: [
        {
          kind: RETENTION_EXPORT,
          paper: { id, premises: null, audience: 'operator', state: 'exported', dueAt: null, body },
          expectedVersion: 0,
          files: [digest],
        },
      ],
    },
    actor,
    'retention.export',
  )
  return { id, digest, papers: papers.length }
}

/**
 * Deletes what an export holds, once. What changed since, or is held now, stays.
 * @throws Failure 'not-found' without such an export, 'conflict' when it was deleted already or its digest is another.
 */
export async function deleteExported(
  parts: RouteParts,
  id: Id,
  digest: string,
  actor: Actor,
): Promise<{ deleted: number; kept: { kind: string; id: Id; why: 'changed' | 'held' }[] }> {
  const { records, now } = parts
  const stored = await records.getPaper(ALL, RETENTION_EXPORT, id)
  if (stored === null) throw new Failure('not-found', 'There is no such export.')
  if (stored.state !== 'exported') throw new Failure('conflict', 'What this export holds is deleted already.')
  if (!stored.files.includes(digest))
    throw new Failure(
      'conflict',
      'The digest is not that of the exported file: download the file, and send its digest.',
    )
  const holds = await holdsOf(records)
  const kept: { kind: string; id: Id; why: 'changed' | 'held' }[] = []
  const free = new Map<string, Id[]>()
  for (const { kind, id: paperId, version } of stored.body.papers) {
    const paper = await records.getPaper(ALL, paperKind<unknown>(kind), paperId)
    if (paper === null) continue
    if (holdOf(kind, paper.premises, holds) !== null) kept.push({ kind, id: paperId, why: 'held' })
    else if (paper.version !== version) kept.push({ kind, id: paperId, why: 'changed' })
    else free.set(kind, [...(free.get(kind) ?? []), paperId])
  }
  // The note first: a run that is cut off is seen, and what is left is due again at the next one.
  const body = { ...stored.body, deletedAt: new Date(now()).toISOString() }
  const paper = { id, premises: null, audience: 'operator' as const, state: 'deleted', dueAt: null, body }
  await records.changePapers(
    { papers: [{ kind: RETENTION_EXPORT, paper, expectedVersion: stored.version, files: [] }] },
    actor,
    'retention.delete',
  )
  let deleted = 0
  for (const [kind, ids] of free)
    deleted += await records.deletePapers(paperKind<unknown>(kind), ids, actor, 'retention.delete')
  return { deleted, kept }
}
