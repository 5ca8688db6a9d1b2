// A technician at 390 px in Chromium: a task is opened, ticked and photographed without a network, outlives a reload, and arrives once;
// one that somebody else finished meanwhile is told. The pages pass the accessibility rules at both widths.
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PlanAnswer, TaskPage, TaskShown } from '#contract/service.ts'
import { fi as commonFi } from '#dashboard/text/fi.ts'
import { sv as commonSv } from '#dashboard/text/sv.ts'
import { fi as installFi } from '#dashboard/text/install/fi.ts'
import { fi } from '#dashboard/text/service/fi.ts'
import { sv } from '#dashboard/text/service/sv.ts'
import { PASSWORD } from '#tests/api/start-api.ts'
import { startHouse, type House } from '#tests/api/service/service-house.ts'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 15_000
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const chromium = findChromium()
let browser: Browser | null = null
let api: House
let url = ''

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  browser = await openBrowser(chromium)
}, 120_000)
afterAll(async () => browser?.close())
beforeEach(async (context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the service pages', 'apt-get install chromium')
  api = await startHouse({ dashboardFolder: `${process.cwd()}/dashboard/dist`, now: Date.now() })
  await api.signIn('tero', 'virasto', ['technician', 'viewer'])
  await api.signIn('maija', 'kunta', ['manager', 'technician'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => api.close())

const signIn = async (page: Page, login: string, next: string, language: 'fi' | 'sv'): Promise<void> => {
  const text = language === 'fi' ? commonFi : commonSv
  await page.goto(`/sign-in?lang=${language}&next=${encodeURIComponent(next)}`)
  await page.getByLabel(text.signIn.login).fill(login)
  await page.getByLabel(text.signIn.password).fill(PASSWORD)
  await page.getByRole('button', { name: text.signIn.submit }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'), { timeout: WITHIN_MS })
}
const makeTask = async (): Promise<TaskShown> => {
  const wanted = { premises: 'talo', of: { device: 'tk-1' }, template: 'ventilation-filters' }
  const made = await api.request(api.agency, 'POST', '/service/plans', wanted)
  const { plan } = made.json<PlanAnswer>()
  const { items } = (await api.request(api.agency, 'GET', `/service/tasks?plan=${plan.id}`)).json<TaskPage>()
  return items[0]!
}
const taskNow = async (id: string): Promise<TaskShown> =>
  (await api.request(api.agency, 'GET', `/service/tasks/${id}`)).json<TaskShown>()
const SHOTS = process.env['SAMTILA_SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/service-${name}.png`, fullPage: true })
}
const fill = async (page: Page): Promise<void> => {
  await page.getByLabel('Paine-ero ennen').fill('180,5')
  await page.getByLabel('Paine-ero jälkeen').fill('300')
  for (const name of ['Suodattimet vaihdettu', 'Suodattimien reunat tiiviit'])
    await page.getByRole('group', { name }).getByText(fi.yes, { exact: true }).click()
  const png = await page.screenshot()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png })
  await page.getByRole('img').first().waitFor({ timeout: WITHIN_MS })
}

test('a task is finished without a network, outlives a reload, and arrives once with its photo', async () => {
  const task = await makeTask()
  const { page, faults } = await openPage(browser!, url, PHONE)
  await signIn(page, 'tero', '/service?whose=mine', 'fi')
  await page.getByRole('link', { name: 'Suodattimien vaihto' }).waitFor({ timeout: WITHIN_MS })
  expect(await overflow(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await shot(page, 'list-fi')
  // Only then does the page promise that it opens without a network.
  await page.getByText(fi.keptOffline).waitFor({ timeout: WITHIN_MS })

  await page.context().setOffline(true)
  // Not even a page is fetched: address and task come from what the phone kept.
  await page.goto(`/service/tasks/${task.id}?lang=fi`)
  await page.getByRole('heading', { level: 1, name: 'Suodattimien vaihto' }).waitFor({ timeout: WITHIN_MS })
  await page.getByRole('button', { name: fi.finish }).click()
  await page.getByText(fi.missing(5)).waitFor({ timeout: WITHIN_MS })
  await fill(page)
  await shot(page, 'form-fi')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: fi.finish }).click()
  await page.getByText(fi.queued).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'queued-fi')
  await page.reload()
  await page.getByText(fi.queued).waitFor({ timeout: WITHIN_MS })
  expect(await taskNow(task.id)).toMatchObject({ state: 'open' })

  await page.context().setOffline(false)
  await page.getByRole('heading', { name: fi.outcome }).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'done-fi')
  expect(await overflow(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  const done = await taskNow(task.id)
  expect(done).toMatchObject({ state: 'done', version: 2, outcome: { by: 'tero', organisation: 'virasto' } })
  expect(done.outcome?.photos).toHaveLength(1)
  expect(done.outcome?.answers.find(({ item }) => item === 'pressure-after')).toMatchObject({ value: '300', ok: false })
  expect(done.outcome?.answers.find(({ item }) => item === 'photo')?.photos).toEqual(done.outcome?.photos)
  // Sent again by nobody, however often the page is opened.
  await page.reload()
  await page.getByRole('heading', { name: fi.outcome }).waitFor({ timeout: WITHIN_MS })
  expect((await taskNow(task.id)).version).toBe(2)
  expect(faults.filter((one) => !/net::ERR_(INTERNET_DISCONNECTED|FAILED)$/.test(one))).toEqual([])
  await page.context().close()
})

test('finished by somebody else meanwhile, what waited is told and stays until it is discarded', async () => {
  const task = await makeTask()
  const { page } = await openPage(browser!, url, PHONE)
  await signIn(page, 'tero', `/service/tasks/${task.id}`, 'fi')
  await fill(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: fi.finish }).click()
  await page.getByText(fi.queued).waitFor({ timeout: WITHIN_MS })
  await api.request(api.technician, 'POST', `/service/tasks/${task.id}/completion`, {
    result: 'not-possible',
    reason: 'Ei avainta',
  })
  await page.context().setOffline(false)
  await page.getByText(fi.conflict).waitFor({ timeout: WITHIN_MS })
  await page.getByText('finished meanwhile').waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(page)).toEqual([])
  await shot(page, 'conflict-fi')
  // The page shows what the server knows now.
  await page.getByText('Ei avainta').waitFor({ timeout: WITHIN_MS })
  expect((await taskNow(task.id)).state).toBe('not-possible')
  await page.getByRole('button', { name: installFi.discard }).click()
  await page.getByText('finished meanwhile').waitFor({ state: 'detached', timeout: WITHIN_MS })
  await page.context().close()
})

