// Papers: versioned JSON documents with their files and gapless numbers, each seen only by its audience.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Failure } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Audience, PaperChange, PaperQuery, PapersChange, StoredFile, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, ChangeResult, Connector, Page, PartyResponse, RecordChange, Scope } from '#domain/ports/records.ts'
import { writeAudit } from './audit.ts'
import { numberOrNull, text, textOrNull } from './columns.ts'
import type { Context, Row } from './context.ts'
import { clearPaperFinds, putPaperFinds } from './finds.ts'
import { pageOf, pageSize } from './paging.ts'
import { BODIES_OF_SCOPE, SEEN_PREMISES } from './visibility.ts'

/** How long a file waits for the paper that will carry it. */
const UNCARRIED_FILE_MS = 24 * 60 * 60 * 1000

/** A condition on the row `p` of papers; $organisation is the scope, null for the operator who sees all. */
export const SEEN_PAPER = `($organisation IS NULL OR p.audience = 'everyone'
  OR (p.audience IN ('premises', 'premises-and') AND p.premises IN ${SEEN_PREMISES})
  OR (p.audience IN ('organisations', 'premises-and') AND p.seq IN (
    SELECT paper FROM paper_audience WHERE organisation IN ${BODIES_OF_SCOPE})))`

/** The organisations that an audience names. */
const namedIn = (audience: Audience): readonly Id[] =>
  typeof audience === 'string' ? [] : 'premisesAnd' in audience ? audience.premisesAnd : audience
/** Each organisation once, in order, so that equal audiences look alike. */
const inOrder = (audience: Audience): Audience => {
  if (typeof audience === 'string') return audience
  const named = [...new Set(namedIn(audience))].toSorted()
  return 'premisesAnd' in audience ? { premisesAnd: named } : named
}
const wordOf = (audience: Audience): string =>
  typeof audience === 'string' ? audience : 'premisesAnd' in audience ? 'premises-and' : 'organisations'

