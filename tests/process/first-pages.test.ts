// Pages drawn on the server are each person's own, whoever else was drawn for before or meanwhile.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleBundles } from '#tests/browser/example.ts'
import { buildDashboard } from '#tests/browser/open-browser.ts'
import { done, PASSWORD, PEOPLE } from '#tests/browser/start-dashboard.ts'
import { makeFolder, removeFolder, startProgram, type Program } from './program.ts'

const ROUNDS = 12
const PATHS = ['/', '/premises', '/costs', '/account', '/agreements/kampus-sopimus']
let program: Program
const folder = makeFolder()
const cookies = new Map<string, string>()

beforeAll(async () => {
  buildDashboard()
  program = await startProgram(folder, {
    SAMTILA_DEMO: 'off',
    SAMTILA_LIMIT_FIRST_PAGE_MS: '20000',
    SAMTILA_LIMIT_FIRST_PAGES_AT_ONCE: '1000',
  })
  for (const bundle of exampleBundles(Date.now())) await done(program, '/import', bundle)
  for (const [login, memberships] of Object.entries(PEOPLE)) {
    const user = { login, name: `Testi ${login}`, language: 'fi', memberships, password: PASSWORD }
    await done(program, '/users', { ...user, mustChangePassword: false })
    const answer = await fetch(`${program.httpUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: PASSWORD }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    cookies.set(
      login,
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    )
  }
}, 120_000)
afterAll(async () => {
  await program?.end('SIGTERM')
  removeFolder(folder)
})

/** The page as it comes; null is a stranger. */
const pageOf = async (login: string | null, path: string): Promise<string> => {
  const headers = { accept: 'text/html', cookie: login === null ? '' : (cookies.get(login) ?? '') }
  const answer = await fetch(`${program.httpUrl}${path}`, { headers })
  expect(answer.status).toBe(200)
  const page = await answer.text()
  expect(page).toContain(`data-drawn="${login === null ? '/sign-in' : path}"`)
  return page
}
/** What a page says, without what differs from one drawing to the next: nonces, instants, ages, the csrf token. */
const saidBy = (page: string): string =>
  page.replaceAll(/[A-Za-z0-9+/_-]{20,}={0,2}/g, '').replaceAll(/\d+([.,]\d+)*/g, '0')

/** What comes where two pages part, each; nothing where they are one. A whole page would hide it. */
const whereTheyPart = (one: string, other: string): { one?: string; other?: string } => {
  if (one === other) return {}
  let at = 0
  while (one[at] === other[at]) at += 1
  return { one: one.slice(Math.max(0, at - 200), at + 300), other: other.slice(Math.max(0, at - 200), at + 300) }
}

test('everybody gets their own page, in turns and all at once', async () => {
  const everybody = [...Object.keys(PEOPLE), null]
  const visits = everybody.flatMap((who) => PATHS.map((path) => ({ who, path })))
  const alone = new Map<string, string>()
  // The second one, as the first finds out what the page asks.
  for (const { who, path } of [...visits, ...visits]) alone.set(`${who} ${path}`, saidBy(await pageOf(who, path)))
  // Seven has no common part with how many there are: the turns differ from round to round.
  const shuffled = Array.from({ length: ROUNDS }, (_, round) =>
    visits.map((_, i) => visits[(i * 7 + round) % visits.length]!),
  )
  for (const round of shuffled) {
    const pages = await Promise.all(round.map(async ({ who, path }) => ({ who, path, page: await pageOf(who, path) })))
    for (const { who, path, page } of pages) {
      // The operator's overview counts the accounts, so it holds all of them.
      const seen = Object.keys(PEOPLE).filter((other) => who !== 'yllapito' && page.includes(`Testi ${other}`))
      expect(seen).toEqual(who === null || who === 'yllapito' ? [] : [who])
      expect({ who, path, ...whereTheyPart(alone.get(`${who} ${path}`)!, saidBy(page)) }).toEqual({ who, path })
    }
  }
}, 240_000)