test('a manager tries a plan out and puts it into use; the pages pass at 1440 px in Swedish', async () => {
  const { page, faults } = await openPage(browser!, url)
  await signIn(page, 'maija', '/service/plans?premises=talo', 'sv')
  await page.getByText(sv.plan.make).click()
  await page.getByLabel(sv.plan.of).selectOption({ label: 'Hissi' })
  await page.getByLabel(sv.plan.template).selectOption('lift-service')
  await page.getByRole('button', { name: sv.plan.preview }).click()
  await page.getByText(/Programmet ger \d+ uppgifter/).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'plan-sv')
  expect([await overflow(page), await axeViolations(page)]).toEqual([0, []])
  await page.getByRole('button', { name: sv.plan.save }).click()
  await page.getByText(sv.plan.states.active).first().waitFor({ timeout: WITHIN_MS })
  for (const path of ['/service?premises=talo&', '/premises/talo/service?']) {
    await page.goto(`${path}lang=sv`)
    await page.waitForLoadState('networkidle')
    expect([path, await overflow(page), await axeViolations(page)]).toEqual([path, 0, []])
  }
  expect(faults).toEqual([])
  await page.context().close()
}, 120_000)

test('an inspection is registered and recorded on a phone; the book has it', async () => {
  const { page, faults } = await openPage(browser!, url, PHONE)
  await signIn(page, 'maija', '/service/inspections?premises=talo', 'sv')
  await page.getByText(sv.inspection.make).click()
  await page.getByLabel(sv.inspection.template, { exact: true }).selectOption('lift')
  await page.getByLabel(sv.device, { exact: true }).selectOption({ label: 'Hissi' })
  await page.getByLabel(sv.inspection.firstDue).fill('2026-01-15')
  await page.getByRole('button', { name: sv.inspection.add }).click()
  await page.getByRole('heading', { name: sv.inspection.record }).waitFor({ timeout: WITHIN_MS })
  await shot(page, 'inspection-sv')
  expect([await overflow(page), await axeViolations(page)]).toEqual([0, []])
  await page.getByLabel(sv.inspection.on).fill('2026-02-01')
  await page.getByLabel(sv.inspection.inspector).fill('Besiktning Ab')
  await page.getByRole('button', { name: sv.inspection.send }).click()
  await page.getByText('Besiktning Ab').waitFor({ timeout: WITHIN_MS })
  await page.goto('/service/book?premises=talo&lang=sv')
  await page.getByText('Besiktning Ab').waitFor({ timeout: WITHIN_MS })
  await shot(page, 'book-sv')
  expect([await overflow(page), await axeViolations(page)]).toEqual([0, []])
  expect(faults).toEqual([])
  await page.context().close()
}, 120_000)
