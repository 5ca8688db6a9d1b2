// What the server draws of a page before the program has come: it is the page that the program goes on with, and nothing that is done on it meanwhile is lost.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fi as findWords } from '#dashboard/text/find/fi.ts'
import { notRun } from '#tests/not-run.ts'
import { makePapers } from './make-papers.ts'
import { findChromium, openPage } from './open-browser.ts'
import { OPEN_PAGES, signedInPages } from './pages.ts'
import { dictionaries, PASSWORD, PEOPLE, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard

beforeAll(async () => {
  if (chromium === null) return
  // However busy the machine is, what the server draws is waited for.
  dashboard = await startDashboard(chromium, PEOPLE, { SAMTILA_LIMIT_FIRST_PAGE_MS: '10000' })
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

test('sign-in and overview are there before the program, and nothing that was done on them is lost', async () => {
  const { page, faults } = await openPage(dashboard.browser, dashboard.program.httpUrl)
  const gate = await holdProgram(page)
  await page.goto('/sign-in?lang=sv', { waitUntil: 'commit' })
  const { signIn, overview } = dictionaries.sv
  // Drawn in the background, first when somebody asks for it: a page that came without is asked for again.
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/sign-in')
  await page.getByRole('heading', { level: 1, name: signIn.title }).waitFor({ timeout: WITHIN_MS })
  expect(await page.title()).toBe(`${signIn.title} – ${dictionaries.sv.product.name}`)
  await page.getByLabel(signIn.login).fill('aino')
  await page.getByLabel(signIn.password).fill(PASSWORD)
  await page.getByLabel(signIn.password).press('Enter')
  expect(new URL(page.url()).search).toBe('?lang=sv')
  gate.open()
  await page.getByRole('heading', { level: 1, name: overview.title }).waitFor({ timeout: WITHIN_MS })
  // The overview of the same person, drawn with what the server knows of them: nothing on it moves when the program comes.
  gate.close()
  await page.addInitScript(COUNT_SHIFTS)
  await page.goto('/?lang=sv', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/')
  await page.getByRole('heading', { level: 2, name: overview.premises }).waitFor({ timeout: WITHIN_MS })
  const search = page.getByRole('link', { name: dictionaries.sv.common.search })
  await search.focus()
  gate.open()
  await page.locator('html:not([data-drawn])').waitFor({ state: 'attached', timeout: WITHIN_MS })
  expect(await page.evaluate('document.activeElement?.getAttribute("aria-keyshortcuts")')).toBe('/')
  expect(await page.locator('#drawn-styles').count()).toBe(0)
  await page.waitForLoadState('networkidle')
  expect(await page.evaluate('window.shifts')).toBeLessThan(0.01)
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('a button pressed and an entry chosen before the program has come are done by it', async () => {
  const { page, faults } = await dashboard.signedIn('kaksi', 'fi')
  const gate = await holdProgram(page)
  await page.goto('/?lang=fi', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/')
  const organisations = page.getByRole('combobox')
  expect(await organisations.inputValue()).toBe('kuusamo')
  await organisations.selectOption('osapuoli-1')
  gate.open()
  await page.locator('html:not([data-drawn])').waitFor({ state: 'attached', timeout: WITHIN_MS })
  const organisation = `fetch('/api/v1/session').then((answer) => answer.json()).then((session) => session.organisation)`
  await expect.poll(() => page.evaluate(organisation), { timeout: WITHIN_MS }).toBe('osapuoli-1')
  gate.close()
  await page.context().clearCookies()
  await page.goto('/sign-in?lang=fi', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/sign-in')
  await page.getByRole('button', { name: 'Svenska' }).click()
  gate.open()
  await page.getByRole('heading', { level: 1, name: dictionaries.sv.signIn.title }).waitFor({ timeout: WITHIN_MS })
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('a page whose end comes late is taken over by the program as any other', async () => {
  const late = await startLateEnds(dashboard.program.httpUrl)
  const { page, faults } = await openPage(dashboard.browser, late.url)
  const lateEnds = async (): Promise<number> => {
    await page.goto('/sign-in?lang=fi')
    return late.count()
  }
  await expect.poll(lateEnds, { timeout: WITHIN_MS }).toBeGreaterThan(0)
  await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
  expect(faults).toEqual([])
  await page.context().close()
  await late.stop()
}, 60_000)

test('every page is drawn as the program then shows it, keeps the policy, and moves little', async () => {
  const inside = signedInPages(await makePapers(dashboard.program))
  const looks = [
    { width: 1440, language: 'fi' },
    { width: 390, language: 'sv' },
  ] as const
  // Each page in one look, both looks at the same time.
  const found = await Promise.all(
    looks.map(async ({ width, language }, look) => {
      const { page, faults } = await dashboard.signedIn('yllapito', language, { viewport: { width, height: 900 } })
      await page.addInitScript(COUNT_SHIFTS)
      const problems: string[] = []
      const visit = async (path: string): Promise<void> => {
        const response = await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
        const html = (await response?.text()) ?? ''
        await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
        await page.waitForLoadState('networkidle')
        const isDrawn = html.includes(` data-drawn="${path.split('?')[0]}"`)
        const drawn = headingOf(html)
        const shown = headingOf(String(await page.evaluate('document.body.innerHTML')))
        const title = /<title>(.*?)<\/title>/.exec(html)?.[1]?.replaceAll('&lt;', '<').replaceAll('&amp;', '&')
        const inWindow = await page.title()
        const shifts = Number(await page.evaluate('window.shifts'))
        const seen = [
          ...(isDrawn === KEPT_OFFLINE.test(path) ? [isDrawn ? 'drawn' : 'not drawn'] : []),
          // What is not there is drawn as still coming.
          ...(drawn === null || drawn === shown || /no-such|^\/[prf]\//.test(path)
            ? []
            : [`“${drawn}” became “${shown}”`]),
          ...(drawn === null && isDrawn && !/no-such|proposals/.test(path) ? ['no heading'] : []),
          ...(isDrawn && drawn === shown && title !== inWindow ? [`title “${title}” became “${inWindow}”`] : []),
          ...(shifts > GOOD_SHIFT ? [`moves by ${shifts}`] : []),
          ...faults.splice(0).filter((fault) => !/status of 40[34]/.test(fault)),
        ]
        problems.push(...seen.map((problem) => `${path} ${width}: ${problem}`))
      }
      for (const path of inside.filter((_, n) => n % looks.length === look)) await visit(path)
      await page.context().clearCookies()
      for (const path of OPEN_PAGES) await visit(path)
      await page.context().close()
      return problems
    }),
  )
  expect(found.flat()).toEqual([])
}, 300_000)

test('what is written, ticked, opened and chosen on a drawn page is there when the program has come', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi')
  const gate = await holdProgram(page)
  await page.goto('/faults/new?lang=fi', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/faults/new')
  const texts = page.locator('main textarea, main input[type=text]')
  await texts.first().waitFor({ timeout: WITHIN_MS })
  await texts.first().fill('Ovi ei aukea')
  gate.open()
  await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
  expect(await texts.first().inputValue()).toBe('Ovi ei aukea')
  // A view is named before the program is there, and saved when it is.
  gate.close()
  await page.goto('/devices?state=stale&lang=fi', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/devices')
  const { views } = findWords
  const fold = page.locator('details', { hasText: views.title })
  await fold.locator('summary').click()
  await fold.getByLabel(views.name).fill('Hiljaiset')
  await fold.getByText(views.share).click()
  gate.open()
  await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
  await fold.getByRole('button', { name: views.save }).click()
  await fold.getByRole('link', { name: 'Hiljaiset' }).waitFor({ timeout: WITHIN_MS })
  const saved = `fetch('/api/v1/saved-views').then((answer) => answer.json()).then(({ items }) => items.map(({ name, shared }) => [name, shared]))`
  expect(await page.evaluate(saved)).toEqual([['Hiljaiset', true]])
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('who scrolls a drawn page stays there when the program comes, and another page opens at its top', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi', { viewport: { width: 390, height: 400 } })
  const gate = await holdProgram(page)
  const comeTo = async (path: string): Promise<void> => {
    await page.goto(`${path}?lang=fi`, { waitUntil: 'commit' })
    await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe(path)
    await page.locator('main h1').waitFor({ timeout: WITHIN_MS })
  }
  /** When the program has come, and has gone back to where it takes the page to have been. */
  const placeAfter = async (): Promise<unknown> => {
    gate.open()
    await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
    await page.waitForLoadState('networkidle')
    return page.evaluate('window.scrollY')
  }
  await comeTo('/faults/new')
  await page.evaluate('window.scrollTo(0, 150)')
  expect(await placeAfter()).toBe(150)
  // Loaded anew it is where it was, and stays where it is scrolled to meanwhile. The browser goes back there until just after `load`.
  gate.close()
  await page.reload({ waitUntil: 'load' })
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  await expect.poll(() => page.evaluate('window.scrollY'), { timeout: WITHIN_MS }).toBe(150)
  await page.evaluate('window.scrollTo(0, 90)')
  expect(await placeAfter()).toBe(90)
  gate.close()
  await comeTo('/premises')
  expect(await placeAfter()).toBe(0)
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('a stranger who follows a link gets the sign-in page drawn, and comes to the page by it', async () => {
  const { page, faults } = await openPage(dashboard.browser, dashboard.program.httpUrl)
  const gate = await holdProgram(page)
  await page.goto('/costs?lang=en', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/sign-in')
  const { signIn } = dictionaries.en
  await page.getByLabel(signIn.login).fill('aino')
  await page.getByLabel(signIn.password).fill(PASSWORD)
  gate.open()
  await page.getByRole('button', { name: signIn.submit }).click()
  // The address was this one before the sign-in page stood under it, too.
  await page.getByRole('heading', { level: 1, name: 'Costs' }).waitFor({ timeout: WITHIN_MS })
  expect(new URL(page.url())).toMatchObject({ pathname: '/costs', search: '?lang=en' })
  for (const elsewhere of ['//example.org/', String.raw`/\example.org/`, '/\t/example.org/', 'https://example.org/']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`)
    await expect
      .poll(() => ({ elsewhere, url: page.url().split('?')[0] }), { timeout: WITHIN_MS })
      .toEqual({ elsewhere, url: `${dashboard.program.httpUrl}/` })
  }
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

/** Pages that a worker keeps for times without a network are not drawn (api/pages/first-page.ts). */
const KEPT_OFFLINE = /^\/(install|c|service)(\/|\?|$)/
/** What Web Vitals call good. */
const GOOD_SHIFT = 0.1
const headingOf = (html: string): string | null =>
  /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]?.replaceAll(/<[^>]*>/g, '') ?? null

/** By the browser's own measure: how much of the window moved, and how far. */
const COUNT_SHIFTS = `window.shifts = 0; new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.shifts += value
}).observe({ type: 'layout-shift', buffered: true })`

/** Longer than the page waits for its first paint (dashboard/public/first.js). */
const LATE_MS = 700
/** The program by way of a slow line: the end of a drawn page comes late. */
const startLateEnds = async (program: string): Promise<{ url: string; count(): number; stop(): Promise<void> }> => {
  let count = 0
  const pass = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { host: _host, 'accept-encoding': _encoding, ...headers } = request.headers
    const got = await fetch(new URL(request.url ?? '/', program), { headers: headers as Record<string, string> })
    const body = Buffer.from(await got.arrayBuffer())
    const end = body.indexOf('<span id="drawn-end"')
    for (const [name, value] of got.headers)
      if (!/^(connection|content-encoding|content-length|transfer-encoding)$/.test(name)) answer.setHeader(name, value)
    answer.writeHead(got.status)
    if (end !== -1) {
      count += 1
      answer.write(body.subarray(0, end))
      await delay(LATE_MS)
    }
    answer.end(end === -1 ? body : body.subarray(end))
  }
  const server = createServer((request, answer) => void pass(request, answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    stop: async () => {
      server.closeAllConnections()
      await promisify(server.close.bind(server))()
    },
  }
}

/** Keeps the scripts of the program back until the gate is opened. */
const holdProgram = async (page: Page): Promise<{ open(): void; close(): void }> => {
  let held = Promise.withResolvers<void>()
  await page.route('**/assets/*.js', async (route) => {
    await held.promise
    await route.continue().catch(() => undefined)
  })
  return {
    open: () => held.resolve(),
    close: () => {
      held = Promise.withResolvers<void>()
    },
  }
}
/** The page that the server drew, or null after which it is asked for again. */
const drawnAgain = async (page: Page): Promise<unknown> => {
  const drawn = await page.evaluate('document.documentElement.dataset.drawn ?? null')
  if (drawn === null) await page.reload({ waitUntil: 'commit' })
  return drawn
}
