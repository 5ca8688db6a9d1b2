// The dashboard as people use it: Chromium on the real program, in three languages, by mouse and by keyboard alone.
import { gzipSync } from 'node:zlib'
import mqtt from 'mqtt'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Dictionary } from '#dashboard/text/dictionary.ts'
import { en } from '#dashboard/text/en.ts'
import { fi } from '#dashboard/text/fi.ts'
import { glossary } from '#dashboard/text/help/glossary.ts'
import { sv as helpSv } from '#dashboard/text/help/sv.ts'
import { sv } from '#dashboard/text/sv.ts'
import type { Language } from '#domain/writing/language.ts'
import { formatMoney } from '#domain/writing/number.ts'
import { notRun } from '#tests/not-run.ts'
import { call, makeFolder, removeFolder, startProgram, type Program } from '#tests/process/program.ts'
import { makePapers } from './make-papers.ts'
import { OPEN_PAGES, signedInPages } from './pages.ts'
import { CAMPUS, CAMPUS_MONTH, exampleBundles, EXPECTED, MONTH, PREMISES, SENSOR } from './example.ts'
import {
  axeViolations,
  buildDashboard,
  findChromium,
  focusedText,
  openBrowser,
  openPage,
  overflow,
  tabTo,
  type Watched,
} from './open-browser.ts'

const PASSWORD = 'pitkä lause on hyvä salasana'
const SCRIPT_LIMIT_BYTES = 250_000
const WITHIN_MS = 15_000
const dictionaries: Record<Language, Dictionary> = { fi, sv, en }
const languages: Language[] = ['fi', 'sv', 'en']

const chromium = findChromium()
let folder = ''
let program: Program
let browser: Browser | null = null
let sensorPassword = ''

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  folder = makeFolder()
  program = await startProgram(folder, { SAMTILA_DEMO: 'off' })
  for (const bundle of exampleBundles(Date.now())) {
    const { status, body } = await call(program, 'POST', '/import', bundle)
    if (status !== 200) throw new Error(JSON.stringify(body))
  }
  const users: [string, { organisation: string | null; roles: string[] }[]][] = [
    ['aino', [{ organisation: 'kuusamo', roles: ['manager', 'controller', 'technician'] }]],
    ['veikko', [{ organisation: 'poliisi', roles: ['viewer'] }]],
    [
      'kaksi',
      [
        { organisation: 'kuusamo', roles: ['viewer'] },
        { organisation: 'osapuoli-1', roles: ['viewer', 'controller'] },
      ],
    ],
    ['yllapito', [{ organisation: null, roles: ['admin'] }]],
  ]
  for (const [login, memberships] of users) {
    const { status, body } = await call(program, 'POST', '/users', {
      login,
      name: `Testi ${login}`,
      language: 'fi',
      memberships,
      password: PASSWORD,
      mustChangePassword: false,
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
  }
  const made = (await call(program, 'POST', '/credentials', { devices: [SENSOR] })).body as { password: string }[]
  sensorPassword = made[0]!.password
  browser = await openBrowser(chromium)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  if (chromium === null) return
  await program.end('SIGTERM')
  removeFolder(folder)
})

beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

