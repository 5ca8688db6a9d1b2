// Labels in Chromium: made and printed in the dashboard, read by a (fake) camera, put into use, seen on the device's page.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ClaimsMade } from '#contract/claims.ts'
import { fi } from '#dashboard/text/fi.ts'
import { fi as connect } from '#dashboard/text/connect/fi.ts'
import { fi as words } from '#dashboard/text/install/fi.ts'
import { PASSWORD, startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import { notRun } from '#tests/not-run.ts'
import { cameraOf, writeFilm } from './fake-camera.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 15_000
/** Each opens a browser of its own, which takes its time beside others. */
const TEST_MS = 180_000
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const chromium = findChromium()
const folder = mkdtempSync(join(tmpdir(), 'samtila-camera-'))
let browser: Browser | null = null
let api: TestApi
let url = ''
let technician: string

beforeAll(() => {
  if (chromium !== null) buildDashboard()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async (context) => {
  if (chromium === null) notRun(context, 'Chromium makes and reads labels', 'apt-get install chromium')
  api = await startApi({ dashboardFolder: `${process.cwd()}/dashboard/dist` })
  await api.fill({
    ...twoHouses,
    premises: (twoHouses.premises ?? []).map((one) =>
      one.id === 'talo'
        ? { ...one, spaces: [{ id: 't-1', name: { fi: 'Aula' }, storey: '1', use: 'common' as const, areaM2: '60' }] }
        : one,
    ),
  })
  technician = await api.token('kunta', ['technician'])
  await api.signIn('tero', 'kunta', ['technician', 'viewer'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => {
  await browser?.close()
  await api.close()
})

const signIn = async (page: Page, next: string): Promise<void> => {
  await page.goto(`/sign-in?lang=fi&next=${encodeURIComponent(next)}`)
  await page.getByLabel(fi.signIn.login).fill('tero')
  await page.getByLabel(fi.signIn.password).fill(PASSWORD)
  await page.getByRole('button', { name: fi.signIn.submit }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'), { timeout: WITHIN_MS })
}
const SHOTS = process.env['SAMTILA_SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}
/** Opens the technician's page before a camera that shows a label with this text. */
const before = async (text: string): Promise<Page> => {
  const film = join(folder, 'label.y4m')
  writeFilm(film, text)
  browser = await openBrowser(chromium!, cameraOf(film))
  const { page } = await openPage(browser, url, PHONE)
  return page
}

test(
  'labels are made for devices and as blanks, printed on a sheet, listed and withdrawn',
  { timeout: TEST_MS },
  async () => {
    browser = await openBrowser(chromium!)
    const { page, faults } = await openPage(browser, url)
    await signIn(page, '/connect/labels')
    // Where there are only one premises, they are chosen.
    await page
      .getByLabel(connect.labels.premises, { exact: true })
      .locator('option[value="talo"]')
      .waitFor({ state: 'attached', timeout: WITHIN_MS })
    await page.getByRole('button', { name: connect.labels.make(0) }).click()
    await page.getByLabel(connect.labels.premises, { exact: true }).selectOption('talo')
    await page.getByText(connect.labels.needed.devices).waitFor({ timeout: WITHIN_MS })
    await page.getByText('(mittari)').click()
    await page.getByRole('button', { name: connect.labels.make(1) }).click()
    await page.getByText(connect.labels.madeTitle(1)).waitFor({ timeout: WITHIN_MS })
    await page.getByLabel(connect.labels.sheet).selectOption('a4-24')
    await page.getByLabel(connect.labels.first).fill('25')
    expect(await page.getByRole('button', { name: connect.labels.print }).getAttribute('aria-disabled')).toBe('true')
    expect(await page.getByText(connect.labels.firstHint(24)).count()).toBeGreaterThan(1)
    await page.getByLabel(connect.labels.first).fill('5')
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: WITHIN_MS }),
      page.getByRole('button', { name: connect.labels.print }).click(),
    ])
    expect(download.suggestedFilename()).toBe('labels-a4-24.pdf')
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-')
    await shot(page, 'labels-fi')
    expect(await axeViolations(page)).toEqual([])
    await page.getByText(connect.labels.blank).click()
    await page.getByLabel(connect.labels.count).fill('3')
    await page.getByRole('button', { name: connect.labels.make(3) }).click()
    await page.getByText(connect.labels.madeTitle(3)).waitFor({ timeout: WITHIN_MS })
    await page.getByRole('button', { name: connect.labels.withdrawOf(3, '').trim().slice(0, 30) }).click()
    await page.getByRole('dialog').getByRole('button', { name: connect.labels.withdraw, exact: true }).click()
    await page.getByText(connect.labels.states.withdrawn(3)).waitFor({ timeout: WITHIN_MS })
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflow(page)).toBe(0)
    await shot(page, 'labels-fi-390')
    expect(faults).toEqual([])
  },
)

test('the camera reads a label; the device is put into use and its page shows how', { timeout: TEST_MS }, async () => {
  const made = (await api.request(technician, 'POST', '/claims', { devices: ['mittari'] })).json<ClaimsMade>()
  const page = await before(made.items[0]?.address ?? '')
  await page.context().grantPermissions(['camera'], { origin: url })
  await signIn(page, '/install')
  // By its own address, as the navigation has it: only such a page may open the camera.
  await page.goto('/install?lang=fi')
  await page.getByRole('button', { name: words.scan }).click()
  await page.waitForURL(/\/c\//, { timeout: WITHIN_MS })
  await page.getByLabel(words.space, { exact: true }).selectOption('t-1')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'kuva.png', mimeType: 'image/png', buffer: await page.screenshot() })
  await page.getByLabel(words.photoAlt).waitFor({ timeout: WITHIN_MS })
  await page.getByLabel(words.note).fill('Keskuksen oikea reuna')
  await page.getByRole('button', { name: words.confirm }).click()
  await page.getByText(words.savedTitle).first().waitFor({ timeout: WITHIN_MS })
  await page.goto('/devices/mittari?lang=fi')
  await page.getByText('Keskuksen oikea reuna').waitFor({ timeout: WITHIN_MS })
  const photo = page.getByAltText(words.record.photo(1))
  await photo.scrollIntoViewIfNeeded()
  await expect
    .poll(() => photo.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth), {
      timeout: WITHIN_MS,
    })
    .toBeGreaterThan(0)
  await shot(page, 'record-fi-390')
  expect(await overflow(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
})

test('a camera that is not allowed is told so, and the typed code goes on', { timeout: TEST_MS }, async () => {
  const made = (await api.request(technician, 'POST', '/claims', { devices: ['mittari'] })).json<ClaimsMade>()
  const page = await before('https://example.org/no-label')
  // What is granted by name refuses everything else.
  await page.context().grantPermissions(['notifications'], { origin: url })
  await signIn(page, '/install')
  await page.goto('/install?lang=fi')
  await page.getByRole('button', { name: words.scan }).click()
  await page.getByText(words.cameraDenied).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'denied-fi')
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel(words.code).fill(made.items[0]?.code ?? '')
  await page.getByRole('button', { name: words.read }).click()
  await page.waitForURL(/\/c\//, { timeout: WITHIN_MS })
})

test('a code that is no label is told, and the camera can be opened again', { timeout: TEST_MS }, async () => {
  const page = await before('https://example.org/no-label')
  await page.context().grantPermissions(['camera'], { origin: url })
  await signIn(page, '/install')
  await page.goto('/install?lang=fi')
  await page.getByRole('button', { name: words.scan }).click()
  await page.getByText(Object.values(words.wrong)[0] ?? '').waitFor({ timeout: WITHIN_MS })
  await page.getByRole('button', { name: words.scan }).waitFor({ timeout: WITHIN_MS })
})
