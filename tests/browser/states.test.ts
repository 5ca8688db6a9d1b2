// The states of a page besides its content: loading, empty, refused, not there, failed, no connection, of an older version; open menus
// and dialogs, wrong fields; 5,000 devices, seventeen parties with long names; at 320 px and at 400 % zoom, with forced colours, on paper.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, findChromium, openPage, overflow } from './open-browser.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { fi as comfortWords } from '#dashboard/text/comfort/fi.ts'
import { fi as faultWords } from '#dashboard/text/faults/fi.ts'
import { CAMPUS, CAMPUS_MONTH, MONTH, PREMISES, SENSOR } from './example.ts'
import {
  dictionaries,
  done,
  follow,
  goTo,
  open,
  PASSWORD,
  PEOPLE,
  startDashboard,
  WITHIN_MS,
  type Dashboard,
} from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard
const LIST = '/devices'
const PAGES = [
  LIST,
  `/devices/${SENSOR}?range=day`,
  `/costs/${CAMPUS}/${CAMPUS_MONTH}`,
  `/premises/${CAMPUS}/agreement`,
]

beforeAll(async () => {
  if (chromium !== null) dashboard = await startDashboard(chromium, PEOPLE)
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the states of pages', 'apt-get install chromium')
})

/** What is wrong with the page as it is now. */
const wrong = async (page: Page, state: string): Promise<string[]> => {
  const wide = await overflow(page)
  return [...(await axeViolations(page)), ...(wide > 0 ? [`${wide} px too wide`] : [])].map((one) => `${state}: ${one}`)
}
/** What is cut off: content that is wider than its box and can't be seen there, on paper also not by scrolling. */
const CUT = `[...document.querySelectorAll('main *')].filter((one) => {
  const { overflowX, clipPath } = getComputedStyle(one)
  return one.clientWidth > 1 && overflowX !== 'visible' && clipPath === 'none' && one.scrollWidth > one.clientWidth + 1
}).map((one) => one.tagName + ' ' + one.textContent.slice(0, 60))`
const PAPERS = [
  `/costs/${CAMPUS}/${CAMPUS_MONTH}`,
  `/costs/${CAMPUS}/${CAMPUS_MONTH}/items/recurring/vuokra`,
  `/costs/${PREMISES}/${MONTH}/statements/poliisi`,
  '/agreements/kampus-sopimus',
]
const manyDevices: Bundle = {
  devices: Array.from({ length: 5000 }, (_, i) => ({
    id: `anturi-${i + 1}`,
    name: { fi: `Huoneanturi ${i + 1}` },
    premises: PREMISES,
    type: 'room-sensor',
    points: [{ key: 'temperature', unit: 'Cel', kind: 'gauge' as const }],
  })),
}
const API = '**/api/v1/devices?**'
const problem = (status: number, code: string, title: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: `/problems/${code}`, title, status, detail: title, instance: '/x', code }),
})

test('a list while it loads, empty, refused and not there keeps the rules', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi', { viewport: { width: 320, height: 700 } })
  const main = page.locator('main')
  const problems: string[] = []
  const look = async (state: string, handle: Parameters<Page['route']>[1], ready: () => Promise<unknown>) => {
    await page.route(API, handle)
    // Nothing that was asked before may stand in: the program is loaded anew, on a page that asks for something else.
    await open(page, '/scenes?lang=fi')
    await goTo(page, LIST)
    await page.getByRole('heading', { level: 1, name: dictionaries.fi.devices.title }).waitFor({ timeout: WITHIN_MS })
    await ready()
    problems.push(...(await wrong(page, state)))
    await page.unroute(API)
  }
  const said = (): Promise<void> =>
    main.getByRole('alert').or(main.locator('.fi-inline-alert')).first().waitFor({ timeout: WITHIN_MS })
  let answer: () => void = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  await look(
    'loading',
    async (route) => {
      await held
      await route.abort().catch(() => {})
    },
    () => main.locator('.fi-loadingSpinner').first().waitFor({ timeout: WITHIN_MS }),
  )
  answer()
  await look(
    'empty',
    (route) => route.fulfill({ json: { items: [], next: null } }),
    () => main.locator('.fi-loadingSpinner').first().waitFor({ state: 'detached', timeout: WITHIN_MS }),
  )
  await look('no permission', (route) => route.fulfill(problem(403, 'not-allowed', 'Not allowed')), said)
  await look('not found', (route) => route.fulfill(problem(404, 'not-found', 'Not found')), said)
  await look('failed', (route) => route.fulfill(problem(500, 'internal', 'Failed')), said)
  await look('no connection', (route) => route.abort(), said)
  await page.context().close()
  expect(problems).toEqual([])
}, 120_000)

