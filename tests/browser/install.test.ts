// The technician's page in Chromium: a label typed, a place, a photo; without a network everything waits, survives a reload, and is sent once.
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ClaimsMade, CommissioningPage } from '#contract/claims.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { fi } from '#dashboard/text/fi.ts'
import { sv as commonSv } from '#dashboard/text/sv.ts'
import { fi as words } from '#dashboard/text/install/fi.ts'
import { sv } from '#dashboard/text/install/sv.ts'
import { PASSWORD, startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 15_000
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const chromium = findChromium()
let browser: Browser | null = null
let api: TestApi
let url = ''
let technician: string

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  browser = await openBrowser(chromium)
}, 120_000)
afterAll(async () => browser?.close())
beforeEach(async (context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the technician’s page', 'apt-get install chromium')
  api = await startApi({ dashboardFolder: `${process.cwd()}/dashboard/dist` })
  await api.fill({
    ...twoHouses,
    premises: (twoHouses.premises ?? []).map((one) =>
      one.id === 'talo'
        ? {
            ...one,
            spaces: [
              { id: 't-1', name: { fi: 'Aula', sv: 'Aulan' }, storey: '1', use: 'common' as const, areaM2: '60' },
              { id: 't-2', name: { fi: 'Keskus', sv: 'Central' }, storey: '2', use: 'technical' as const, areaM2: '6' },
            ],
          }
        : one,
    ),
  })
  technician = await api.token('kunta', ['technician'])
  await api.signIn('tero', 'kunta', ['technician', 'viewer'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => api.close())

const signIn = async (page: Page, next: string, language: 'fi' | 'sv'): Promise<void> => {
  const text = language === 'fi' ? fi : commonSv
  await page.goto(`/sign-in?lang=${language}&next=${encodeURIComponent(next)}`)
  await page.getByLabel(text.signIn.login).fill('tero')
  await page.getByLabel(text.signIn.password).fill(PASSWORD)
  await page.getByRole('button', { name: text.signIn.submit }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'), { timeout: WITHIN_MS })
}
const claim = async (body: unknown): Promise<string> =>
  (await api.request(technician, 'POST', '/claims', body)).json<ClaimsMade>().items[0]?.code ?? ''
const commissionings = async (): Promise<CommissioningPage['items']> =>
  (await api.request(technician, 'GET', '/commissionings')).json<CommissioningPage>().items
const SHOTS = process.env['SAMTILA_SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

test('a typed code, a place and a photo put a device into use; the page says what it is and reads well at 390 px', async () => {
  const code = await claim({ devices: ['mittari'] })
  const { page, faults } = await openPage(browser!, url, PHONE)
  await signIn(page, '/install', 'sv')
  const policy = (await page.request.get('/install', { headers: { accept: 'text/html' } })).headers()[
    'permissions-policy'
  ]
  expect(policy).toContain('camera=(self)')
  const elsewhere = (await page.request.get('/devices', { headers: { accept: 'text/html' } })).headers()[
    'permissions-policy'
  ]
  expect(elsewhere).toContain('camera=()')
  await page.getByRole('heading', { level: 1, name: sv.title }).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'code-sv')
  await page.getByLabel(sv.code).fill(`${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`)
  await page.getByRole('button', { name: sv.read }).click()
  await page.getByText(sv.wrong['wrong-check']).waitFor({ timeout: WITHIN_MS })
  await page.getByLabel(sv.code).fill(code.toLowerCase().replaceAll('-', ' '))
  await page.getByRole('button', { name: sv.read }).click()
  await page.getByLabel(sv.storey).selectOption('2')
  await page.getByLabel(sv.space).selectOption('t-2')
  const png = await page.screenshot()
  await page.locator('input[type=file]').setInputFiles({ name: 'kuva.png', mimeType: 'image/png', buffer: png })
  await page.getByLabel(sv.photoAlt).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'form-sv')
  expect(await overflow(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: sv.confirm }).click()
  await page.getByText(sv.savedTitle).first().waitFor({ timeout: WITHIN_MS })
  await shot(page, 'done-sv')
  expect(await axeViolations(page)).toEqual([])
  const [record] = await commissionings()
  expect(record).toMatchObject({ device: 'mittari', space: 't-2', claimed: true, by: 'tero' })
  expect(record?.photos).toHaveLength(1)
  expect(faults).toEqual([])
  await page.context().close()
})

test('without a network three wait in sight, outlive a reload, and are sent once when it is back', async () => {
  const code = await claim({ blank: 1, premises: 'talo' })
  const { page } = await openPage(browser!, url, PHONE)
  await signIn(page, '/install', 'fi')
  await page.getByRole('button', { name: words.withoutLabel }).click()
  // What the form asks for is kept from here on.
  await page.getByLabel(words.premises, { exact: true }).selectOption('talo')
  await page.getByLabel(words.storey).waitFor({ timeout: WITHIN_MS })
  await page.reload()
  await page.getByText(words.keptOffline).waitFor({ timeout: WITHIN_MS })
  await page.reload()
  await page.getByRole('button', { name: words.withoutLabel }).click()
  await page.getByLabel(words.premises, { exact: true }).selectOption('talo')
  await page.getByLabel(words.storey).waitFor({ timeout: WITHIN_MS })
  const context = page.context()
  await context.setOffline(true)

  const fill = async (name: string): Promise<void> => {
    await page.getByLabel(words.type).selectOption('room-sensor')
    await page.getByLabel(words.name).fill(name)
    await page.getByLabel(words.premises, { exact: true }).selectOption('talo')
    await page.getByLabel(words.storey).selectOption('1')
    await page.getByLabel(words.space, { exact: true }).selectOption('t-1')
    await page.getByRole('button', { name: words.confirm }).click()
    await page.getByText(words.queued).waitFor({ timeout: WITHIN_MS })
  }
  await fill('Anturi yksi')
  await page.getByText(words.waiting(1)).waitFor({ timeout: WITHIN_MS })
  await page.getByRole('button', { name: words.next }).click()
  await page.getByRole('button', { name: words.withoutLabel }).click()
  await fill('Anturi kaksi')
  await page.getByRole('button', { name: words.next }).click()
  await page.getByLabel(words.code).fill(code)
  await page.getByRole('button', { name: words.read }).click()
  await page.getByText(words.unchecked).waitFor({ timeout: WITHIN_MS })
  await fill('Anturi kolme')
  await page.getByText(words.waiting(3)).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'offline-fi')
  expect(await overflow(page)).toBe(0)
  expect(await commissionings()).toEqual([])

  await page.goto('/install?lang=fi')
  await page.getByText(words.waiting(3)).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'reload-fi')

  await context.setOffline(false)
  await expect.poll(async () => (await commissionings()).length, { timeout: WITHIN_MS }).toBe(3)
  await page.getByText(words.waiting(3)).waitFor({ state: 'detached', timeout: WITHIN_MS })
  const places = (await commissionings()).map(({ device, space, claimed }) => [device, space, claimed])
  expect(places.sort()).toEqual([
    ['anturi-kaksi', 't-1', false],
    ['anturi-kolme', 't-1', true],
    ['anturi-yksi', 't-1', false],
  ])
  const device = (await api.request(technician, 'GET', '/devices/anturi-kolme')).json<DeviceRecorded>()
  expect(device).toMatchObject({ type: 'room-sensor', brick: 'IAQ_Sensor_Equipment', expectedInterval: 'PT5M' })
  await page.waitForTimeout(500)
  expect(await commissionings()).toHaveLength(3)
  await context.close()
})
