// The states of a page besides its content: loading, empty, refused, not there, a form that was refused;
// at 320 px and at 400 % zoom, with forced colours, on paper.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, findChromium, openPage, overflow } from './open-browser.ts'
import { CAMPUS, CAMPUS_MONTH, SENSOR } from './example.ts'
import { dictionaries, follow, PEOPLE, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

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
    // Nothing that was asked before may stand in: the program is loaded anew.
    await page.goto(LIST)
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
    async () => {
      await page.locator('h1').waitFor({ timeout: WITHIN_MS })
      await main.locator('.fi-loadingSpinner').first().waitFor({ timeout: WITHIN_MS })
    },
  )
  answer()
  await look(
    'empty',
    (route) => route.fulfill({ json: { items: [], next: null } }),
    () => page.locator('h1').waitFor(),
  )
  await look('no permission', (route) => route.fulfill(problem(403, 'not-allowed', 'Not allowed')), said)
  await look('not found', (route) => route.fulfill(problem(404, 'not-found', 'Not found')), said)
  await page.context().close()
  expect(problems).toEqual([])
}, 120_000)

test('at 400 % zoom, with forced colours, less motion and on paper nothing is lost or cut', async () => {
  // 1280 × 1024 at 400 % is 320 × 256 CSS px.
  const { page, faults } = await dashboard.signedIn('aino', 'sv', { viewport: { width: 320, height: 256 } })
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
