// The dashboard in three languages: a reading arrives, a device, a settlement down to the cent; and what the first load costs, keeps and loses of what is done meanwhile: nothing.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Language } from '#domain/writing/language.ts'
import { formatMoney } from '#domain/writing/number.ts'
import { notRun } from '#tests/not-run.ts'
import { EXPECTED, MONTH, PREMISES, SENSOR } from './example.ts'
import { axeViolations, findChromium, openPage } from './open-browser.ts'
import {
  dictionaries,
  done,
  open,
  PASSWORD,
  PEOPLE,
  startDashboard,
  WITHIN_MS,
  type Dashboard,
} from './start-dashboard.ts'

const SCRIPT_LIMIT_BYTES = 250_000
const languages: Language[] = ['fi', 'sv', 'en']
const chromium = findChromium()
let dashboard: Dashboard
let sensorPassword = ''

beforeAll(async () => {
  if (chromium === null) return
  // However busy the machine is, what the server draws is waited for.
  dashboard = await startDashboard(chromium, PEOPLE, { SAMTILA_LIMIT_FIRST_PAGE_MS: '10000' })
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

test('sign-in and overview are there before the program, and nothing that was done on them is lost', async () => {
  const { page, faults } = await openPage(dashboard.browser, dashboard.program.httpUrl)
  const gate = await holdProgram(page)
  await page.goto('/sign-in?lang=sv', { waitUntil: 'commit' })
  const { signIn, overview } = dictionaries.sv
  // Drawn in the background, first when somebody asks for it: a page that came without is asked for again.
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/sign-in')
  await page.getByRole('heading', { level: 1, name: signIn.title }).waitFor({ timeout: WITHIN_MS })
  await page.getByLabel(signIn.login).fill('aino')
  await page.getByLabel(signIn.password).fill(PASSWORD)
  await page.getByLabel(signIn.password).press('Enter')
  expect(new URL(page.url()).search).toBe('?lang=sv')
  gate.open()
  await page.getByRole('heading', { level: 1, name: overview.title }).waitFor({ timeout: WITHIN_MS })
  // The overview of the same person, drawn with what the server knows of them: nothing on it moves when the program comes.
  gate.close()
  await page.addInitScript(COUNT_SHIFTS)
  await page.goto('/?lang=sv', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/')
  await page.getByRole('heading', { level: 2, name: overview.premises }).waitFor({ timeout: WITHIN_MS })
  const search = page.getByRole('link', { name: dictionaries.sv.common.search })
  await search.focus()
  gate.open()
  await page.locator('html:not([data-drawn])').waitFor({ state: 'attached', timeout: WITHIN_MS })
  expect(await page.evaluate('document.activeElement?.getAttribute("aria-keyshortcuts")')).toBe('/')
  expect(await page.locator('#drawn-styles').count()).toBe(0)
  await page.waitForLoadState('networkidle')
  expect(await page.evaluate('window.shifts')).toBeLessThan(0.01)
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('a button pressed and an entry chosen before the program has come are done by it', async () => {
  const { page, faults } = await dashboard.signedIn('kaksi', 'fi')
  const gate = await holdProgram(page)
  await page.goto('/?lang=fi', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/')
  const organisations = page.getByRole('combobox')
  expect(await organisations.inputValue()).toBe('kuusamo')
  await organisations.selectOption('osapuoli-1')
  gate.open()
  await page.locator('html:not([data-drawn])').waitFor({ state: 'attached', timeout: WITHIN_MS })
  const organisation = `fetch('/api/v1/session').then((answer) => answer.json()).then((session) => session.organisation)`
  await expect.poll(() => page.evaluate(organisation), { timeout: WITHIN_MS }).toBe('osapuoli-1')
  gate.close()
  await page.context().clearCookies()
  await page.goto('/sign-in?lang=fi', { waitUntil: 'commit' })
  await expect.poll(() => drawnAgain(page), { timeout: WITHIN_MS }).toBe('/sign-in')
  await page.getByRole('button', { name: 'Svenska' }).click()
  gate.open()
  await page.getByRole('heading', { level: 1, name: dictionaries.sv.signIn.title }).waitFor({ timeout: WITHIN_MS })
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('a page whose end comes late is taken over by the program as any other', async () => {
  const late = await startLateEnds(dashboard.program.httpUrl)
  const { page, faults } = await openPage(dashboard.browser, late.url)
  const lateEnds = async (): Promise<number> => {
    await page.goto('/sign-in?lang=fi')
    return late.count()
  }
  await expect.poll(lateEnds, { timeout: WITHIN_MS }).toBeGreaterThan(0)
  await page.locator('html:not([data-drawn]) h1').waitFor({ timeout: WITHIN_MS })
  expect(faults).toEqual([])
  await page.context().close()
  await late.stop()
}, 60_000)

test('what stands below a part of the overview that is late waits for it, but not for long', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi')
  await page.goto('/premises?lang=fi')
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: WITHIN_MS })
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

/** By the browser's own measure: how much of the window moved, and how far. */
const COUNT_SHIFTS = `window.shifts = 0; new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.shifts += value
}).observe({ type: 'layout-shift', buffered: true })`

/** Longer than the page waits for its first paint (dashboard/public/first.js). */
const LATE_MS = 700
/** The program by way of a slow line: the end of a drawn page comes late. */
const startLateEnds = async (program: string): Promise<{ url: string; count(): number; stop(): Promise<void> }> => {
  let count = 0
  const pass = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { host: _host, 'accept-encoding': _encoding, ...headers } = request.headers
    const got = await fetch(new URL(request.url ?? '/', program), { headers: headers as Record<string, string> })
    const body = Buffer.from(await got.arrayBuffer())
    const end = body.indexOf('<span id="drawn-end"')
    for (const [name, value] of got.headers)
      if (!/^(connection|content-encoding|content-length|transfer-encoding)$/.test(name)) answer.setHeader(name, value)
    answer.writeHead(got.status)
    if (end !== -1) {
      count += 1
      answer.write(body.subarray(0, end))
      await delay(LATE_MS)
    }
    answer.end(end === -1 ? body : body.subarray(end))
  }
  const server = createServer((request, answer) => void pass(request, answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    stop: async () => {
      server.closeAllConnections()
      await promisify(server.close.bind(server))()
    },
  }
}

/** Keeps the scripts of the program back until the gate is opened. */
const holdProgram = async (page: Page): Promise<{ open(): void; close(): void }> => {
  let held = Promise.withResolvers<void>()
  await page.route('**/assets/*.js', async (route) => {
    await held.promise
    await route.continue().catch(() => undefined)
  })
  return {
    open: () => held.resolve(),
    close: () => {
      held = Promise.withResolvers<void>()
    },
  }
}
/** The page that the server drew, or null after which it is asked for again. */
const drawnAgain = async (page: Page): Promise<unknown> => {
  const drawn = await page.evaluate('document.documentElement.dataset.drawn ?? null')
  if (drawn === null) await page.reload({ waitUntil: 'commit' })
  return drawn
}
