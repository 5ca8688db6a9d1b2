// A fault through three organisations in Chromium on a phone, in Finnish and in Swedish: from the QR page to the line of the month's statement.
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FaultPage } from '#contract/faults.ts'
import type { ReportCodesMade } from '#contract/reports.ts'
import { fi as commonFi } from '#dashboard/text/fi.ts'
import { sv as commonSv } from '#dashboard/text/sv.ts'
import { fi as faultsFi } from '#dashboard/text/faults/fi.ts'
import { sv as faultsSv } from '#dashboard/text/faults/sv.ts'
import { fi as reportFi } from '#dashboard/text/report/fi.ts'
import { sv as reportSv } from '#dashboard/text/report/sv.ts'
import { PASSWORD, startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 20_000
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const WORDS = {
  fi: { common: commonFi, faults: faultsFi, report: reportFi, place: 'Aula' },
  sv: { common: commonSv, faults: faultsSv, report: reportSv, place: 'Aulan' },
} as const
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
    notRun(context, 'Chromium follows a fault through three organisations', 'apt-get install chromium')
  api = await startApi({ dashboardFolder: `${process.cwd()}/dashboard/dist`, limits: { reportPuzzleBits: 10 } })
  await api.fill({
    ...twoHouses,
    organisations: [...(twoHouses.organisations ?? []), { id: 'huolto', name: { fi: 'Huolto Oy', sv: 'Service Ab' } }],
    premises: (twoHouses.premises ?? []).map((one) =>
      one.id === 'talo'
        ? {
            ...one,
            name: { fi: 'Talo', sv: 'Huset' },
            address: 'Kauppakatu 1',
            spaces: [{ id: 't-1', name: { fi: 'Aula', sv: 'Aulan' }, use: 'exclusive' as const, areaM2: '60' }],
          }
        : one,
    ),
    agreements: (twoHouses.agreements ?? []).map((one) => ({
      ...one,
      versions: one.versions.map((version) => ({
        ...version,
        terms: { responsibilities: [{ of: { deviceType: 'ventilation-unit' }, tasks: { repair: 'huolto' } }] },
      })),
    })),
  })
  await api.signIn('tiina', 'virasto', ['manager', 'technician', 'viewer'])
  await api.signIn('harri', 'huolto', ['technician', 'viewer'])
  await api.signIn('kaisa', 'kunta', ['controller', 'manager', 'viewer'])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => api.close())