export const createPapers = (
  context: Context,
  changeObjects: (change: RecordChange, actor: Actor, action: string) => ChangeResult,
  putConnector: (connector: Connector, actor: Actor, expectedVersion?: number) => number,
  addResponse: (response: PartyResponse, actor: Actor) => void,
) => {
  const audienceOf = (row: Row): Audience => {
    const word = text(row, 'audience')
    if (word !== 'organisations' && word !== 'premises-and') return word as Audience & string
    const named = context
      .all('SELECT organisation FROM paper_audience WHERE paper = ? ORDER BY organisation', Number(row['seq']))
      .map((one) => text(one, 'organisation'))
    return word === 'organisations' ? named : { premisesAnd: named }
  }
  const filesOf = (seq: number): string[] =>
    context.all('SELECT digest FROM paper_files WHERE paper = ? ORDER BY place', seq).map((one) => text(one, 'digest'))
  const storedOf = (row: Row): StoredPaper<unknown> => ({
    id: text(row, 'id'),
    premises: textOrNull(row, 'premises'),
    audience: audienceOf(row),
    state: text(row, 'state'),
    dueAt: numberOrNull(row, 'due_at'),
    body: JSON.parse(text(row, 'body')) as unknown,
    version: Number(row['version']),
    createdAt: Number(row['created_at']),
    createdBy: text(row, 'created_by'),
    changedAt: Number(row['changed_at']),
    changedBy: text(row, 'changed_by'),
    files: filesOf(Number(row['seq'])),
  })
  const rowOf = (kind: string, id: Id): Row | undefined =>
    context.one('SELECT * FROM papers WHERE kind = ? AND id = ?', kind, id)
  const seenRow = (scope: Scope, kind: string, id: Id): Row | undefined =>
    context.named(`SELECT p.* FROM papers p WHERE p.kind = $kind AND p.id = $id AND ${SEEN_PAPER}`, {
      kind,
      id,
      organisation: scope.organisation,
    })[0]

  /** A file that somebody sent is put on a paper by their own organisation, or by who sees a paper that carries it already. */
  const mayCarry = (digest: string, before: readonly string[], { organisation }: Actor): boolean => {
    if (context.one('SELECT 1 FROM files WHERE digest = ?', digest) === undefined) return false
    if (organisation === null || before.includes(digest)) return true
    const senders = context
      .all('SELECT organisation FROM file_senders WHERE digest = ?', digest)
      .map((one) => text(one, 'organisation'))
    return senders.length === 0 || senders.includes(organisation) || isCarriedInSight(digest, organisation)
  }
  const isCarriedInSight = (digest: string, organisation: Id | null): boolean =>
    context.named(
      `SELECT 1 FROM paper_files c JOIN papers p ON p.seq = c.paper WHERE c.digest = $digest AND ${SEEN_PAPER} LIMIT 1`,
      { digest, organisation },
    ).length > 0

  const putPaper = (change: PaperChange, actor: Actor, action: string): { version: number; changed: boolean } => {
    const { kind, paper, expectedVersion, files } = change
    const row = rowOf(kind, paper.id)
    const stored = row === undefined ? null : storedOf(row)
    const before = stored?.version ?? 0
    if (expectedVersion !== undefined && expectedVersion !== before) throw changedMeanwhile(kind, paper.id, before)
    const body = JSON.stringify(paper.body)
    const audience = inOrder(paper.audience)
    const carried = [...new Set(files ?? stored?.files ?? [])]
    if (
      stored !== null &&
      isDeepStrictEqual(
        [stored.premises, stored.audience, stored.state, stored.dueAt, stored.body, stored.files],
        [paper.premises, audience, paper.state, paper.dueAt, JSON.parse(body), carried],
      )
    )
      return { version: before, changed: false }
    const version = before + 1
    const by = `${actor.kind}:${actor.id}`
    const word = wordOf(audience)
    if (stored === null)
      context.run(
        `INSERT INTO papers (kind, id, premises, audience, state, due_at, body, version, created_at, created_by, changed_at, changed_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        kind,
        paper.id,
        paper.premises,
        word,
        paper.state,
        paper.dueAt,
        body,
        version,
        context.now,
        by,
        context.now,
        by,
      )
    else
      context.run(
        `UPDATE papers SET premises = ?, audience = ?, state = ?, due_at = ?, body = ?, version = ?, changed_at = ?, changed_by = ?
         WHERE kind = ? AND id = ?`,
        paper.premises,
        word,
        paper.state,
        paper.dueAt,
        body,
        version,
        context.now,
        by,
        kind,
        paper.id,
      )
    const seq = Number(rowOf(kind, paper.id)?.['seq'])
    context.run('DELETE FROM paper_audience WHERE paper = ?', seq)
    for (const organisation of namedIn(audience))
      context.run('INSERT INTO paper_audience (paper, organisation) VALUES (?, ?)', seq, organisation)
    context.run('DELETE FROM paper_files WHERE paper = ?', seq)
    for (const [place, digest] of carried.entries()) {
      if (!mayCarry(digest, stored?.files ?? [], actor))
        throw new Failure('not-found', `There is no file ${digest}: send it first.`)
      context.run('INSERT INTO paper_files (paper, place, digest) VALUES (?, ?, ?)', seq, place, digest)
    }
    context.run(
      'INSERT INTO paper_versions (paper, version, state, due_at, body, files, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      seq,
      version,
      paper.state,
      paper.dueAt,
      body,
      JSON.stringify(carried),
      context.now,
      by,
    )
    putPaperFinds(context, kind, paper)
    writeAudit(context, actor, {
      action: change.action ?? action,
      kind,
      id: paper.id,
      premises: paper.premises,
      detail: JSON.stringify({
        version,
        state: paper.state,
        sha256: createHash('sha256').update(body).digest('hex'),
      }),
    })
    return { version, changed: true }
  }

  const takeNumber = ({ series, number }: { series: string; number: number }): void => {
    const last = lastNumber(series)
    if (number !== last + 1)
      throw new Failure('changed-meanwhile', `The next number of ${series} is ${last + 1}, not ${number}. Try again.`)
    context.run(
      'INSERT INTO numbers (series, last) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = excluded.last',
      series,
      number,
    )
  }
  const lastNumber = (series: string): number =>
    Number(context.one('SELECT last FROM numbers WHERE series = ?', series)?.['last'] ?? 0)

  const removeUncarried = (): void =>
    void context.run(
      'DELETE FROM files WHERE at < ? AND digest NOT IN (SELECT digest FROM paper_files)',
      context.now - UNCARRIED_FILE_MS,
    )

  return {
    getPaper(scope: Scope, kind: string, id: Id): StoredPaper<unknown> | null {
      const row = seenRow(scope, kind, id)
      return row === undefined ? null : storedOf(row)
    },

    listPapers(scope: Scope, kind: string, query: PaperQuery): Page<StoredPaper<unknown>> {
      const limit = pageSize(query.limit)
      const newest = query.newestFirst === true
      const conditions = [
        'p.kind = $kind',
        SEEN_PAPER,
        ...(query.premises === undefined ? [] : ['p.premises = $premises']),
        ...(query.ids === undefined ? [] : ['p.id IN (SELECT value FROM json_each($ids))']),
        ...(query.states === undefined ? [] : ['p.state IN (SELECT value FROM json_each($states))']),
        ...(query.text === undefined ? [] : ["instr(lower(p.body || ' ' || p.id), lower($text)) > 0"]),
        ...(query.dueBefore === undefined ? [] : ['p.due_at < $dueBefore']),
        ...(query.after === undefined ? [] : [newest ? 'p.seq < $after' : 'p.seq > $after']),
      ]
      const rows = context.named(
        `SELECT p.* FROM papers p WHERE ${conditions.join(' AND ')} ORDER BY p.seq ${newest ? 'DESC' : 'ASC'} LIMIT $limit`,
        {
          kind,
          organisation: scope.organisation,
          limit: limit + 1,
          ...(query.premises === undefined ? {} : { premises: query.premises }),
          ...(query.ids === undefined ? {} : { ids: JSON.stringify(query.ids) }),
          ...(query.states === undefined ? {} : { states: JSON.stringify(query.states) }),
          ...(query.text === undefined ? {} : { text: query.text }),
          ...(query.dueBefore === undefined ? {} : { dueBefore: query.dueBefore }),
          ...(query.after === undefined ? {} : { after: Number(query.after) }),
        },
      )
      const page = pageOf(rows, limit, (row) => text(row, 'seq'))
      return { items: page.items.map(storedOf), next: page.next }
    },

    paperHistory(scope: Scope, kind: string, id: Id): StoredPaper<unknown>[] {
      const row = seenRow(scope, kind, id)
      if (row === undefined) return []
      const paper = storedOf(row)
      return context
        .all('SELECT * FROM paper_versions WHERE paper = ? ORDER BY version', Number(row['seq']))
        .map((one) => ({
          ...paper,
          version: Number(one['version']),
          state: text(one, 'state'),
          dueAt: numberOrNull(one, 'due_at'),
          body: JSON.parse(text(one, 'body')) as unknown,
          files: JSON.parse(text(one, 'files')) as string[],
          changedAt: Number(one['at']),
          changedBy: text(one, 'by'),
        }))
    },

    changePapers(change: PapersChange, actor: Actor, action: string): { versions: number[]; objects: ChangeResult } {
      const changed: { kind: string; id: Id; premises: Id | null }[] = []
      const result = context.transaction(() => {
        for (const number of change.numbers ?? []) takeNumber(number)
        const objects =
          change.objects === undefined
            ? { created: 0, changed: 0, unchanged: 0 }
            : changeObjects(change.objects, actor, action)
        for (const { connector, expectedVersion } of change.connectors ?? [])
          putConnector(connector, actor, expectedVersion)
        for (const response of change.responses ?? []) addResponse(response, actor)
        const versions = change.papers.map((one) => {
          const put = putPaper(one, actor, action)
          if (put.changed) changed.push({ kind: one.kind, id: one.paper.id, premises: one.paper.premises })
          return put.version
        })
        if (changed.length > 0) context.events.push({ on: 'papers', changed })
        return { versions, objects }
      })
      return result
    },

    deletePapers(kind: string, ids: readonly Id[], actor: Actor, action: string): number {
      const gone: { kind: string; id: Id; premises: Id | null }[] = []
      context.transaction(() => {
        for (const id of ids) {
          const row = rowOf(kind, id)
          if (row === undefined) continue
          const premises = textOrNull(row, 'premises')
          clearPaperFinds(context, kind, id)
          context.run('DELETE FROM papers WHERE kind = ? AND id = ?', kind, id)
          writeAudit(context, actor, { action, kind, id, premises, detail: JSON.stringify({ deleted: true }) })
          gone.push({ kind, id, premises })
        }
        removeUncarried()
        if (gone.length > 0) context.events.push({ on: 'papers', changed: gone })
      })
      return gone.length
    },

    lastNumber,

    putFile({ mediaType, name, bytes }: Omit<StoredFile, 'digest'>, sender?: Id | null): string {
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
      context.transaction(() => {
        removeUncarried()
        context.run(
          `INSERT INTO files (digest, media_type, name, bytes, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (digest) DO UPDATE SET at = excluded.at`,
          digest,
          mediaType,
          name,
          bytes,
          context.now,
        )
        if (sender != null)
          context.run(
            'INSERT INTO file_senders (digest, organisation) VALUES (?, ?) ON CONFLICT DO NOTHING',
            digest,
            sender,
          )
      })
      return digest
    },

    getFile(scope: Scope, digest: string): StoredFile | null {
      if (!isCarriedInSight(digest, scope.organisation)) return null
      const row = context.one('SELECT * FROM files WHERE digest = ?', digest)
      if (row === undefined) return null
      return {
        digest,
        mediaType: text(row, 'media_type'),
        name: text(row, 'name'),
        bytes: row['bytes'] as Uint8Array,
      }
    },
  }
}

const changedMeanwhile = (kind: string, id: Id, found: number): Failure =>
  new Failure(
    'changed-meanwhile',
    found === 0
      ? `There is no ${kind} ${id} to change.`
      : `The ${kind} ${id} is at version ${found} now. Read it again and repeat the change.`,
  )
