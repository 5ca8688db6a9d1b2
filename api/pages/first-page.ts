// The first page of a visit, drawn with what the API answers to the very person who opens it.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Answers, FirstPageDrawn, SentAlong } from '#contract/first-page.ts'
import type { Session } from '#contract/session.ts'
import { LANGUAGES, parseLanguage, type Language } from '#domain/writing/language.ts'
import { SESSION_COOKIE } from '#api/access/identity.ts'
import { withinHeader } from '#api/access/within.ts'
import type { RouteParts } from '#api/parts.ts'
import { openDrawer } from './drawer.ts'

const SESSION = '/api/v1/session'
const SAVED_VIEWS = '/api/v1/saved-views'
const OVERVIEW = '/api/v1/overview'
/** How often what a drawing misses is asked for: an answer may let a part ask for another. */
const ROUNDS = 5
const LANGUAGES_READ = 8
/** The thread is started this long after the program, when what is more urgent has been done, and nobody waits for its first pages. */
const WARM_AFTER_MS = 2_000
const WARM_WAIT_MS = 30_000
/** Pages of people that are remembered by the questions that they asked. */
const PAGES_REMEMBERED = 5_000
/** A larger answer is asked for by the browser: it would come twice, drawn and as it is, and hold up what is small. */
const ANSWER_BYTES = 250_000
/** Pages that nobody must be signed in for (dashboard/routes.tsx); a stranger who opens another one is asked to sign in. */
const OPEN_PAGE = /^\/(accessibility|privacy|[prf]\/[^/]+)$/
/** Pages that a worker keeps for times without a network (dashboard/public/sw.js): the page must be nobody's, and what it asks must pass by the worker. */
const KEPT_OFFLINE = /^\/(install|c|service)(\/|$)/

export type FirstPage = { language: Language; drawn: FirstPageDrawn; sent: SentAlong }
export type DrawFirstPage = (request: FastifyRequest) => Promise<FirstPage | null>

