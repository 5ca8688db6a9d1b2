// Papers that belong to one organisation and to nobody else, the operator's own among them: calendars, webhooks, listeners.
import type { PaperKind, PaperQuery, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Audience } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import type { Identity } from '#api/access/identity.ts'
import { notFound } from '#api/routes/answers.ts'

type Owned = { organisation: Id | null }

/** The operator sees every paper and acts for nobody else: another's is "not found" for the operator too. @throws Failure 'not-found' */
export async function ownPaper<Body extends Owned>(
  records: Records,
  kind: PaperKind<Body>,
  id: Id,
  { organisation }: Identity,
): Promise<StoredPaper<Body>> {
  const paper = await records.getPaper({ organisation }, kind, id)
  if (paper === null || paper.body.organisation !== organisation) throw notFound()
  return paper
}

export async function ownPapers<Body extends Owned>(
  records: Records,
  kind: PaperKind<Body>,
  { organisation }: Identity,
  query: Omit<PaperQuery, 'limit' | 'after'> = {},
): Promise<StoredPaper<Body>[]> {
  const papers = await Array.fromAsync(allPapers(records, { organisation }, kind, query))
  return papers.filter(({ body }) => body.organisation === organisation)
}

export const audienceOf = (organisation: Id | null): Audience => (organisation === null ? 'operator' : [organisation])
