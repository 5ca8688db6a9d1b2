// Saved views of a person and of their organisation, and where the person begins.
import { IdParams, Nothing } from '#contract/common.ts'
import { SavedViewChange, SavedViewList, SavedViewNew, SavedViewQuery, SavedViewShown } from '#contract/saved-views.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { SAVED_VIEW, START_VIEW, viewAddress, type SavedView } from '#domain/saved-views/saved-view.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, notFound, problems, setEtag } from './answers.ts'

const ALL = { organisation: null }
const PAGE = 200
const tags = ['saved views']
const who = 'viewer'
type Stored = StoredPaper<SavedView>

export function addSavedViewRoutes(app: ApiApp, { records, limits }: RouteParts): void {
  const personOf = (identity: Identity): string => identity.user?.id ?? identity.id
  const startId = (identity: Identity): string =>
    `${identity.organisation ?? 'operator'}-${personOf(identity)}`.slice(0, 63)
  const isSeen = ({ body }: Stored, identity: Identity): boolean =>
    body.organisation === identity.organisation && (body.shared || body.owner === personOf(identity))
  const isMine = ({ body }: Stored, identity: Identity): boolean =>
    body.organisation === identity.organisation &&
    (body.owner === personOf(identity) || (body.shared && hasRole(identity, ['admin'])))
  const startOf = async (identity: Identity): Promise<string | null> =>
    (await records.getPaper(ALL, START_VIEW, startId(identity)))?.body.view ?? null
  const shownOf = (stored: Stored, identity: Identity, start: string | null): SavedViewShown => {
    const { name, address, shared, ownerName } = stored.body
    const { id, version } = stored
    return { id, version, name, address, shared, owner: ownerName, mine: isMine(stored, identity), start: start === id }
  }
  const allSeen = async (identity: Identity): Promise<Stored[]> => {
    const found: Stored[] = []
    let after: string | null = null
    do {
      const page: { items: Stored[]; next: string | null } = await records.listPapers(
        { organisation: identity.organisation },
        SAVED_VIEW,
        { limit: PAGE, ...(after === null ? {} : { after }) },
      )
      found.push(...page.items.filter((one) => isSeen(one, identity)))
      after = page.next
    } while (after !== null)
    return found
  }
  const seen = async (identity: Identity, id: string): Promise<Stored> => {
    const stored = await records.getPaper({ organisation: identity.organisation }, SAVED_VIEW, id)
    if (stored === null || !isSeen(stored, identity)) throw notFound()
    return stored
  }
  const addressOf = (address: string): string => {
    const plain = viewAddress(address)
    if (plain === null)
      throw new Failure('invalid-body', 'The address must be one of the dashboard, such as /devices?state=offline.', {
        problems: [{ pointer: '/address', code: 'invalid', message: 'is no address of the dashboard' }],
      })
    return plain
  }
  const put = async (
    identity: Identity,
    id: string,
    body: SavedView,
    version: number,
    action: string,
  ): Promise<void> => {
    const { organisation, shared } = body
    // A view of the operator is for operators; what is one's own is kept from others when it is read.
    const audience = organisation === null ? 'operator' : [organisation]
    const paper = { id, premises: null, audience, state: shared ? 'shared' : 'own', dueAt: null, body } as const
    await records.changePapers(
      { papers: [{ kind: SAVED_VIEW, paper, expectedVersion: version }] },
      actorOf(identity),
      action,
    )
  }

  app.get(
    '/saved-views',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Your own saved views and those shared in your organisation, by name',
        querystring: SavedViewQuery,
        response: { 200: SavedViewList, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const start = await startOf(identity)
      const { page } = request.query
      const found = (await allSeen(identity)).filter(
        ({ body }) => page === undefined || body.address.split('?')[0] === page,
      )
      return {
        items: found
          .map((one) => shownOf(one, identity, start))
          .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
      }
    },
  )

  app.post(
    '/saved-views',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Save an address of the dashboard with its filters under a name',
        body: SavedViewNew,
        response: { 201: SavedViewShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { name, address, shared = false } = request.body
      const own = (await allSeen(identity)).filter(({ body }) => body.owner === personOf(identity))
      if (own.length >= limits.savedViews)
        throw new Failure('too-large', `One person keeps ${limits.savedViews} views at most. Delete one first.`)
      const id = createId('view')
      const { organisation } = identity
      const owner = personOf(identity)
      const body = { name, address: addressOf(address), owner, ownerName: identity.name, organisation, shared }
      await put(identity, id, body, 0, 'view.save')
      return reply.code(201).send(shownOf(await seen(identity, id), identity, await startOf(identity)))
    },
  )

  app.patch(
    '/saved-views/:id',
    {
      config: { who },
      schema: {
        tags,
        summary:
          'Rename, share or change a saved view (its maker, or an administrator where it is shared); begin with it. If-Match',
        params: IdParams,
        body: SavedViewChange,
        response: { 200: SavedViewShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await seen(identity, request.params.id)
      const { start, address, ...change } = request.body
      if (address !== undefined || Object.keys(change).length > 0) {
        checkVersion(request, stored.version)
        if (!isMine(stored, identity))
          throw new Failure('not-allowed', 'A view is changed by whoever made it, or by an administrator.')
        const body = { ...stored.body, ...change, ...(address === undefined ? {} : { address: addressOf(address) }) }
        await put(identity, stored.id, body, stored.version, 'view.change')
      }
      if (start !== undefined) {
        const id = startId(identity)
        const audience = identity.organisation === null ? ('operator' as const) : [identity.organisation]
        const paper = { id, premises: null, audience, state: 'chosen', dueAt: null, body: { view: stored.id } }
        if (start)
          await records.changePapers({ papers: [{ kind: START_VIEW, paper }] }, actorOf(identity), 'view.start')
        else if ((await startOf(identity)) === stored.id)
          await records.deletePapers(START_VIEW, [id], actorOf(identity), 'view.start')
      }
      const now = await seen(identity, stored.id)
      setEtag(reply, now.version)
      return shownOf(now, identity, await startOf(identity))
    },
  )

  app.delete(
    '/saved-views/:id',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Delete a saved view: its maker, or an administrator where it is shared',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await seen(identity, request.params.id)
      if (!isMine(stored, identity))
        throw new Failure('not-allowed', 'A view is deleted by whoever made it, or by an administrator.')
      await records.deletePapers(SAVED_VIEW, [stored.id], actorOf(identity), 'view.delete')
      return reply.code(204).send(null)
    },
  )
}