test('at 400 % zoom, with forced colours, less motion and on paper nothing is lost or cut', async () => {
  // 1280 × 1024 at 400 % is 320 × 256 CSS px.
  const { page, faults } = await dashboard.signedIn('yllapito', 'sv', { viewport: { width: 320, height: 256 } })
  const problems: string[] = []
  for (const path of PAGES) {
    await follow(page, path)
    problems.push(...(await wrong(page, `${path} at 400 %`)))
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    problems.push(...(await wrong(page, `${path} forced colours`)))
    const moving = await page.evaluate(
      `document.getAnimations().filter((one) => one.playState === 'running' && Number(one.effect?.getTiming().duration) > 100).length`,
    )
    if (Number(moving) > 0) problems.push(`${path}: ${String(moving)} animations in spite of reduced motion`)
    await page.emulateMedia({ forcedColors: null, reducedMotion: null, media: 'print' })
    const shown = await page.locator('h1').isVisible()
    const navigation = await page.getByRole('navigation').first().isVisible()
    if (!shown || navigation)
      problems.push(`${path} on paper: heading ${String(shown)}, navigation ${String(navigation)}`)
    await page.emulateMedia({ media: null })
  }
  await page.context().close()
  expect([...problems, ...faults]).toEqual([])
}, 120_000)

test('menus and dialogs that are open, and fields that are wrong, keep the rules', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi', { viewport: { width: 390, height: 800 } })
  const { frame } = dictionaries.fi
  const problems: string[] = []
  await page.getByRole('button', { name: frame.menu, exact: true }).click()
  problems.push(...(await wrong(page, 'navigation open')))
  await page.keyboard.press('Escape')
  const user = page.getByRole('button', { name: frame.user('Testi aino') })
  await user.click()
  problems.push(...(await wrong(page, 'user menu open')))
  await page.keyboard.press('Escape')
  await follow(page, `/premises/${PREMISES}/comfort`)
  await page.getByRole('button', { name: new RegExp(`${comfortWords.giveHours}|${comfortWords.changeHours}`) }).click()
  await page.locator('dialog[open]').waitFor({ timeout: WITHIN_MS })
  problems.push(...(await wrong(page, 'dialog open')))
  await page.keyboard.press('Escape')
  await follow(page, `/faults/new?premises=${PREMISES}&device=${SENSOR}`)
  await page.getByRole('button', { name: faultWords.sendReport }).click()
  await page.locator('main [aria-invalid=true]').first().waitFor({ timeout: WITHIN_MS })
  problems.push(...(await wrong(page, 'wrong fields')))
  await page.context().close()
  expect([...problems, ...faults]).toEqual([])
}, 120_000)

test('5,000 devices are a list that is quick, and has only rows in the document that are near', async () => {
  await done(dashboard.program, '/import', manyDevices)
  const { page, faults } = await dashboard.signedIn('aino', 'sv', { viewport: { width: 1440, height: 900 } })
  await follow(page, `/devices?premises=${PREMISES}`)
  const rows = page.locator('main table tbody tr')
  await rows.first().waitFor({ timeout: WITHIN_MS })
  const problems = await wrong(page, '5,000 devices')
  // Down as fast as one can: each page that is asked for makes the list longer.
  for (let i = 0; i < 8; i += 1) {
    const before = Number(await page.evaluate('document.documentElement.scrollHeight'))
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
    await page
      .waitForFunction((height) => document.documentElement.scrollHeight > height, before, { timeout: WITHIN_MS })
      .catch(() => problems.push(`nothing more came after page ${i + 1}`))
  }
  const shown = await rows.count()
  await page.context().close()
  expect([...problems, ...faults]).toEqual([])
  expect(shown).toBeLessThan(200)
}, 120_000)

test('on paper long names and seventeen parties are whole, and nothing is there to press', async () => {
  // A4 between its margins.
  const { page, faults } = await dashboard.signedIn('yllapito', 'fi', { viewport: { width: 718, height: 1000 } })
  const problems: string[] = []
  for (const path of PAPERS) {
    await follow(page, path)
    if ((await page.getByRole('heading', { name: dictionaries.fi.errors.titles['not-found'] }).count()) > 0)
      problems.push(`${path}: not found`)
    await page.emulateMedia({ media: 'print' })
    const wide = await overflow(page)
    if (wide > 0) problems.push(`${path}: ${wide} px wider than the paper`)
    problems.push(...((await page.evaluate(CUT)) as string[]).map((one) => `${path}: cut: ${one}`))
    if (await page.getByRole('navigation').first().isVisible()) problems.push(`${path}: navigation on paper`)
    await page.emulateMedia({ media: null })
  }
  await page.context().close()
  expect([...problems, ...faults]).toEqual([])
}, 120_000)

test('a page of an older version is loaded anew once, and says so where that does not help', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi')
  const { errors } = dictionaries.fi
  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  // As after an update: the parts of this page's program are gone, and the first page names another program.
  await page.route('**/assets/HelpPage-*.js', (route) => route.fulfill({ status: 404 }))
  await page.route(
    (url) => url.pathname === '/index.html',
    (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-newer.js"></script>' }),
  )
  await page.evaluate(`history.pushState(null, '', '/help'), dispatchEvent(new PopStateEvent('popstate'))`)
  await page.getByRole('button', { name: errors.reload }).waitFor({ timeout: WITHIN_MS })
  expect(loads).toHaveLength(1)
  expect(await wrong(page, 'older version')).toEqual([])
  await page.context().close()
}, 60_000)

