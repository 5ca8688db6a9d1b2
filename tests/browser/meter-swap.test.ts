// A meter is changed in Chromium: the technician of one organisation records it on a phone, the witness of another confirms it.
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fi } from '#dashboard/text/meters/fi.ts'
import { PASSWORD, startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 20_000
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const chromium = findChromium()
let browser: Browser | null = null
let api: TestApi
let url = ''

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  browser = await openBrowser(chromium)
}, 120_000)
afterAll(async () => browser?.close())
beforeEach(async (context) => {
  if (chromium === null) notRun(context, 'Chromium changes a meter with two organisations', 'apt-get install chromium')
  api = await startApi({ dashboardFolder: `${process.cwd()}/dashboard/dist` })
  const at = (hours: number) => new Date(api.clock.now - hours * 3_600_000).toISOString()
  await api.fill(twoHouses)
  await api.fill({
    readings: [
      {
        device: 'mittari',
        point: 'energy',
        values: [
          [at(48), '1000'],
          [at(24), '1010'],
        ],
      },
    ],
  })
  await api.signIn('kaisa', 'kunta', ['technician', 'viewer'])
  await api.signIn('vilho', 'virasto', ['technician', 'viewer'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => api.close())

const signedIn = async (login: string, options: object = {}) => {
  const opened = await openPage(browser!, url, options)
  const { page } = opened
  page.setDefaultTimeout(WITHIN_MS)
  await page.goto('/sign-in?lang=fi')
  await page.locator('form input').first().fill(login)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((to) => !to.pathname.includes('sign-in'))
  return opened
}

test('step by step on a phone, then confirmed by the witness of the other side', async () => {
  const { page, faults } = await signedIn('kaisa', PHONE)
  const words = fi.swap
  const next = page.getByRole('button', { name: words.next })
  const photo = async (name: string) => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: PHOTO })
    await page.getByText(words.photoTaken(name)).waitFor()
  }
  await page.goto('/devices/mittari/meter-change?lang=fi')
  await page.getByLabel(words.oldRegister('kWh')).fill('1012,5')
  expect(await next.isDisabled()).toBe(true)
  await photo('vanha.png')
  expect(await axeViolations(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  await next.click()
  await page.getByLabel(words.newRegister('kWh')).fill('3')
  await photo('uusi.png')
  await page.getByLabel(words.serial).fill('UUSI-2')
  await next.click()
  await page.getByLabel(words.reason).selectOption('fault')
  await next.click()
  await page.getByLabel(words.witness).selectOption('virasto')
  await next.click()
  await page.getByText(words.with).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: words.send }).click()
  await page.waitForURL(/\/meter-changes\//)
  await page.getByRole('button', { name: words.undo }).waitFor()
  expect(await page.getByRole('button', { name: words.confirm }).count()).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])

  // The other side opens it by its address, sees the photos and confirms.
  const witness = await signedIn('vilho')
  await witness.page.goto(`${new URL(page.url()).pathname}?lang=fi`)
  await witness.page.getByAltText(words.photoOf.old).waitFor()
  expect(await axeViolations(witness.page)).toEqual([])
  await witness.page.getByRole('button', { name: words.confirm }).click()
  await witness.page.getByText(words.states.confirmed, { exact: true }).first().waitFor()
  const stored = await api.records.getObject({ organisation: null }, 'devices', 'mittari')
  expect(stored?.value).toMatchObject({
    serial: 'UUSI-2',
    points: [{ meterChanges: [{ final: '1012.5', initial: '3' }] }, {}],
  })
  expect(witness.faults).toEqual([])
}, 120_000)
