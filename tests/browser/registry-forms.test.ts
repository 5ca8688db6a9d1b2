// In Chromium: the owners' parts and the purchase of a device from a day on, with what that does to costs first; and new premises.
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fi } from '#dashboard/text/registry/fi.ts'
import { fi as lifecycle } from '#dashboard/text/lifecycle/fi.ts'
import { PASSWORD, startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 30_000
const ALL = { organisation: null }
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
  if (chromium === null)
    notRun(context, 'Chromium fills the forms of a device and premises', 'apt-get install chromium')
  api = await startApi({ dashboardFolder: `${process.cwd()}/dashboard/dist` })
  const [agreement] = twoHouses.agreements!
  const [version] = agreement!.versions
  const rules = [{ category: 'equipment', method: { by: 'ownership' as const } }, ...version!.rules]
  await api.fill({ ...twoHouses, agreements: [{ ...agreement!, versions: [{ ...version!, rules }] }] })
  await api.signIn('kaisa', 'kunta', ['manager', 'controller', 'technician', 'viewer'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => api.close())

test('parts and purchase of a device from a day on, then new premises with a space, a party and opening hours', async () => {
  const { page, faults } = await openPage(browser!, url)
  page.setDefaultTimeout(WITHIN_MS)
  await page.goto('/sign-in?lang=fi')
  await page.locator('form input').first().fill('kaisa')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((to) => !to.pathname.includes('sign-in'))

  await page.goto('/devices/mittari/edit?lang=fi')
  const words = fi.device
  await page.getByLabel(words.serial).fill('SN-7')
  await page.getByLabel(words.from, { exact: true }).fill('2026-03-01')
  await page.getByLabel(words.part(2)).fill('2')
  await page.getByLabel(words.cost).fill('1200,00')
  await page.getByLabel(words.date).fill('2026-02-10')
  await page.getByLabel(words.months).fill('12')
  await page.getByLabel(words.payer, { exact: true }).selectOption('kunta')
  await page.getByLabel(lifecycle.money.supplier).fill('Mittari Oy')
  await page.getByRole('button', { name: words.preview }).click()
  const save = page.getByRole('button', { name: words.save })
  await save.waitFor()
  // Another's part changes, and 100 euros a month are shared by halves: that stands there before anything is saved.
  await page.getByText(words.othersMoved('Virasto')).waitFor()
  expect(await page.getByRole('table').first().innerText()).toMatch(/50,00/)
  expect((await api.records.getObject(ALL, 'devices', 'mittari'))?.version).toBe(1)
  expect(await axeViolations(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  await save.click()
  await page.waitForURL((to) => to.pathname === '/devices/mittari')
  expect((await api.records.getObject(ALL, 'devices', 'mittari'))?.value).toMatchObject({
    serial: 'SN-7',
    supplier: 'Mittari Oy',
    acquisition: { cost: '1200.00', date: '2026-02-10', usefulLifeMonths: 12, payer: 'kunta' },
    ownership: [
      { from: '2026-01-01', to: '2026-03-01', shares: { kunta: '2', virasto: '1' } },
      { from: '2026-03-01', to: null, shares: { kunta: '2', virasto: '2' } },
    ],
  })

  await page.goto('/premises/new?lang=fi')
  await page.getByLabel(fi.names.fi).fill('Rantatalo')
  await page.getByLabel(fi.premises.spaceName).fill('Aula')
  await page.getByLabel(fi.premises.area).fill('120,5')
  await page.getByLabel(fi.premises.party).selectOption('virasto')
  await page.getByLabel(fi.premises.hours).selectOption('weekdays')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: fi.premises.makeButton }).click()
  await page.waitForURL((to) => to.pathname === '/premises/rantatalo')
  expect((await api.records.getObject(ALL, 'premises', 'rantatalo'))?.value).toMatchObject({
    name: { fi: 'Rantatalo' },
    landlord: 'kunta',
    spaces: [{ id: 'aula', name: { fi: 'Aula' }, use: 'exclusive', areaM2: '120.5' }],
    tenancies: [{ space: 'aula', organisation: 'virasto', to: null }],
  })
  const hours = await api.request(await api.token('kunta', ['viewer']), 'GET', '/premises/rantatalo/opening-hours')
  expect(hours.json()).toMatchObject({ schedule: { hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:00' }] } })
  expect(faults).toEqual([])
}, 120_000)
