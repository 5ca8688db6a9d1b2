// Whose eyes, whose turn, and how old: another body’s premises are not found, a month that is blocked says why, a program that is away is said to be.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fi } from '#dashboard/text/fi.ts'
import { sv } from '#dashboard/text/sv.ts'
import { notRun } from '#tests/not-run.ts'
import { CAMPUS, CAMPUS_MONTH, MONTH, PREMISES, SENSOR } from './example.ts'
import { axeViolations, findChromium } from './open-browser.ts'
import { open, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard

beforeAll(async () => {
  if (chromium !== null) dashboard = await startDashboard(chromium)
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

test('whose eyes: another body’s premises are not found, a viewer’s rooms are fewer, organisations are switched in place', async () => {
  const viewer = await dashboard.signedIn('veikko', 'fi')
  await open(viewer.page, `/premises/${CAMPUS}?lang=fi`)
  await viewer.page
    .getByRole('heading', { level: 1, name: fi.errors.titles['not-found'] })
    .waitFor({ timeout: WITHIN_MS })
  expect(await viewer.page.getByRole('link', { name: fi.nav.connect }).count()).toBe(0)
  await open(viewer.page, '/connect/quarantine?lang=fi')
  await viewer.page.getByText(fi.errors.titles['not-allowed']).first().waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(viewer.page)).toEqual([])
  await viewer.page.context().close()

  const { page } = await dashboard.signedIn('kaksi', 'sv')
  // Content that exists in Finnish only says so to screen readers.
  await page.locator('article h3 [lang="fi"]', { hasText: 'Virastotalo' }).waitFor({ timeout: WITHIN_MS })
  await page.getByRole('combobox', { name: sv.frame.organisation }).selectOption('osapuoli-1')
  await page.locator('article h3', { hasText: 'kampusalue' }).waitFor({ timeout: WITHIN_MS })
  expect(await page.locator('article').count()).toBe(1)
  await page.context().close()
}, 60_000)

test('a blocked month says why and what to do; a month is sent for approval and accepted', async () => {
  const operator = await dashboard.signedIn('yllapito', 'fi')
  await open(operator.page, `/costs/${CAMPUS}/${CAMPUS_MONTH}?lang=fi`)
  const alert = operator.page.getByRole('main')
  await alert.getByText(fi.costs.reasons['no-rule'], { exact: false }).first().waitFor({ timeout: WITHIN_MS })
  await alert.getByText(fi.costs.remedies['no-readings'], { exact: false }).first().waitFor()
  expect(await operator.page.getByRole('button', { name: fi.costs.issue }).count()).toBe(0)
  await operator.page.context().close()

  const { page, faults } = await dashboard.signedIn('aino', 'fi')
  await open(page, `/costs/${PREMISES}/${MONTH}?lang=fi`)
  await page.getByRole('button', { name: fi.costs.issue }).click()
  await page.locator('[data-state="issued"]').first().waitFor({ timeout: WITHIN_MS })
  await page.getByRole('button', { name: fi.costs.accept }).click()
  const asked = page.getByRole('dialog')
  await asked.getByRole('definition').first().waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(page)).toEqual([])
  await asked.getByRole('button', { name: fi.costs.accept }).click()
  await page.locator('[data-state="accepted"]').waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('when the program goes away the page says since when it is old', async () => {
  const { page } = await dashboard.signedIn('aino', 'fi')
  await open(page, `/devices/${SENSOR}?lang=fi`)
  await page.getByText(fi.live.open).waitFor({ timeout: WITHIN_MS })
  await dashboard.program.end('SIGTERM')
  await page
    .locator('main')
    .getByText(/Palvelimeen ei ole saatu yhteyttä kello \d/)
    .waitFor({ timeout: 30_000 })
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('link', { name: fi.nav.agreements }).click()
  await page.getByRole('heading', { level: 1, name: fi.errors.titles.offline }).waitFor({ timeout: 30_000 })
  await page.getByRole('navigation', { name: fi.frame.navigation }).waitFor()
  await page.context().close()
}, 90_000)