/** A page with someone signed in. */
const signedIn = async (
  login: string,
  language: Language,
  options: Parameters<typeof openPage>[2] = {},
): Promise<Watched> => {
  const watched = await openPage(browser!, program.httpUrl, options)
  const { page } = watched
  await page.goto(`/sign-in?lang=${language}`)
  await page.getByLabel(dictionaries[language].signIn.login).fill(login)
  await page.getByLabel(dictionaries[language].signIn.password).fill(PASSWORD)
  await page.getByRole('button', { name: dictionaries[language].signIn.submit }).click()
  await page
    .getByRole('heading', { level: 1, name: dictionaries[language].overview.title })
    .waitFor({ timeout: WITHIN_MS })
  return watched
}
/** Opens an address and waits until its content, not only its frame, is there. */
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await page.locator('h1').waitFor({ timeout: WITHIN_MS })
  await page.locator('.fi-loadingSpinner').first().waitFor({ state: 'detached', timeout: WITHIN_MS })
}
/** How long a heading may take to be replaced; pages that share one keep theirs. */
const REPLACED_MS = 3_000
/** As by a link, without loading the program anew: the heading of the page before is gone when the new one is there. */
const follow = async (page: Page, path: string): Promise<void> => {
  await page.evaluate((to) => {
    document.querySelectorAll('h1').forEach((one) => one.setAttribute('data-before', ''))
    window.history.pushState(null, '', to)
    window.dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  const replaced = await page
    .locator('h1:not([data-before])')
    .waitFor({ timeout: REPLACED_MS })
    .then(
      () => true,
      () => false,
    )
  if (!replaced) return open(page, path)
  await page.locator('.fi-loadingSpinner').first().waitFor({ state: 'detached', timeout: WITHIN_MS })
}
/** Pages with one first part of their address may share a heading that stays: the second of them is loaded. */
const roomOf = (path: string): string => path.split(/[/?]/)[1] ?? ''
/** One page of each room in turn. */
const inTurns = (paths: readonly string[]): string[] => {
  const rooms = [...Map.groupBy(paths, roomOf).values()]
  const longest = Math.max(...rooms.map((room) => room.length))
  return Array.from({ length: longest }, (_, turn) => rooms.flatMap((room) => room.slice(turn, turn + 1))).flat()
}
/** Sends one reading of the sensor as a device does, and waits for its acknowledgement. */
const publish = async (temperature: number): Promise<void> => {
  const client = await mqtt.connectAsync(program.mqttUrl, {
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

describe.each(languages)('in %s', (language) => {
  const text = dictionaries[language]
  const money = (amount: string) => formatMoney(language, amount)

  test('signs in, sees a reading arrive, opens a device and a settlement down to the cent', async () => {
    const { page, faults } = await openPage(browser!, program.httpUrl)
    await page.goto(`/?lang=${language}`)
    await page.getByRole('heading', { level: 1, name: text.signIn.title }).waitFor({ timeout: WITHIN_MS })
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    expect(await axeViolations(page)).toEqual([])

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
    expect(await axeViolations(page)).toEqual([])

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
    expect(await axeViolations(page)).toEqual([])

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
    expect(await axeViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  }, 120_000)
})

test('every page keeps the rules on a wide screen in light and at 320 px in dark, and scrolls in one direction only', async () => {
  const looks = [
    { width: 1440, colorScheme: 'light', language: 'fi' },
    { width: 320, colorScheme: 'dark', language: 'sv' },
  ] as const
  const pages = [...inTurns(signedInPages(await makePapers(program))), ...OPEN_PAGES]
  // Both looks at the same time, each by its own person: what is found is told together.
  const found = await Promise.all(
    looks.map(async ({ width, colorScheme, language }) => {
      const { page, faults } = await signedIn('yllapito', language, { viewport: { width, height: 800 }, colorScheme })
      const problems: string[] = []
      let before = ''
      for (const path of pages) {
        if (path === '/sign-in') await page.context().clearCookies()
        const address = `${path}${path.includes('?') ? '&' : '?'}lang=${language}`
        await (before === '' || roomOf(path) === roomOf(before) ? open : follow)(page, address)
        before = path
        const wide = await overflow(page)
        const headings = await page.locator('h1').count()
        const seen = [
          ...(await axeViolations(page)),
          ...(wide > 0 ? [`${wide} px too wide`] : []),
          ...(headings === 1 ? [] : [`${headings} h1`]),
          ...faults.splice(0),
        ]
        problems.push(...seen.map((problem) => `${path} ${width} ${colorScheme}: ${problem}`))
      }
      await page.context().close()
      return problems
    }),
  )
  expect(found.flat()).toEqual([])
}, 600_000)

test('by keyboard alone: skip link, sign-in, navigation, chart, sorting, menu on a phone', async () => {
  const { page, faults } = await openPage(browser!, program.httpUrl)
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
  const { page, faults } = await signedIn('aino', 'sv')
  await page.keyboard.press('/')
  await page.getByRole('heading', { level: 1, name: helpSv.search.title }).waitFor({ timeout: WITHIN_MS })
  await page.keyboard.type('virastotalo')
  await page.getByRole('heading', { level: 2, name: helpSv.search.groups.premises }).waitFor({ timeout: WITHIN_MS })
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('virastotalo')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Virastotalo' }).waitFor({ timeout: WITHIN_MS })

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

test('whose eyes: another body’s premises are not found, a viewer’s rooms are fewer, organisations are switched in place', async () => {
  const viewer = await signedIn('veikko', 'fi')
  await open(viewer.page, `/premises/${CAMPUS}?lang=fi`)
  await viewer.page
    .getByRole('heading', { level: 1, name: fi.errors.titles['not-found'] })
    .waitFor({ timeout: WITHIN_MS })
  expect(await viewer.page.getByRole('link', { name: fi.nav.connect }).count()).toBe(0)
  await open(viewer.page, '/connect/quarantine?lang=fi')
  await viewer.page.getByText(fi.errors.titles['not-allowed']).first().waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(viewer.page)).toEqual([])
  await viewer.page.context().close()

  const { page } = await signedIn('kaksi', 'sv')
  // Content that exists in Finnish only says so to screen readers.
  await page.locator('article h3 [lang="fi"]', { hasText: 'Virastotalo' }).waitFor({ timeout: WITHIN_MS })
  await page.getByRole('combobox', { name: sv.frame.organisation }).selectOption('osapuoli-1')
  await page.locator('article h3', { hasText: 'kampusalue' }).waitFor({ timeout: WITHIN_MS })
  expect(await page.locator('article').count()).toBe(1)
  await page.context().close()
}, 60_000)

test('a blocked month says why and what to do; a month is sent for approval and accepted', async () => {
  const operator = await signedIn('yllapito', 'fi')
  await open(operator.page, `/costs/${CAMPUS}/${CAMPUS_MONTH}?lang=fi`)
  const alert = operator.page.getByRole('main')
  await alert.getByText(fi.costs.reasons['no-rule'], { exact: false }).first().waitFor({ timeout: WITHIN_MS })
  await alert.getByText(fi.costs.remedies['no-readings'], { exact: false }).first().waitFor()
  expect(await operator.page.getByRole('button', { name: fi.costs.issue }).count()).toBe(0)
  await operator.page.context().close()

  const { page, faults } = await signedIn('aino', 'fi')
  await open(page, `/costs/${PREMISES}/${MONTH}?lang=fi`)
  await page.getByRole('button', { name: fi.costs.issue }).click()
  await page.locator('[data-state="issued"]').first().waitFor({ timeout: WITHIN_MS })
  await page.getByRole('button', { name: fi.costs.accept }).click()
  await page.locator('[data-state="accepted"]').waitFor({ timeout: WITHIN_MS })
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

test('the first script is small, the policy is strict, and nothing inline was needed', async () => {
  const { page, faults } = await openPage(browser!, program.httpUrl)
  let bytes = 0
  let files = 0
  page.on('response', async (response) => {
    if (!new URL(response.url()).pathname.endsWith('.js')) return
    files += 1
    bytes += gzipSync(await response.body()).length
  })
  const response = await page.goto('/?lang=fi')
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: WITHIN_MS })
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

test('when the program goes away the page says since when it is old', async () => {
  const { page } = await signedIn('aino', 'fi')
  await open(page, `/devices/${SENSOR}?lang=fi`)
  await page.getByText(fi.live.open).waitFor({ timeout: WITHIN_MS })
  await program.end('SIGTERM')
  await page.getByText(/Tiedot eivät päivity/).waitFor({ timeout: 30_000 })
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('link', { name: fi.nav.agreements }).click()
  await page.getByRole('heading', { level: 1, name: fi.errors.titles.offline }).waitFor({ timeout: 30_000 })
  await page.getByRole('navigation', { name: fi.frame.navigation }).waitFor()
  await page.context().close()
}, 90_000)

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
