// One search over devices, spaces, premises, organisations, documents, faults, alarms, agreements and costs.
import { SearchAnswer, SEARCH_KINDS, SearchWanted, type SearchKind } from '#contract/search.ts'
import { Failure } from '#domain/failure.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { createHits, INDEXED } from '#api/search/hits.ts'
import { problems } from './answers.ts'

const DEFAULT_LIMIT = 8

/** @throws Failure 'bad-request' for a word that is no kind. */
function kindsOf(asked: string | undefined): SearchKind[] {
  if (asked === undefined) return [...SEARCH_KINDS]
  return asked.split(',').map((word) => {
    const kind = SEARCH_KINDS.find((one) => one === word)
    if (kind === undefined)
      throw new Failure('bad-request', `${word} is nothing to search. Use ${SEARCH_KINDS.join(', ')}.`)
    return kind
  })
}

export function addSearchRoutes(app: ApiApp, parts: RouteParts): void {
  app.get(
    '/search',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['search'],
        summary:
          'Everything with these words, whole, begun, within others or in another form: the best first, kind by kind',
        querystring: SearchWanted,
        response: { 200: SearchAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { q, kinds, premises, limit = DEFAULT_LIMIT } = request.query
      const wanted = kindsOf(kinds)
      const found = await parts.records.search(scopeOf(request), {
        text: q,
        kinds: wanted.flatMap((kind) => INDEXED[kind]),
        // One more tells that there is more; some may not be shown.
        limit: 2 * limit + 1,
        ...(premises === undefined ? {} : { premises }),
      })
      const shownOf = createHits(parts, identity)
      const groups: SearchAnswer['groups'] = []
      for (const kind of wanted) {
        const items: SearchAnswer['groups'][number]['items'] = []
        for (const one of found.filter((hit) => INDEXED[kind].includes(hit.kind))) {
          if (items.length > limit) break
          const shown = await shownOf(kind, one)
          if (shown !== null) items.push(shown)
        }
        if (items.length > 0) groups.push({ kind, items: items.slice(0, limit), more: items.length > limit })
      }
      return { groups }
    },
  )
}