const SHOTS = process.env['SAMTILA_SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}
/** Looked at as a whole: fits the phone, breaks no rule of accessibility. */
const looksRight = async (page: Page, name: string): Promise<void> => {
  await shot(page, name)
  expect(await overflow(page), name).toBe(0)
  expect(await axeViolations(page), name).toEqual([])
}

test.each(['fi', 'sv'] as const)(
  'in %s: reported by a QR code, declined by the tenant, repaired by another, paid for, and in the month’s statement',
  async (language) => {
    const { common, faults, report, place } = WORDS[language]
    const manager = await api.token('kunta', ['manager'])
    const made = await api.request(manager, 'POST', '/report-codes', { premises: 'talo', spaces: ['t-1'] })
    const code = made.json<ReportCodesMade>().items[0]?.code ?? ''
    const signedIn = async (login: string, next: string): Promise<Page> => {
      const { page, faults: wrong } = await openPage(browser!, url, PHONE)
      wrongs.push(wrong)
      await page.goto(`/sign-in?lang=${language}&next=${encodeURIComponent(next)}`)
      await page.getByLabel(common.signIn.login).fill(login)
      await page.getByLabel(common.signIn.password).fill(PASSWORD)
      await page.getByRole('button', { name: common.signIn.submit }).click()
      await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'), { timeout: WITHIN_MS })
      return page
    }
    const wrongs: string[][] = []

    // Somebody in the hall, without an account: the browser's own language is taken.
    const { page, faults: wrong } = await openPage(browser!, url, {
      ...PHONE,
      locale: language === 'fi' ? 'fi-FI' : 'sv-FI',
    })
    wrongs.push(wrong)
    await page.goto(`/r/${code}`)
    await page.getByRole('heading', { level: 1, name: report.title }).waitFor({ timeout: WITHIN_MS })
    await page.getByRole('heading', { level: 2, name: place }).waitFor({ timeout: WITHIN_MS })
    await looksRight(page, `report-${language}`)
    await page.getByRole('button', { name: report.send }).click()
    await page.getByText(report.need).waitFor({ timeout: WITHIN_MS })
    await page.getByRole('radio', { name: report.choices.leak }).check()
    await page.getByLabel(report.tell).fill('<img src=x onerror=alert(1)> Katto tippuu / Taket läcker')
    const picture = await page.screenshot()
    await page.locator('input[type=file]').setInputFiles({ name: 'kuva.png', mimeType: 'image/png', buffer: picture })
    await page.getByLabel(report.photoAlt).waitFor({ timeout: WITHIN_MS })
    await page.getByLabel(report.contact).fill('040 123 4567')
    await looksRight(page, `report-filled-${language}`)
    api.clock.now = Date.now()
    await page.getByRole('button', { name: report.send }).click()
    await page.getByRole('heading', { level: 1, name: report.sent }).waitFor({ timeout: WITHIN_MS })
    await looksRight(page, `sent-${language}`)
    await page.getByRole('link', { name: report.open }).click()
    await page.getByText(report.nowTexts.offered('Virasto')).waitFor({ timeout: WITHIN_MS })
    await looksRight(page, `follow-${language}`)

    // The tenant finds it among what waits, looks at the photo, and hands it on.
    const found = await api.request(await api.token('virasto', ['viewer']), 'GET', '/faults')
    const id = found.json<FaultPage>().items[0]?.id ?? ''
    const tenant = await signedIn('tiina', '/')
    await tenant.locator(`a[href^="/faults/${id}"]`).first().click()
    await tenant
      .getByText('<img src=x onerror=alert(1)> Katto tippuu / Taket läcker')
      .first()
      .waitFor({ timeout: WITHIN_MS })
    const photo = tenant.getByAltText(/^(Kuva|Bild) photo/)
    await photo.waitFor({ timeout: WITHIN_MS })
    expect(await photo.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBeGreaterThan(100)
    await tenant.getByText('040 123 4567').waitFor({ timeout: WITHIN_MS })
    await looksRight(tenant, `fault-tenant-${language}`)
    await tenant.getByRole('button', { name: faults.decline }).click()
    await tenant.getByLabel(faults.reason).fill('Katto kuuluu kiinteistölle / Taket hör till fastigheten')
    await tenant.getByLabel(faults.handTo).selectOption('huolto')
    await looksRight(tenant, `decline-${language}`)
    await tenant.getByRole('button', { name: faults.decline }).last().click()
    await tenant.getByText(faults.grounds['handed-on']).waitFor({ timeout: WITHIN_MS })

    // The service company, which sees this fault and nothing else here, repairs it.
    const repairer = await signedIn('harri', `/faults/${id}`)
    await repairer.getByRole('button', { name: faults.accept }).click()
    await repairer.getByRole('button', { name: faults.work }).click()
    await repairer.getByLabel(faults.text).fill('Kattokaivo avattu / Takbrunnen öppnad')
    await repairer.getByLabel(faults.workHours).fill('1,5')
    await repairer.getByLabel(faults.parts).fill('2 tiiviste')
    await looksRight(repairer, `work-${language}`)
    await repairer.getByRole('button', { name: faults.work }).last().click()
    await repairer.getByRole('heading', { name: faults.workDone }).waitFor({ timeout: WITHIN_MS })
    await repairer.getByRole('button', { name: faults.done }).click()
    await repairer.getByText(faults.states.done).first().waitFor({ timeout: WITHIN_MS })
    await looksRight(repairer, `repaired-${language}`)

    // The landlord's controller enters what it cost.
    const payer = await signedIn('kaisa', `/faults/${id}`)
    await payer.getByRole('button', { name: faults.cost }).click()
    await payer.getByLabel(faults.net).fill('200,02')
    await payer.getByLabel(faults.payer).selectOption('kunta')
    await looksRight(payer, `cost-${language}`)
    await payer.getByRole('button', { name: faults.saveCost }).click()
    await payer.getByRole('heading', { name: faults.costs }).waitFor({ timeout: WITHIN_MS })
    await looksRight(payer, `fault-cost-${language}`)

    // The month's statement has it, split by the agreement, with the fault as its ground.
    const month = new Date(api.clock.now).toISOString().slice(0, 7)
    await payer.goto(`/costs/talo/${month}/statements/virasto?lang=${language}`)
    await payer.getByText(/80,01/).first().waitFor({ timeout: WITHIN_MS })
    await shot(payer, `statement-${language}`)
    await payer.goto(`/costs/talo/${month}/items/invoice/${id}-1?lang=${language}`)
    await payer.getByRole('link', { name: faults.groundLink }).waitFor({ timeout: WITHIN_MS })
    await looksRight(payer, `item-${language}`)

    // Whoever reported sees that it is mended.
    await page.reload()
    await page
      .getByText(report.nowTexts.done(language === 'fi' ? 'Huolto Oy' : 'Service Ab'))
      .waitFor({ timeout: WITHIN_MS })
    await page.getByText('Kattokaivo avattu').waitFor({ timeout: WITHIN_MS })
    await looksRight(page, `follow-done-${language}`)
    for (const one of [tenant, repairer, payer, page]) await one.context().close()
    expect(wrongs.flat()).toEqual([])
  },
  240_000,
)