/** null: the browser draws the page, because it has to itself or because the page could not be drawn in time. */
export function openFirstPages(app: FastifyInstance, { dashboardFolder, limits, log }: RouteParts): DrawFirstPage {
  const drawer = openDrawer(dashboardFolder, limits.firstPagesAtOnce, log)
  let warming: NodeJS.Timeout | undefined
  app.addHook('onClose', () => {
    clearTimeout(warming)
    return drawer.close()
  })
  // The thread stands, and the sign-in page is at hand, before somebody asks.
  app.addHook('onListen', (done) => {
    const warm = async (): Promise<void> => {
      for (const language of LANGUAGES) await drawSignIn(language, new URLSearchParams(), WARM_WAIT_MS)
    }
    warming = setTimeout(() => void warm(), WARM_AFTER_MS).unref()
    done()
  })
  const signInPages = new Map<Language, FirstPage>()
  const usedBefore = new Map<string, string[]>()

  /** Where to go on does not change the page: one of each language is kept; why one is back is drawn anew. */
  const drawSignIn = async (language: Language, search: URLSearchParams, waitMs: number): Promise<FirstPage | null> => {
    search.set('lang', language)
    const address = `/sign-in?${search.toString()}`
    const isPlain = [...search.keys()].every((key) => key === 'lang' || key === 'next')
    const kept = isPlain ? signInPages.get(language) : undefined
    if (kept !== undefined) return { ...kept, sent: { ...kept.sent, address } }
    const answers = { [SESSION]: null }
    const drawn = await drawer.draw({ address, language, answers }, waitMs)
    if (drawn === null) return null
    const page = { language, drawn, sent: { address, known: drawn.known } }
    if (isPlain) signInPages.set(language, page)
    return page
  }

  /** `session`: null for a stranger, to whom some pages are open. */
  const drawPage = async (request: FastifyRequest, url: URL, session: Session | null): Promise<FirstPage | null> => {
    const until = Date.now() + limits.firstPageMs
    const { pathname, searchParams: search } = url
    const language = chooseLanguage([
      search.get('lang'),
      ...(session === null ? languagesOf(request) : [session.user.language]),
    ])
    search.set('lang', language)
    const address = `${pathname}?${search.toString()}`
    const page = `${session?.user.id ?? ''} ${pathname}`
    const answers: Answers = { [SESSION]: session }
    const refused = new Set<string>()
    // What this person's page used last time is asked for at once, not in as many rounds as it was found out in.
    let paths = [...new Set([...(pathname === '/' ? [SAVED_VIEWS, OVERVIEW] : []), ...(usedBefore.get(page) ?? [])])]
    let drawn: FirstPageDrawn | null = null
    for (let round = 0; round < ROUNDS && (round === 0 || paths.length > 0); round += 1) {
      // Half of the time that is left: what takes longer is drawn as still coming, and does not hold the rest back.
      const waitMs = (until - Date.now()) / 2
      const came = await Promise.all(
        paths.map(async (path) => [path, await within(waitMs, ask(request, path))] as const),
      )
      for (const [path, answer] of came) {
        if (answer === undefined) refused.add(path)
        else if (answer !== null) answers[path] = answer
      }
      // Whoever has chosen another page to begin with is led there by the browser.
      if (pathname === '/' && (!(OVERVIEW in answers) || beginsElsewhere(answers[SAVED_VIEWS]))) return null
      const next = await drawer.draw({ address, language, answers }, until - Date.now())
      if (next === null) break
      drawn = next
      paths = next.missing.filter((path) => !came.some(([asked]) => asked === path) && !refused.has(path))
    }
    if (drawn === null) return null
    // Strangers are many, and what they open is small.
    if (session !== null)
      remember(
        usedBefore,
        page,
        [...drawn.used, ...drawn.missing].filter((path) => path !== SESSION && !refused.has(path)),
      )
    return { language, drawn, sent: { address, known: drawn.known } }
  }

  /** As the person who opened the page: the same routes, rights and limits; undefined where it is refused, or too large. */
  const ask = async (request: FastifyRequest, url: string): Promise<unknown> => {
    const { cookie = '', 'user-agent': agent = '' } = request.headers
    const headers = { ...withinHeader(), accept: 'application/json', cookie, 'user-agent': agent }
    const answer = await app.inject({ method: 'GET', url, remoteAddress: request.ip, headers })
    return answer.statusCode === 200 && answer.rawPayload.length <= ANSWER_BYTES ? answer.json<unknown>() : undefined
  }

  return async (request) => {
    // Two slashes at the beginning would name a host.
    if (request.url.startsWith('//')) return null
    const url = new URL(request.url, 'http://dashboard')
    const { pathname, searchParams: search } = url
    if (KEPT_OFFLINE.test(pathname)) return null
    if (request.cookies[SESSION_COOKIE] === undefined) {
      if (comesFromElsewhere(request)) return null
      if (OPEN_PAGE.test(pathname)) return drawPage(request, url, null)
      const language = chooseLanguage([search.get('lang'), ...languagesOf(request)])
      return drawSignIn(language, askedAtSignIn(url), limits.firstPageMs)
    }
    const session = (await ask(request, SESSION)) as Session | undefined
    // A session that has ended is told by the browser, which knows more of it.
    if (session === undefined || session.user.mustChangePassword || pathname === '/sign-in') return null
    return drawPage(request, url, session)
  }
}

/** What the address of the sign-in page says: where to go on. */
const askedAtSignIn = ({ pathname, search, searchParams }: URL): URLSearchParams => {
  if (pathname === '/sign-in') return searchParams
  return new URLSearchParams(pathname === '/' ? {} : { next: pathname + search })
}

/** A browser that comes from another site holds the cookie of the session back: that it shows none says nothing. */
const comesFromElsewhere = ({ headers }: FastifyRequest): boolean =>
  ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']))

const languagesOf = ({ headers }: FastifyRequest): string[] =>
  (headers['accept-language'] ?? '').split(',', LANGUAGES_READ).map((tag) => tag.trim())
const chooseLanguage = (wanted: readonly (string | null)[]): Language =>
  wanted.map(parseLanguage).find((language) => language !== null) ?? 'fi'

const beginsElsewhere = (views: unknown): boolean =>
  (views as { items: { start: boolean }[] } | undefined)?.items.some(({ start }) => start) ?? false

const remember = (usedBefore: Map<string, string[]>, page: string, paths: string[]): void => {
  usedBefore.delete(page)
  usedBefore.set(page, paths)
  const [oldest] = usedBefore.keys()
  if (usedBefore.size > PAGES_REMEMBERED && oldest !== undefined) usedBefore.delete(oldest)
}

/** null where it takes longer. */
const within = async <T>(limitMs: number, work: Promise<T>): Promise<T | null> => {
  const { promise, resolve } = Promise.withResolvers<null>()
  const limit = setTimeout(() => resolve(null), Math.max(0, limitMs))
  return Promise.race([work, promise]).finally(() => clearTimeout(limit))
}