test('a part that did not come is no reason to load a page of the newest version anew', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi')
  const { errors } = dictionaries.fi
  // Drawn by the server, then as it is loaded where nothing was drawn.
  for (const path of ['/premises', '/index.html']) {
    await page.goto(`${path}?lang=fi`)
    await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
    const loads: string[] = []
    page.on('load', () => loads.push(page.url()))
    await page.route('**/assets/HelpPage-*.js', (route) => route.fulfill({ status: 404 }))
    await page.evaluate(`history.pushState(null, '', '/help'), dispatchEvent(new PopStateEvent('popstate'))`)
    await page.getByText(errors.kinds.offline).first().waitFor({ timeout: WITHIN_MS })
    expect(loads).toEqual([])
  }
  await page.context().close()
}, 60_000)

test('a form that was refused keeps the rules at 320 px', async () => {
  const { page } = await openPage(dashboard.browser, dashboard.program.httpUrl, {
    viewport: { width: 320, height: 700 },
  })
  const { signIn } = dictionaries.fi
  await page.goto('/sign-in?lang=fi')
  await page.getByLabel(signIn.login).fill('aino')
  await page.getByLabel(signIn.password).fill('ei tämä ole oikea')
  await page.getByRole('button', { name: signIn.submit }).click()
  await page.locator('main .fi-inline-alert').first().waitFor({ timeout: WITHIN_MS })
  expect(await wrong(page, 'refused form')).toEqual([])
  await page.context().close()
}, 60_000)

test('a part whose question failed says so, and the others stand', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi', { viewport: { width: 390, height: 800 } })
  const failed = page.locator('section', { has: page.getByRole('heading', { name: faultWords.openFaults }) })
  await page.route('**/api/v1/faults?**', (route) => route.fulfill(problem(500, 'internal', 'Failed')))
  await follow(page, `/premises/${PREMISES}`)
  await failed.getByText(dictionaries.fi.errors.title).waitFor({ timeout: WITHIN_MS })
  expect(await wrong(page, 'one part failed')).toEqual([])
  expect(await page.locator('main section').count()).toBeGreaterThan(2)
  await page.unroute('**/api/v1/faults?**')
  await failed.getByRole('button', { name: dictionaries.fi.common.tryAgain }).click()
  await failed.getByText(faultWords.noOpenFaults).waitFor({ timeout: WITHIN_MS })
  await page.context().close()
}, 60_000)

test('a server that is away is said, and what it was asked for comes by itself when it is back', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi', { viewport: { width: 320, height: 700 } })
  const away = page.locator('main').getByText(/Palvelimeen ei ole saatu yhteyttä kello \d/)
  await page.route('**/*', (route) => route.abort())
  await page.evaluate(`history.pushState(null, '', '${LIST}'), dispatchEvent(new PopStateEvent('popstate'))`)
  await away.waitFor({ timeout: WITHIN_MS })
  expect(await wrong(page, 'server away')).toEqual([])
  await page.unroute('**/*')
  await page.locator('main tbody tr').first().waitFor({ timeout: WITHIN_MS })
  expect(await away.count()).toBe(0)
  await page.context().close()
}, 60_000)

test('a session that ends under a form is taken up again in place: what was written stays, another person gets nothing of it', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi')
  const { signIn } = dictionaries.fi
  await follow(page, `/faults/new?premises=${PREMISES}`)
  const written = page.locator('main textarea:visible')
  await written.fill('Aulan ovi ei sulkeudu.')
  const again = async (login: string) => {
    await page.getByLabel(signIn.login).fill(login)
    await page.getByLabel(signIn.password).fill(PASSWORD)
    await page.getByRole('button', { name: signIn.submit }).click()
  }
  await page.context().clearCookies()
  await page.getByRole('button', { name: faultWords.sendReport }).click()
  await page.getByRole('heading', { level: 1, name: signIn.title }).waitFor({ timeout: WITHIN_MS })
  expect(await written.count()).toBe(0)
  expect(await wrong(page, 'session ended')).toEqual([])
  await again('aino')
  await written.waitFor({ timeout: WITHIN_MS })
  expect(await written.inputValue()).toBe('Aulan ovi ei sulkeudu.')
  await page.context().clearCookies()
  await page.getByRole('button', { name: faultWords.sendReport }).click()
  await page.getByRole('heading', { level: 1, name: signIn.title }).waitFor({ timeout: WITHIN_MS })
  await again('kaksi')
  await page.getByRole('button', { name: dictionaries.fi.frame.user('Testi kaksi') }).waitFor({ timeout: WITHIN_MS })
  expect(await page.getByText('Aulan ovi ei sulkeudu.').count()).toBe(0)
  await page.context().close()
}, 60_000)
