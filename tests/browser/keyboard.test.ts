// By keyboard alone, and help in place: skip link, navigation, chart, table, menu, search, the meaning of a word.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fi } from '#dashboard/text/fi.ts'
import { glossary } from '#dashboard/text/help/glossary.ts'
import { sv as helpSv } from '#dashboard/text/help/sv.ts'
import { notRun } from '#tests/not-run.ts'
import { MONTH, PREMISES } from './example.ts'
import { axeViolations, findChromium, focusedText, openPage, tabTo } from './open-browser.ts'
import { open, PASSWORD, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard

beforeAll(async () => {
  if (chromium !== null) dashboard = await startDashboard(chromium)
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

test('by keyboard alone: skip link, sign-in, navigation, chart, sorting, menu on a phone', async () => {
  const { page, faults } = await openPage(dashboard.browser, dashboard.program.httpUrl)
  await page.goto('/sign-in?lang=fi')
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: WITHIN_MS })
  await page.keyboard.press('Tab')
  expect(await focusedText(page)).toBe(fi.frame.skip)
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.id')).toBe('main')
  await page.keyboard.press('Tab')
  await page.keyboard.type('aino')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: fi.overview.title }).waitFor({ timeout: WITHIN_MS })

  // A new page takes the focus to its heading and is announced.
  await tabTo(page, (text) => text === fi.nav.devices)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: fi.devices.title }).waitFor({ timeout: WITHIN_MS })
  await expect.poll(() => focusedText(page)).toBe(fi.devices.title)
  await expect.poll(() => page.locator('output[aria-live]').innerText()).toBe(fi.frame.opened(fi.devices.title))
  await tabTo(page, (text) => text.startsWith('Huoneanturi 101'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Huoneanturi 101/ }).waitFor({ timeout: WITHIN_MS })
  await page.getByRole('application').waitFor({ timeout: WITHIN_MS })

  // The chart: arrows move the cursor and are spoken, plus and Escape change the address.
  await tabTo(page, (text) => text.includes('Lämpötila, Huoneanturi 101'))
  await page.keyboard.press('End')
  await expect
    .poll(() => page.locator('output[aria-live]').innerText())
    .toMatch(/\d{1,2}\.\d{1,2}\.\d{4} klo\s.*: .*°C/)
  const last = await page.locator('output[aria-live]').innerText()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.locator('output[aria-live]').innerText()).not.toBe(last)
  await page.keyboard.press('+')
  await expect.poll(() => new URL(page.url()).searchParams.get('from')).not.toBeNull()
  await page.keyboard.press('Escape')
  await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBeNull()

  // The same numbers as a table, sorted by keyboard.
  await tabTo(page, (text) => text === fi.common.table)
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: /samat luvut taulukkona/ })
  await table.waitFor({ timeout: WITHIN_MS })
  await tabTo(page, (text) => text.startsWith(fi.chart.mean))
  await page.keyboard.press('Enter')
  expect(await table.locator('th[aria-sort="ascending"]').count()).toBe(1)

  // On a phone the navigation opens and closes by keyboard.
  await page.setViewportSize({ width: 390, height: 800 })
  const menu = page.getByRole('button', { name: fi.frame.menu })
  await menu.focus()
  await page.keyboard.press('Enter')
  await tabTo(page, (text) => text === fi.nav.costs, 10)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: fi.costs.title }).waitFor({ timeout: WITHIN_MS })
  expect(await page.getByRole('button', { name: fi.frame.menu }).getAttribute('aria-expanded')).toBe('false')
  expect(faults).toEqual([])
  await page.context().close()
}, 120_000)

test('help in place: the key / searches everything, arrows and Enter open; a hard word tells its meaning', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'sv')
  await page.keyboard.press('/')
  await page.getByRole('heading', { level: 1, name: helpSv.search.title }).waitFor({ timeout: WITHIN_MS })
  await expect.poll(() => isWriting(page)).toBe(true)
  await page.keyboard.type('virastotalo')
  await page.getByRole('heading', { level: 2, name: helpSv.search.groups.premises }).waitFor({ timeout: WITHIN_MS })
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('virastotalo')
  expect(await axeViolations(page)).toEqual([])
  // Also before the answer to the whole word has come: the arrow waits for it, and what has the focus stays.
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focusedText(page)).toBe('Virastotalo')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Virastotalo' }).waitFor({ timeout: WITHIN_MS })

  // Enter in the field opens the first result, however quickly it was written and however slowly words and answers come.
  await open(page, '/search?lang=fi')
  await expect.poll(() => isWriting(page)).toBe(true)
  await slowly(page, /\/assets\/|\/api\/v1\/search/, 200)
  await page.keyboard.type('huoneanturi 101')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Huoneanturi 101/ }).waitFor({ timeout: WITHIN_MS })

  // A filter that is said a moment after it was written does not hold back who has followed a link meanwhile.
  await page.unrouteAll({ behavior: 'wait' })
  await open(page, '/devices?lang=fi')
  const device = page.getByRole('link', { name: /Huoneanturi 101/ })
  await device.waitFor({ timeout: WITHIN_MS })
  await slowly(page, /\/assets\/DevicePage/, 700)
  await page.getByRole('main').getByLabel(fi.common.search, { exact: true }).fill('huone')
  await device.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Huoneanturi 101/ }).waitFor({ timeout: WITHIN_MS })
  await page.unrouteAll({ behavior: 'wait' })

  await open(page, `/costs/${PREMISES}/${MONTH}?lang=sv`)
  const [term, meaning] = glossary.share.sv
  await page.getByRole('button', { name: helpSv.means(term) }).click()
  await page.getByText(meaning).waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByText(meaning).waitFor({ state: 'hidden', timeout: WITHIN_MS })
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

const isWriting = (page: Page): Promise<boolean> => page.evaluate('document.activeElement.matches("input")')

/** What is asked for at these addresses comes so much later. */
const slowly = (page: Page, address: RegExp, lateMs: number): Promise<unknown> =>
  page.route(address, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, lateMs))
    await route.continue().catch(() => {})
  })
