// The dashboard in three languages: a reading arrives, a device, a settlement down to the cent; and what the first load costs.
import { gzipSync } from 'node:zlib'
import mqtt from 'mqtt'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Language } from '#domain/writing/language.ts'
import { formatMoney } from '#domain/writing/number.ts'
import { notRun } from '#tests/not-run.ts'
import { EXPECTED, MONTH, PREMISES, SENSOR } from './example.ts'
import { axeViolations, findChromium, openPage } from './open-browser.ts'
import { dictionaries, done, open, PASSWORD, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

const SCRIPT_LIMIT_BYTES = 250_000
const languages: Language[] = ['fi', 'sv', 'en']
const chromium = findChromium()
let dashboard: Dashboard
let sensorPassword = ''

beforeAll(async () => {
  if (chromium === null) return
  dashboard = await startDashboard(chromium)
  const [made] = (await done(dashboard.program, '/credentials', { devices: [SENSOR] })) as { password: string }[]
  sensorPassword = made!.password
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

/** Sends one reading of the sensor as a device does, and waits for its acknowledgement. */
const publish = async (temperature: number): Promise<void> => {
  const client = await mqtt.connectAsync(dashboard.program.mqttUrl, {
    username: SENSOR,
    password: sensorPassword,
    clientId: SENSOR,
  })
  await client.publishAsync(
    `samtila/v1/${SENSOR}/telemetry`,
    JSON.stringify({ ts: Date.now(), values: { temperature } }),
    { qos: 1 },
  )
  await client.endAsync()
}

// The accessibility rules are asked for what the walk through all pages (walk.test.ts) does not see.
describe.each(languages)('in %s', (language) => {
  const text = dictionaries[language]
  const money = (amount: string) => formatMoney(language, amount)

  test('signs in, sees a reading arrive, opens a device and a settlement down to the cent', async () => {
    const { page, faults } = await openPage(dashboard.browser, dashboard.program.httpUrl)
    await page.goto(`/?lang=${language}`)
    await page.getByRole('heading', { level: 1, name: text.signIn.title }).waitFor({ timeout: WITHIN_MS })
    expect(await page.locator('html').getAttribute('lang')).toBe(language)

    await page.getByLabel(text.signIn.login).fill('aino')
    await page.getByLabel(text.signIn.password).fill('not this one')
    await page.getByRole('button', { name: text.signIn.submit }).click()
    await page.getByText(text.signIn.wrong).waitFor({ timeout: WITHIN_MS })
    expect(await axeViolations(page)).toEqual([])
    await page.getByLabel(text.signIn.password).fill(PASSWORD)
    await page.getByRole('button', { name: text.signIn.submit }).click()
    await page.getByRole('heading', { level: 1, name: text.overview.title }).waitFor({ timeout: WITHIN_MS })

    // A device, live: the value changes without a reload.
    await page.getByRole('link', { name: text.nav.devices, exact: true }).click()
    await page.getByRole('link', { name: /Huoneanturi 101|Rumsgivare 101|Room sensor 101/ }).click()
    const value = page.locator('[data-point="temperature"]')
    await value.waitFor({ timeout: WITHIN_MS })
    await page.getByText(text.live.open).waitFor({ timeout: WITHIN_MS })
    const temperature = 30 + languages.indexOf(language) + 0.25
    await publish(temperature)
    await value
      .getByText(`${String(temperature).replace('.', language === 'en' ? '.' : ',')}\u00A0°C`)
      .waitFor({ timeout: 5000 })
    await page.getByText(text.states.works, { exact: true }).first().waitFor({ timeout: 5000 })

    // Co-ownership through time, and the gap in the readings.
    await page.getByText('60').first().waitFor()
    const [from, to] = [Date.now() - 86_000_000, Date.now() + 60_000].map((ms) => new Date(ms).toISOString())
    await open(page, `/devices/${SENSOR}?range=week&from=${from}&to=${to}&lang=${language}`)
    await page.getByText(text.chart.gaps(1), { exact: false }).waitFor({ timeout: WITHIN_MS })

    // A month: every figure of the worked example, as the language writes it.
    await open(page, `/costs/${PREMISES}/${MONTH}?lang=${language}`)
    const body = await page.locator('main').innerText()
    for (const { net, vat, gross } of EXPECTED.statements)
      for (const amount of [net, vat, gross]) expect(body).toContain(money(amount))
    for (const item of EXPECTED.items) for (const { net } of item.shares) expect(body).toContain(money(net))
    for (const { gross } of EXPECTED.transfers) expect(body).toContain(money(gross))

    // An item: the sentences end in the share.
    await page
      .getByRole('link', { name: /el-main|em-main/ })
      .first()
      .click()
    await page.getByRole('heading', { name: text.item.whyTitle }).waitFor({ timeout: WITHIN_MS })
    const metered = EXPECTED.items.find(({ source }) => source === 'metered')!
    await page
      .getByText(new RegExp(`${escaped(money(metered.shares[0]!.net))}.*\\.$`))
      .first()
      .waitFor({ timeout: WITHIN_MS })
    expect(await axeViolations(page)).toEqual([])

    // A statement, to be printed.
    await open(page, `/costs/${PREMISES}/${MONTH}/statements/poliisi?lang=${language}`)
    expect(await page.locator('main').innerText()).toContain(money(EXPECTED.statements[1]!.gross))
    expect(faults).toEqual([])
    await page.context().close()
  }, 120_000)
})

test('the first script is small, the policy is strict, and nothing inline was needed', async () => {
  const { page, faults } = await openPage(dashboard.browser, dashboard.program.httpUrl)
  let bytes = 0
  let files = 0
  page.on('response', async (response) => {
    if (!new URL(response.url()).pathname.endsWith('.js')) return
    files += 1
    bytes += gzipSync(await response.body()).length
  })
  const response = await page.goto('/?lang=fi')
  await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
  await page.waitForLoadState('networkidle')
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).toMatch(/style-src 'self' 'nonce-[A-Za-z0-9+/=]+'/)
  expect(policy).not.toContain('unsafe')
  expect(files).toBeGreaterThan(3)
  expect(bytes).toBeLessThan(SCRIPT_LIMIT_BYTES)
  // The style library's rules are in force: the button has Suomi.fi's colour, not the browser's.
  const background = String(
    await page.evaluate('getComputedStyle(document.querySelector("button[type=submit]")).backgroundImage'),
  )
  expect(background).toContain('gradient')
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

test('what stands below a part of the overview that is late waits for it, but not for long', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi')
  await open(page, '/premises?lang=fi')
  const held = Promise.withResolvers<void>()
  await page.route('**/api/v1/waiting*', async (route) => {
    await held.promise
    await route.continue()
  })
  await page.evaluate(WATCH_PREMISES)
  await page.getByRole('link', { name: dictionaries.fi.nav.overview, exact: true }).click()
  await expect
    .poll(() => page.evaluate('window.looks.slice(0, 2)'), { timeout: WITHIN_MS })
    .toEqual(['hidden', 'visible'])
  held.resolve()
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

/** How the part of the premises looks, frame by frame, each look once. */
const WATCH_PREMISES = `window.looks = []; const look = () => {
  const part = document.querySelector('#main #premises')
  if (part !== null) {
    const { visibility } = getComputedStyle(part)
    if (window.looks.at(-1) !== visibility) window.looks.push(visibility)
  }
  requestAnimationFrame(look)
}; look()`
